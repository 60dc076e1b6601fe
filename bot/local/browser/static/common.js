// What all parts use: who and where one is, asking the server, and remembering small things.
const settings = JSON.parse(document.getElementById("page-settings").textContent);

export const page = { ...settings, thread: document.body.dataset.thread };

const UNREACHABLE = "The local workspace does not answer. Is it still running?";

// With `keepalive` it arrives even if the page is left at once; it must be small, then.
export async function post(action, values, keepalive = false) {
  const body = JSON.stringify({ user: page.user, channel: page.channel, ...values });
  try {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`/browser/${action}`, { method: "POST", headers, body, keepalive });
    if (response.ok) return await response.json();
    return { ok: false, errors: {}, sentence: `That did not work (${response.status}).` };
  } catch {
    return { ok: false, errors: {}, sentence: UNREACHABLE };
  }
}

// Storage may be switched off in a browser; the page works without.
function store(kind) {
  try {
    return window[kind];
  } catch {
    return null;
  }
}

const key = (name) => `local-workspace:${name}`;

export function remember(name, value, kind = "localStorage") {
  try {
    if (value) store(kind)?.setItem(key(name), value);
    else store(kind)?.removeItem(key(name));
  } catch {
    // Full: nothing that matters is lost.
  }
}

export function recall(name, kind = "localStorage") {
  return store(kind)?.getItem(key(name)) ?? "";
}

export function toast(sentence) {
  if (!sentence) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.setAttribute("role", "alert");
  box.textContent = sentence;
  // What is over everything is a dialog, if one is open; behind it nobody would see it.
  const dialogs = document.querySelectorAll("dialog[open]");
  (dialogs.length ? dialogs[dialogs.length - 1] : document.getElementById("toasts")).append(box);
  setTimeout(() => box.remove(), 8000);
}

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content;
}

// Put other HTML into a place; keep the focus on what has the same name there.
export function replaceInside(place, content) {
  const focused = place.contains(document.activeElement) ? describe(document.activeElement) : null;
  place.replaceChildren(content);
  if (focused) place.querySelector(focused)?.focus();
}

export function describe(node) {
  if (node.id) return `#${CSS.escape(node.id)}`;
  const element = node.closest(".element[data-action]");
  const within = element
    ? `.element[data-block="${CSS.escape(element.dataset.block)}"][data-action="${CSS.escape(element.dataset.action)}"] `
    : "";
  for (const name of ["data-place", "data-direct", "data-press", "data-react", "aria-label", "href"]) {
    if (node.hasAttribute(name)) return `${within}[${name}="${CSS.escape(node.getAttribute(name))}"]`;
  }
  return within ? `${within}${node.localName}` : null;
}
