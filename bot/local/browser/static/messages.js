// What can be done with a message: react, edit, delete, dismiss, a shortcut of the app.
import { parse, post, toast } from "./common.js";
import { confirm } from "./elements.js";

const ACTIONS = {
  "[data-react]": (button, ts) =>
    post("react", { ts, name: button.dataset.react, remove: isMine(button) }),
  "[data-dismiss]": (_, ts) => post("dismiss", { ts }),
  "[data-delete]": remove,
  "[data-edit]": edit,
  "[data-shortcut]": (button, ts) => post("shortcut", { ts, callback: button.dataset.shortcut }),
};

export function startMessages() {
  document.addEventListener("click", async (event) => {
    for (const [selector, act] of Object.entries(ACTIONS)) {
      const button = event.target.closest(selector);
      if (!button) continue;
      const message = button.closest("[data-ts]");
      const result = await act(button, message?.dataset.ts ?? "", message);
      if (result && !result.ok) toast(result.sentence);
    }
  });
}

function isMine(button) {
  const name = CSS.escape(button.dataset.react);
  return Boolean(button.closest("article").querySelector(`.reaction.mine[data-react="${name}"]`));
}

function dialog(title, verb, style) {
  const content = parse(`<h2 class="dialog-title"></h2><div class="dialog-body"></div><div class="dialog-foot">
    <button type="button" class="btn" data-deny>Cancel</button>
    <button type="button" class="btn" data-agree></button></div>`);
  content.querySelector("h2").textContent = title;
  content.querySelector("[data-agree]").textContent = verb;
  content.querySelector("[data-agree]").classList.add(style);
  return content;
}

async function remove(_, ts) {
  const content = dialog("Delete message", "Delete", "btn-danger");
  content.querySelector(".dialog-body").textContent = "Delete this message? This cannot be undone.";
  return (await confirm(content)) ? post("delete", { ts }) : null;
}

async function edit(_, ts, message) {
  const content = dialog("Edit message", "Save", "btn-primary");
  const box = document.createElement("textarea");
  box.rows = 4;
  box.setAttribute("aria-label", "Message");
  box.value = message.querySelector("[data-source]").dataset.source;
  content.querySelector(".dialog-body").append(box);
  return (await confirm(content)) ? post("edit", { ts, text: box.value }) : null;
}
