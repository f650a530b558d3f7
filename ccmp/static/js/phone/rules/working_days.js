/* Working days: Monday to Friday without the days off of the yearly notice, with its make-up days. The twin of
   ccmp/places/rules/working_days.py and children/rules/answers.py; days are texts, as everywhere on the phone. */

import { addDays, weekdayOf } from "../words.js";

const SATURDAY = 5;

export function isWorkingDay(day, notice) {
  if (notice.made_up.includes(day)) return true;
  return !notice.off.includes(day) && weekdayOf(day) < SATURDAY;
}

/** How many have come since a day, today among them; the day itself is not counted. */
export function workingDaysSince(day, on, notice) {
  let count = 0;
  for (let next = addDays(day, 1); next <= on; next = addDays(next, 1)) count += isWorkingDay(next, notice);
  return count;
}

export function dayAfterWorkingDays(day, days, notice) {
  let next = day;
  for (let left = days; left > 0; ) {
    next = addDays(next, 1);
    left -= isWorkingDay(next, notice);
  }
  return next;
}

/** How long the office has had an application: it answers `within` so many working days. */
export function answerClock(appliedOn, within, on, notice) {
  const waited = workingDaysSince(appliedOn, on, notice);
  const due_on = dayAfterWorkingDays(appliedOn, within, notice);
  return { within, waited, due_on, is_late: on > due_on, days_late: Math.max(0, waited - within) };
}
