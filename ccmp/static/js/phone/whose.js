/* Whose phone it is now, and her open store. The key is in memory only: when the browser has ended the worker, a new one
   asks the pages that are open for it. */

import { appState, holder } from "./holders.js";
import { held, hold, lock, removeWhenUnheard } from "./keys.js";
import { openStore } from "./store.js";

const PATIENCE = 500;
let inUse = null; // {user, key, store}
let toldOf = null; // whose removal the pages were told of

/** null when nobody has set this phone up; {holder} while it is locked; {holder, store} when it is open. */
export async function whose() {
  const known = await holder(await appState("last"));
  if (!known) return null;
  if (await removeWhenUnheard({ user: known.id })) {
    await removed(known.id);
    return { holder: (await holder(known.id)) ?? known };
  }
  toldOf = null;
  const key = await keyOf(known.id);
  return key ? { holder: known, store: await storeOf(known.id, key) } : { holder: known };
}

/** A page gives the key, when it was opened or asked for. */
export function take({ user, key }) {
  if (key instanceof CryptoKey) hold({ user, key });
}

/** {user, key} for a page that was just opened. */
export const inHand = held;

/** Nobody reads any more: the key is gone from here, and the store is shut. */
export function forget() {
  lock();
  inUse?.store.close();
  inUse = null;
}

/** Her key is off this phone: the pages that still hold it forget it too, once. */
async function removed(user) {
  forget();
  if (toldOf === user) return;
  toldOf = user;
  for (const page of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) page.postMessage({ type: "locked" });
}

async function storeOf(user, key) {
  if (inUse?.user !== user || inUse.key !== key) {
    inUse?.store.close();
    inUse = { user, key, store: await openStore(user, key) };
  }
  return inUse.store;
}

async function keyOf(user) {
  if (held()?.user === user) return held().key;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const key = await firstOf(pages.map((page) => askFor(page, user)));
  if (key) hold({ user, key });
  return key;
}

/** Asks one page; it answers {user, key} through the port, or nothing. */
function askFor(page, user) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data?.user === user && data.key instanceof CryptoKey ? data.key : null);
    page.postMessage({ type: "key?", user }, [port2]);
  });
}

function firstOf(answers) {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE, null);
    let left = answers.length;
    if (!left) resolve(null);
    for (const answer of answers) answer.then((key) => { left -= 1; if (key || !left) resolve(key); });
  });
}
