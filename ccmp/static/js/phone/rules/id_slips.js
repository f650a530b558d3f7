/* What was probably mistyped in an ID number whose check character does not fit: the twin of children/rules/id_slips.py.

   A guess is {number, place, wrong, right}: place counts from 1; of two swapped neighbours wrong and right have two characters. */

import { _ } from "../words.js";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = "10X98765432";
export const LENGTH = 18;
const LOOK_ALIKE = new Set(["17", "06", "08", "38", "35", "56", "68", "69", "49", "27"]);
const TOLD = 3;

export function checkCharacter(seventeen) {
  const total = WEIGHTS.reduce((sum, weight, place) => sum + weight * Number(seventeen[place]), 0);
  return CHECK_CHARACTERS[total % CHECK_CHARACTERS.length];
}

/** Whether a text is a day of the calendar. */
export function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "0001") return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

const OLDEST_YEAR = "1900";

/** Digits 7 to 14 as a day on which somebody who lives was born, or "". */
export function birthDate(number) {
  const day = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  return isDay(day) && day >= OLDEST_YEAR ? day : "";
}

export const sexOf = (number) => (Number(number[16]) % 2 ? "1" : "2");

/** Every number that one mistyped character or two swapped neighbours away is right, the likeliest first. */
export function guesses(number, { on, bornOn = "", sex = "", areas = [] }) {
  const misfit = misfitOf({ bornOn, sex, areas });
  const found = [...ofOneDigit(number), ...ofTwoSwapped(number)].filter((one) => birthDate(one.number) && birthDate(one.number) <= on);
  const rank = (one) => [...misfit(one), oddity(one), one.place];
  return found.map((one) => [rank(one), one]).sort(([a], [b]) => inTurn(a, b)).map(([, one]) => one);
}

/** The guesses worth telling: those that agree best, of these a few. */
export function likeliest(number, asked) {
  const found = guesses(number, asked);
  const misfit = misfitOf({ bornOn: "", sex: "", areas: [], ...asked });
  return found.filter((one) => String(misfit(one)) === String(misfit(found[0]))).slice(0, TOLD);
}

export function guessSaid({ place, wrong, right }) {
  const values = { place, next: place + 1, wrong, right };
  if (right.length > 1) return _("digits %(place)d and %(next)d are swapped: “%(right)s”, not “%(wrong)s”", values);
  return _("digit %(place)d is %(right)s, not %(wrong)s", values);
}

function* ofOneDigit(number) {
  for (let place = 0; place < LENGTH; place += 1) {
    for (const right of place === LENGTH - 1 ? "0123456789X" : "0123456789") {
      const other = number.slice(0, place) + right + number.slice(place + 1);
      if (right !== number[place] && fits(other)) yield { number: other, place: place + 1, wrong: number[place], right };
    }
  }
}

function* ofTwoSwapped(number) {
  for (let place = 0; place < LENGTH - 1; place += 1) {
    const wrong = number.slice(place, place + 2);
    const right = wrong[1] + wrong[0];
    const other = number.slice(0, place) + right + number.slice(place + 2);
    if (right !== wrong && /^\d{17}/.test(other) && fits(other)) yield { number: other, place: place + 1, wrong, right };
  }
}

const fits = (number) => number[LENGTH - 1] === checkCharacter(number);

const misfitOf = ({ bornOn, sex, areas }) => ({ number }) => [
  Number(Boolean(bornOn) && birthDate(number) !== bornOn) + Number(Boolean(sex) && sexOf(number) !== sex),
  Number(areas.length > 0 && !areas.includes(number.slice(0, 6))),
];

function oddity({ wrong, right }) {
  if (right.length > 1) return 0;
  return LOOK_ALIKE.has([wrong, right].sort().join("")) ? 1 : 2;
}

function inTurn(a, b) {
  const place = a.findIndex((one, at) => one !== b[at]);
  return place < 0 ? 0 : a[place] - b[place];
}
