// What can be done with a message: react, edit, delete, dismiss, a shortcut of the app.
import { page, parse, post, toast } from "./common.js";
import { confirm } from "./elements.js";

const ACTIONS = {
  "[data-react]": (button, ts) =>
    post("react", { ts, name: button.dataset.react, remove: isMine(button) }),
  "[data-dismiss]": (_, ts) => post("dismiss", { ts }),
  "[data-delete]": remove,
  "[data-edit]": edit,
  "[data-copy]": copy,
  "[data-shortcut]": (button, ts) => post("shortcut", { ts, callback: button.dataset.shortcut }),
};

export function startMessages() {
  document.addEventListener("click", followLink);
  showLinked();
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

export function dialog(title, verb, style) {
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
  const box = document.createElement("textarea");
  box.rows = 4;
  box.setAttribute("aria-label", "Message");
  box.value = message.querySelector("[data-source]")?.dataset.source ?? "";
  return ask("Edit message", "Save", [box], () => post("edit", { ts, text: box.value }));
}

// Ask in a dialog until what is sent is taken: nothing typed is lost. What came of it, or null.
export async function ask(title, verb, parts, send) {
  for (let trouble = ""; ; ) {
    const content = dialog(title, verb, "btn-primary");
    content.querySelector(".dialog-body").append(...notice(trouble), ...parts);
    if (!(await confirm(content))) return null;
    const result = await send();
    if (result.ok) return result;
    trouble = result.sentence;
  }
}

function notice(words) {
  if (!words) return [];
  const box = document.createElement("div");
  box.className = "notice";
  box.setAttribute("role", "alert");
  box.textContent = words;
  return [box];
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    return null;
  } catch {
    return { ok: false, sentence: button.dataset.copy };
  }
}

// A message's address leads to this page, as whoever one is now.
function followLink(event) {
  const link = event.target.closest("a[href]");
  const at = link && new URL(link.href);
  const found = at?.origin === location.origin && /^\/archives\/([^/]+)\/p(\d{10})(\d{6})$/.exec(at.pathname);
  if (!found || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const query = new URLSearchParams({ message: `${found[2]}.${found[3]}` });
  if (at.searchParams.get("thread_ts")) query.set("thread", at.searchParams.get("thread_ts"));
  location.assign(`/client/${encodeURIComponent(page.user)}/${found[1]}?${query}`);
}

function showLinked() {
  const ts = new URLSearchParams(location.search).get("message");
  const message = ts && [...document.querySelectorAll(`[data-ts="${CSS.escape(ts)}"]`)].at(-1);
  if (!message) return;
  message.classList.add("linked");
  message.scrollIntoView({ block: "center" });
}
