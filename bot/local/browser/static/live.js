// Keeps the page as the workspace is: asks, waits, puts in what has changed and leaves the rest alone.
import { page, parse, recall, remember, replaceInside, describe } from "./common.js";
import { setClock } from "./clock.js";
import { keepMenu } from "./elements.js";
import { showModal, keepValues } from "./modal.js";
import { released } from "./press.js";

const byId = (id) => document.getElementById(id);
const shown = new WeakMap(); // node -> the HTML it was made of
const last = {}; // part -> the HTML it was made of
const NEAR = 60;
const PAUSE = 100;

export function startLive() {
  for (const log of document.querySelectorAll(".log")) startLog(log);
  startReading();
  startMarks();
  markPlaces();
  follow();
}

async function follow() {
  let version = page.version - 1; // at once, so that the first answer settles what changed while loading
  for (;;) {
    try {
      const query = new URLSearchParams({ version, thread: page.thread });
      const address = `/browser/state/${encodeURIComponent(page.user)}/${encodeURIComponent(page.channel)}`;
      const response = await fetch(`${address}?${query}`);
      if (response.status === 404) {
        location.reload();
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      const state = await response.json();
      version = state.version;
      document.body.classList.remove("offline");
      await released();
      apply(state);
      // What comes in a burst is drawn together: the app may post to hundreds of channels in a minute.
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    } catch (error) {
      if (!(error instanceof TypeError) && !(error instanceof SyntaxError)) console.error(error);
      document.body.classList.add("offline");
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

function apply(state) {
  if (state.standing !== document.body.dataset.standing) location.reload();
  page.now = state.now;
  setClock(state.now);
  replacePart("side", state.sidebar);
  replacePart("head", state.head);
  if (byId("messages")) refreshLog(byId("log"), byId("messages"), state.messages);
  if (byId("replies")) refreshLog(byId("thread-log"), byId("replies"), state.thread);
  const home = byId("home");
  if (home && state.home && home.dataset.hash !== state.home_hash) {
    keepValues(home, () => replaceInside(home, parse(state.home)));
    home.dataset.view = state.home_view;
    home.dataset.hash = state.home_hash;
  }
  showModal(state.modal);
  markRead();
  markPlaces();
  markPeople(state.direct);
}

function replacePart(id, html) {
  if (last[id] === html) return;
  last[id] = html;
  const place = byId(id);
  const top = place.scrollTop;
  keepMenu(place, () => replaceInside(place, parse(html)));
  place.scrollTop = top;
}

function isAtEnd(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
}

function refreshLog(log, list, items) {
  const atEnd = isAtEnd(log);
  const before = list.lastElementChild?.dataset.key ?? "";
  reconcile(list, items);
  const after = list.lastElementChild?.dataset.key ?? "";
  if (atEnd) log.scrollTop = log.scrollHeight;
  else if (after > before && log.id === "log") byId("newer").hidden = false;
}

// Nodes are known by their keys: what is unchanged stays in place, with all that is being done in it.
function reconcile(list, items) {
  const nodes = new Map([...list.children].map((node) => [node.dataset.key, node]));
  let previous = null;
  for (const { key, html } of items) {
    const old = nodes.get(key);
    nodes.delete(key);
    const node = renew(list, old, html);
    const place = previous ? previous.nextElementSibling : list.firstElementChild;
    if (node !== place) list.insertBefore(node, place);
    previous = node;
  }
  for (const node of nodes.values()) node.remove();
}

function renew(list, old, html) {
  if (old && shown.get(old) === html) return old;
  const fresh = parse(html).firstElementChild;
  fresh.classList.toggle("linked", Boolean(old?.classList.contains("linked")));
  if (old && !shown.has(old) && old.isEqualNode(fresh)) {
    shown.set(old, html);
    return old;
  }
  shown.set(fresh, html);
  if (old) {
    const focused = old.contains(document.activeElement) ? describe(document.activeElement) : "";
    keepValues(old, () => old.replaceWith(fresh), fresh);
    if (focused !== "") ((focused && fresh.querySelector(focused)) || list.closest(".log")).focus();
  }
  return fresh;
}

function startLog(log) {
  const name = `scroll:${location.pathname}:${log.id}:${log.id === "log" ? "" : page.thread}`;
  const stored = recall(name, "sessionStorage");
  log.scrollTop = stored === "" ? log.scrollHeight : Number(stored);
  window.addEventListener("pagehide", () => {
    remember(name, isAtEnd(log) ? "" : String(Math.round(log.scrollTop)), "sessionStorage");
  });
  // Pictures that load late, and a composer that grows, push the end out of sight.
  let atEnd = isAtEnd(log);
  log.addEventListener("scroll", () => {
    atEnd = isAtEnd(log);
    if (atEnd && log.id === "log") byId("newer").hidden = true;
    markRead();
  });
  new ResizeObserver(() => {
    if (atEnd) log.scrollTop = log.scrollHeight;
  }).observe(log);
}

function startReading() {
  byId("newer")?.addEventListener("click", () => {
    byId("log").scrollTop = byId("log").scrollHeight;
    byId("newer").hidden = true;
  });
  document.addEventListener("visibilitychange", () => {
    markRead();
    markPlaces();
  });
}

// What has been read: for each person, the newest message they have seen in each channel. What was there before
// the first visit is not news to anybody.
function readMarks(user) {
  try {
    return JSON.parse(recall(`read:${user}`) || "{}");
  } catch {
    return {};
  }
}

function isNews(marks, channel, latest) {
  const since = recall("since");
  const mark = marks[channel] ?? since;
  // A workspace that began anew has an earlier time than the marks of the last one.
  return latest > (mark > clockMark() ? since : mark);
}

function clockMark() {
  return page.now.toFixed(6);
}

function startMarks() {
  const since = recall("since");
  if (!since || since > clockMark()) remember("since", clockMark());
}

function markRead() {
  const log = byId("log");
  if (!log || document.hidden || !isAtEnd(log)) return;
  const here = document.querySelector(`[data-place="${CSS.escape(page.channel)}"]`);
  const marks = readMarks(page.user);
  if (!here || !isNews(marks, page.channel, here.dataset.latest)) return;
  marks[page.channel] = here.dataset.latest;
  remember(`read:${page.user}`, JSON.stringify(marks));
}

function markPlaces() {
  const marks = readMarks(page.user);
  let count = 0;
  for (const place of document.querySelectorAll("[data-place]")) {
    const isMuted = place.classList.contains("place-muted");
    const isNew = !isMuted && isNews(marks, place.dataset.place, place.dataset.latest);
    place.classList.toggle("unread", isNew);
    place.querySelector(".unread-mark").hidden = !isNew;
    count += isNew ? 1 : 0;
  }
  document.body.classList.toggle("has-unread", count > 0);
  document.title = `${count ? "* " : ""}${document.title.replace(/^\* /, "")}`;
}

// Who else has been written to: one would like to be them for a moment.
function markPeople(direct) {
  for (const option of byId("who").options) {
    const marks = readMarks(option.value);
    const places = Object.entries(direct[option.value] ?? {});
    const isNew = option.value !== page.user && places.some(([id, latest]) => isNews(marks, id, latest));
    option.textContent = `${option.dataset.name}${isNew ? " (new message)" : ""}`;
  }
}
