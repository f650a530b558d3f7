/* A form that she sends: looked through on the phone, written down there, and only then answered. */

import { asRefused, fromNetwork, table, toOpen, written } from "./answers.js";
import { uuidv7 } from "./clock.js";
import { sendWithin } from "./contact.js";
import { draftsAtRest } from "./drafts_kept.js";
import { fieldsOf, laidOver, newEntry, saysTheSame } from "./outbox.js";
import { askedOf, pageAt, villageOf } from "./page.js";
import { checks, done, pages } from "./pages/index.js";
import { checkForm, formPosted } from "./rules/form_checks.js";
import { searchIn, toWhatIsFound } from "./searches.js";
import { _, speak } from "./words.js";

const A_NUMBER = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const PATIENCE = 6000; // a network that has not answered by then answers later
const OTHER_CONTENT = () => _("Something else was already recorded under this number. Nothing was changed. Open the page again.");

/** A form's POST. Pages that do not go through the outbox go to the server; so does what another site's page posts in her
 *  name: its token against forgery is not ours, and the server says so. */
export async function answerForm(request, shelf) {
  const url = new URL(request.url);
  const set = await table(shelf);
  const at = pageAt(set.pack, url);
  if (at?.templates.length && set.here?.store && set.docs.size && isFromOurs(request, url)) {
    const posted = await searchIn(request.clone());
    if (posted) return toWhatIsFound({ url, posted, store: set.here.store });
  }
  if (!at?.posts || !set.here || !isFromOurs(request, url)) return fromNetwork(request, set);
  if (!set.here.store) return toOpen(url); // her draft is there when she is back
  const posted = await request.formData();
  speak(set.pack.words);
  return take({ set, at, url, posted, from: request.referrer });
}

/** Our pages always say where they are (Referrer-Policy: same-origin); others do not, or say another place. */
function isFromOurs({ referrer }, url) { return referrer.startsWith(`${url.origin}/`); }

async function take({ set, at, url, posted, from }) {
  const fields = fieldsOf(posted);
  const named = [posted.get("_entry"), url.searchParams.get("_entry"), fields.id?.[0]];
  const id = named.find((one) => A_NUMBER.test(one ?? "")) ?? uuidv7(set.now.getTime());
  if (fields.id && !fields.id[0]) fields.id = [id];
  const village = villageOf(set.docs, laidOver(set.entries.filter((one) => one.id !== id)));
  const asked = askedOf({ pack: set.pack, docs: village, url, now: set.now, id: () => uuidv7() });
  const entry = newEntry({ id, page: at.page, url, fields, urgentKinds: asked.me.urgent_kinds });
  const before = set.entries.find((one) => one.id === id);
  const work = { set, at, url, asked, entry, before, from };
  if (before && saysTheSame(before, entry) && before.state !== "refused") return onward(work, before);
  const errors = wrongWith(work);
  if (Object.keys(errors).length) {
    await set.here.store.keepDraft(url.pathname + url.search, fields);
    return formAgain(work, { values: fields, errors });
  }
  const kept = await writeDown(work);
  try {
    return await answerTo(work, kept);
  } catch (error) { // it is written down: from here on it may not go to the server a second way
    console.error("What was written down could not be answered:", error.name, error.message);
    return Response.redirect(new URL(comesFrom(url, from), url), 303);
  }
}

/** Once it is written down: sent, if that is quick, and answered by what became of it. */
async function answerTo(work, kept) {
  const { store } = work.set.here;
  await sendWithin(store, PATIENCE);
  const after = (await store.entries()).find((one) => one.seq === kept.seq) ?? { ...kept, state: "sent" };
  return after.state === "refused" ? formAgain({ ...work, entry: after }, asRefused(after).state) : onward(work, after);
}

/** What the phone can see to be wrong: field by field first; then what the rules of the page say. */
function wrongWith({ set, at, asked, entry, before }) {
  if (before?.state === "sent") return { __all__: [OTHER_CONTENT()] };
  const { template = at.templates[0], form_state: state, not_asked: left = [] } = pages[at.page]?.(asked) ?? {};
  const posted = Object.entries(formPosted(set.pack.shells[template]?.forms, entry.fields));
  const described = Object.fromEntries(posted.filter(([name]) => !left.includes(name)));
  const ownChoices = Object.keys(state?.choices ?? {}).map((name) => [name, []]); // what there is to choose may have changed since
  const wrong = checkForm(described, entry.fields, Object.fromEntries(ownChoices));
  if (Object.keys(wrong).length) return wrong;
  const found = checks[at.page]?.(asked, entry.fields) ?? {};
  return Object.fromEntries(Object.entries(found).map(([name, said]) => [name || "__all__", said]));
}

/** On the disk before anything is answered. What she mends, or changes before it went, keeps its place. */
async function writeDown({ set, entry, before, url }) {
  const { store } = set.here;
  await draftsAtRest();
  if (!before) return store.addEntry(entry, { draft: url.pathname + url.search });
  const { path, query, fields, urgent } = entry;
  await store.changeEntry(before.seq, { path, query, fields, urgent, state: "waiting", reason: "", fields_wrong: {} });
  await store.dropDraft(url.pathname + url.search);
  return { ...before, path, query, fields, urgent, state: "waiting" };
}

/** To where the page leads, with what is to be said there. */
async function onward({ set, at, url, asked, from }, entry) {
  const village = villageOf(asked.docs, [entry]);
  const way = done[at.page]?.({ ...asked, docs: village }, entry) ?? {};
  const text = way.message ?? (entry.state === "sent" ? "" : _("Written down. It goes out as soon as there is a network."));
  if (text) await say(set, { level_tag: "success", text });
  return Response.redirect(new URL(way.redirect ?? comesFrom(url, from), url), 303);
}

/** The form with what she typed and what is wrong. A button without a page of its own says it where it stood. */
async function formAgain({ set, at, url, entry, from }, state) {
  const messages = set.meta.messages ?? [];
  const again = at.templates.length ? written({ ...set, url, state, messages, entryId: entry.id, entries: withoutEntry(set, entry) }) : null;
  if (again && again.status === 200) return again;
  const [first] = Object.values(state.errors).flat();
  await say(set, { level_tag: "error", text: first ?? entry.reason });
  return Response.redirect(new URL(comesFrom(url, from), url), 303);
}

const withoutEntry = (set, entry) => set.entries.filter((one) => one.id !== entry.id);

async function say(set, message) {
  await set.here.store.setMeta((meta) => ({ messages: [...(meta.messages ?? []), message] }));
}

function comesFrom(url, from) {
  return from && new URL(from).origin === url.origin ? from : "/";
}

