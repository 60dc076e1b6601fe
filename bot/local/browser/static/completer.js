// Completion in the composer: commands and how they go on, people, channels, emoji.
import { page } from "./common.js";

const MOST = 8;
let emoji = [];

async function loadEmoji() {
  const response = await fetch(new URL("./emoji.json", import.meta.url));
  emoji = Object.entries(await response.json()).map(([name, sign]) => ({ text: `:${name}:`, usage: "", more: "", sign }));
}

export class Completer {
  constructor(box, list, usage, changed) {
    this.box = box;
    this.list = list;
    this.usage = usage;
    this.changed = changed;
    this.choices = [];
    this.active = 0;
    this.isChosen = false;
    if (!emoji.length) loadEmoji().catch(() => {});
    box.addEventListener("input", () => this.refresh());
    box.addEventListener("click", () => this.refresh());
    box.addEventListener("blur", () => this.close());
    // Before the box loses the focus to the list.
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.accept(Number(option.dataset.number));
    });
  }

  get isOpen() {
    return !this.list.hidden && this.choices.length > 0;
  }

  refresh() {
    const typed = this.box.value.slice(0, this.box.selectionStart);
    const { from, choices, usage } = this.find(typed);
    this.from = from;
    this.choices = choices.slice(0, MOST);
    this.active = 0;
    this.isChosen = false;
    this.draw(usage);
  }

  find(typed) {
    const word = /(?:^|\s)([@#:][^\s]*)$/.exec(typed)?.[1];
    if (word) return { from: typed.length - word.length, choices: findWord(word), usage: null };
    if (!typed.startsWith("/") || typed.includes("\n")) return { from: 0, choices: [], usage: null };
    const wanted = typed.toLowerCase();
    const begins = (one) => one.text.toLowerCase().startsWith(wanted);
    if (!typed.includes(" ")) return { from: 0, choices: page.commands.filter(begins), usage: null };
    const choices = page.completions.filter(begins);
    const within = (one) => wanted.startsWith(`${one.text.toLowerCase()} `) && (one.usage || one.more);
    const usage = choices.length ? null : [...page.completions, ...page.commands].filter(within);
    return { from: 0, choices, usage: usage?.sort((a, b) => b.text.length - a.text.length)[0] };
  }

  draw(usage) {
    const rows = this.choices.map((choice, number) => {
      const row = fillRow("li", choice);
      row.id = `${this.list.id}-${number}`;
      row.dataset.number = number;
      row.setAttribute("role", "option");
      return row;
    });
    this.list.replaceChildren(...rows);
    this.list.hidden = !rows.length;
    this.usage.replaceChildren(...(usage ? fillRow("div", usage).childNodes : []));
    this.usage.hidden = !usage;
    this.mark();
  }

  mark() {
    if (!this.isOpen) {
      this.box.removeAttribute("aria-activedescendant");
      return;
    }
    for (const row of this.list.children) {
      row.setAttribute("aria-selected", String(Number(row.dataset.number) === this.active));
    }
    const row = this.list.children[this.active];
    this.box.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  // Whether the key was meant for the list.
  onKey(event) {
    if (event.key === "Escape" && !(this.list.hidden && this.usage.hidden)) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      return true;
    }
    if (!this.isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.active = (this.active + step + this.choices.length) % this.choices.length;
      this.isChosen = true;
      this.mark();
    } else if ((event.key === "Tab" && !event.shiftKey) || (event.key === "Enter" && this.enterAccepts(event))) {
      this.accept(this.active);
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  // Enter sends what is already whole. How a command goes on is an offer: only who chose it means it.
  enterAccepts(event) {
    if (event.shiftKey) return false;
    const { value, selectionStart } = this.box;
    const typed = value.slice(this.from, selectionStart);
    if (typed.trim() === this.choices[this.active].text) return false;
    return this.isChosen || !(typed.startsWith("/") && typed.includes(" "));
  }

  accept(number) {
    const { value, selectionStart } = this.box;
    const text = `${this.choices[number].text} `;
    this.box.value = value.slice(0, this.from) + text + value.slice(selectionStart).trimStart();
    const caret = this.from + text.length;
    this.box.setSelectionRange(caret, caret);
    this.box.focus();
    this.changed();
    this.refresh();
  }

  close() {
    this.choices = [];
    this.list.hidden = this.usage.hidden = true;
    this.box.removeAttribute("aria-activedescendant");
  }
}

function findWord(word) {
  const wanted = word.toLowerCase();
  if (word.startsWith(":")) {
    if (word.length < 3) return [];
    const named = emoji.filter((one) => one.text.startsWith(wanted));
    return [...named, ...emoji.filter((one) => one.text.includes(wanted.slice(1)) && !named.includes(one))];
  }
  const pool = word.startsWith("@") ? page.people : page.channels;
  const name = wanted.slice(1);
  return pool.filter((one) => `${one.text.slice(1)} ${one.usage}`.toLowerCase().split(" ").some((part) => part.startsWith(name)));
}

function fillRow(tag, { text, usage, more, sign }) {
  const row = document.createElement(tag);
  const parts = [[sign ? `${sign} ` : "", ""], [text, "completion-text"], [usage, "completion-usage"], [more, "completion-more"]];
  for (const [words, name] of parts) {
    if (!words) continue;
    const part = document.createElement("span");
    part.className = name;
    part.textContent = words;
    row.append(part);
  }
  return row;
}
