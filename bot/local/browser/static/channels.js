// Making a channel: asked in a dialog, and asked again with what was written if the name will not do.
import { page, post } from "./common.js";
import { ask } from "./messages.js";

export function startChannels() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-create-channel]")) create();
  });
}

function line(name) {
  const label = document.createElement("label");
  const words = document.createElement("span");
  const box = document.createElement("input");
  label.className = "line";
  words.textContent = name;
  label.append(words, box);
  return { label, box };
}

async function create() {
  const name = line("Name");
  const secret = line("Private: only those who are invited see it");
  name.box.autocomplete = "off";
  secret.box.type = "checkbox";
  secret.label.className = "choice";
  secret.label.prepend(secret.box);
  const send = () => post("create", { name: name.box.value.trim().replace(/^#/, "").replace(/\s+/g, "-").toLowerCase(), private: secret.box.checked });
  const result = await ask("Create a channel", "Create", [name.label, secret.label], send);
  if (result) location.assign(`/client/${encodeURIComponent(page.user)}/${result.channel}`);
}
