/* Where a grown-up is, as dated facts go on: the twins of children/services/stays.py and of the checks of
   children/services/whereabouts.py. A relative is a line of its home's sheet: {stays: [[since, until, where]], died_on,
   missing_since, born_on}; told is {whereabouts, since, where}. */

import { _ } from "../words.js";

const refusal = (sentence) => ({ field: "since", sentence });

/** The last that the file says of a grown-up; `since` is "" of one who was always at home. */
export function toldOf(relative) {
  if (relative.died_on) return { whereabouts: "dead", since: relative.died_on, where: "" };
  if (relative.missing_since) return { whereabouts: "missing", since: relative.missing_since, where: "" };
  const order = ([since, until]) => `${until ? 0 : 1}${since}`;
  const stays = [...(relative.stays ?? [])].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  if (!stays.length) return { whereabouts: "home", since: "", where: "" };
  const [since, until, where] = stays[stays.length - 1];
  return until ? { whereabouts: "home", since: until, where: "" } : { whereabouts: "away", since, where: where ?? "" };
}

/** `away 2026-02-23 广东东莞`: what a page says that it saw. */
export function textOf({ whereabouts, since, where }) { return `${whereabouts} ${since || "-"} ${where}`.trim(); }

export const isSame = (a, b) => textOf(a) === textOf(b);

/** Both can be true: this one begins after the other, and so ends it. */
export const follows = (told, held) => Boolean(told.since && (!held.since || told.since > held.since));

/** The first refusal, or null. */
export function checkWhereabouts(relative, told, { on }) {
  if (told.since > on) return refusal(_("The day lies in the future. Note it once it has come."));
  if (relative.born_on && told.since < relative.born_on) {
    return refusal(_("The day lies before this person was born. Please check it."));
  }
  return null;
}

/** The relative with what is told gone on from what the file says: {relative}, or {refusal} where its facts leave no room. */
export function goneOn(relative, told) {
  const running = (relative.stays ?? []).find(([, until]) => !until) ?? null;
  const stays = staysAfter(relative.stays ?? [], running, told);
  if (stays.refusal) return stays;
  const { died_on: _died, missing_since: _missing, ...rest } = relative;
  const days = { dead: { died_on: told.since }, missing: { missing_since: told.since } }[told.whereabouts] ?? {};
  return { relative: { ...rest, stays, ...days } };
}

function staysAfter(stays, running, told) {
  if (told.whereabouts === "away") return goesAway(stays, running, told);
  if (!running || told.whereabouts === "missing") return stays;
  return told.since <= running[0]
    ? { refusal: refusal(_("By the file the stay away began on %(day)s. Choose a later day.", { day: running[0] })) }
    : stays.map((one) => (one === running ? [one[0], told.since, one[2]] : one));
}

function goesAway(stays, running, { since, where }) {
  const isCorrection = running !== null && since <= running[0];
  const others = stays.filter((one) => one !== running);
  if (others.some(([began, until]) => began >= since || until > since)) {
    return { refusal: refusal(_("On that day the file has this person in another place already. Choose a later day.")) };
  }
  if (isCorrection) return [...others, [since, "", where]];
  if (running && running[2] === where) return stays;
  return [...others, ...(running ? [[running[0], since, running[2]]] : []), [since, "", where]];
}
