/* The resident ID number: 17 digits and a check character. The twin of children/rules/resident_id.py, with its sentences.

   Areas are {six digits: the first day on which they no longer stood, or ""}, of the provinces that the phone knows. */

import { _, pgettext } from "../words.js";
import { birthDate, checkCharacter, guessSaid, isDay, LENGTH, likeliest, sexOf } from "./id_slips.js";

export { checkCharacter, isDay };

const OLD_LENGTH = 15;
const TRAVEL_PERMIT = /^[HM][0-9]{8}(?:[0-9]{2})?$/;
const LEFT_OUT = /[\s\x1c-\x1f\x85\-_·.,:/'"()、，。\u00ad\u2010-\u2015\u2212\u200b-\u200f\u2060\ufeff]+/gu;
const WRITTEN_FOR = { O: "0", "○": "0", "〇": "0", I: "1", L: "1", "|": "1", "×": "X", "\u2715": "X", "\u2573": "X", "\u0425": "X", "\u03a7": "X" };
const LOOKS_LIKE = { Z: "2", S: "5", B: "8", G: "6", Q: "0", D: "0" };
const PROVINCES = new Set("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split(" "));
const BOY = "1";
const GIRL = "2";

/** A number as it is kept: signs of every width, letters written for digits, without spaces and dashes, in capitals. */
export function cleanNumber(text) {
  const plain = text.normalize("NFKC").toUpperCase().replace(LEFT_OUT, "");
  return [...plain].map((one) => WRITTEN_FOR[one] ?? one).join("");
}

/** Areas from the sheet of those that the phone knows: {standing: "520101 520102", ended: {"522426": day}}. */
export function areasOf(sheet) {
  const standing = (sheet?.standing ?? "").split(" ").filter(Boolean).map((code) => [code, ""]);
  return { ...Object.fromEntries(standing), ...sheet?.ended };
}

/** The first refusal of a number as {field, sentence}, or null. What is known of the child makes the guess better. */
export function checkResidentId(text, { on, bornOn = "", sex = "", areas = {} }) {
  const number = cleanNumber(text);
  const sentence = wrongIn(number, { on, bornOn, sex, areas: Object.keys(areas) });
  return sentence ? { field: "resident_id", sentence } : null;
}

/** What is odd about a number that passed: [{of, sentence}]. */
export function oddOf(text, { bornOn = "", sex = "", areas = {} }) {
  const number = cleanNumber(text);
  return [onBirth(number, bornOn), onSex(number, sex), onArea(number, areas)].filter(Boolean);
}

function wrongIn(number, asked) {
  const wrong = wrongInLength(number) || wrongInSigns(number);
  if (wrong) return wrong;
  if (number[LENGTH - 1] !== checkCharacter(number)) return mistyped(number, asked);
  if (!birthDate(number)) return _("Digits 7 to 14 of an ID number are the birth date; these are no date.");
  return birthDate(number) > asked.on ? _("The birth date in this ID number lies in the future.") : "";
}

function wrongInLength(number) {
  const count = [...number].length;
  if (count === LENGTH) return "";
  if (count === OLD_LENGTH && /^\d+$/.test(number)) {
    const whole = `${number.slice(0, 6)}19${number.slice(6)}`;
    return _("This is an old number of 15 digits, which no longer counts. Copy the one of 18 from the hukou book: it has 19 before the year of birth, and should end in %(last)s.", { last: checkCharacter(whole) });
  }
  if (count === LENGTH - 1 && /^\d+$/.test(number) && birthDate(number)) {
    return _("An ID number has 18 characters; this one has 17. If only the last is missing, it is %(last)s.", { last: checkCharacter(number) });
  }
  if (TRAVEL_PERMIT.test(number)) {
    return _("This looks like a travel permit of Hong Kong or Macau. Write the 18 characters of the residence permit; if the child has none, leave this empty and choose why.");
  }
  return _("An ID number has 18 characters; this one has %(count)d.", { count });
}

function wrongInSigns(number) {
  const signs = [...number];
  const at = signs.findIndex((sign, place) => !/^\d$/.test(sign) && !(sign === "X" && place === LENGTH - 1));
  if (at < 0) return "";
  const values = { place: at + 1, sign: signs[at], digit: LOOKS_LIKE[signs[at]] };
  if (values.sign === "X") return _("Character %(place)d is an X, which stands only at the end of an ID number.", values);
  if (values.digit) return _("Character %(place)d is the letter “%(sign)s”. Is it the digit %(digit)s? Please compare it with the hukou book.", values);
  return _("Character %(place)d, “%(sign)s”, is no digit. An ID number is 17 digits and a last digit or X.", values);
}

function mistyped(number, asked) {
  const found = likeliest(number, asked);
  if (!found.length) return _("The last character does not fit the others: several digits are mistyped. Please copy it anew from the hukou book.");
  const said = found.map(guessSaid).join(_(", or "));
  return _("The last character does not fit the others. Perhaps %(guesses)s. Please compare it with the hukou book.", { guesses: said });
}

function onBirth(number, bornOn) {
  const said = birthDate(number);
  if (!bornOn || said === bornOn) return null;
  const written = bornOn.replaceAll("-", "");
  const places = [...number.slice(6, 14)].flatMap((digit, at) => (digit === written[at] ? [] : [at + 7])).join(pgettext("a list", ", "));
  return { of: "born_on", sentence: _("In the ID number the birth date is %(number)s, you wrote %(written)s: digits %(places)s of the number differ.", { number: said, written: bornOn, places }) };
}

function onSex(number, sex) {
  if (![BOY, GIRL].includes(sex) || sexOf(number) === sex) return null;
  const sentence = sex === GIRL
    ? _("The 17th digit of the ID number is odd, as boys have it; you wrote a girl.")
    : _("The 17th digit of the ID number is even, as girls have it; you wrote a boy.");
  return { of: "sex", sentence };
}

function onArea(number, areas) {
  const area = number.slice(0, 6);
  if (isKnown(area, areas, birthDate(number))) return null;
  return { of: "area", sentence: _("No county is known that has or had the first six digits, %(area)s, since the child's birth.", { area }) };
}

function isKnown(area, areas, on) {
  if (area in areas) return !areas[area] || areas[area] > on;
  return PROVINCES.has(area.slice(0, 2)) && !Object.keys(areas).some((code) => code.startsWith(area.slice(0, 2)));
}

/** The number as it stands on a screen: the first six and the last two characters. */
export const masked = (number) => (number ? `${number.slice(0, 6)}**********${number.slice(-2)}` : "");
