/* What a session, an activity and a closure must satisfy: the twin of clubs/rules/sessions.py, with its sentences. Each
   check returns null, or the first refusal: {field, sentence}. Moments are Dates or ISO text. */

import { _, dayOf, milliseconds } from "../words.js";

const refusal = (field, sentence) => ({ field, sentence });

/** Times are kept as a clock on the wall shows them. */
export function toTheMinute(moment) { return Math.floor(milliseconds(moment) / 60000) * 60000; }

export function noClubHere(field = "") {
  return refusal(field, _("This village has no Children's Club in the programme on that day. Check the village and the date."));
}

/** Open the door now: nothing may be running. sessions: [{id, opened_at, closed_at}]. */
export function checkOpening(entry, { club, sessions, at }) {
  if (sessions.some((one) => !one.closed_at && one.id !== entry.id)) {
    return refusal("", _("The door is already open. Close it first, or carry on with the session that is running."));
  }
  return checkWholeSession(entry, { club, sessions, at });
}

/** A session that is over, or that begins: {id, opened_at, closed_at: moment or empty}. */
export function checkWholeSession(entry, { club, sessions, at }) {
  return checkSession(entry, { club, at }) ?? checkOverlap(entry, sessions);
}

export function checkSession(entry, { club, at }) {
  if (milliseconds(entry.opened_at) > milliseconds(at)) {
    return refusal("opened_at", _("The session begins in the future. Enter it once it has taken place."));
  }
  const day = dayOf(entry.opened_at);
  if (!club || day < club.opened_on || (club.ended_on && day >= club.ended_on)) return noClubHere("opened_at");
  return entry.closed_at ? checkClosing(entry.opened_at, entry.closed_at, { at }) : null;
}

export function checkClosing(openedAt, closedAt, { at }) {
  if (milliseconds(closedAt) > milliseconds(at)) {
    return refusal("closed_at", _("The session ends in the future. Enter it once it is over."));
  }
  if (toTheMinute(closedAt) <= toTheMinute(openedAt)) {
    return refusal("closed_at", _("The door must close at least a minute after it opened. Please check both times."));
  }
  if (dayOf(openedAt) !== dayOf(closedAt)) {
    return refusal("closed_at", _("A session cannot go past midnight. Close it on the same day, and enter the next day's time as another session."));
  }
  return null;
}

/** The door of a session closes: {opened_at, closed_at}. Closed again at the same minute, nothing changes. */
export function checkShutting(session, closedAt, { at }) {
  if (session.closed_at) {
    if (toTheMinute(session.closed_at) === toTheMinute(closedAt)) return null;
    return refusal("", _("The door is already shut. To add a time that was missed, enter a session."));
  }
  return checkClosing(session.opened_at, closedAt, { at });
}

/** A club is not open twice at once: from the minute of opening up to that of closing, or on and on. */
export function checkOverlap(entry, sessions) {
  const [from, to] = spanOf(entry);
  const meets = (one) => {
    const [start, end] = spanOf(one);
    return one.id !== entry.id && start < to && from < end;
  };
  if (!sessions.some(meets)) return null;
  return refusal("opened_at", _("The club was already open at that time. Look at the day's sessions, and change the times so that they do not overlap."));
}

function spanOf(session) { return [toTheMinute(session.opened_at), session.closed_at ? toTheMinute(session.closed_at) : Infinity]; }

/** {held_at, children, adults}. */
export function checkActivity(entry, { at }) {
  if (milliseconds(entry.held_at) > milliseconds(at)) {
    return refusal("held_at", _("The activity lies in the future. Enter it once it has taken place."));
  }
  if (entry.children + entry.adults < 1) {
    return refusal("children", _("Write how many took part: at least one child or grown-up."));
  }
  return null;
}

/** {starts_on, ends_on, reason}. */
export function checkClosure(entry) {
  if (entry.ends_on < entry.starts_on) {
    return refusal("ends_on", _("The last day lies before the first. Please check both days."));
  }
  if (!entry.reason.trim()) return refusal("reason", _("Write why the club has to stay shut."));
  return null;
}

/** The hours of an ordinary week: [[weekday, opens, closes], …] with clock times. */
export function checkTimes(times) {
  if (times.some(([, opens, closes]) => closes <= opens)) {
    return refusal("opens_at", _("The club must close after it opens. Please check the times."));
  }
  return null;
}
