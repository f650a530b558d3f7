/* Who looks after a child, as a text and as lines of its sheet: the twin of children/rules/care.py and care_rows.py.
   A line is {carer, kind, since, until, entrusted, signed_on, school_on, village_on}; what is not there is left out. */

import { _ } from "../words.js";

const NOBODY = "-";
const filled = (body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value));

export const runningCare = (care) => (care ?? []).find((one) => !one.until) ?? null;

/** `fair 2025-01-01 entrusted 2025-02-01 - - ID 陈国富`; "" where the file says nothing. */
export function careText(one, name) {
  if (!one) return "";
  const days = [one.signed_on, one.school_on, one.village_on].map((day) => day || "-");
  return [one.kind, one.since, one.entrusted ? "entrusted" : "-", ...days, one.carer || NOBODY, name].join(" ").trim();
}

/** The line of a text, with the carer's name. */
export function readCare(text) {
  const [kind, since, entrusted, signed, school, village, carer, ...name] = text.split(" ");
  const day = (one) => (one === "-" ? "" : one);
  const line = filled({
    carer: day(carer), kind, since, entrusted: entrusted === "entrusted", signed_on: day(signed), school_on: day(school), village_on: day(village),
  });
  return { line, name: name.join(" ") };
}

/** The lines with this one gone on from them: {care}, or {refusal} where they leave no room. */
export function careGoneOn(care, line) {
  const running = runningCare(care);
  const isCorrection = running && (line.since === running.since || (line.since < running.since && line.carer === running.carer));
  const others = (care ?? []).filter((one) => one !== running);
  const isBefore = running && !isCorrection && line.since < running.since;
  if (isBefore || others.some((one) => one.since >= line.since || one.until > line.since)) {
    return { refusal: { field: "carer_since", sentence: _("For that day the file names who looked after the child already. Choose a later day.") } };
  }
  if (!running || isCorrection) return { care: [...others, line] };
  return { care: [...others, { ...running, until: line.since }, line] };
}

/** The lines once a person has decided that this one holds from its day on. */
export function careDecided(care, line) {
  const before = (care ?? []).filter((one) => one.since < line.since);
  return [...before.map((one) => (one.until && one.until <= line.since ? one : { ...one, until: line.since })), line];
}
