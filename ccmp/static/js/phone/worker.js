/* The service worker: her pages are answered from the phone's own store, with or without a network.

   What pages tell it:  {type: "key", user, key} opened · {type: "lock"} · {type: "sync"} now · {type: "state?"}
                        {type: "update"} begin with the new edition · {type: "drop", id} · {type: "key?"} · drafts: drafts_kept.js
   What it asks pages:  {type: "key?", user} with a port: answer {user, key} there
   What it tells them:  {type: "state", …}: see contact.js · {type: "locked"} */

import { answerPage, fromNetwork, table } from "./answers.js";
import * as contact from "./contact.js";
import { draftsAtRest, heardOfDraft } from "./drafts_kept.js";
import { held } from "./keys.js";
import { Shelf } from "./shelf.js";
import { forget, take, whose } from "./whose.js";
import { answerForm } from "./writing.js";

/** @param edition {version, packs, assets}: what this worker keeps, as the server wrote it into /sw.js */
export function begin(edition) {
  const shelf = new Shelf(edition);
  contact.begin(edition);

  self.addEventListener("install", (event) => event.waitUntil(shelf.fill()));

  self.addEventListener("activate", (event) => event.waitUntil((async () => {
    await shelf.clearOthers();
    await self.clients.claim();
    await contact.tell();
  })()));

  self.addEventListener("fetch", (event) => {
    const answer = answerTo(event, shelf);
    if (answer) event.respondWith(answer);
  });

  self.addEventListener("message", (event) => event.waitUntil(heard(event)));
  self.addEventListener("online", () => contact.anew());
  self.addEventListener("sync", (event) => event.waitUntil(contact.anew()));
}

/** A promise of the answer, or null: the browser asks the network itself. */
function answerTo(event, shelf) {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return null;
  if (request.mode !== "navigate") return request.method === "GET" && shelf.holds(url.pathname) ? shelf.asset(request) : null;
  if (request.method === "POST") return thenContact(event, orNetwork(request.clone(), shelf, draftsAtRest().then(() => answerForm(request, shelf))), contact.now);
  if (request.method !== "GET") return null;
  return thenContact(event, orNetwork(request, shelf, answerPage(request, shelf)), contact.soon);
}

/** A phone whose store is broken still has its network. */
async function orNetwork(request, shelf, answer) {
  try {
    return await answer;
  } catch (error) {
    console.error("The phone could not answer by itself:", error.name, error.message);
    return fromNetwork(request, await table(shelf).catch(() => ({})));
  }
}

function thenContact(event, answer, speak) {
  event.waitUntil(answer.then(speak, () => {}));
  return answer;
}

async function heard({ data, source, ports: [port] }) {
  const answer = (said) => port?.postMessage(said);
  switch (data?.type) {
    case "key": take(data); answer({}); return contact.now();
    case "key?": await whose(); return answer(held() ?? {});
    case "lock": await lockAll(); answer({}); return contact.tell();
    case "draft": case "draft?": case "draft-gone": return answer(await heardOfDraft(data));
    case "sync": return contact.anew();
    case "update": return self.skipWaiting();
    case "drop": return drop(data.id);
    case "state?": return source?.postMessage(await contact.state());
    default: return undefined;
  }
}

/** The pages hear it before they are asked for the key again: what this worker forgets must not come back from them. */
async function lockAll() {
  forget();
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) page.postMessage({ type: "locked" });
}

/** She gives up an entry that was refused. One that waits may be on its way already: it is not hers to take back. */
async function drop(id) {
  const here = await whose();
  const entry = (await here?.store?.entries())?.find((one) => one.id === id && one.state === "refused");
  if (entry) await here.store.dropEntries([entry.seq]);
  return contact.tell();
}
