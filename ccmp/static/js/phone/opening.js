/* The page with the PIN: who is on this phone, six digits, and on to where she wanted to go. */

import { holders, appState, setAppState } from "./holders.js";
import { hold, open, PinRefused, removeWhenUnheard, waitOf } from "./keys.js";
import { unsentOf } from "./store.js";
import { ask, canKeep, wayOn } from "./worker_line.js";

const part = (name) => document.querySelector(`[data-part="${name}"]`);
const form = part("pin");
let people = [];
let ticking = null;

for (const link of document.querySelectorAll("[data-signs-in]")) link.addEventListener("click", signInAnew);
if (canKeep()) begin();

/** The password is asked for also where somebody is signed in still: a new PIN is not for whoever holds the phone. */
async function signInAnew(event) {
  event.preventDefault();
  const way = event.currentTarget.href;
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
  await fetch("/sign-out/", { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" }).catch(() => {});
  location.assign(way);
}

async function begin() {
  people = await holders();
  show(people.length ? "pin" : "nobody");
  if (!people.length) return;
  const last = await appState("last");
  listPeople(people.some(({ id }) => id === last) ? last : people[0].id);
  form.addEventListener("submit", (event) => { event.preventDefault(); tryPin(); });
  form.elements.pin.addEventListener("input", typed);
  form.addEventListener("change", ({ target }) => { if (target.name === "who") chosen(); });
  await chosen();
}

function show(name) { for (const one of document.querySelectorAll("[data-part]")) one.hidden = one.dataset.part !== name; }

function listPeople(last) {
  const list = form.querySelector("[data-people]");
  const choice = form.querySelector("template").content.firstElementChild;
  for (const { id, name } of people) {
    const one = choice.cloneNode(true);
    Object.assign(one.querySelector("input"), { value: id, checked: id === last });
    one.querySelector("[data-name]").textContent = name;
    list.append(one);
  }
  list.closest("fieldset").hidden = people.length < 2;
}

const who = () => people.find(({ id }) => id === form.querySelector('input[name="who"]:checked')?.value) ?? people[0];

async function chosen() {
  const one = who();
  for (const place of document.querySelectorAll("[data-her-name]")) place.textContent = one.name;
  say(null);
  if (await removeWhenUnheard({ user: one.id })) return refused({ kind: "removed" });
  wait(waitOf(one, Date.now()));
  form.elements.pin.focus();
  return undefined;
}

function typed() {
  const digits = form.elements.pin.value.replace(/\D/g, "").slice(0, 6);
  if (form.elements.pin.value !== digits) form.elements.pin.value = digits;
  if (digits.length === 6) tryPin();
}

async function tryPin() {
  const pin = form.elements.pin.value;
  if (pin.length !== 6 || form.dataset.busy) return;
  form.dataset.busy = "yes";
  say("opening");
  try {
    const user = who().id;
    const key = await open({ user, pin });
    await setAppState("last", user);
    hold({ user, key });
    await ask({ type: "key", user, key });
    location.replace(wayOn());
  } catch (error) {
    form.elements.pin.value = "";
    if (!(error instanceof PinRefused)) throw error;
    await refused(error);
  } finally { delete form.dataset.busy; }
}

async function refused({ kind, left, wait: length }) {
  people = await holders();
  if (kind === "removed" || kind === "none") return showRemoved();
  for (const number of form.querySelectorAll("[data-left]")) number.textContent = left ?? "";
  say(kind === "wrong" ? "wrong" : null);
  wait(length ?? 0);
  form.elements.pin.focus();
  return undefined;
}

/** Her key is off the phone. What it says depends on why; what is unsent is named. */
async function showRemoved() {
  const one = who();
  show("removed");
  const part_ = part("removed");
  for (const said of part_.querySelectorAll("[data-why]")) said.hidden = said.dataset.why !== (one.removed ?? "tries");
  const { waiting, refused: back } = await unsentOf(one.id);
  const unsent = part_.querySelector("[data-unsent]");
  unsent.hidden = !(waiting + back);
  unsent.querySelector("[data-count]").textContent = waiting + back;
}

function say(name) { for (const one of form.querySelectorAll("[data-says]")) one.hidden = one.dataset.says !== name; }

/** Counts down what she has to wait; meanwhile the field is shut. */
function wait(length) {
  clearInterval(ticking);
  const until = Date.now() + length;
  const line = form.querySelector("[data-wait]");
  const tick = () => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    form.elements.pin.disabled = seconds > 0;
    line.hidden = seconds <= 0;
    line.querySelector("[data-seconds]").textContent = seconds;
    if (seconds > 0) return;
    clearInterval(ticking);
    form.elements.pin.focus();
  };
  tick();
  if (length) ticking = setInterval(tick, 500);
}
