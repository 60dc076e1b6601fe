// A file beside what is being written: chosen or pasted, named, taken away again, and sent with the words.
import { post } from "./common.js";

const LONGEST = 1400 * 1000; // in base64 it must fit into what the server takes

export class Attachment {
  constructor(form, changed, tell) {
    this.file = null;
    this.changed = changed;
    this.tell = tell;
    this.box = form.querySelector(".attached");
    this.input = form.querySelector(".attach-file");
    this.writing = form.querySelector("textarea");
    form.querySelector("[data-attach]").addEventListener("click", () => this.input.click());
    form.querySelector("[data-detach]").addEventListener("click", () => {
      this.put(null);
      this.writing.focus();
    });
    this.input.addEventListener("change", () => this.take(this.input.files[0]));
    form.addEventListener("paste", (event) => {
      const file = event.clipboardData.files[0];
      if (!file) return;
      event.preventDefault();
      this.take(file);
    });
  }

  take(file) {
    if (!file) return;
    if (file.size > LONGEST) {
      this.tell(`“${file.name}” is too large: this workspace takes files of up to 1.4 MB.`);
      this.input.value = "";
      return;
    }
    this.tell("");
    this.put(file);
    this.writing.focus();
  }

  put(file) {
    this.file = file;
    this.box.hidden = !file;
    this.box.querySelector(".attached-name").textContent = file?.name ?? "";
    this.input.value = "";
    this.changed();
  }

  async share(file, said) {
    return post("share", { ...said, name: file.name, data: await encode(file) });
  }
}

function encode(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
