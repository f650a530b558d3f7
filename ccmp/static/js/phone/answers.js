/* How the worker answers a page: written on the phone, or asked of the server. */

import { addressOf } from "./addresses.js";
import { correctedMoment, correctedNow, uuidv7 } from "./clock.js";
import { appState } from "./holders.js";
import { laidOver } from "./outbox.js";
import { pageAt, villageOf, writePage } from "./page.js";
import { phoneSheet } from "./pages/phone.js";
import { whose } from "./whose.js";

const FIRST_PAGE = "visits:today";
const OPEN = "/phone/open/";
const NO_NETWORK = "/phone/no-network/";
const WITHOUT_KEY = new Set(["phone:open", "phone:no-network"]); // pages that show nothing of anybody
const POST_FORM = /<form\b(?![^>]*\brole="search")[^>]*\bmethod="post"[^>]*>/g; // a search becomes no entry

/** What it takes to write her pages now: {here, pack, headers, now, docs, entries, me}; docs and entries when it is open. */
export async function table(shelf) {
  const here = await whose();
  if (!here?.store) {
    const { pack, headers } = await shelf.pack(await appState("language"));
    return { here, pack, headers, now: new Date() };
  }
  const [docs, kept, meta] = [await here.store.docs(), await here.store.entries(), await here.store.meta()];
  const entries = kept.map((entry) => ({ ...entry, made_at: correctedMoment(entry.made_at, meta.skew) }));
  const { pack, headers } = await shelf.pack(docs.get("me")?.user?.language);
  return { here, pack, headers, docs, entries, meta, now: correctedNow(meta.skew) };
}

/** A page that somebody opens. @param shelf of this edition */
export async function answerPage(request, shelf) {
  const url = new URL(request.url);
  const set = await table(shelf);
  if (url.pathname === "/" && set.here) return Response.redirect(new URL(addressOf(set.pack, FIRST_PAGE), url), 302);
  const at = pageAt(set.pack, url);
  if (!at || !set.here || !at.templates.length) return fromNetwork(request, set);
  if (WITHOUT_KEY.has(at.page)) return written({ ...set, docs: new Map(), entries: [], url }) ?? fromNetwork(request, set);
  if (!set.here.store) return toOpen(url);
  if (!set.docs.size) return fromNetwork(request, set); // nothing has come down yet
  return (await fromStore(url, set)) ?? fromNetwork(request, set);
}

async function fromStore(url, set) {
  const { store } = set.here;
  const mended = url.searchParams.get("_entry");
  const entry = mended && set.entries.find((one) => one.id === mended);
  const messages = set.meta.messages ?? [];
  try {
    const answer = written({ ...set, url: without(url, "_entry"), messages, ...(entry ? asRefused(entry) : {}) });
    if (answer && answer.status < 300 && messages.length) await store.setMeta({ messages: [] });
    return answer;
  } catch (error) {
    console.error(`The page ${url.pathname.replace(/[0-9a-f-]{36}/g, "…")} could not be written:`, error.name, error.stack);
    return null;
  }
}

/** A refused entry is looked at again: what she had written, and what is wrong with it. */
export function asRefused(entry) {
  const wrong = entry.fields_wrong ?? {};
  const errors = Object.keys(wrong).length ? wrong : entry.reason ? { __all__: [entry.reason] } : {};
  return { entryId: entry.id, state: { values: entry.fields, errors } };
}

/** A page from the phone's own store as a Response; null where it does not hold it. */
export function written({ pack, headers, docs, entries, url, now, state, messages, entryId, here, meta }) {
  const village = villageOf(docs, laidOver(entries));
  if (here?.store) village.set("phone", phoneSheet({ holder: here.holder, entries, meta }));
  if (meta?.searches) village.set("searches", meta.searches);
  const page = writePage({ pack, docs: village, url, now, state, messages, id: () => uuidv7(now.getTime()) });
  if (!page || page.status === 404) return null;
  if (page.redirect) return Response.redirect(new URL(page.redirect, url), 302);
  return new Response(withEntry(page.html, entryId), { status: page.status, headers });
}

/** Each form carries the id of the entry that it becomes: pressed twice, it is one. What is typed into it is kept by us,
 *  sealed; the browser would write it to the disk as it is. */
function withEntry(html, entryId) {
  return html.replace(POST_FORM, (form) => `${form.slice(0, -1)} autocomplete="off"><input type="hidden" name="_entry" value="${entryId ?? uuidv7()}">`);
}

/** The server's own page; without a network, a page that says so. */
export async function fromNetwork(request, set) {
  try {
    return await fetch(request);
  } catch {
    const url = new URL(NO_NETWORK, self.location);
    const asked = new URL(request.url);
    url.searchParams.set("then", asked.pathname + asked.search);
    if (set.here) url.searchParams.set("known", "yes");
    const answer = written({ ...set, docs: new Map(), entries: [], url });
    return answer ?? Response.error();
  }
}

/** Her PIN first, then there. */
export function toOpen(url) {
  const open = new URL(OPEN, url);
  open.searchParams.set("then", url.pathname + url.search);
  return Response.redirect(open, 302);
}

function without(url, name) {
  const other = new URL(url);
  other.searchParams.delete(name);
  return other;
}
