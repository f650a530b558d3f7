/* The Children's Club on the phone: the door, the month, who came, what is asked and told. */

import { addressOf } from "../addresses.js";
import { Html, escape } from "../render.js";
import { monthBefore, monthOfWeek, readMonth } from "../rules/open_hours.js";
import { chinaTime, dayOf, mondayOf } from "../words.js";
import { activitiesOf, clubOf, closuresOf, door, isOnPhone, monthOf, rollOf, sessionOf } from "./clubs/club.js";

export { checks, done, effects } from "./clubs/entries.js";
export { door };

const LISTED = 10;
const BAR_FULL = 2160; // minutes that fill a week's bar: 36 hours, a little above the highest standard
const ELSEWHERE = { elsewhere: true }; // the server may know it; the phone does not

function club(asked) {
  const { docs, now, on, query } = asked;
  if (!clubOf(docs)) return { template: "clubs/none.html" };
  const today = door(asked);
  const month = monthAsked(query.get("month"), monthOfWeek(mondayOf(on)));
  if (!isOnPhone(docs, month)) return ELSEWHERE;
  return {
    template: "clubs/club.html",
    door: today,
    month: monthOf(asked, month),
    earlier: monthBefore(month),
    open_form: { id: hiddenId(asked.id()) },
    roll: today.running && !today.is_left_open ? rollOf(asked, today.running) : null,
    now,
  };
}

/** The earlier month that the address names; this one otherwise: a month to come has nothing to show. */
function monthAsked(text, thisMonth) {
  const month = readMonth(text);
  return month && month < thisMonth ? month : thisMonth;
}

function hiddenId(id) { return new Html(`<input type="hidden" name="id" value="${escape(id)}" id="id_id">`); }

function session(asked) {
  const found = sessionOf(asked.docs, asked.params.session_id);
  const club = clubOf(asked.docs);
  if (!found || !club || (found.closed_at && dayOf(found.opened_at) < club.days.from)) return ELSEWHERE;
  return {
    session: found,
    roll: rollOf(asked, found),
    now: asked.now,
    form_state: { values: { visitors: String(found.visitors) } },
  };
}

/** A page of a club's keeper: where there is no club, the club's own page says so. */
const ofClub = (build) => (asked) => (clubOf(asked.docs) ? build(asked) : { redirect: addressOf(asked.pack, "clubs:club") });

export const pages = {
  "clubs:club": club,
  "clubs:session": session,
  "clubs:enter-session": ofClub(({ on, id }) => ({ form_state: { values: { id: id(), day: on } } })),
  "clubs:activity": ofClub(({ docs, now, id }) => ({
    held: activitiesOf(docs).slice(0, LISTED),
    form_state: { values: { id: id(), held_at: chinaTime(now) } },
  })),
  "clubs:ask-closure": ofClub(({ docs, id }) => ({ asked: closuresOf(docs).slice(0, LISTED), form_state: { values: { id: id() } } })),
  "clubs:times": ofClub(({ docs }) => ({
    form_state: {
      values: Object.fromEntries(
        (clubOf(docs).times ?? []).flatMap(([day, opens, closes]) => [[`opens${day}`, opens], [`closes${day}`, closes]]),
      ),
    },
  })),
};

// ── the bar of a week: the twin of clubs/templatetags/heat.py ───────────────────────────────────────────────────────

function weekBar(week) {
  const top = Math.max(BAR_FULL, week.open_minutes, week.required_minutes);
  const at = (100 * week.required_minutes) / top;
  const done = `${inTenths((100 * week.open_minutes) / top)}%`;
  return { week, done, standard: `${inTenths(at)}%`, anchor: at > 40 ? "end" : "start", state: week.state };
}

/** One decimal, a half to the even side, as Python writes it: 1.25 is 1.2. */
export function inTenths(number) {
  const isHalf = Number.isInteger(number * 4) && !Number.isInteger(number * 2);
  return isHalf ? (2 * Math.round((number * 10) / 2) / 10).toFixed(1) : number.toFixed(1);
}

export const twins = { week_bar: weekBar };
