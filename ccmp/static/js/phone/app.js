/* In every page of the phone: wakes the worker, holds the key while the page is open, says whether all is with the server,
   keeps what is typed, offers a new edition. Without a worker it does nothing, and the pages are as the server sent them. */

import { showChip } from "./chip.js";
import { flushDrafts, hasTyped, takeUpDrafts, watchForms } from "./drafts.js";
import { held } from "./keys.js";
import { handBack, handOver, lockNow, lockWhenAway, takeKey, wasLocked } from "./locking.js";
import { ask, canKeep, register, tell, toOpen } from "./worker_line.js";

const AWAKE = 20000;
const WITHOUT_KEY = ["/phone/open/", "/phone/set-up/"];
const needsKey = !WITHOUT_KEY.includes(location.pathname);

if (canKeep()) begin();

async function begin() {
  navigator.serviceWorker.addEventListener("message", heard);
  navigator.serviceWorker.startMessages();
  lockWhenAway(flushDrafts);
  watchForms();
  addEventListener("pagehide", flushDrafts);
  addEventListener("online", () => tell({ type: "sync" }));
  document.addEventListener("submit", leaving, { capture: true });
  const registration = await register();
  if (!registration) return;
  offerEdition(registration);
  if (needsKey) await takeKey();
  await takeUpDrafts();
  stayAwake();
  offerSetUp();
}

function heard({ data, ports }) {
  switch (data?.type) {
    case "key?": return handOver(data, ports[0]);
    case "locked": return wasLocked() && needsKey && toOpen();
    case "state": exchangeKey(data); return isNewsOfHer(data) && show(data);
    default: return undefined;
  }
}

/** What one of the two has forgotten, or never got in time, the other gives it; then it is told how things are. */
async function exchangeKey(data) {
  handBack(data);
  if (!needsKey || data.is_locked !== false) return;
  const had = held();
  await takeKey();
  await takeUpDrafts();
  if (!had && held()) tell({ type: "state?" });
}

/** What was still to be told of whoever had the phone before her would say that all is with the server. */
function isNewsOfHer({ user, is_locked }) {
  return !needsKey || is_locked !== false || held()?.user === user;
}

function show(data) {
  showChip(data);
  return dispatchEvent(new CustomEvent("ccmp-state", { detail: data }));
}

/** A worker that is spoken to lives on. */
function stayAwake() {
  const call = () => { if (!document.hidden) tell({ type: "state?" }); };
  call();
  setInterval(call, AWAKE);
  document.addEventListener("visibilitychange", call);
}

// ── a new edition ───────────────────────────────────────────────────────────────────────────────────────────────────

/** It waits for her, and for what she has typed. */
function offerEdition(registration) {
  const offer = () => {
    const strip = document.querySelector("[data-edition]");
    if (!strip || !registration.waiting || !navigator.serviceWorker.controller) return;
    strip.hidden = false;
    strip.querySelector("button").addEventListener("click", () => changeEdition(registration), { once: true });
  };
  offer();
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => { if (installing.state === "installed") offer(); });
  });
}

async function changeEdition({ waiting }) {
  flushDrafts();
  if (hasTyped()) await ask({ type: "state?" }, 10000); // the draft went before this, so it has arrived
  navigator.serviceWorker.addEventListener("controllerchange", () => location.replace(location.href), { once: true });
  waiting.postMessage({ type: "update" });
}

// ── coming and going ────────────────────────────────────────────────────────────────────────────────────────────────

/** One line on today's page, as long as this phone keeps nothing for her. */
async function offerSetUp() {
  const line = document.querySelector("[data-offer-set-up]");
  if (!line) return;
  const { holder } = await import("./holders.js");
  line.hidden = Boolean(await holder(line.dataset.offerSetUp));
}

/** Signing out takes her village off the phone, but never an entry that no server has: then it asks, and only locks. */
function leaving(event) {
  const form = event.target;
  if (!form.matches("form[data-leaves]") || form.dataset.leaves === "now") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  leave(form);
}

async function leave(form) {
  const [{ appState, setAppState }, { unsentOf, wipe }] = [await import("./holders.js"), await import("./store.js")];
  const user = held()?.user ?? (await appState("last"));
  const { waiting, refused } = user ? await unsentOf(user) : { waiting: 0, refused: 0 };
  if (waiting + refused && !(await isSure(waiting + refused))) return;
  await lockNow();
  if (user && !(waiting + refused)) {
    await wipe(user);
    await setAppState("last", null);
  }
  form.dataset.leaves = "now";
  form.submit();
}

/** The dialog that says how much is unsent, and asks once. */
function isSure(count) {
  const dialog = document.getElementById("leaving");
  if (!dialog?.showModal) return Promise.resolve(true); // it is only locked: nothing is lost
  for (const number of dialog.querySelectorAll("[data-count]")) number.textContent = count;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
