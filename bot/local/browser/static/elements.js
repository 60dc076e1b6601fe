// Block Kit's elements: what they hold, pressing them, their menus, and asking first where they say so.
import { post, toast } from "./common.js";
import { chosenIn, closeCombos, putIn, startCombos } from "./combo.js";

const STATELESS = new Set(["button", "workflow_button", "icon_button", "feedback_buttons", "overflow", "image", "file_input"]);

// What an element holds; null for nothing.
export function readElement(element) {
  const type = element.dataset.type;
  const combo = element.querySelector("[data-combo]");
  if (combo) {
    const values = chosenIn(combo).map((one) => one.value);
    return combo.dataset.combo === "many" ? values : values[0] ?? null;
  }
  if (type.startsWith("multi_") || type === "checkboxes") {
    return [...element.querySelectorAll("input:checked")].map((box) => box.value);
  }
  if (type === "radio_buttons") return element.querySelector("input:checked")?.value ?? null;
  const control = element.querySelector("select") ?? element.querySelector("input, textarea");
  const value = control?.value ?? "";
  if (type === "datetimepicker" && value) return { local: value };
  return value === "" ? null : value;
}

// What is in an element, with the words for it where the page has them from the app.
export function holdElement(element) {
  const combo = element.querySelector("[data-combo]");
  return combo ? { chosen: chosenIn(combo), typed: combo.querySelector("input").value } : { value: readElement(element) };
}

export function writeElement(element, { value, chosen, typed }) {
  const combo = element.querySelector("[data-combo]");
  if (combo) {
    putIn(combo, chosen ?? [], typed);
    return;
  }
  const wanted = new Set([value].flat());
  const boxes = element.querySelectorAll("input[type=checkbox], input[type=radio]");
  for (const box of boxes) box.checked = wanted.has(box.value);
  const control = element.querySelector("select") ?? element.querySelector("textarea, input");
  if (control && !boxes.length) control.value = value?.local ?? value ?? "";
  const many = element.querySelector("details.many");
  if (many) showMany(many);
}

// All that is filled in within a message or a view: by block, then by action.
export function readAnswers(root) {
  const answers = {};
  for (const element of root.querySelectorAll(".element[data-action]")) {
    const { block, action, type } = element.dataset;
    if (STATELESS.has(type)) continue;
    (answers[block] ??= {})[action] = readElement(element);
  }
  return answers;
}

export function startElements() {
  startCombos(place, (element) => actsAtOnce(element) && act(element, readElement(element)));
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("input", onInput);
  document.addEventListener("focusout", (event) => {
    const element = event.target.matches?.(MOMENTS) && event.target.closest(".element[data-action]");
    if (element) tell(element);
  });
  // Before the modal hears of it: Escape closes a menu first.
  document.addEventListener("keydown", onKey, true);
  // "toggle" does not bubble.
  document.addEventListener("toggle", onToggle, true);
}

function onClick(event) {
  const opener = event.target.closest("[data-menu]");
  for (const menu of document.querySelectorAll(".menu[role=menu]:not([hidden])")) {
    if (menu.previousElementSibling !== opener) closeMenu(menu);
  }
  for (const many of document.querySelectorAll("details.many[open]")) {
    if (!many.contains(event.target)) many.open = false;
  }
  closeCombos(event.target);
  if (opener) toggleMenu(opener);
  const pressed = event.target.closest("[data-press]");
  if (pressed && !pressed.closest("template")) press(pressed);
}

async function press(pressed) {
  const element = pressed.closest(".element");
  const menu = pressed.closest(".menu");
  if (menu) closeMenu(menu, true);
  const choice = element.dataset.type === "button" ? null : pressed.dataset.press;
  await act(element, choice, pressed);
}

async function act(element, choice, pressed) {
  if (pressed?.getAttribute("aria-busy") === "true") return false;
  const template = element.querySelector(":scope > template[data-confirm]");
  if (template && !(await confirm(template.content.cloneNode(true)))) return false;
  const { block, action } = element.dataset;
  pressed?.setAttribute("aria-busy", "true");
  const result = await post("press", { ...place(element), block, action, choice });
  pressed?.removeAttribute("aria-busy");
  if (!result.ok) toast(result.sentence);
  return result.ok;
}

// Where an element stands: in a view, or in a message.
function place(element) {
  const view = element.closest("[data-view]");
  if (view) return { view: view.dataset.view, answers: readAnswers(view) };
  const message = element.closest("[data-ts]");
  return { ts: message.dataset.ts, answers: readAnswers(message) };
}

// In an input block nothing is sent before the form is, unless the block says so.
function actsAtOnce(element) {
  const input = element.closest("[data-input]");
  return !input || input.hasAttribute("data-dispatch");
}

async function onChange(event) {
  const element = event.target.closest(".element[data-action]");
  if (!element || event.target.closest("[data-combo]")) return;
  const many = event.target.closest("details.many");
  if (many) {
    limitMany(many, event.target);
    showMany(many);
    many.dataset.changed = "yes";
    return;
  }
  const isTyped = event.target.matches("textarea, [type=text], [type=email], [type=url], [type=number]");
  if (!actsAtOnce(element) || isTyped) return;
  if (event.target.matches(MOMENTS)) {
    // Typed, "16:30" is 01:30 and then 16:03 on its way: told when somebody stops, or goes on to something else.
    clearTimeout(waiting.get(element));
    waiting.set(element, setTimeout(() => tell(element), 900));
    return;
  }
  await act(element, readElement(element));
}

const MOMENTS = "[type=time], [type=date], [type=datetime-local]";
const waiting = new WeakMap();

// Tell the app of a moment that it does not know yet.
function tell(element) {
  if (!waiting.has(element)) return;
  clearTimeout(waiting.get(element));
  waiting.delete(element);
  // The app may have drawn the form anew meanwhile, or it is closed.
  const here = element.isConnected ? element : document.querySelector(`dialog[open] ${sameAs(element)}`);
  if (here) act(here, readElement(here));
}

function sameAs({ dataset: { block, action } }) {
  return `.element[data-block="${CSS.escape(block)}"][data-action="${CSS.escape(action)}"]`;
}

function onInput(event) {
  if (event.target.closest("[data-combo]")) return;
  const element = event.target.closest(".element[data-action]");
  if (!element || !actsAtOnce(element) || element.hasAttribute("data-enter")) return;
  if (!event.target.matches("textarea, [type=text], [type=email], [type=url], [type=number]")) return;
  clearTimeout(waiting.get(element));
  waiting.set(element, setTimeout(() => act(element, readElement(element)), 600));
}

function onKey(event) {
  const menu = event.target.closest?.(".menu[role=menu]");
  const many = event.target.closest?.("details.many");
  if (menu) moveInMenu(event, menu);
  if (event.key === "Escape" && many?.open) {
    event.preventDefault();
    many.open = false;
    many.querySelector("summary").focus();
  }
  const element = event.target.closest?.(".element[data-action][data-enter]");
  const isLine = event.target.matches?.("input:not([type=checkbox], [type=radio], [type=date], [type=time], [role=combobox])");
  if (event.key === "Enter" && element && event.target.matches?.(MOMENTS) && waiting.has(element)) {
    event.preventDefault();
    tell(element);
  }
  if (event.key === "Enter" && element && isLine && actsAtOnce(element) && !event.isComposing) {
    event.preventDefault();
    act(element, readElement(element));
  }
}

function onToggle(event) {
  const many = event.target;
  if (!many.matches("details.many")) return;
  many.querySelector("summary").setAttribute("aria-expanded", String(many.open));
  if (many.open) many.querySelector(".menu").scrollIntoView({ block: "nearest" });
  if (many.open || many.dataset.changed !== "yes") return;
  delete many.dataset.changed;
  const element = many.closest(".element");
  if (actsAtOnce(element)) act(element, readElement(element));
}

function showMany(many) {
  const names = [...many.querySelectorAll("input:checked")].map((box) => box.parentElement.textContent.trim());
  const summary = many.querySelector("summary");
  summary.textContent = names.join(", ") || summary.dataset.empty;
  summary.toggleAttribute("data-some", names.length > 0);
}

function limitMany(many, box) {
  const most = Number(many.dataset.most);
  if (most && many.querySelectorAll("input:checked").length > most) box.checked = false;
}

function toggleMenu(opener) {
  const menu = opener.nextElementSibling;
  if (!menu.hidden) {
    closeMenu(menu);
    return;
  }
  openMenu(menu);
  itemsOf(menu)[0]?.focus();
}

function openMenu(menu) {
  const opener = menu.previousElementSibling;
  menu.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  menu.classList.remove("menu-up");
  const limit = (opener.closest(".log, .dialog-body") ?? document.body).getBoundingClientRect().bottom;
  menu.classList.toggle("menu-up", menu.getBoundingClientRect().bottom > limit);
}

// Change what is inside a place; a menu that is open there stays open, at the same item.
export function keepMenu(place, change) {
  const open = place.querySelector(".menu[role=menu]:not([hidden])");
  const at = open ? itemsOf(open).indexOf(document.activeElement) : -1;
  change();
  const name = CSS.escape(open?.getAttribute("aria-label") ?? "");
  const again = open && place.querySelector(`.menu[role=menu][aria-label="${name}"]`);
  if (!again) return;
  openMenu(again);
  itemsOf(again)[at]?.focus();
}

function itemsOf(menu) {
  return [...menu.querySelectorAll("[role=menuitem]")];
}

function closeMenu(menu, refocus = false) {
  menu.hidden = true;
  menu.previousElementSibling.setAttribute("aria-expanded", "false");
  if (refocus) menu.previousElementSibling.focus();
}

function moveInMenu(event, menu) {
  const items = itemsOf(menu);
  const here = items.indexOf(document.activeElement);
  const there = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
  if (there !== undefined) {
    event.preventDefault();
    items[(there + items.length) % items.length]?.focus();
  } else if (event.key === "Escape") {
    event.preventDefault();
    closeMenu(menu, true);
  } else if (event.key === "Tab") {
    closeMenu(menu);
  }
}

// Ask in a dialog; whether the answer is yes.
export function confirm(content) {
  const dialog = document.getElementById("confirm");
  dialog.replaceChildren(content);
  dialog.querySelector(".dialog-title").id = "confirm-title";
  dialog.showModal();
  dialog.querySelector("textarea, input, [data-agree]").focus();
  return new Promise((resolve) => {
    const close = (answer) => {
      dialog.onclick = dialog.onclose = dialog.onkeydown = null;
      if (dialog.open) dialog.close();
      resolve(answer);
    };
    // Told a moment later, when another question may be open already.
    dialog.onclose = () => dialog.open || close(false);
    dialog.onkeydown = (event) => {
      if (event.key !== "Enter" || !event.target.matches("input") || event.isComposing) return;
      // The focus goes back to what opened the dialog; the same key would press it again.
      event.preventDefault();
      close(true);
    };
    dialog.onclick = (event) => {
      if (event.target.closest("[data-agree]")) close(true);
      else if (event.target.closest("[data-deny]") || event.target === dialog) close(false);
    };
  });
}
