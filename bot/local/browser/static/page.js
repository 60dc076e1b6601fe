// The page's script: starts the parts and wires what belongs to none of them.
import { startChannels } from "./channels.js";
import { startClock } from "./clock.js";
import { startComposers, fillComposer } from "./composer.js";
import { startElements } from "./elements.js";
import { startLive } from "./live.js";
import { startMessages } from "./messages.js";
import { startModal } from "./modal.js";
import { page, post, remember, recall, toast } from "./common.js";

const byId = (id) => document.getElementById(id);

function startSide() {
  const burger = byId("burger");
  const open = (yes) => {
    document.body.classList.toggle("side-open", yes);
    burger.setAttribute("aria-expanded", String(yes));
    byId("scrim").hidden = !yes;
    if (yes) byId("side").querySelector("a, button")?.focus();
  };
  burger.addEventListener("click", () => open(!document.body.classList.contains("side-open")));
  byId("scrim").addEventListener("click", () => open(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("side-open")) {
      open(false);
      burger.focus();
    }
  });
}

function startWho() {
  const who = byId("who");
  // A browser that goes back remembers the choice; the page is still somebody else's.
  who.value = page.user;
  who.addEventListener("change", () => {
    // An open thread stays open: a check-in is answered by one person after the other.
    const thread = page.thread ? `?thread=${encodeURIComponent(page.thread)}` : "";
    location.assign(`/client/${encodeURIComponent(who.value)}/${encodeURIComponent(page.channel)}${thread}`);
  });
}

function startStatus() {
  const status = byId("status");
  status.addEventListener("change", async () => {
    const { text, emoji } = status.selectedOptions[0].dataset;
    const result = await post("status", { text, emoji });
    if (!result.ok) toast(result.sentence);
  });
}

function startHints() {
  const hints = byId("hints");
  if (!hints) return;
  hints.hidden = recall("hints-away") === "yes";
  byId("hints-away").addEventListener("click", () => {
    remember("hints-away", "yes");
    hints.hidden = true;
    byId("composer")?.focus();
  });
  hints.addEventListener("click", (event) => {
    const hint = event.target.closest("[data-hint]");
    if (!hint || fillComposer(hint.dataset.hint)) return;
    const join = byId("join");
    toast(join ? "Join the channel first: what you chose will be in its message box." : "There is no message box here. Choose a channel.");
    join?.focus();
  });
}

function startPlaces() {
  document.addEventListener("click", async (event) => {
    const person = event.target.closest("[data-direct]");
    if (person) {
      const result = await post("direct", { other: person.dataset.direct });
      if (result.ok) location.assign(`/client/${encodeURIComponent(page.user)}/${result.channel}`);
      else toast(result.sentence);
    }
  });
  const join = byId("join");
  join?.addEventListener("click", async () => {
    const result = await post("join", {});
    if (result.ok) location.reload();
    else toast(result.sentence);
  });
  document.addEventListener("keydown", (event) => {
    const close = byId("thread-close");
    const busy = document.querySelector("dialog[open], .completions:not([hidden]), .menu:not([hidden])");
    if (event.key === "Escape" && close && !busy && !event.defaultPrevented) close.click();
  });
  const tabs = document.querySelector(".tabs");
  if (tabs) post("home", { tab: page.channel === "home" ? "home" : "messages" }, true);
}

startSide();
startWho();
startStatus();
startHints();
startComposers();
startElements();
startModal();
startClock();
startPlaces();
startChannels();
startLive();
startMessages();
document.body.dataset.live = "yes";
document.dispatchEvent(new Event("live")); // see early.js
