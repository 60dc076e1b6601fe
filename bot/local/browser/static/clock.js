// The workspace's time, in the zone of whoever looks; and what moves it: buttons in the bar, and a panel.
import { page, post, toast } from "./common.js";

let now = page.now * 1000;
let read = performance.now();
const byId = (id) => document.getElementById(id);
const face = byId("clock");
const opener = byId("clock-open");
const panel = byId("clock-panel");
const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const zone = { timeZone: page.zone };
const words = new Intl.DateTimeFormat("en-GB", {
  ...zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
});
const spoken = new Intl.DateTimeFormat("en-GB", { ...zone, dateStyle: "full", timeStyle: "short" });
const numbers = new Intl.DateTimeFormat("sv-SE", { ...zone, dateStyle: "short", timeStyle: "short" });
const dayNames = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long" });
const dates = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" });

export function setClock(seconds) {
  now = seconds * 1000;
  read = performance.now();
  show();
}

function instant() {
  return new Date(now + performance.now() - read);
}

function show() {
  const at = instant();
  face.textContent = words.format(at);
  face.dateTime = at.toISOString();
  face.title = `${spoken.format(at)} (${page.zone})`;
  if (!panel.hidden) byId("clock-long").textContent = spoken.format(at);
}

// What the clock on the wall shows, as if it were in UTC: days are added to it without a thought of summer time.
function wall(at) {
  return new Date(`${numbers.format(at).replace(" ", "T")}Z`);
}

function written(at) {
  return at.toISOString().slice(0, 16);
}

// Half past nine on the next two working days, on Friday and on Monday.
function jumps() {
  const here = wall(instant());
  const morning = new Date(`${written(here).slice(0, 10)}T09:30Z`);
  const all = [...Array(8).keys()].map((days) => new Date(morning.getTime() + days * DAY));
  const later = all.filter((at) => at > here && ![0, 6].includes(at.getUTCDay()));
  const [monday, friday] = [1, 5].map((day) => later.find((at) => at.getUTCDay() === day));
  return [...new Set([later[0], later[1], monday, friday])].sort((one, other) => one - other);
}

function jumpButton(at) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "clock-jump";
  const name = document.createElement("b");
  name.textContent = `${dayNames.format(at)} 09:30`;
  const date = document.createElement("span");
  date.textContent = dates.format(at);
  button.append(name, " ", date);
  button.addEventListener("click", () => move({ to: written(at) }));
  return button;
}

// Tell the server; where the time went is said to those who do not see it.
async function move(values) {
  const result = await post("clock", values);
  const trouble = byId("clock-trouble");
  trouble.hidden = result.ok || panel.hidden;
  trouble.textContent = result.sentence;
  if (!result.ok) {
    if (panel.hidden) toast(result.sentence);
    return;
  }
  if (!panel.hidden) fold(true);
  setClock(result.now);
  byId("clock-said").textContent = `It is ${spoken.format(instant())}.`;
}

function unfold() {
  panel.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  show();
  byId("clock-trouble").hidden = true;
  byId("clock-jumps").replaceChildren(...jumps().map(jumpButton));
  const soon = written(new Date(wall(instant()).getTime() + HOUR));
  byId("clock-to").value = `${soon.slice(0, 13)}:00`;
  byId("clock-jumps").querySelector("button").focus();
}

function fold(refocus) {
  panel.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  if (refocus) opener.focus();
}

export function startClock() {
  show();
  setInterval(show, 5000);
  for (const button of document.querySelectorAll("[data-hours]")) {
    button.addEventListener("click", () => move({ hours: Number(button.dataset.hours) }));
  }
  opener.addEventListener("click", () => (panel.hidden ? unfold() : fold(false)));
  byId("clock-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const to = byId("clock-to").value;
    if (to) move({ to });
    else byId("clock-to").focus();
  });
  document.addEventListener("click", (event) => {
    const inside = event.target.closest(".clock-face, .clock-panel");
    if (!panel.hidden && !inside) fold(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.preventDefault();
    fold(true);
  }, true);
}
