// A menu that the app fills while somebody types. What is chosen are the items of ".tokens", by their data-value.
import { post, toast } from "./common.js";

const WAIT = 200;
const GAP = 4;
const MOST = 300; // pixels of height
const asked = new WeakMap(); // combo -> the last question, so that a late answer to an earlier one is dropped
let place = () => ({});
let changed = () => {};

// `where` tells the server where an element stands; `act` sends what is chosen, where that is done at once.
export function startCombos(where, act) {
  place = where;
  changed = act;
  document.addEventListener("input", (event) => isBox(event.target) && type(event.target));
  document.addEventListener("focusin", (event) => isBox(event.target) && open(event.target));
  document.addEventListener("focusout", (event) => isBox(event.target) && leave(event.target));
  document.addEventListener("keydown", (event) => isBox(event.target) && onKey(event), true);
  document.addEventListener("pointerdown", onPointer);
  document.addEventListener("click", onClick);
  document.addEventListener("scroll", (event) => placeAll(event.target), true);
  window.addEventListener("resize", () => placeAll(document));
}

const isBox = (node) => node.matches?.("[data-combo] > input");
const comboOf = (node) => node.closest("[data-combo]");
const boxOf = (combo) => combo.querySelector("input");
const listOf = (combo) => combo.querySelector("[role=listbox]");
const isMany = (combo) => combo.dataset.combo === "many";
const optionsOf = (combo) => [...listOf(combo).querySelectorAll("[role=option]")];

export function chosenIn(combo) {
  const items = [...combo.querySelectorAll(".tokens > li")];
  return items.map((item) => ({ value: item.dataset.value, words: item.firstChild.textContent }));
}

export function putIn(combo, chosen, typed) {
  combo.querySelector(".tokens").replaceChildren(...chosen.map((one) => token(combo, one)));
  boxOf(combo).value = typed ?? (isMany(combo) ? "" : chosen[0]?.words ?? "");
}

function token(combo, { value, words }) {
  const item = document.createElement("li");
  item.dataset.value = value;
  if (!isMany(combo)) {
    item.hidden = true;
    item.textContent = words;
    return item;
  }
  item.className = "token";
  const name = document.createElement("span");
  name.textContent = words;
  const away = document.createElement("button");
  away.type = "button";
  away.className = "token-away";
  away.setAttribute("aria-label", `Remove ${words}`);
  away.textContent = "×";
  item.append(name, away);
  return item;
}

export function closeCombos(except) {
  for (const combo of document.querySelectorAll("[data-combo]")) if (!combo.contains(except)) close(combo);
}

function close(combo) {
  listOf(combo).hidden = true;
  boxOf(combo).setAttribute("aria-expanded", "false");
  boxOf(combo).removeAttribute("aria-activedescendant");
}

function type(box) {
  const combo = comboOf(box);
  // Somebody who changes the words no longer means what they stood for.
  if (!isMany(combo) && chosenIn(combo).some((one) => one.words !== box.value)) putIn(combo, [], box.value);
  ask(box);
}

function open(box) {
  if (!box.value && Number(box.dataset.suggest) === 0) ask(box, 0);
}

// Words that stand for nothing are not kept: they would look like a choice.
function leave(box) {
  const combo = comboOf(box);
  close(combo);
  if (isMany(combo) || !chosenIn(combo).length) box.value = "";
}

function ask(box, wait = WAIT) {
  const combo = comboOf(box);
  clearTimeout(asked.get(combo)?.timer);
  const least = Number(box.dataset.suggest);
  if (box.value.length < least) {
    asked.delete(combo);
    if (box.value) say(combo, `Type ${least - box.value.length} more to search`);
    else close(combo);
    return;
  }
  const question = {};
  question.timer = setTimeout(async () => {
    const element = combo.closest(".element");
    const { block, action } = element.dataset;
    if (listOf(combo).hidden) say(combo, "Searching…");
    const result = await post("suggest", { ...place(element), block, action, query: box.value });
    if (asked.get(combo) !== question || document.activeElement !== box) return;
    if (!result.ok) {
      close(combo);
      toast(result.sentence);
    } else if (result.options.length) show(combo, result.options);
    else say(combo, "Nothing found");
  }, wait);
  asked.set(combo, question);
}

// A line in the place of options.
function say(combo, words) {
  const line = document.createElement("li");
  line.className = "menu-heading";
  line.setAttribute("role", "presentation");
  line.textContent = words;
  unfold(combo, [line], words);
}

function show(combo, options) {
  const taken = new Set(chosenIn(combo).map((one) => one.value));
  const rows = [];
  let heading = "";
  for (const [number, option] of options.entries()) {
    if (option.group && option.group !== heading) {
      heading = option.group;
      const line = document.createElement("li");
      line.className = "menu-heading";
      line.setAttribute("role", "presentation");
      line.textContent = heading;
      rows.push(line);
    }
    const row = document.createElement("li");
    row.id = `${listOf(combo).id}-${number}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(taken.has(option.value)));
    row.dataset.value = option.value;
    const name = document.createElement("span");
    name.className = "menu-name";
    name.textContent = option.words;
    row.append(name);
    if (option.more) {
      const more = document.createElement("span");
      more.className = "menu-more";
      more.textContent = option.more;
      row.append(more);
    }
    rows.push(row);
  }
  unfold(combo, rows, `${options.length} found`);
  mark(combo, 0);
}

function unfold(combo, rows, words) {
  listOf(combo).replaceChildren(...rows);
  listOf(combo).hidden = false;
  settlePlace(combo);
  boxOf(combo).setAttribute("aria-expanded", "true");
  boxOf(combo).removeAttribute("aria-activedescendant");
  combo.querySelector("[role=status]").textContent = words;
}

// Where it is open stays with its box, whatever is scrolled or turned; what scrolls would cut it off otherwise.
function placeAll(moved) {
  for (const combo of document.querySelectorAll("[data-combo]")) {
    if (!listOf(combo).hidden && moved.contains(combo) && moved !== listOf(combo)) settlePlace(combo);
  }
}

// Below the box, or above it where there is more room.
function settlePlace(combo) {
  const list = listOf(combo);
  const box = combo.getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP * 2;
  const above = box.top - GAP * 2;
  const isAbove = below < Math.min(list.scrollHeight, MOST) && above > below;
  list.style.left = `${box.left}px`;
  list.style.width = `${box.width}px`;
  list.style.maxHeight = `${Math.min(MOST, isAbove ? above : below)}px`;
  list.style.top = isAbove ? "auto" : `${box.bottom + GAP}px`;
  list.style.bottom = isAbove ? `${innerHeight - box.top + GAP}px` : "auto";
}

function mark(combo, number) {
  for (const [index, row] of optionsOf(combo).entries()) row.classList.toggle("active", index === number);
  const row = optionsOf(combo)[number];
  boxOf(combo).setAttribute("aria-activedescendant", row.id);
  row.scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  const combo = comboOf(event.target);
  const options = optionsOf(combo);
  const isOpen = !listOf(combo).hidden;
  const here = options.findIndex((row) => row.classList.contains("active"));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Backspace" && isMany(combo) && !event.target.value) {
    drop(combo, chosenIn(combo).at(-1)?.value);
    return;
  }
  if (event.key === "Escape" && isOpen) close(combo);
  else if (step && !isOpen) ask(event.target, 0);
  else if (step && options.length) mark(combo, (here + step + options.length) % options.length);
  else if (event.key === "Enter" && isOpen && options[here]) choose(combo, options[here]);
  else if (event.key !== "Enter" || event.isComposing) return;
  // Enter never sends the form from here.
  event.preventDefault();
  event.stopPropagation();
}

function onPointer(event) {
  // Before the box loses the focus to the list.
  const row = event.target.closest?.("[data-combo] [role=option]");
  if (event.target.closest?.("[data-combo] [role=listbox]")) event.preventDefault();
  if (row) choose(comboOf(row), row);
}

function onClick(event) {
  const away = event.target.closest?.(".token-away");
  if (!away) return;
  const combo = comboOf(away);
  drop(combo, away.parentElement.dataset.value);
  boxOf(combo).focus();
}

function choose(combo, row) {
  const one = { value: row.dataset.value, words: row.querySelector(".menu-name").textContent };
  const before = isMany(combo) ? chosenIn(combo) : [];
  const most = Number(combo.dataset.most);
  if (before.some((other) => other.value === one.value)) {
    drop(combo, one.value);
    return;
  }
  if (most && before.length >= most) {
    say(combo, `No more than ${most} can be chosen`);
    return;
  }
  putIn(combo, [...before, one]);
  settle(combo);
}

function drop(combo, value) {
  putIn(combo, chosenIn(combo).filter((one) => one.value !== value));
  settle(combo);
}

function settle(combo) {
  const element = combo.closest(".element");
  element.dataset.touched = "yes";
  close(combo);
  changed(element);
}
