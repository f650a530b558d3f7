/* Moments as a form's fields have them, in China's time whatever the phone's own zone. */

import { chinaTime } from "../words.js";

/** A moment as ISO in China's time, to the second. */
export function inChina(moment) {
  const seconds = new Date(new Date(moment).getTime()).toISOString().slice(17, 19);
  return `${chinaTime(new Date(moment))}:${seconds}+08:00`;
}

/** What a field says (2026-11-06T07:30), as a moment. "" when it is none. */
export function asMoment(typed) {
  const text = String(typed ?? "").trim().replace(" ", "T");
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text)) return "";
  const found = Date.parse(`${text}+08:00`);
  return Number.isNaN(found) ? "" : inChina(found);
}
