/* What a registration must satisfy, as far as a phone can know: the twins of children/forms/family.py, of the checks of
   RegistrationForm and of children/rules/registration.py, with their sentences. Whether an ID number stands in a file
   already only the server knows. */

import { _ } from "../words.js";
import { OF_AGE, yearsBefore } from "./labels.js";
import { checkResidentId, isDay } from "./resident_id.js";

export const NEW = "new";
export const NOBODY = "none";
const RELATIONS = { father: ["51", "57"], mother: ["52", "58"] };
const PARENTS = ["father", "mother"];

/** A form's fields as names → text; `given` reads them, `day` only days that are days. */
export function read(fields) {
  const given = (name) => (fields[name]?.[0] ?? "").trim();
  return { given, day: (name) => (isDay(given(name)) ? given(name) : "") };
}

// ── what the form asks of its fields together ───────────────────────────────────────────────────────────────────────

/** {field: [sentences]}; {} when nothing is wrong. */
export function checkTogether(fields) {
  const { given, day } = read(fields);
  const wrong = {};
  const add = (name, sentence) => { wrong[name] = [...(wrong[name] ?? []), sentence]; };
  for (const who of PARENTS.filter((one) => given(one) === NEW)) {
    if (!given(`${who}_name`)) add(`${who}_name`, _("Write the name, or choose “Not now”."));
    if (!["", "home"].includes(given(`${who}_whereabouts`)) && !day(`${who}_since`)) add(`${who}_since`, _("Say since when; about will do."));
    if (given(`${who}_unable_reason`) && !day(`${who}_unable_since`)) add(`${who}_unable_since`, _("Say since when; about will do."));
  }
  checkCarer({ given, day }, add);
  return wrong;
}

function checkCarer({ given, day }, add) {
  const chosen = given("carer");
  if (PARENTS.includes(chosen) && given(chosen) === NOBODY) add("carer", _("Write this parent above first, or choose somebody else."));
  if (chosen === NEW && !given("carer_name")) add("carer_name", _("Write who looks after the child."));
  if (chosen === NEW && !given("carer_relation")) add("carer_relation", _("Choose what this person is to the child."));
  const isTypedAmiss = given("carer_since") && !day("carer_since"); // the field itself says so
  if (chosen && !day("carer_since") && !isTypedAmiss) add("carer_since", _("Say since when; about will do."));
}

/** What is odd about the ID number is asked once. */
export function checkDoubts(fields, doubts) {
  return !doubts.length || read(fields).given("number_as_said") ? {} : { number_as_said: doubts };
}

/** Asks once more when the village has a child who is like this one. */
export function checkAlike(fields, alike) {
  if (!alike.length || read(fields).given("another_child")) return {};
  return { another_child: [_("A child like this one is in your register already. Look whether it is the same one.")] };
}

// ── the entry ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** The registration as the service takes it.
 *  @param known {id: {id, name, as}}, the grown-ups of the home; @param home its id, or "" for a new one */
export function entryOf(fields, { known = {}, home = "" } = {}) {
  const { given, day } = read(fields);
  const parents = { father: parentOf(fields, "father", known), mother: parentOf(fields, "mother", known) };
  return {
    id: given("id"),
    household: home || given("household_id"),
    name: given("name"),
    sex: given("sex"),
    born_on: day("born_on"),
    ethnic_group: given("ethnic_group"),
    ethnic_words: given("ethnic_words"),
    hukou: given("hukou"),
    resident_id: given("resident_id"),
    number_as_said: Boolean(given("number_as_said")),
    no_id_reason: given("no_id_reason"),
    school_stage: given("school_stage"),
    is_boarding: Boolean(given("is_boarding")),
    parents: PARENTS.map((who) => parents[who]).filter(Boolean),
    carer: carerOf(fields, parents, known),
  };
}

function parentOf(fields, who, known) {
  const { given, day } = read(fields);
  const chosen = given(who);
  if (chosen !== NEW) return known[chosen] ? { id: chosen, name: known[chosen].name, relation: known[chosen].as } : null;
  const [since, place, unable] = [day(`${who}_since`), given(`${who}_whereabouts`), given(`${who}_unable_reason`)];
  return {
    id: given(`${who}_id`),
    name: given(`${who}_name`),
    relation: RELATIONS[who][Number(Boolean(given(`${who}_is_step`)))],
    phone: given(`${who}_phone`),
    away_since: place === "away" ? since : "",
    away_where: place === "away" ? given(`${who}_where`) : "",
    missing_since: place === "missing" ? since : "",
    died_on: place === "dead" ? since : "",
    unable_reason: unable,
    unable_since: unable ? day(`${who}_unable_since`) : "",
  };
}

function carerOf(fields, parents, known) {
  const { given, day } = read(fields);
  const chosen = given("carer");
  const held = known[chosen] && { id: chosen, name: known[chosen].name, relation: known[chosen].as };
  const person = parents[chosen] ?? held;
  return {
    id: person ? person.id : given("carer_id"),
    name: person ? person.name : given("carer_name"),
    relation: person ? person.relation : given("carer_relation"),
    kind: chosen === NOBODY ? "none" : given("carer_kind") || "fair",
    since: day("carer_since"),
    born_on: person ? "" : day("carer_born_on"),
    phone: person ? "" : given("carer_phone"),
    is_entrusted: Boolean(given("carer_is_entrusted")),
    paper_signed_on: day("carer_paper_signed_on"),
  };
}

// ── what the service asks ───────────────────────────────────────────────────────────────────────────────────────────

const refusal = (field, sentence) => ({ field, sentence });

/** The first refusal of an entry as {field, sentence}, or null. */
export function checkRegistration(entry, { on, areas = {} }) {
  if (!entry.name.trim()) return refusal("name", _("Write the child's name."));
  return checkBirth(entry, on) ?? checkNumber(entry, { on, areas }) ?? checkParents(entry.parents, on) ?? checkOneOfEach(entry) ?? checkSince(entry.carer, on);
}

function checkBirth({ born_on: bornOn }, on) {
  if (bornOn > on) return refusal("born_on", _("The birth date lies in the future. Please check the year."));
  if (bornOn <= yearsBefore(on, OF_AGE)) {
    return refusal("born_on", _("The register is for children under 18. By this birth date the child is 18 or older."));
  }
  return null;
}

function checkNumber(entry, { on, areas }) {
  if (!entry.resident_id) {
    return entry.no_id_reason ? null : refusal("resident_id", _("Write the ID number, or choose why there is none yet."));
  }
  const wrong = checkResidentId(entry.resident_id, { on, bornOn: entry.born_on, sex: entry.sex, areas });
  if (wrong) return wrong;
  return entry.no_id_reason ? refusal("no_id_reason", _("Give the ID number, or the reason why there is none, not both.")) : null;
}

function checkParents(parents, on) {
  for (const parent of parents) {
    const { name } = parent;
    if (!name.trim()) return refusal("parents", _("Write the parent's name, or leave the whole parent out."));
    const days = [parent.died_on, parent.missing_since, parent.away_since, parent.unable_since, parent.born_on];
    if (days.some((one) => one && one > on)) {
      return refusal("parents", _("A date given for %(name)s lies in the future. Please check it.", { name }));
    }
    if (Boolean(parent.unable_reason) !== Boolean(parent.unable_since)) {
      return refusal("parents", _("Give both the reason why %(name)s cannot look after the child, and since when.", { name }));
    }
  }
  return null;
}

function checkOneOfEach({ parents, carer }) {
  const relations = new Map(parents.map((one) => [one.id, one.relation]));
  for (const either of Object.values(RELATIONS)) {
    if (parents.filter((one) => either.includes(one.relation)).length > 1 || relations.size < parents.length) {
      return refusal("parents", _("Name one father and one mother. Others can be named as carers."));
    }
  }
  if (!carer || carer.kind === "none" || relations.has(carer.id)) return null;
  const isNamed = Object.values(RELATIONS).some((either) => either.includes(carer.relation) && [...relations.values()].some((one) => either.includes(one)));
  return isNamed
    ? refusal("carer_relation", _("This parent is named already. Choose the parent as the carer, or say what else the carer is to the child."))
    : null;
}

function checkSince(carer, on) {
  if (!carer) return null;
  if (carer.since > on) return refusal("carer_since", _("The day since when she looks after the child lies in the future."));
  if (carer.paper_signed_on && !carer.is_entrusted) {
    return refusal("carer_is_entrusted", _("Only entrusted care has a paper and notices. Say that the carer is entrusted, or leave them out."));
  }
  return carer.paper_signed_on > on ? refusal("carer_paper_signed_on", _("The day lies in the future. Note it once it has come.")) : null;
}
