/* The resident ID number: 17 digits and a check character. The twin of children/rules/resident_id.py, with its sentences. */

import { _ } from "../words.js";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = "10X98765432";
const LENGTH = 18;

/** A number as it is kept: without spaces, in capitals. */
export const cleanNumber = (text) => text.replace(/[\s\x1c-\x1f\x85]+/gu, "").toUpperCase();

export function checkCharacter(seventeen) {
  const total = WEIGHTS.reduce((sum, weight, place) => sum + weight * Number(seventeen[place]), 0);
  return CHECK_CHARACTERS[total % CHECK_CHARACTERS.length];
}

/** The first refusal of a number as {field, sentence}, or null. */
export function checkResidentId(text, { on }) {
  const sentence = wrongIn(cleanNumber(text), on);
  return sentence ? { field: "resident_id", sentence } : null;
}

function wrongIn(number, on) {
  const count = [...number].length;
  if (count !== LENGTH) return _("An ID number has 18 characters; this one has %(count)d.", { count });
  if (!/^\d{17}[\dX]$/.test(number)) {
    return _("An ID number is 17 digits and a last digit or X. Please compare it with the hukou book.");
  }
  if (number[LENGTH - 1] !== checkCharacter(number)) {
    return _("The last character does not fit the others: one digit is mistyped. Please compare it with the hukou book.");
  }
  const bornOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isDay(bornOn)) return _("Digits 7 to 14 of an ID number are the birth date; these are no date.");
  return bornOn > on ? _("The birth date in this ID number lies in the future.") : "";
}

/** Whether a text is a day of the calendar. */
export function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "0001") return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

/** The number as it stands on a screen: the first six and the last two characters. */
export const masked = (number) => (number ? `${number.slice(0, 6)}**********${number.slice(-2)}` : "");
