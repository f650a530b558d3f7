/* Finding a child by an ID number or a telephone: the twin of children/services/find.py, as far as the phone can know. */

import { cleanNumber } from "./resident_id.js";

const NUMBER = /^\+?[0-9][0-9 \-()]*[xX]?$/;
const TAIL = 4;
const LENGTH = 18;
const SHOWN = 2; // characters at the end of a masked number
const [FEWEST, MOST] = [7, 12]; // digits of a telephone, with the area's

/** The ID number, its tail, or the telephone that was said; "" when it is a name. */
export function numberIn(said) {
  const plain = said.normalize("NFKC").trim();
  const number = cleanNumber(plain).replace(/^\+/, "");
  return NUMBER.test(plain) && number.length >= TAIL ? number : "";
}

/** A telephone's digits, without the country's own prefix. */
export function phoneDigits(phone) {
  const digits = phone.normalize("NFKC").replace(/[^0-9]/g, "").replace(/^00/, "");
  return /^86\d{11}$/.test(digits) ? digits.slice(2) : digits;
}

/** Whether a number may be this child's, or is a telephone of its family. @param body the child's sheet */
export function isOfNumber(number, body, phones) {
  const digits = phoneDigits(number);
  const isPhone = /^\d+$/.test(number) && digits.length >= FEWEST && digits.length <= MOST;
  return fitsMasked(number, body) || (isPhone && phones.some((phone) => phoneDigits(phone) === digits));
}

/** What the phone knows of a number: its first six and last two characters, and the birth date that stands in most. */
function fitsMasked(number, { id_number: masked = "" }) {
  if (!masked || !number.endsWith(masked.slice(-SHOWN))) return false;
  if (number.length < LENGTH) return true;
  return number.length === LENGTH && number.startsWith(masked.slice(0, 6));
}
