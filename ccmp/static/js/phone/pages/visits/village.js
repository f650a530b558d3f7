/* The village's children, visits and flags as pages speak of them, from the sheets that the phone holds. */

import { answersFrom } from "../../rules/checklist.js";
import { runningDeadline } from "../../rules/due.js";
import { isInRegister } from "../../rules/labels.js";
import { addressOf } from "../../addresses.js";
import { _, daysBetween } from "../../words.js";
import { flagStateSaid, kindSaid, levelSaid, outcomeSaid, overrideSaid, severitySaid } from "./said.js";

export { isInRegister };

/** What a builder answers where the phone does not hold all of a page: the server may. */
export const ELSEWHERE = { elsewhere: true };

/** What is asked at a visit, what each kind of flag is, and the standards. */
export const asksOf = (docs) => docs.get("checklist");
export const checklistOf = (docs, version) => asksOf(docs).lists[version ?? asksOf(docs).current] ?? null;

/** A child as pages name it, with its home; null when the phone does not hold it. */
export function childOf(asked, id) {
  const body = asked.docs.get(`child:${id}`);
  if (!body) return null;
  const home = asked.docs.get(`home:${body.home}`) ?? {};
  return {
    ...body,
    id,
    toString() { return body.name; },
    household: { ...home, id: body.home, head_name: home.head_name ?? "", neighbourhood: home.neighbourhood ?? "" },
    get_absolute_url: addressOf(asked.pack, "children:file", { child_id: id }),
  };
}

/** Ids of the children of the register on a day: the twin of Child.is_in_register. */
export function* register(docs, on) {
  for (const [name, child] of docs) {
    if (name.startsWith("child:") && isInRegister(child, on)) yield name.slice("child:".length);
  }
}

// ── visits ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const sheetOf = (docs, childId) => docs.get(`visits:${childId}`) ?? {};

/** A visit as pages show it. `answers` are {item: rating}; null where only the list's part of it is held. */
export function visitSeen(docs, childId, body) {
  const outcome = body.how ?? "completed";
  return {
    id: body.id,
    child_id: childId,
    made_at: body.at,
    outcome,
    get_outcome_display: outcomeSaid(outcome),
    level: body.level ?? "none",
    get_level_display: levelSaid(body.level ?? "none"),
    score: body.level ? 0 : null, // pages ask only whether there is one
    seen_alone: body.alone ?? null,
    not_alone_because: body.because ?? "",
    override: body.override ?? "",
    get_override_display: overrideSaid(body.override) ?? "",
    note: body.note ?? "",
    notes: body.notes ?? {},
    checklist: checklistOf(docs, body.list),
    answers: body.listed ? null : answersFrom(checklistOf(docs, body.list), body.answers),
    unsent: body.unsent,
  };
}

export function visitsOf(docs, childId) {
  return (sheetOf(docs, childId).visits ?? []).map((body) => visitSeen(docs, childId, body));
}

/** A visit by its id, whoever's it is; null when the phone does not hold it. */
export function findVisit(docs, id) {
  const [childId, body] = findIn(docs, "visits", id);
  return body ? visitSeen(docs, childId, body) : null;
}

// ── deadlines ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** The deadline that runs for a child: the twin of VisitDeadline. */
export function deadlineOf(asked, childId) {
  const child = childOf(asked, childId);
  const { visits = [], flags = [], due: carried } = sheetOf(asked.docs, childId);
  const { kinds, standards } = asksOf(asked.docs);
  const runs = runningDeadline({ registeredOn: child.registered_on, since: child.since, carried, visits, flags, kinds, standards });
  return { ...runs, child, child_id: childId, get_level_display: levelSaid(runs.level) };
}

export const daysLate = (deadline, on) => Math.max(0, daysBetween(deadline.due_on, on));

/** Deadlines of the register that are due until a day, the most urgent first: the twin of deadlines_due. */
export function deadlinesDue(asked, { by, on }) {
  const due = [...register(asked.docs, on)].map((id) => deadlineOf(asked, id)).filter((one) => one.due_on <= by);
  const order = (one) => [one.due_on, one.child.household.head_name, one.child.born_on, one.child_id];
  return due.map((one) => [order(one), one]).sort(([a], [b]) => inTurn(a, b)).map(([, one]) => one);
}

function inTurn(a, b) {
  const place = a.findIndex((value, number) => value !== b[number]);
  if (place < 0) return 0;
  return a[place] < b[place] ? -1 : 1;
}

/** Deadlines grouped by home, in the order in which each home first comes up. */
export function byHome(deadlines, on) {
  const homes = new Map();
  for (const deadline of deadlines) {
    const home = deadline.child.household;
    if (!homes.has(home.id)) homes.set(home.id, { household: home, deadlines: [] });
    homes.get(home.id).deadlines.push(deadline);
  }
  return [...homes.values()].map((home) => ({
    ...home,
    first: home.deadlines[0],
    days_late: daysLate(home.deadlines[0], on),
    is_first_visit: home.deadlines.every((one) => one.level === "none"),
  }));
}

// ── flags ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A flag as pages show it; the child is null when nobody knew its name. */
export function flagSeen(asked, childId, body) {
  return {
    id: body.id,
    child: childId && childOf(asked, childId),
    child_id: childId,
    child_words: body.words ?? "",
    kind: body.kind,
    get_kind_display: kindSaid(body.kind),
    severity: body.severity,
    get_severity_display: severitySaid(body.severity),
    is_mandatory: body.severity === "mandatory",
    state: body.state,
    get_state_display: body.unsent ? _("not sent yet") : flagStateSaid(body.state),
    raised_at: body.at,
    seen: body.seen,
    situation: body.situation ?? "",
    answer: body.answer ?? "",
    police_told_at: body.police_at ?? null,
    police_told_whom: body.police_whom ?? "",
    clocks: body.clocks ?? [],
    moves: body.moves ?? [],
    unsent: body.unsent,
  };
}

export function flagsOf(asked, childId) {
  return (sheetOf(asked.docs, childId).flags ?? []).map((body) => flagSeen(asked, childId, body));
}

/** What stayed open where a child lived before: its kind and state, no word of it. */
export function elsewhereOf(docs, childId) {
  const rows = sheetOf(docs, childId).elsewhere ?? [];
  return rows.map(([kind, , state, day]) => ({ raised_at: day, get_kind_display: kindSaid(kind), get_state_display: flagStateSaid(state) }));
}

/** A flag by its id; null when the phone does not hold it. */
export function findFlag(asked, id) {
  const alone = asked.docs.get(`flag:${id}`);
  if (alone) return flagSeen(asked, null, alone);
  const [childId, body] = findIn(asked.docs, "flags", id);
  return body ? flagSeen(asked, childId, body) : null;
}

function findIn(docs, what, id) {
  for (const [name, sheet] of docs) {
    if (!name.startsWith("visits:")) continue;
    const body = (sheet[what] ?? []).find((one) => one.id === id);
    if (body) return [name.slice("visits:".length), body];
  }
  return [null, null];
}
