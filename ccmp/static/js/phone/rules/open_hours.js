/* The open hours of a week and a month: the phone's twin of clubs/rules/open_hours.py.

   What a day asks for (a term day, a holiday, nothing) came down with the club, as letters. Days are "YYYY-MM-DD". */

import { addDays, dayOf, daysBetween, milliseconds, mondayOf, weekdayOf } from "../words.js";
import { standardOn } from "./due.js";

const DAYS_A_WEEK = 7;
const TERM = "open_hours.term_minutes_a_week";
const HOLIDAY = "open_hours.holiday_minutes_a_week";

/** Minutes that a week with so many term and holiday days asks for, rounded down. */
export function requiredMinutes({ termDays, holidayDays, termStandard, holidayStandard }) {
  return Math.floor((termStandard * termDays + holidayStandard * holidayDays) / DAYS_A_WEEK);
}

/** The letters of a week's seven days; "" where the phone knows nothing of them. */
export function lettersOf(days, monday) {
  const from = daysBetween(days.from, monday);
  return from < 0 ? "" : days.types.slice(from, from + DAYS_A_WEEK);
}

/** Judge one week. letters: "T" a term day, "H" a holiday, "-" exempt; standards: [term, holiday] minutes a week. */
export function weekOf({ monday, letters, standards, openMinutes, isRecorded, today }) {
  const count = (letter) => [...letters].filter((one) => one === letter).length;
  const [termDays, holidayDays] = [count("T"), count("H")];
  const required = requiredMinutes({ termDays, holidayDays, termStandard: standards[0], holidayStandard: standards[1] });
  const state = stateOf(required, openMinutes, { isRecorded, isOver: today >= addDays(monday, DAYS_A_WEEK) });
  const mayLack = state === "short" || state === "running";
  return {
    monday,
    sunday: addDays(monday, DAYS_A_WEEK - 1),
    term_days: termDays,
    holiday_days: holidayDays,
    exempt_days: count("-"),
    required_minutes: required,
    open_minutes: openMinutes,
    state,
    met: state === "met",
    missing_minutes: mayLack ? Math.max(0, required - openMinutes) : 0,
  };
}

function stateOf(required, open, { isRecorded, isOver }) {
  if (required === 0) return "exempt";
  if (!isOver) return "running";
  if (open >= required) return "met";
  return isRecorded ? "short" : "silent";
}

/** The weeks of a club, from its sheet and its sessions: [{opened_at, closed_at, uncounted}]. */
export function weeksOf({ club, sessions, mondays, today }) {
  const recorded = recordedByWeek(sessions);
  return mondays.map((monday) => weekOf({
    monday,
    letters: lettersOf(club.days, monday),
    standards: [standardOn(club.standards, TERM, monday), standardOn(club.standards, HOLIDAY, monday)],
    openMinutes: Math.floor((recorded.get(monday)?.length ?? 0) / 60000),
    isRecorded: recorded.has(monday),
    today,
  }));
}

/** By Monday: how long the sessions that count were, in milliseconds. A week that anybody recorded anything of is there. */
function recordedByWeek(sessions) {
  const found = new Map();
  for (const one of sessions) {
    const monday = mondayOf(dayOf(one.opened_at));
    const counts = one.closed_at && !one.uncounted;
    const length = counts ? milliseconds(one.closed_at) - milliseconds(one.opened_at) : 0;
    found.set(monday, { length: (found.get(monday)?.length ?? 0) + length });
  }
  return found;
}

/** The weeks of one month with their sums. */
export function monthOfHours(weeks) {
  const sum = (name) => weeks.reduce((total, week) => total + week[name], 0);
  return {
    weeks,
    required_minutes: sum("required_minutes"),
    open_minutes: sum("open_minutes"),
    met: weeks.every((week) => week.state === "met" || week.state === "exempt"),
    count: (state) => weeks.filter((week) => week.state === state).length,
  };
}

// ── months: a week belongs to the month of its Thursday ─────────────────────────────────────────────────────────────

/** "2026-03", or "" when it names no month. */
export function readMonth(text) { return /^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(text ?? "") ? text : ""; }

export function monthOfWeek(monday) { return addDays(monday, 3).slice(0, 7); }
export function monthBefore(month) { return addDays(`${month}-01`, -1).slice(0, 7); }

/** The Mondays of the weeks whose Thursday lies in this month. */
export function mondaysOf(month) {
  const first = `${month}-01`;
  let monday = addDays(first, -weekdayOf(first));
  if (monthOfWeek(monday) < month) monday = addDays(monday, DAYS_A_WEEK);
  const mondays = [];
  for (; monthOfWeek(monday) === month; monday = addDays(monday, DAYS_A_WEEK)) mondays.push(monday);
  return mondays;
}
