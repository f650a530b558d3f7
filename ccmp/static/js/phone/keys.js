/* The key of her store. The server made it; the phone keeps it wrapped only: in what PBKDF2 makes of her PIN, bound to a
   key of this device that no script can read out. Opened, it lives in memory, where no script can read it out either. */

import { changeHolder, holder } from "./holders.js";

export const ROUNDS = 310000; // OWASP's least for PBKDF2-SHA-256; the count is kept with each wrapping
export const MOST_WRONG = 10;
const MINUTE = 60000;
const DAY = 24 * 60 * MINUTE;
const WAITS = [0, 0, 0, 0.5, 1, 2, 5, 15, 30].map((minutes) => minutes * MINUTE); // after the first, second, … wrong PIN
const A_PIN = /^\d{6}$/;
const text = new TextEncoder();

/** Why a PIN did not open: kind is "wrong" {left, wait}, "wait" {wait}, "removed", "none" (nobody by that id) or "digits". */
export class PinRefused extends Error {
  constructor(kind, particulars = {}) {
    super(`The PIN was not taken: ${kind}.`);
    Object.assign(this, { kind, ...particulars });
  }
}

/** A PIN that anybody would try first. */
export function isEasy(pin) {
  const steps = [...pin].slice(1).map((digit, place) => Number(digit) - Number(pin[place]));
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
}

/** Wraps the data key under her PIN and opens it. Whoever was known by this id keeps all else that is known of her.
 *  @param {{user: string, name: string, phone: string, key: Uint8Array, pin: string, days: number, now?: number}} given
 *  `key` is emptied. */
export async function setUp({ user, name, phone, key, pin, days, now = Date.now() }) {
  if (!A_PIN.test(pin)) throw new PinRefused("digits");
  const raw = await crypto.subtle.importKey("raw", key, "AES-GCM", true, ["encrypt", "decrypt"]);
  key.fill(0);
  const kept = await wrapped(raw, { user, pin });
  await changeHolder(user, (known) => ({
    set_up_at: now, ...known, name, phone, ...kept, wrong: 0, waits: null, removed: null, contact_at: now, seen_at: now,
    days_without_contact: days,
  }));
  return opened({ user, pin, kept, extractable: false });
}

/** Opens the key with her PIN, or throws PinRefused. Each try is noted before it is made: killing the app saves none. */
export async function open({ user, pin, now = Date.now() }) {
  await removeWhenUnheard({ user, now });
  await changeHolder(user, (one) => (one?.waits && now < one.waits.from ? { ...one, waits: { ...one.waits, from: now } } : null));
  const known = await changeHolder(user, (one) => (one?.wrapped ? noteTry(one, now) : null));
  if (!known?.wrapped) throw new PinRefused(known ? "removed" : "none");
  let key;
  try {
    key = await opened({ user, pin, kept: known, extractable: false });
  } catch (error) {
    if (error.name !== "OperationError") throw error; // not the PIN's fault
    throw await afterWrong(user, known, now);
  }
  await changeHolder(user, (one) => (one ? { ...one, wrong: 0, waits: null } : null));
  return key;
}

/** The same key under another PIN. */
export async function changePin({ user, pin, newPin, now = Date.now() }) {
  if (!A_PIN.test(newPin)) throw new PinRefused("digits");
  await open({ user, pin, now });
  const raw = await opened({ user, pin, kept: await holder(user), extractable: true });
  const kept = await wrapped(raw, { user, pin: newPin });
  await changeHolder(user, (one) => ({ ...one, ...kept }));
}

/** How long she must wait before the next try, in milliseconds: never longer than it was, also by a clock put back. */
export function waitOf(one, now) {
  return one?.waits ? Math.min(one.waits.length, Math.max(0, one.waits.from + one.waits.length - now)) : 0;
}

function noteTry(one, now) {
  const wait = waitOf(one, now);
  if (wait) throw new PinRefused("wait", { wait });
  const wrong = (one.wrong ?? 0) + 1;
  const length = WAITS[Math.min(wrong, WAITS.length) - 1];
  return { ...one, wrong, waits: length ? { from: now, length } : null };
}

async function afterWrong(user, { wrong }, now) {
  if (wrong >= MOST_WRONG) {
    await remove({ user, why: "tries" });
    return new PinRefused("removed");
  }
  return new PinRefused("wrong", { left: MOST_WRONG - wrong, wait: waitOf(await holder(user), now) });
}

// ── without her ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** The server was heard of: the days begin anew. */
export async function noteContact({ user, now = Date.now() }) {
  await changeHolder(user, (one) => (one ? { ...one, contact_at: now, seen_at: now } : null));
}

/** Removes the wrapped key of a phone that had no contact for too long. True when reading is locked.
 *  The latest time that the phone ever saw counts: putting its clock back does not help. */
export async function removeWhenUnheard({ user, now = Date.now() }) {
  const one = await holder(user);
  if (!one?.wrapped) return true;
  const latest = Math.max(now, one.seen_at);
  if (latest - one.contact_at > one.days_without_contact * DAY) {
    await remove({ user, why: "unheard" });
    return true;
  }
  if (latest - one.seen_at > MINUTE) await changeHolder(user, (same) => (same ? { ...same, seen_at: latest } : null));
  return false;
}

/** Locks reading on this phone. What is unsent stays; signing in brings the key back. `why`: tries, unheard, revoked. */
export async function remove({ user, why }) {
  await changeHolder(user, (one) => (one ? { ...one, wrapped: null, device: null, wrong: 0, waits: null, removed: why } : null));
  if (held()?.user === user) lock();
}

// ── in memory ───────────────────────────────────────────────────────────────────────────────────────────────────────

let inHand = null;

/** The key that this page or worker holds: {user, key}, or null. */
export function held() { return inHand; }
export function hold({ user, key }) { inHand = { user, key }; }
export function lock() { inHand = null; }

// ── wrapping ────────────────────────────────────────────────────────────────────────────────────────────────────────

async function wrapped(raw, { user, pin }) {
  const device = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapping = await wrappingKey({ pin, salt, rounds: ROUNDS, device });
  const key = await crypto.subtle.wrapKey("raw", raw, wrapping, { name: "AES-GCM", iv, additionalData: text.encode(user) });
  return { device, wrapped: { key, salt, iv, rounds: ROUNDS } };
}

async function opened({ user, pin, kept, extractable }) {
  const { key, salt, iv, rounds } = kept.wrapped;
  const wrapping = await wrappingKey({ pin, salt, rounds, device: kept.device });
  const how = { name: "AES-GCM", iv, additionalData: text.encode(user) };
  return crypto.subtle.unwrapKey("raw", key, wrapping, how, "AES-GCM", extractable, ["encrypt", "decrypt"]);
}

async function wrappingKey({ pin, salt, rounds, device }) {
  const typed = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveBits"]);
  const slow = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, typed, 256);
  const bound = await crypto.subtle.importKey("raw", await crypto.subtle.sign("HMAC", device, slow), "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: text.encode("ccmp store key") };
  return crypto.subtle.deriveKey(how, bound, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}
