/* What she has written down of visits and flags: how it changes the village at once, what is wrong with it already, and
   where she goes from there. */

import { addressOf } from "../../addresses.js";
import { answersAsKept, levelOf } from "../../rules/checklist.js";
import { severityOf } from "../../rules/flag_kinds.js";
import { asMoment, inChina } from "../../rules/typed_moments.js";
import { checkFlag, checkPolice, checkVisit } from "../../rules/visit_checks.js";
import { _, milliseconds } from "../../words.js";
import { asksOf, checklistOf, findVisit, sheetOf } from "./village.js";

const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/;
const one = (fields, name) => (fields[name]?.[0] ?? "").trim();
const filled = (body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value || value === false));
const isSent = (entry) => entry.state === "sent";
const idIn = (path) => UUID.exec(path)?.[0] ?? "";

/** A posted visit as the rules read it. */
function visitEntry(docs, fields) {
  const asked = checklistOf(docs);
  const given = (prefix) => asked.items.map((item) => [item.id, one(fields, `${prefix}_${item.id}`)]).filter(([, value]) => value);
  const alone = one(fields, "seen_alone");
  return {
    asked,
    made_at: asMoment(one(fields, "made_at")),
    outcome: one(fields, "outcome"),
    answers: Object.fromEntries(given("item").map(([item, rating]) => [item, Number(rating)])),
    notes: Object.fromEntries(given("note")),
    note: one(fields, "note"),
    seen_alone: alone ? alone === "yes" : null,
    not_alone_because: one(fields, "not_alone_because"),
    override: one(fields, "override"),
  };
}

function recordVisit(docs, entry) {
  const childId = idIn(entry.path);
  const sheet = sheetOf(docs, childId);
  const id = one(entry.fields, "id");
  if (!docs.has(`child:${childId}`) || (sheet.visits ?? []).some((held) => held.id === id)) return;
  const given = visitEntry(docs, entry.fields);
  const isCompleted = given.outcome === "completed";
  const visit = filled({
    id,
    at: given.made_at,
    how: isCompleted ? "" : given.outcome,
    level: isCompleted ? levelOf(given.asked, given.answers, given.override) : "",
    alone: isCompleted ? given.seen_alone : null,
    because: isCompleted ? given.not_alone_because : "",
    override: isCompleted ? given.override : "",
    note: given.note,
    notes: given.notes,
    answers: answersAsKept(given.asked, given.answers),
    unsent: !isSent(entry),
  });
  docs.set(`visits:${childId}`, { ...sheet, visits: newestFirst([visit, ...(sheet.visits ?? [])]) });
}

const newestFirst = (rows) => [...rows].sort((a, b) => milliseconds(b.at) - milliseconds(a.at) || (a.id < b.id ? -1 : 1));

function raiseFlag(docs, entry) {
  const { fields } = entry;
  const childId = new URLSearchParams(entry.query).get("child");
  const [id, kind] = [one(fields, "id"), one(fields, "kind")];
  const rule = asksOf(docs).kinds;
  if (!rule[kind] || docs.has(`flag:${id}`)) return;
  const flag = filled({
    id,
    kind,
    severity: severityOf(rule, kind),
    state: "raised",
    at: inChina(entry.made_at),
    words: childId ? "" : one(fields, "child_words"),
    seen: one(fields, "seen"),
    situation: one(fields, "situation"),
    police_at: one(fields, "police_told_whom") ? asMoment(one(fields, "police_told_at")) : "",
    police_whom: one(fields, "police_told_whom"),
    unsent: !isSent(entry),
  });
  if (!childId) {
    docs.set(`flag:${id}`, flag);
    return;
  }
  const sheet = sheetOf(docs, childId);
  if ((sheet.flags ?? []).some((held) => held.id === id)) return;
  docs.set(`visits:${childId}`, { ...sheet, flags: newestFirst([flag, ...(sheet.flags ?? [])]) });
}

function tellPolice(docs, { path, fields }) {
  const id = idIn(path);
  const told = { police_at: asMoment(one(fields, "police_told_at")), police_whom: one(fields, "police_told_whom") };
  for (const [name, sheet] of docs) {
    if (name === `flag:${id}`) docs.set(name, { ...sheet, ...told });
    if (!name.startsWith("visits:") || !(sheet.flags ?? []).some((held) => held.id === id)) continue;
    docs.set(name, { ...sheet, flags: sheet.flags.map((held) => (held.id === id ? { ...held, ...told } : held)) });
  }
}

export const effects = { "visits:record": recordVisit, "visits:raise-flag": raiseFlag, "visits:tell-police": tellPolice };

// ── what the phone can see to be wrong ──────────────────────────────────────────────────────────────────────────────

const asErrors = (wrong) => (wrong ? { [wrong.field === "answers" ? "" : wrong.field]: [wrong.sentence] } : {});

export const checks = {
  "visits:record": ({ docs, now, params }, fields) => {
    const entry = visitEntry(docs, fields);
    return asErrors(checkVisit(entry, { bornOn: docs.get(`child:${params.child_id}`)?.born_on ?? "", at: now, asked: entry.asked }));
  },
  "visits:raise-flag": ({ docs, now, query }, fields) => {
    const child = query.get("child");
    const visit = one(fields, "visit") && findVisit(docs, one(fields, "visit"));
    const toldAt = asMoment(one(fields, "police_told_at"));
    const told = { police_told_at: toldAt, police_told_whom: one(fields, "police_told_whom") };
    if (told.police_told_whom && !toldAt) return { police_told_at: [_("Say when you called; about will do.")] };
    const entry = { ...told, made_at: now, child, child_words: one(fields, "child_words"), seen: one(fields, "seen"), visit };
    return asErrors(checkFlag(entry, { at: now, visitIsToChild: !visit || visit.child_id === child }));
  },
  "visits:tell-police": ({ now }, fields) => {
    const toldAt = asMoment(one(fields, "police_told_at"));
    return asErrors(toldAt ? checkPolice({ police_told_at: toldAt, police_told_whom: one(fields, "police_told_whom") }, { at: now }) : null);
  },
};

// ── where she goes from there ───────────────────────────────────────────────────────────────────────────────────────

export const done = {
  "visits:record": ({ pack }, entry) => ({
    redirect: addressOf(pack, "visits:visit", { visit_id: one(entry.fields, "id") }),
    message: isSent(entry) ? _("The visit is recorded.") : _("Written down. It goes out as soon as there is a network."),
  }),
  "visits:raise-flag": ({ pack, docs }, entry) => ({
    redirect: addressOf(pack, "visits:flag", { flag_id: one(entry.fields, "id") }),
    message: isSent(entry) ? _("Your report is with the county.") : raisedUnsent(docs, one(entry.fields, "kind")),
  }),
  "visits:tell-police": ({ pack }, entry) => ({
    redirect: addressOf(pack, "visits:flag", { flag_id: idIn(entry.path) }),
    message: isSent(entry) ? _("Noted. The county sees it too.") : _("Written down. It goes out as soon as there is a network."),
  }),
};

function raisedUnsent(docs, kind) {
  return asksOf(docs).kinds[kind]?.severity === "mandatory"
    ? _("Written down. It goes out first, as soon as there is a network. Call now.")
    : _("Written down. It goes out as soon as there is a network.");
}
