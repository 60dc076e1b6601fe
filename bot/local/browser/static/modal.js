// The app's modal: shown while the workspace has one open for this person. Nothing typed into it is lost when
// the app changes it, or when it finds something wrong.
import { parse, post, toast } from "./common.js";
import { holdElement, readAnswers, writeElement } from "./elements.js";

const dialog = document.getElementById("modal");
let shown = "";
const places = new Map(); // view -> how far it was scrolled, and the action that had the focus, when another came

// Change a part of the page, and give the elements that are still there what they held.
export function keepValues(before, change, after = before) {
  const held = new Map();
  for (const element of before.querySelectorAll(".element[data-action]")) {
    held.set(`${element.dataset.block}\n${element.dataset.action}`, [holdElement(element), element.dataset.touched]);
  }
  change();
  for (const element of after.querySelectorAll(".element[data-action]")) {
    const [was, touched] = held.get(`${element.dataset.block}\n${element.dataset.action}`) ?? [];
    if (touched) {
      writeElement(element, was);
      element.dataset.touched = touched;
    }
  }
}

export function startModal() {
  document.addEventListener("input", (event) => {
    const element = event.target.closest(".element[data-action]");
    if (element) element.dataset.touched = "yes";
  });
  // Not by "cancel", which a browser lets nobody prevent a second time: Escape takes one view after the other away.
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      closeView(false);
    } else if (event.key === "Tab") {
      stayInside(event);
    }
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close-view]")) closeView(false);
    else if (event.target.closest("[data-close-all]")) closeView(true);
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  if (dialog.querySelector("form")) open();
}

export function showModal(html) {
  if (html === shown) return;
  shown = html;
  if (!html) {
    if (dialog.open) dialog.close();
    dialog.replaceChildren();
    places.clear();
    // What opened it may be gone; somebody who types goes on where one writes.
    if (document.activeElement === document.body) document.querySelector(".composer textarea")?.focus();
    return;
  }
  const fresh = parse(html);
  const form = dialog.querySelector("form");
  const next = fresh.querySelector("form");
  if (form?.dataset.view === next.dataset.view) {
    // Another hash: the app has changed it. What the person fills in changes the HTML, too, but is here already.
    if (form.dataset.hash === next.dataset.hash) return;
    const focused = document.activeElement?.id;
    keepValues(dialog, () => dialog.replaceChildren(fresh));
    if (focused) document.getElementById(focused)?.focus();
  } else {
    const top = dialog.querySelector(".dialog-body")?.scrollTop;
    const action = document.activeElement?.closest(".element[data-action]")?.dataset.action;
    if (form) places.set(form.dataset.view, { top, action });
    dialog.replaceChildren(fresh);
    open(places.get(next.dataset.view));
  }
}

// Somebody who comes back to a view goes on where they were in it.
function open(place) {
  if (!dialog.open) dialog.showModal();
  const controls = "input, select, textarea, summary, .dialog-body button, .dialog-foot button";
  const was = place?.action && dialog.querySelector(`.element[data-action="${CSS.escape(place.action)}"]`);
  (was?.querySelector(controls) || dialog.querySelector("[data-focus]") || dialog.querySelector(controls))?.focus();
  if (place) dialog.querySelector(".dialog-body").scrollTop = place.top;
}

// The last that can be reached is followed by the first.
function stayInside(event) {
  const all = dialog.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  const reached = [...all].filter((node) => !node.disabled && node.tabIndex >= 0 && node.checkVisibility());
  const [first, last] = [reached[0], reached.at(-1)];
  const outside = !dialog.contains(document.activeElement) || document.activeElement === dialog;
  if (outside || document.activeElement === (event.shiftKey ? first : last)) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

async function closeView(clear) {
  const view = dialog.querySelector("form")?.dataset.view;
  if (!view) return;
  const result = await post("close", { view, clear });
  if (!result.ok) {
    toast(result.sentence);
    showModal("");
  }
}

async function submit() {
  const form = dialog.querySelector("form");
  const button = form.querySelector("[data-submit]");
  if (!button || button.getAttribute("aria-busy") === "true") return;
  showErrors(form, {});
  button.setAttribute("aria-busy", "true");
  const result = await post("submit", { view: form.dataset.view, answers: readAnswers(form) });
  button.removeAttribute("aria-busy");
  if (!result.ok) showErrors(form, result.errors, result.sentence);
}

// Each error at its field; one that has no field, and what is wrong with the whole, at the top.
function showErrors(form, errors, sentence = "") {
  for (const old of form.querySelectorAll(".input-error")) old.remove();
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    const hints = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => !id.startsWith("error-"));
    if (hints.join("")) control.setAttribute("aria-describedby", hints.join(" "));
    else control.removeAttribute("aria-describedby");
  }
  const rest = [];
  for (const [block, words] of Object.entries(errors)) {
    const input = form.querySelector(`[data-input="${CSS.escape(block)}"]`);
    if (input) showError(input, words);
    else rest.push(words);
  }
  const notice = form.querySelector(".notice");
  notice.textContent = [Object.keys(errors).length ? "" : sentence, ...rest].filter(Boolean).join(" ");
  notice.hidden = !notice.textContent;
  const first = form.querySelector("[aria-invalid]");
  (first?.matches(".choices") ? first.querySelector("input") : first)?.focus();
}

function showError(input, words) {
  const error = document.createElement("div");
  error.className = "input-error";
  error.id = `error-${input.querySelector("label").id}`;
  error.setAttribute("role", "alert");
  error.textContent = words;
  input.querySelector(".element").after(error);
  const control = input.querySelector(".choices, select, textarea, summary, input");
  const hint = control?.getAttribute("aria-describedby");
  control?.setAttribute("aria-invalid", "true");
  control?.setAttribute("aria-describedby", hint ? `${hint} ${error.id}` : error.id);
}
