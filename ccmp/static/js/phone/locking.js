/* When the pages lock: after fifteen minutes in the background, when another page locked, when she says so. */

import { held, hold, lock } from "./keys.js";
import { ask, tell, toOpen } from "./worker_line.js";

const LONGEST_AWAY = 15 * 60000;
let awaySince = null;
let timer = null;
let isLocking = false;

/** The key, from the worker if this page is new. */
export async function takeKey() {
  if (held() || isLocking) return;
  const given = await ask({ type: "key?" });
  if (given?.key) hold(given);
}

/** The worker asks for the key: the browser had ended it. */
export function handOver({ user }, port) {
  const here = held();
  port?.postMessage(here?.user === user ? here : {});
}

/** The worker forgot the key, and this page has it. */
export function handBack({ user, is_locked }) {
  const here = held();
  if (is_locked && here?.user === user) tell({ type: "key", ...here });
}

/** Nobody reads any more until the PIN is typed. */
export async function lockNow() {
  isLocking = true; // this page knows where it goes next
  lock();
  await ask({ type: "lock" });
}

/** Another page locked, or the worker did. */
export function wasLocked() {
  lock();
  return !isLocking;
}

/** @param beforeLocking writes down what was typed */
export function lockWhenAway(beforeLocking) {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) away(beforeLocking);
    else back();
  });
}

function away(beforeLocking) {
  beforeLocking();
  awaySince = Date.now();
  clearTimeout(timer);
  timer = setTimeout(leave, LONGEST_AWAY); // where the browser lets a page in the background run
}

function back() {
  clearTimeout(timer);
  if (awaySince !== null && Date.now() - awaySince >= LONGEST_AWAY) leave();
  awaySince = null;
}

async function leave() {
  if (!held()) return;
  await lockNow();
  toOpen();
}
