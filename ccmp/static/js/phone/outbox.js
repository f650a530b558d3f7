/* Her entries: what waits, in which order it goes, and what becomes of it when the server has answered.

   An entry: {seq, id, kind, made_at, path, query, fields: {name: [texts]}, urgent, state, tried, reason, fields_wrong}.
   state: "waiting"; "sent", the server has it and it stays laid over the sheets until they have come down; "refused". */

import { deviceMoment } from "./clock.js";

const MOST_ENTRIES = 20;
const MOST_BYTES = 65536;
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const NAMES_OWN = /(^|_)id$/; // fields by which an entry names what it makes: id, household_id, carer_id
const NOT_CONTENT = new Set(["csrfmiddlewaretoken", "_entry"]);

/** What was posted, as an entry keeps it: {name: [texts]}. Files do not come through the outbox. */
export function fieldsOf(formData) {
  const fields = {};
  for (const [name, value] of formData) {
    if (!NOT_CONTENT.has(name) && typeof value === "string") (fields[name] = fields[name] ?? []).push(value);
  }
  return fields;
}

/** A new entry, waiting. @param urgentKinds {kind: [numbers to dial]}: what is told about at once */
export function newEntry({ id, page, url, fields, urgentKinds = {}, device = Date.now() }) {
  const query = new URLSearchParams(url.search);
  query.delete("_entry");
  return {
    id, kind: page, made_at: deviceMoment(device), path: url.pathname, query: String(query), fields,
    urgent: (fields.kind ?? []).some((kind) => Object.hasOwn(urgentKinds, kind)),
    state: "waiting", tried: 0, reason: "", fields_wrong: {},
  };
}

/** Does this say the same as an entry that is there already? */
export function saysTheSame(entry, other) {
  const said = ({ kind, path, query, fields }) => JSON.stringify([kind, path, query, Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))]);
  return said(entry) === said(other);
}

// ── order ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The ids that an entry makes. */
export function idsMadeBy({ id, fields }) {
  const named = Object.entries(fields).filter(([name]) => NAMES_OWN.test(name)).flatMap(([, values]) => values);
  return new Set([id, ...named].map((one) => one.toLowerCase()));
}

/** All ids that an entry names. */
export function idsIn({ path, query, fields }) {
  return new Set((`${path} ${query} ${JSON.stringify(fields)}`.match(UUID) ?? []).map((one) => one.toLowerCase()));
}

/** Does the later entry need the earlier one? */
export function refersTo(later, earlier) {
  const named = idsIn(later);
  return [...idsMadeBy(earlier)].some((id) => named.has(id));
}

/** What is to be sent, in its order: children in danger first, each with what it refers to; then as it was written. */
export function inOrder(entries) {
  const waiting = entries.filter((entry) => entry.state === "waiting").sort((a, b) => a.seq - b.seq);
  const ordered = new Set();
  const take = (entry) => {
    if (ordered.has(entry)) return;
    for (const earlier of waiting) {
      if (earlier.seq < entry.seq && !ordered.has(earlier) && refersTo(entry, earlier)) take(earlier);
    }
    ordered.add(entry);
  };
  waiting.filter((entry) => entry.urgent).forEach(take);
  waiting.forEach((entry) => ordered.add(entry));
  return [...ordered];
}

/** An entry as the server reads it. */
export function asSent({ id, kind, made_at, path, query, fields }) {
  return { id, kind, made_at, body: { path, query, fields } };
}

/** The first that go together: at most 20, at most 64 KB; one that is larger goes alone. */
export function firstBatch(ordered) {
  const batch = [];
  let bytes = 2;
  for (const entry of ordered.slice(0, MOST_ENTRIES)) {
    bytes += new TextEncoder().encode(JSON.stringify(asSent(entry))).length + 1;
    if (batch.length && bytes > MOST_BYTES) break;
    batch.push(entry);
  }
  return batch;
}

// ── what became of them ─────────────────────────────────────────────────────────────────────────────────────────────

/** The changes to entries that the server's answers make: [[seq, changes, the entry as it was sent]]; she may have changed
 *  it since. @param entries all; @param batch as sent */
export function afterAnswers(entries, batch, answers, device = Date.now()) {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const changes = [];
  for (const entry of batch) {
    const answer = byId.get(entry.id);
    if (!answer) continue;
    changes.push([entry.seq, afterAnswer(entry, answer, device), entry]);
    if (!answer.kept) continue;
    for (const other of entries) {
      if (other.state === "refused" && other.id !== entry.id && refersTo(other, entry)) changes.push([other.seq, toWaiting]);
    }
  }
  return changes;
}

const toWaiting = { state: "waiting", reason: "", fields_wrong: {} };

function afterAnswer(entry, answer, device) {
  if (answer.kept) return { state: "sent", kept_at: deviceMoment(device), reason: "", fields_wrong: {} };
  const tried = entry.tried + 1;
  if (answer.again) return { tried, reason: answer.reason ?? "" };
  return { state: "refused", tried, reason: answer.reason ?? "", fields_wrong: answer.fields ?? {} };
}

/** What the page and the county are told: {waiting, refused, sent, urgent, oldest_waiting}. */
export function counted(entries) {
  const of = (state) => entries.filter((entry) => entry.state === state);
  const waiting = of("waiting");
  const moments = waiting.map((entry) => entry.made_at).sort();
  return {
    waiting: waiting.length, refused: of("refused").length, sent: of("sent").length,
    urgent: waiting.filter((entry) => entry.urgent).length, oldest_waiting: moments[0] ?? null,
  };
}

/** What is laid over the sheets: what the server has not taken yet, and what it has but has not sent down. */
export function laidOver(entries) {
  return entries.filter((entry) => entry.state !== "refused").sort((a, b) => a.seq - b.seq);
}
