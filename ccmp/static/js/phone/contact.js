/* When the phone speaks with the server: at once when something waits, then less and less often while nobody answers; and
   what the open pages are told of it. */

import { setAppState } from "./holders.js";
import { noteContact, remove } from "./keys.js";
import { counted } from "./outbox.js";
import { emptyReading, unsentOf } from "./store.js";
import { FIRST_PAUSE, NoNetwork, Revoked, SignInAgain, pauseAfter, send, takeDown } from "./sync.js";
import { forget, whose } from "./whose.js";

const AT_REST = 300000; // between contacts while nothing waits
const LATELY = 60000; // a page that is opened so soon after a contact asks for no other
const TAG = "ccmp outbox";

const told = { online: true, sending: false, sign_in: false, revoked: false, pack: "" };
let failures = 0;
let notBefore = 0;
let lastContact = 0;
let timer = null;
let running = null;
let edition = { version: "" };

export function begin(given) { edition = given; }

/** Speaks with the server now, or joins the contact that is under way. Never throws. */
export function now() {
  running ??= contact().catch(brokenOff).finally(() => { running = null; });
  return running;
}

/** Speaks with the server if it is time. */
export async function soon() {
  const here = await whose();
  if (!here?.store || Date.now() < notBefore) return;
  const { waiting } = counted(await here.store.entries());
  if (waiting || Date.now() - lastContact > LATELY) await now();
}

/** The network is back, or she presses the button: what failed before does not count. */
export async function anew() {
  await running; // it may be another person's, or have begun before what is new was there
  failures = 0;
  notBefore = 0;
  return now();
}

/** Tries to send what waits, for as long as she may be kept waiting. */
export async function sendWithin(store, patience) {
  if (failures > 1 && Date.now() < notBefore) return;
  const sending = send(store).then(reached, (error) => failed(error, store));
  await Promise.race([sending, new Promise((resolve) => { setTimeout(resolve, patience); })]);
}

/** Her store was shut while it was spoken of: she locked it, or another opened hers. What waits is begun again soon. */
function brokenOff(error) {
  console.error("The contact was broken off:", error.name, error.message);
  told.sending = false;
  clearTimeout(timer);
  timer = setTimeout(now, FIRST_PAUSE);
}

async function contact() {
  const here = await whose();
  if (!here?.store) return tell();
  const { store } = here;
  told.sending = true;
  await tell();
  try {
    await upAndDown(store);
  } catch (error) {
    if ((await whose())?.store !== store && !(error instanceof Revoked)) throw error; // not the failure of who is here now
    await failed(error, store);
  }
  told.sending = false;
  await tell();
  return plan();
}

/** A phone that has to sign in again asks nevertheless: it may have been taken out of use. */
async function upAndDown(store) {
  let toSignIn = null;
  try {
    await send(store, { onProgress: tell });
  } catch (error) {
    if (!(error instanceof SignInAgain)) throw error;
    toSignIn = error;
  }
  const { pack } = await takeDown(store, { version: edition.version });
  if (toSignIn) throw toSignIn;
  reached();
  lastContact = Date.now();
  await noteContact({ user: store.user });
  await setAppState("language", (await store.docs()).get("me")?.user?.language ?? null);
  if (told.pack && told.pack !== pack) self.registration.update().catch(() => {});
  told.pack = pack;
}

function reached() {
  Object.assign(told, { online: true, sign_in: false, revoked: false });
  failures = 0;
  notBefore = 0;
}

async function failed(error, store) {
  failures += 1;
  notBefore = Date.now() + pauseAfter(failures - 1);
  Object.assign(told, { online: !(error instanceof NoNetwork), sign_in: error instanceof SignInAgain });
  if (error instanceof Revoked) await takenOutOfUse(store);
  else if (!(error instanceof NoNetwork || error instanceof SignInAgain)) console.error("The contact failed:", error.name, error.message);
}

/** The county took the phone out of use: nothing can be read on it any more. What was not sent stays, sealed. */
async function takenOutOfUse(store) {
  told.revoked = true;
  await emptyReading(store.user);
  if ((await unsentOf(store.user)).waiting) return; // the server still takes it, and gives no key back
  await remove({ user: store.user, why: "revoked" });
  forget();
}

/** The next contact by itself. The timer lives as long as the worker; a page that is open keeps it alive. */
async function plan() {
  clearTimeout(timer);
  const here = await whose();
  if (!here?.store) return;
  const { waiting } = counted(await here.store.entries());
  if (waiting && !failures) notBefore = Date.now() + pauseAfter(2);
  timer = setTimeout(now, failures || waiting ? Math.max(1000, notBefore - Date.now()) : AT_REST);
  if (waiting) wakeMe();
}

/** Where the browser can, it wakes the worker when there is a network. */
export function wakeMe() { self.registration.sync?.register(TAG).catch(() => {}); }

// ── what the pages are told ─────────────────────────────────────────────────────────────────────────────────────────

/** {type: "state", user, waiting, refused, urgent, kept, oldest_waiting, contact_at, online, sending, sign_in, revoked, update} */
export async function state() {
  const here = await whose();
  const common = { type: "state", ...told, update: Boolean(self.registration.waiting), version: edition.version };
  if (!here) return { ...common, user: null };
  const { id: user, contact_at } = here.holder;
  if (!here.store) return { ...common, user, is_locked: true, contact_at, ...(await unsentOf(user)) };
  const { kept = 0, skew = null, contact_at: synced } = await here.store.meta();
  return { ...common, user, is_locked: false, contact_at: synced ?? contact_at, kept, skew, ...counted(await here.store.entries()) };
}

export async function tell() { await tellAll(await state()); }

export async function tellAll(said) {
  for (const page of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) page.postMessage(said);
}
