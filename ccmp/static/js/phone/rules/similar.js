/* How much a child who is to be registered is like one whose sheet the phone has: the twin of children/rules/similar.py.

   A child is described as {name, pinyin, initials, born_on, phones: [digits], number: masked}. */

import { _, daysBetween, ngettext, pgettext } from "../words.js";

const ENOUGH = 6;
const [SAME_NAME, SOUNDS_SO, ONE_SIGN, PART_OF_IT, SAME_LETTERS] = [6, 5, 3, 3, 1];
const [SAME_DAY, SWAPPED_DAY, NEAR_DAY, ONE_DIGIT] = [4, 3, 3, 2];
const SAME_PHONE = 4;
const NEAR = 3; // days

/** {points, isEnough, said} */
export function likeness(one, other) {
  const told = [ofName(one, other), ofBirth(one.born_on, other.born_on)].filter(Boolean);
  if (one.phones.some((phone) => other.phones.includes(phone))) told.push([SAME_PHONE, _("the same telephone")]);
  const points = told.reduce((sum, [each]) => sum + each, 0);
  return { points, isEnough: points >= ENOUGH, said: told.map(([, reason]) => reason).join(pgettext("a list", ", ")) };
}

function ofName(one, other) {
  const areTwo = Boolean(one.number && other.number && one.number !== other.number);
  const [a, b] = [[...one.name], [...other.name]];
  if (one.name === other.name) return [SAME_NAME, _("the same name")];
  if (haveOne(one.pinyin, other.pinyin)) return [SOUNDS_SO, _("a name that sounds the same")];
  if (areTwo) return null;
  if (a.length === b.length && a.length > 1 && a.filter((sign, place) => sign !== b[place]).length === 1) {
    return [ONE_SIGN, _("a name with one other character")];
  }
  if (Math.min(a.length, b.length) > 1 && (one.name.includes(other.name) || other.name.includes(one.name))) {
    return [PART_OF_IT, _("a name that is part of the other")];
  }
  return haveOne(one.initials, other.initials) ? [SAME_LETTERS, _("the same first letters")] : null;
}

/** Of readings that are parted by commas, one is the same. */
function haveOne(one, other) {
  const readings = other.split(",");
  return one.split(",").some((reading) => reading && readings.includes(reading));
}

function ofBirth(one, other) {
  if (!one || !other) return null;
  const [a, b] = [one.replaceAll("-", ""), other.replaceAll("-", "")];
  const differ = [...a].flatMap((digit, place) => (digit === b[place] ? [] : [place]));
  const days = Math.abs(daysBetween(one, other));
  if (!differ.length) return [SAME_DAY, _("born on the same day")];
  if (isSwapped(a, b, differ) || a === b.slice(0, 4) + b.slice(6) + b.slice(4, 6)) return [SWAPPED_DAY, _("birth dates with swapped digits")];
  if (days <= NEAR) return [NEAR_DAY, ngettext("born %(days)d day apart", "born %(days)d days apart", days, { days })];
  return differ.length === 1 ? [ONE_DIGIT, _("birth dates that differ in one digit")] : null;
}

function isSwapped(a, b, [first, second, ...more]) {
  return second === first + 1 && !more.length && a[first] === b[second] && a[second] === b[first];
}
