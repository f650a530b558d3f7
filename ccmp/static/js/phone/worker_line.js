/* The line between a page and the worker. Every call works without a worker: it says nothing then. */

import { ownAddress } from "./addresses.js";

const PATIENCE = 4000;
const WORKER = "/sw.js";

/** Where a browser lets no script run whose address is a mere text (Trusted Types): this one address, and no other. */
const policy = globalThis.trustedTypes?.createPolicy("ccmp-worker", { createScriptURL: (address) => (address === WORKER ? address : null) });

/** Can this browser keep a village? Without any of these her pages go to the network, and nothing breaks. */
export function canKeep() {
  return Boolean(navigator.serviceWorker && globalThis.crypto?.subtle && globalThis.indexedDB && globalThis.caches);
}

let registering = null;

/** The registration, or null where the browser has no workers of this kind. */
export function register() {
  if (!canKeep()) return Promise.resolve(null);
  registering ??= navigator.serviceWorker.register(policy ? policy.createScriptURL(WORKER) : WORKER, { type: "module", updateViaCache: "none" }).catch(() => {
    registering = null; // perhaps there was only no network
    return null;
  });
  return registering;
}

/** Asks the worker; its answer, or null when there is none in time. */
export async function ask(message, patience = PATIENCE) {
  const worker = await theWorker(patience);
  if (!worker) return null;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const giveUp = setTimeout(resolve, patience, null);
    port1.onmessage = ({ data }) => { clearTimeout(giveUp); resolve(data); };
    worker.postMessage(message, [port2]);
  });
}

/** Tells the worker at once, also while the page goes. */
export function tell(message) { navigator.serviceWorker?.controller?.postMessage(message); }

async function theWorker(patience) {
  if (!canKeep()) return null;
  if (navigator.serviceWorker.controller) return navigator.serviceWorker.controller;
  const ready = navigator.serviceWorker.ready.then(({ active }) => active);
  return Promise.race([ready, new Promise((resolve) => { setTimeout(resolve, patience, null); })]);
}

/** A path within the app, as an address asks for it; anything else leads to today's page. */
export function wayOn(address = location) {
  return ownAddress(new URLSearchParams(address.search).get("then")) || "/visits/today/";
}

/** Her PIN first, then back to this page. */
export function toOpen() {
  location.replace(`/phone/open/?then=${encodeURIComponent(location.pathname + location.search)}`);
}
