/* Labels of a child, worked out for a day from dated facts: the twin of children/rules/labels.py and of what
   children/services/file.py says of the family. Days are "2026-03-05"; a fact without an end has "" or nothing there. */

export const OF_AGE = 18;
const STATUTORY_AGE = 16; // 国发〔2016〕13号: under 16
const OLD_CARER = 65;
const FATHERS = ["51", "57"];
const MOTHERS = ["52", "58"];

export const isParent = (relation) => FATHERS.includes(relation) || MOTHERS.includes(relation);

/** The day so many years earlier; 29 February becomes 28 February. */
export function yearsBefore(day, years) {
  const before = `${String(Number(day.slice(0, 4)) - years).padStart(4, "0")}${day.slice(4)}`;
  const isLeap = new Date(`${before.slice(0, 4)}-02-29T00:00:00Z`).getUTCDate() === 29;
  return before.endsWith("02-29") && !isLeap ? before.replace("02-29", "02-28") : before;
}

/** The twin of Child.is_in_register. */
export function isInRegister(child, on) {
  return child.registered_on <= on && child.born_on > yearsBefore(on, OF_AGE) && (!child.gone_on || child.gone_on > on);
}

/** Whether a fact holds on a day. */
export const holds = (since, until, on) => since <= on && (!until || on < until);

/** A child's labels on a day, with the facts that decided them.
 *  @param child {hukou, born_on}
 *  @param family [{relation, relative: {name, died_on, missing_since, stays: [[since, until, where]], unable: [[reason, since, until]]}}],
 *  father and mother first */
export function labelsOf(child, family, { on }) {
  const father = parentOnDay(family.find((one) => FATHERS.includes(one.relation)), on);
  const mother = parentOnDay(family.find((one) => MOTHERS.includes(one.relation)), on);
  const rural = child.hukou === "rural";
  const underSixteen = child.born_on > yearsBefore(on, STATUTORY_AGE);
  const nobodyLeft = (isAway(father) && isAway(mother)) || (isAway(father) && isUnable(mother)) || (isUnable(father) && isAway(mother));
  return {
    on,
    left_behind: rural && underSixteen && nobodyLeft,
    left_by: ["none", "one", "both"][Number(isAway(father)) + Number(isAway(mother))],
    father,
    mother,
    rural,
    under_sixteen: underSixteen,
  };
}

function parentOnDay(kinship, on) {
  if (!kinship) return { known: false, name: "", dead: false, missing: false, away: null, incapacity: null };
  const { relative } = kinship;
  const unable = (relative.unable ?? []).find(([, since, until]) => holds(since, until, on));
  return {
    known: true,
    name: relative.name,
    dead: isDead(relative, on),
    missing: isMissing(relative, on),
    away: awayOn(relative, on),
    incapacity: unable ? { reason: unable[0], since: unable[1] } : null,
  };
}

const isAway = (parent) => parent.away !== null && !parent.dead && !parent.missing;
const isUnable = (parent) => parent.dead || parent.missing || parent.incapacity !== null;

export const isDead = (relative, on) => Boolean(relative.died_on) && relative.died_on <= on;
export const isMissing = (relative, on) => Boolean(relative.missing_since) && relative.missing_since <= on;

/** The stay away of a day: {since, where}, or null. */
export function awayOn(relative, on) {
  const stay = (relative.stays ?? []).find(([since, until]) => holds(since, until, on));
  return stay ? { since: stay[0], where: stay[2] ?? "" } : null;
}

/** Who looks after a child on a day: one of its `care`, or null. */
export function careOn(care, on) { return (care ?? []).find((one) => holds(one.since, one.until, on)) ?? null; }

export const isOldCarer = (carer, on) => Boolean(carer?.born_on) && carer.born_on <= yearsBefore(on, OLD_CARER);
