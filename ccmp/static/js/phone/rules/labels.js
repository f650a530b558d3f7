/* Labels of a child, worked out for a day from dated facts: the twin of children/rules/labels and of what
   children/services/file.py says of the family. Those that rest on sealed facts are not worked out on a phone. */

import { standardOn } from "./due.js";
import { aParentIsHere, allOf, anyOf, bothAway, bothGone, grownUpOn, holds, isAway, isHere, monthsAfter, monthsOn, neitherIsAble, neitherSupports, nobodyLeft } from "./parents.js";

export { holds };
export const OF_AGE = 18;
export const STATUTORY_AGE = 16; // 国发〔2016〕13号: under 16
const OLD_CARER = 65;
const FATHERS = ["51", "57"];
const MOTHERS = ["52", "58"];
export const NO_MEANS = ["low_income", "minimum_living", "destitute"];
export const POOR = [...NO_MEANS, "monitored"];
export const NOBODY_ABLE = ["none", "incapable_parent"];
export const ALERTS = ["under_8_unattended", "under_16_alone"];

export const isParent = (relation) => FATHERS.includes(relation) || MOTHERS.includes(relation);
export const fatherIn = (family) => family.find((one) => FATHERS.includes(one.relation))?.relative ?? null;
export const motherIn = (family) => family.find((one) => MOTHERS.includes(one.relation))?.relative ?? null;

/** The day so many years earlier; 29 February becomes 28 February. */
export function yearsBefore(day, years) {
  const before = `${String(Number(day.slice(0, 4)) - years).padStart(4, "0")}${day.slice(4)}`;
  const isLeap = new Date(`${before.slice(0, 4)}-02-29T00:00:00Z`).getUTCDate() === 29;
  return before.endsWith("02-29") && !isLeap ? before.replace("02-29", "02-28") : before;
}

/** The twin of Child.is_in_register. */
export function isInRegister(child, on) {
  return (child.since ?? child.registered_on) <= on && child.born_on > yearsBefore(on, OF_AGE) && (!child.gone_on || child.gone_on > on);
}

/** A child's facts as they stand on a day: the twin of ChildOnDay.
 *  @param facts {born_on, village_code, hukou, county, place, here, father, mother, grown_ups, care: [{kind, since, until, carer}],
 *  means: [[kind, since, until]]}; grown-ups as parents.js has them, those of `grown_ups` live in the child's home */
export function childOnDay(facts, { on, standards }) {
  const parents = [grownUpOn(facts.father, on), grownUpOn(facts.mother, on)];
  const care = facts.care.filter((one) => holds(one.since, one.until, on));
  return {
    facts,
    on,
    parents,
    father: parents[0],
    mother: parents[1],
    care: care.map((one) => ({ ...one, carer: one.carer && grownUpOn(one.carer, on) })),
    grownUps: facts.grown_ups.map((one) => grownUpOn(one, on)),
    months: monthsOn(standards, on),
    under: (years) => facts.born_on > yearsBefore(on, years),
    means: (kinds) => facts.means.filter(([kind, since, until]) => kinds.includes(kind) && holds(since, until, on)),
    standard: (name) => standardOn(standards, `register.${name}`, on),
  };
}

/** Each label that rests on open facts: {kind: true, false, or null where the file does not tell}. */
export function labelsOf(day) {
  const { facts, parents } = day;
  const away = parents.filter(isAway).length;
  const isMinor = day.under(OF_AGE);
  return {
    left_behind: allOf(facts.hukou === "rural", day.under(STATUTORY_AGE), nobodyLeft(parents)),
    left_by_both: bothAway(parents),
    left_by_one: away === 0 && parents.some((one) => !one.known) ? null : away === 1,
    orphan: allOf(isMinor, bothGone(parents)),
    unsupported: allOf(Object.keys(day.months).length > 0, isMinor, neitherSupports(parents, day.months, day.on)),
    destitute: allOf(day.under(STATUTORY_AGE), neitherIsAble(parents), day.means(NO_MEANS).length > 0 || null),
    poverty: isMinor && day.means(POOR).length > 0,
    guardianship_missing: allOf(isMinor, anyOf(day.care.some((one) => NOBODY_ABLE.includes(one.kind)), neitherIsAble(parents))),
    migrant: migrant(day),
    under_8_unattended: allOf(day.under(day.standard("unattended_under")), unattended(day)),
    under_16_alone: allOf(day.under(day.standard("alone_under")), !day.grownUps.some(isHere), unattended(day)),
  };
}

function migrant(day) {
  const { hukou, county, here, village_code: village } = day.facts;
  const elsewhere = county ? county !== village.slice(0, 6) : null;
  const longEnough = here ? monthsAfter(here, day.standard("migrant_months")) <= day.on : null;
  return allOf(hukou !== "none", day.under(STATUTORY_AGE), elsewhere, longEnough, aParentIsHere(day.parents));
}

/** Nobody looks after the child, or who does is not there, nor is a parent. */
function unattended(day) {
  if (day.care.some((one) => one.kind === "none")) return true;
  const somebody = [...day.care.map((one) => one.carer).filter(Boolean), ...day.parents.filter((one) => one.known)];
  if (somebody.some(isHere)) return false;
  return day.care.length > 0 ? true : null;
}

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
