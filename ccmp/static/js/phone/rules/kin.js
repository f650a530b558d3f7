/* A grown-up of a file as fields that may be said anew: the twin of children/rules/kin.py and children/services/kin_rows.py. A
   relative is a line of its home's sheet. */

import { _ } from "../words.js";

const ABLE = "able";
export const BY_TERM = ["serving_sentence", "rehabilitation"];
/** Field → its name on the sheet. */
const KEYS = {
  kin_name: "name", kin_born_on: "born_on", kin_phone: "phone", kin_id: "id_number", kin_work: "work", kin_address: "address",
  declared_missing: "declared_on",
};
export const isOfKin = (field) => Object.hasOwn(KEYS, field) || field === "ability";

/** Whether somebody is able to look after a child, as a text: `able -`, `serious_illness 2025-01-01`, and of a sentence its end.
 *  The sheet holds only what lasts. */
export function abilityOf(relative) {
  const running = [...(relative.unable ?? [])].filter(([reason, , until]) => !until || BY_TERM.includes(reason)).sort((a, b) => (a[1] < b[1] ? -1 : 1));
  const last = running[running.length - 1];
  return last ? last.filter(Boolean).join(" ") : `${ABLE} -`;
}

/** What the file says of a grown-up, as a page shows it. */
export function kinSeen(relative) {
  const texts = Object.fromEntries(Object.entries(KEYS).map(([field, key]) => [field, relative[key] ?? ""]));
  return { ...texts, ability: abilityOf(relative) };
}

/** The relative with one field said anew. */
export function withKin(relative, field, text) {
  return field === "ability" ? withAbility(relative, text) : { ...relative, [KEYS[field]]: text };
}

function withAbility(relative, text) {
  const [reason, since, until = ""] = text.split(" ");
  const times = relative.unable ?? [];
  if (since === "-") return { ...relative, unable: times.filter(([why, , ends]) => ends && !BY_TERM.includes(why)) };
  const before = times.filter(([, began]) => began < since).map(([why, began, ends]) => [why, began, ends && ends <= since ? ends : since]);
  return { ...relative, unable: reason === ABLE ? before : [...before, [reason, since, until]] };
}

const refusal = (field, sentence) => ({ field, sentence });

/** The first refusal of what is said otherwise, or null; the ID number is looked at by the server too. */
export function checkKin(relative, changed, { on }) {
  if (changed.kin_name === "") return refusal("kin_name", _("Write the name."));
  for (const field of ["kin_born_on", "declared_missing"]) {
    if (changed[field] && changed[field] > on) return refusal(field, _("The day lies in the future. Note it once it has come."));
  }
  const declared = changed.declared_missing;
  if (declared && (!relative.missing_since || relative.missing_since > declared)) {
    return refusal("declared_missing", _("A court declares missing who is out of contact. Say first where this person is: out of contact, since when."));
  }
  return changed.ability ? checkAbility(relative, changed.ability, on) : null;
}

function checkAbility(relative, text, on) {
  const [reason, since, until] = text.split(" ");
  if (since === "-") return null;
  if (since > on) return refusal("unable_since", _("The day lies in the future. Note it once it has come."));
  if (relative.born_on && since < relative.born_on) return refusal("unable_since", _("The day lies before this person was born. Please check it."));
  if (until && (!BY_TERM.includes(reason) || until <= since)) return refusal("unable_until", _("A term ends after it begins. Please check both days."));
  return null;
}
