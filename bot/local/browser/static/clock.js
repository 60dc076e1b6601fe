// The workspace's time, in the zone of whoever looks; and the buttons that move it.
import { page, post, toast } from "./common.js";

let now = page.now * 1000;
let read = performance.now();
const face = document.getElementById("clock");
const words = new Intl.DateTimeFormat("en-GB", {
  timeZone: page.zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
});
const spoken = new Intl.DateTimeFormat("en-GB", { timeZone: page.zone, dateStyle: "full", timeStyle: "long" });

export function setClock(seconds) {
  now = seconds * 1000;
  read = performance.now();
  show();
}

function show() {
  const at = new Date(now + performance.now() - read);
  face.textContent = words.format(at);
  face.dateTime = at.toISOString();
  face.title = spoken.format(at);
}

export function startClock() {
  show();
  setInterval(show, 5000);
  for (const button of document.querySelectorAll("[data-hours]")) {
    button.addEventListener("click", async () => {
      const result = await post("clock", { hours: Number(button.dataset.hours) });
      if (!result.ok) toast(result.sentence);
    });
  }
}
