// The app's modal: shown while the workspace has one open for this person. Nothing typed into it is lost when
// the app changes it, or when it finds something wrong.
import { page, parse, post, toast } from "./common.js";
import { readAnswers, readElement, writeElement } from "./elements.js";

const dialog = document.getElementById("modal");
let shown = "";

// Change a part of the page, and give the elements that are still there what they held.
export function keepValues(before, change, after = before) {
  const held = new Map();
  for (const element of before.querySelectorAll(".element[data-action]")) {
    held.set(`${element.dataset.block}\n${element.dataset.action}`, [readElement(element), element.dataset.touched]);
  }
  change();
  for (const element of after.querySelectorAll(".element[data-action]")) {
    const [value, touched] = held.get(`${element.dataset.block}\n${element.dataset.action}`) ?? [];
    if (touched) {
      writeElement(element, value);
      element.dataset.touched = touched;
    }
  }
}

export function startModal() {
  document.addEventListener("input", (event) => {
    const element = event.target.closest(".element[data-action]");
    if (element) element.dataset.touched = "yes";
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    closeView(false);
  });
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
    dialog.replaceChildren(fresh);
    open();
  }
}

function open() {
  if (!dialog.open) dialog.showModal();
  const controls = "input, select, textarea, summary, .dialog-body button, .dialog-foot button";
  (dialog.querySelector("[data-focus]") ?? dialog.querySelector(controls))?.focus();
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
    control.removeAttribute("aria-describedby");
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
  control?.setAttribute("aria-invalid", "true");
  control?.setAttribute("aria-describedby", error.id);
}
