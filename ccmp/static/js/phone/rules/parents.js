/* A grown-up on a day, and what follows from a child's two parents: the twin of children/rules/parents.py. Days are
   "2026-03-05"; a fact without an end has "" or nothing there. What the file does not tell is null. */

const UNSUPPORTED = "register.unsupported_months.";
const BY_TERM = ["serving_sentence", "rehabilitation"];
const HELD_ELSEWHERE = [...BY_TERM, "deported"];

/** Whether a fact holds on a day. */
export const holds = (since, until, on) => since <= on && (!until || on < until);

/** False as soon as one is false; else not known as soon as one is not. */
export function allOf(...said) {
  if (said.includes(false)) return false;
  return said.includes(null) ? null : true;
}

export function anyOf(...said) {
  if (said.includes(true)) return true;
  return said.includes(null) ? null : false;
}

/** The same day so many months later, or the last one of that month. */
export function monthsAfter(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const whole = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(whole / 12), whole % 12];
  const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate();
  return `${String(y).padStart(4, "0")}-${String(m + 1).padStart(2, "0")}-${String(Math.min(date, last)).padStart(2, "0")}`;
}

const lasts = (since, until, months, on) => monthsAfter(since, months) <= (until || on);

const lastOf = (turns, on) => turns.reduce((found, [since, value]) => (since <= on ? value : found), 0);

/** The months of each ground that counts on a day. */
export function monthsOn(standards, on) {
  const counting = Object.entries(standards).filter(([name, turns]) => name.startsWith(UNSUPPORTED) && turns[0][0] <= on);
  return Object.fromEntries(counting.map(([name, turns]) => [name.slice(UNSUPPORTED.length), lastOf(turns, on)]));
}

/** What is known of a grown-up on a day; null stands for one whom the file does not name.
 *  @param person {name, died_on, missing_since, declared_on, stays: [[since, until, where]], unable: [[reason, since, until]]} */
export function grownUpOn(person, on) {
  if (!person) return { known: false, name: "", dead: false, missing: false, declared: false, away: null, incapacity: null, incapacities: [] };
  const by = (day) => Boolean(day) && day <= on;
  const declared = by(person.declared_on);
  const unable = (person.unable ?? []).filter(([, since, until]) => holds(since, until, on));
  const stay = (person.stays ?? []).find(([since, until]) => holds(since, until, on));
  const incapacities = unable.map(([reason, since, until]) => ({ reason, since, until: until ?? "" }));
  return {
    known: true,
    name: person.name,
    dead: by(person.died_on),
    missing: by(person.missing_since) || declared,
    declared,
    away: stay ? { since: stay[0], where: stay[2] ?? "" } : null,
    incapacity: incapacities[0] ?? null,
    incapacities,
    died_on: person.died_on,
    missing_since: person.missing_since,
    declared_on: person.declared_on,
  };
}

export const isAway = (one) => one.away !== null && !one.dead && !one.missing;
export const isUnable = (one) => one.dead || one.missing || one.incapacities.length > 0;
const isGone = (one) => one.dead || one.declared;
export const isHere = (one) => !(one.dead || one.missing || isAway(one) || one.incapacities.some(({ reason }) => HELD_ELSEWHERE.includes(reason)));

/** One of the grounds of 民发〔2019〕62号 and 〔2020〕125号 that count on this day. */
function isInNeed(one, months, on) {
  const lost = one.missing_since;
  if (lost && lost <= on && "lost_contact" in months && lasts(lost, "", months.lost_contact, on)) return true;
  return one.incapacities.some(({ reason, since, until }) => reason in months && lasts(since, until, months[reason], on));
}

const ofEach = (parents, said) => parents.map((one) => (one.known ? said(one) : null));
const notSo = (said) => (said === null ? null : !said);

export const bothGone = (parents) => allOf(...ofEach(parents, isGone));
export const neitherIsAble = (parents) => allOf(...ofEach(parents, isUnable));
export const aParentIsHere = (parents) => anyOf(...ofEach(parents, isHere));
export const bothAway = (parents) => allOf(...ofEach(parents, isAway));

export function neitherSupports(parents, months, on) {
  const weak = allOf(...ofEach(parents, (one) => isGone(one) || isInNeed(one, months, on)));
  return allOf(weak, notSo(bothGone(parents)));
}

export function nobodyLeft(parents) {
  const [fatherAway, motherAway] = ofEach(parents, isAway);
  const [fatherUnable, motherUnable] = ofEach(parents, isUnable);
  return anyOf(allOf(fatherAway, motherAway), allOf(fatherAway, motherUnable), allOf(fatherUnable, motherAway));
}
