// The box to write in: keeps drafts, completes, sends. What was typed is never lost: if it could not be sent,
// it comes back.
import { page, post, recall, remember } from "./common.js";
import { Attachment } from "./attachment.js";
import { Completer } from "./completer.js";

const composers = [];

export function startComposers() {
  for (const form of document.querySelectorAll("form.composer")) composers.push(new Composer(form));
  const last = composers[composers.length - 1];
  const isTouch = matchMedia("(pointer: coarse)").matches;
  if (last && !isTouch && !document.querySelector("#modal form")) last.box.focus();
}

// Whether there is a box to fill; where there is none yet, the text is its draft.
export function fillComposer(text) {
  const composer = composers[0];
  if (!composer) {
    remember(draftName(""), text, "sessionStorage");
    return false;
  }
  composer.write(text);
  composer.box.focus();
  return true;
}

function draftName(thread) {
  return `draft:${page.user}:${page.channel}:${thread}`;
}

class Composer {
  constructor(form) {
    this.form = form;
    this.thread = form.dataset.thread;
    this.box = form.querySelector("textarea");
    this.button = form.querySelector(".send");
    this.notice = form.querySelector(".notice");
    this.broadcast = form.querySelector("[data-broadcast]");
    this.name = draftName(this.thread);
    this.attachment = new Attachment(form, () => this.changed(), (sentence) => this.tell(sentence));
    this.completer = new Completer(this.box, form.querySelector("[role=listbox]"), form.querySelector(".usage"), () => this.changed());
    this.box.addEventListener("input", () => this.changed());
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    // Somebody may have been quicker than this script.
    this.write(this.box.value || recall(this.name, "sessionStorage"));
  }

  write(text) {
    this.box.value = text;
    this.box.setSelectionRange(text.length, text.length);
    this.changed();
  }

  changed() {
    remember(this.name, this.box.value, "sessionStorage");
    this.button.disabled = !this.box.value.trim() && !this.attachment.file;
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, 240)}px`;
  }

  onKey(event) {
    if (event.isComposing || this.completer.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowUp" && !this.box.value && !this.thread) {
      // As in Slack: up in an empty box edits one's newest message.
      const mine = [...document.querySelectorAll("#messages [data-edit]")].at(-1);
      if (mine) {
        event.preventDefault();
        mine.click();
      }
    }
  }

  async send() {
    const text = this.box.value;
    const file = this.attachment.file;
    if (!text.trim() && !file) return;
    this.completer.close();
    this.attachment.put(null);
    this.write("");
    this.tell("");
    const pending = this.showPending(text || file.name);
    const said = { text, thread: this.thread, broadcast: this.broadcast?.checked ?? false };
    const result = file ? await this.attachment.share(file, said) : await post("say", said);
    pending();
    if (result.ok) {
      if (this.broadcast) this.broadcast.checked = false;
      return;
    }
    this.tell(result.sentence || "That could not be sent.");
    if (file && !this.attachment.file) this.attachment.put(file);
    if (!this.box.value) this.write(text);
  }

  // Shown only when it takes a moment; what is quick would only flicker.
  showPending(text) {
    const row = document.createElement("div");
    row.className = "pending";
    row.setAttribute("role", "status");
    const words = document.createElement("span");
    words.textContent = text;
    const state = document.createElement("span");
    state.className = "pending-state";
    state.textContent = "Sending…";
    row.append(words, state);
    const log = this.thread ? document.getElementById("thread-log") : document.getElementById("log");
    const timer = setTimeout(() => {
      log.append(row);
      log.scrollTop = log.scrollHeight;
    }, 250);
    return () => {
      clearTimeout(timer);
      row.remove();
    };
  }

  tell(sentence) {
    this.notice.textContent = sentence;
    this.notice.hidden = !sentence;
  }
}
