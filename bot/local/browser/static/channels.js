// Making a channel: asked in a dialog, and asked again with what was written if the name will not do.
// And what can be done with the one that is open: bring the app or take it out, leave, archive.
import { page, post, toast } from "./common.js";
import { confirm } from "./elements.js";
import { ask, dialog } from "./messages.js";

export function startChannels() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-create-channel]")) create();
    const act = event.target.closest("[data-channel-act]");
    if (act) change(act);
  });
}

async function change(button) {
  const act = button.dataset.channelAct;
  if (act === "archive" && !(await confirm(archiving()))) return;
  // The page that follows is another: it has no box to write in, or has one again.
  const result = await post(act, {});
  if (!result.ok) toast(result.sentence);
}

function archiving() {
  const content = dialog("Archive this channel", "Archive", "btn-danger");
  content.querySelector(".dialog-body").textContent = "Nobody, and no app, can write in it until it is unarchived.";
  return content;
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
