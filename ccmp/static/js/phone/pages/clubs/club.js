/* The club as its keeper sees it: the twin of clubs/services/today.py, from the sheets that the phone holds. */

import { byName, compare, initialsOf, pinyinOf } from "../../rules/names.js";
import { mondaysOf, monthOfHours, weeksOf } from "../../rules/open_hours.js";
import { addDays, dayOf, milliseconds, mondayOf } from "../../words.js";
import { isInRegister } from "../visits/village.js";
import { themeSaid } from "./said.js";

const SHOWN_AT_ONCE = 5; // openings of a month; the others are one tap away
const REGULARS = 24; // names of the roll that stand before the others
const RECENT = 56 * 86400000; // by the eight weeks before a session one knows who comes often
const SHORT_ID = 8; // sheets name who came by the end of the id

export const clubOf = (docs) => docs.get("club") ?? null;

// ── sessions ────────────────────────────────────────────────────────────────────────────────────────────────────────

export function sessionOf(docs, id) {
  const body = docs.get(`session:${id}`);
  if (!body) return null;
  const came = body.came ? body.came.split(" ") : [];
  return { closed_at: null, visitors: 0, ...body, id, came, heads: came.length };
}

/** The newest first. */
export function sessionsOf(docs) {
  const ids = [...docs.keys()].filter((name) => name.startsWith("session:")).map((name) => name.slice("session:".length));
  const order = (one) => milliseconds(one.opened_at);
  return ids.map((id) => sessionOf(docs, id)).sort((a, b) => order(b) - order(a) || (a.id < b.id ? -1 : 1));
}

function minutesOf(session, at) { return Math.floor((milliseconds(session.closed_at ?? at) - milliseconds(session.opened_at)) / 60000); }

// ── the door, the month ─────────────────────────────────────────────────────────────────────────────────────────────

/** The door and its week: the twin of Door; null where there is no club. */
export function door({ docs, now, on }) {
  const club = clubOf(docs);
  if (!club) return null;
  const sessions = sessionsOf(docs);
  const running = sessions.find((one) => !one.closed_at) ?? null;
  const [week] = weeksOf({ club, sessions, mondays: [mondayOf(on)], today: on });
  const isLeftOpen = running !== null && dayOf(running.opened_at) !== on;
  const minutes = running && !isLeftOpen ? minutesOf(running, now) : 0;
  const open = week.open_minutes + minutes;
  return {
    club,
    running,
    is_left_open: isLeftOpen,
    running_minutes: minutes,
    week,
    missing_now: Math.max(0, week.required_minutes - open),
    share: week.required_minutes ? Math.min(100, Math.floor((100 * open) / week.required_minutes)) : 100,
    open_now: open,
  };
}

/** Whether the phone holds all that a month's page shows. */
export function isOnPhone(docs, month) { return mondaysOf(month)[0] >= clubOf(docs).days.from; }

/** A month's weeks and the sessions that make them up. */
export function monthOf({ docs, on }, month) {
  const mondays = mondaysOf(month);
  const after = addDays(mondays[mondays.length - 1], 7);
  const all = sessionsOf(docs);
  const hours = monthOfHours(weeksOf({ club: clubOf(docs), sessions: all, mondays, today: on }));
  const sessions = all.filter((one) => dayOf(one.opened_at) >= mondays[0] && dayOf(one.opened_at) < after);
  const states = ["met", "short", "silent", "exempt"];
  return {
    month,
    hours,
    sessions,
    newest: sessions.slice(0, SHOWN_AT_ONCE),
    older: sessions.slice(SHOWN_AT_ONCE),
    weeks_by_state: states.map((state) => [state, hours.count(state)]).filter(([, number]) => number),
  };
}

// ── the roll ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The village's children: those who came first, then those who come most often, then by name. */
export function rollOf({ docs, on }, session) {
  const children = childrenByName(docs, on);
  const idOf = byToken(docs);
  const came = new Set(session.came.map(idOf));
  const often = oftenIn(docs, session, idOf);
  const known = new Map();
  for (const child of children) known.set(child.name, (known.get(child.name) ?? 0) + 1);
  const rank = (child) => [came.has(child.id) ? 0 : 1, -(often.get(child.id) ?? 0)];
  const lines = children
    .map((child) => ({ child, came: came.has(child.id), neighbourhood: known.get(child.name) > 1 ? homeOf(docs, child) : "", rank: rank(child) }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1]);
  const shown = Math.max(REGULARS, came.size);
  const others = lines.slice(shown).sort((a, b) => compare(a.child.pinyin, b.child.pinyin) || compare(a.child.born_on, b.child.born_on));
  return { regulars: lines.slice(0, shown), others, came: came.size };
}

function childrenByName(docs, on) {
  const syllables = docs.get("syllables");
  const children = [];
  for (const [name, body] of docs) {
    if (!name.startsWith("child:") || !isInRegister(body, on)) continue;
    const found = { pinyin: pinyinOf(syllables, body.name), initials: initialsOf(syllables, body.name) };
    children.push({ ...body, ...found, id: name.slice("child:".length) });
  }
  return children.sort(byName);
}

const homeOf = (docs, child) => docs.get(`home:${child.home}`)?.neighbourhood ?? "";

/** From the end of an id, or all of it, to the child; what the phone does not hold stays as it is. */
function byToken(docs) {
  const ids = new Map();
  for (const name of docs.keys()) {
    if (name.startsWith("child:")) ids.set(name.slice(-SHORT_ID), name.slice("child:".length));
  }
  return (token) => (token.length === SHORT_ID ? ids.get(token) ?? token : token);
}

/** How often each child came in the eight weeks before a session. */
function oftenIn(docs, session, idOf) {
  const [from, before] = [milliseconds(session.opened_at) - RECENT, milliseconds(session.opened_at)];
  const times = new Map();
  for (const one of sessionsOf(docs)) {
    const opened = milliseconds(one.opened_at);
    if (opened < from || opened >= before) continue;
    for (const id of one.came.map(idOf)) times.set(id, (times.get(id) ?? 0) + 1);
  }
  return times;
}

// ── what was held, what was asked ───────────────────────────────────────────────────────────────────────────────────

/** The newest first. */
export function activitiesOf(docs) {
  const rows = (clubOf(docs).activities ?? []).map((one) => ({ title: "", children: 0, adults: 0, ...one, get_theme_display: themeSaid(one.theme) }));
  return rows.sort((a, b) => milliseconds(b.held_at) - milliseconds(a.held_at) || compare(a.id, b.id));
}

/** The latest days first. */
export function closuresOf(docs) {
  return [...(clubOf(docs).closures ?? [])].sort((a, b) => compare(b.starts_on, a.starts_on) || compare(a.id, b.id));
}
