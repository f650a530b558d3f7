/* The service worker: her pages are answered from the phone's own store, with or without a network.

   Pages tell it:  {type: "key", user, key} opened · {type: "lock"} · {type: "sync"} now · {type: "update"} the new edition
                   {type: "draft", path, fields or over} · {type: "draft-gone", path} · {type: "drop", id} a refused entry
   and ask, with a port for the answer:  {type: "key?"} · {type: "state?"} · {type: "draft?", path}
   It asks pages:  {type: "key?", user} with a port.   It tells them:  {type: "locked"} · {type: "state", …}: see contact.js */

import { answerPage, fromNetwork, table } from "./answers.js";
import * as contact from "./contact.js";
import { draftsAtRest, heardOfDraft } from "./drafts_kept.js";
import { held } from "./keys.js";
import { Shelf } from "./shelf.js";
import { forget, inHand, take, whose } from "./whose.js";
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

async function heard({ data, ports, source }) {
  const answer = await answers[data?.type]?.(data, source);
  ports[0]?.postMessage(answer ?? {});
  if (data?.type === "key" || data?.type === "sync") await contact.anew();
}

const answers = {
  "key": (given) => take(given),
  "key?": () => whose().then((here) => (here?.store ? inHand() : null)),
  "lock": async () => { forget(); await contact.tellAll({ type: "locked" }); },
  "update": () => self.skipWaiting(),
  "state?": async (_asked, source) => { const said = await contact.state(); source?.postMessage(said); return said; },
  "drop": ({ id }) => drop(id),
  "draft": heardOfDraft,
  "draft?": heardOfDraft,
  "draft-gone": heardOfDraft,
};

/** She gives up an entry that was refused. One that waits may be on its way already: it is not hers to take back. */
async function drop(id) {
  const here = await whose();
  const entry = (await here?.store?.entries())?.find((one) => one.id === id && one.state === "refused");
  if (entry) await here.store.dropEntries([entry.seq]);
  await contact.tell();
}
