/* What she has written down of the club: how it changes the club at once, what is wrong with it already, and where she
   goes from there. */

import { addressOf } from "../../addresses.js";
import {
  checkActivity, checkClosure, checkOpening, checkShutting, checkTimes, checkWholeSession, noClubHere, toTheMinute,
} from "../../rules/sessions.js";
import { asMoment, inChina } from "../../rules/typed_moments.js";
import { _, dayOf } from "../../words.js";
import { clubOf, sessionOf, sessionsOf } from "./club.js";

const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/;
const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d/;
const one = (fields, name) => (fields[name]?.[0] ?? "").trim();
const number = (fields, name) => Number(one(fields, name)) || 0;
const filled = (body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value));
const idIn = (path) => UUID.exec(path)?.[0] ?? "";
const asKept = (moment) => inChina(toTheMinute(moment));

/** A moment of a day's clock, or "" while one of the two is not yet told. */
const atClock = (day, clock) => (CLOCK.test(clock) ? asMoment(`${day}T${clock.slice(0, 5)}`) : "");

function sessionEntry(fields) {
  const day = one(fields, "day");
  return { id: one(fields, "id"), opened_at: atClock(day, one(fields, "opened")), closed_at: atClock(day, one(fields, "closed")) };
}

function activityEntry(fields) {
  return {
    id: one(fields, "id"),
    theme: one(fields, "theme"),
    title: one(fields, "title"),
    held_at: asMoment(one(fields, "held_at")),
    minutes: number(fields, "minutes"),
    children: number(fields, "children"),
    adults: number(fields, "adults"),
  };
}

function closureEntry(fields) {
  return Object.fromEntries(["id", "starts_on", "ends_on", "reason"].map((name) => [name, one(fields, name)]));
}

/** [[weekday, opens, closes], …] of the days of which both times are told. */
function timesIn(fields) {
  const clock = (name) => (CLOCK.test(one(fields, name)) ? one(fields, name).slice(0, 5) : "");
  return WEEKDAYS.map((day) => [day, clock(`opens${day}`), clock(`closes${day}`)]).filter(([, opens, closes]) => opens && closes);
}

// ── what changes at once ────────────────────────────────────────────────────────────────────────────────────────────

const isUnsent = (entry) => entry.state !== "sent";

function openDoor(docs, entry) {
  const id = one(entry.fields, "id");
  if (!id || !clubOf(docs) || docs.has(`session:${id}`)) return;
  docs.set(`session:${id}`, filled({ opened_at: asKept(entry.made_at), unsent: isUnsent(entry) }));
}

function closeDoor(docs, entry) {
  const name = `session:${idIn(entry.path)}`;
  const body = docs.get(name);
  if (!body || body.closed_at) return;
  const closedAt = asKept(asMoment(one(entry.fields, "closed_at")) || entry.made_at);
  docs.set(name, { ...body, closed_at: closedAt, unsent: body.unsent || isUnsent(entry) });
}

function enterSession(docs, entry) {
  const { id, opened_at: openedAt, closed_at: closedAt } = sessionEntry(entry.fields);
  if (!id || !clubOf(docs) || !openedAt || !closedAt || docs.has(`session:${id}`)) return;
  const visitors = number(entry.fields, "visitors");
  docs.set(`session:${id}`, filled({ opened_at: openedAt, closed_at: closedAt, visitors, unsent: isUnsent(entry) }));
}

function callTheRoll(docs, entry) {
  const name = `session:${idIn(entry.path)}`;
  const body = docs.get(name);
  if (!body) return;
  const came = [...new Set(entry.fields.attended ?? [])].filter((id) => docs.has(`child:${id}`));
  const visitors = number(entry.fields, "visitors");
  docs.set(name, { ...body, came: came.join(" "), visitors, unsent: body.unsent || isUnsent(entry) });
}

/** Puts a row into one of the club's lists, unless it is there. */
function intoClub(docs, list, row, entry) {
  const club = clubOf(docs);
  if (!club || !row.id || (club[list] ?? []).some((held) => held.id === row.id)) return;
  docs.set("club", { ...club, [list]: [filled({ ...row, unsent: isUnsent(entry) }), ...(club[list] ?? [])] });
}

function tellTimes(docs, { fields }) {
  if (clubOf(docs)) docs.set("club", { ...clubOf(docs), times: timesIn(fields) });
}

export const effects = {
  "clubs:open": openDoor,
  "clubs:close": closeDoor,
  "clubs:enter-session": enterSession,
  "clubs:session": callTheRoll,
  "clubs:activity": (docs, entry) => intoClub(docs, "activities", activityEntry(entry.fields), entry),
  "clubs:ask-closure": (docs, entry) => intoClub(docs, "closures", closureEntry(entry.fields), entry),
  "clubs:times": tellTimes,
};

// ── what the phone can see to be wrong ──────────────────────────────────────────────────────────────────────────────

const asErrors = (wrong, names = {}) => (wrong ? { [names[wrong.field] ?? wrong.field]: [wrong.sentence] } : {});

function checkOpen({ docs, now }, fields) {
  const id = one(fields, "id");
  if (!clubOf(docs)) return asErrors(noClubHere());
  if (docs.has(`session:${id}`)) return {}; // pressed twice, it is open once
  return asErrors(checkOpening({ id, opened_at: now }, { club: clubOf(docs), sessions: sessionsOf(docs), at: now }), { opened_at: "" });
}

function checkClose({ docs, now, params }, fields) {
  const session = sessionOf(docs, params.session_id);
  const told = one(fields, "closed_at");
  const closedAt = asMoment(told);
  if (told && !closedAt) return { closed_at: [_("Give the time at which you closed, for example 18:30.")] };
  if (!session || (session.closed_at && !closedAt)) return {};
  return asErrors(checkShutting(session, closedAt || now, { at: now }));
}

function checkEntered({ docs, now }, fields) {
  const entry = sessionEntry(fields);
  if (!entry.opened_at || !entry.closed_at || docs.has(`session:${entry.id}`)) return {};
  const wrong = checkWholeSession(entry, { club: clubOf(docs), sessions: sessionsOf(docs), at: now });
  return asErrors(wrong, { opened_at: "opened", closed_at: "closed" });
}

function checkTold(_asked, fields) {
  const half = WEEKDAYS.find((day) => Boolean(one(fields, `opens${day}`)) !== Boolean(one(fields, `closes${day}`)));
  if (half !== undefined) return { [`closes${half}`]: [_("Give both times of the day, or neither.")] };
  return asErrors(checkTimes(timesIn(fields)), { opens_at: "" });
}

export const checks = {
  "clubs:open": checkOpen,
  "clubs:close": checkClose,
  "clubs:enter-session": checkEntered,
  "clubs:activity": ({ now }, fields) => asErrors(checkActivity(activityEntry(fields), { at: now })),
  "clubs:ask-closure": (_asked, fields) => asErrors(checkClosure(closureEntry(fields))),
  "clubs:times": checkTold,
};

// ── where she goes from there ───────────────────────────────────────────────────────────────────────────────────────

const clubAddress = (pack) => addressOf(pack, "clubs:club");
const sessionAddress = (pack, id) => addressOf(pack, "clubs:session", { session_id: id });
const goesOut = (entry, sentence) => (entry.state === "sent" ? sentence : _("Written down. It goes out as soon as there is a network."));

export const done = {
  "clubs:open": ({ pack }) => ({ redirect: clubAddress(pack), message: _("The door is open. The time is running.") }),
  "clubs:close": ({ pack, docs, now }, { path }) => {
    const session = sessionOf(docs, idIn(path));
    const isToday = session && dayOf(session.opened_at) === dayOf(now);
    return {
      redirect: isToday ? sessionAddress(pack, session.id) : clubAddress(pack),
      message: _("The door is shut. Call the roll if you have not yet."),
    };
  },
  "clubs:enter-session": ({ pack }, { fields }) => ({ redirect: sessionAddress(pack, one(fields, "id")), message: _("Noted. Who came?") }),
  "clubs:session": ({ pack }) => ({ redirect: clubAddress(pack), message: _("Noted who came.") }),
  "clubs:activity": ({ pack }) => ({ redirect: clubAddress(pack), message: _("The activity is noted.") }),
  "clubs:ask-closure": ({ pack }, entry) => ({
    redirect: clubAddress(pack),
    message: goesOut(entry, _("Asked. The days count as exempt once the county has approved them.")),
  }),
  "clubs:times": ({ pack }, entry) => ({ redirect: clubAddress(pack), message: goesOut(entry, _("Saved. The sheet on the wall tells these hours.")) }),
};
