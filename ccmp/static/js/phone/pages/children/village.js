/* The register as pages speak of it: children with their homes, families and carers, from the sheets that the phone holds. */

import { addressOf } from "../../addresses.js";
import { awayOn, careOn, isDead, isMissing, isOldCarer, isParent, labelsOf } from "../../rules/labels.js";
import { pinyinOf } from "../../rules/names.js";
import { choiceSaid } from "../differences/labels.js";
import { careSaid, incapacitySaid, leftBySaid, relationSaid } from "./said.js";

export const syllablesOf = (docs) => docs.get("syllables");

/** Homes and children as [id, body]. */
export function* homes(docs) { yield* named(docs, "home:"); }
export function* children(docs) { yield* named(docs, "child:"); }

function* named(docs, kind) {
  for (const [name, body] of docs) if (name.startsWith(kind)) yield [name.slice(kind.length), body];
}

/** A child as pages show it, with its home. */
export function childSeen({ docs, pack }, id, body) {
  const home = docs.get(`home:${body.home}`) ?? {};
  return {
    ...body,
    id,
    pinyin: pinyinOf(syllablesOf(docs), body.name),
    get_sex_display: choiceSaid("sex", body.sex),
    get_ethnic_group_display: choiceSaid("ethnic_group", body.ethnic),
    ethnic_words: body.ethnic_words ?? "",
    get_hukou_display: choiceSaid("hukou", body.hukou),
    get_school_stage_display: choiceSaid("school_stage", body.school),
    is_boarding: Boolean(body.boarding),
    resident_id: body.id_number ?? "",
    get_no_id_reason_display: choiceSaid("no_id_reason", body.no_id),
    gone_on: body.gone_on ?? null,
    household: homeSeen(body.home, home),
    get_absolute_url: addressOf(pack, "children:file", { child_id: id }),
    toString() { return body.name; },
  };
}

export function homeSeen(id, body) {
  return { ...body, id, head_name: body.head_name ?? "", neighbourhood: body.neighbourhood ?? "", address: body.address ?? "" };
}

/** A grown-up of a home's sheet, or null. Most live in the child's own home. */
export function relativeOf(docs, id, homeId) {
  return (docs.get(`home:${homeId}`)?.relatives ?? []).find((one) => one.id === id) ?? null;
}

/** Father and mother first, then the others: [{relation, relative}]. */
export function familyOf(docs, body) {
  const family = (body.kin ?? []).map(([relation, id, homeId]) => ({ relation, relative: relativeOf(docs, id, homeId ?? body.home) }));
  return family.filter((one) => one.relative);
}

/** Everything that the file's page tells of the family on a day: the twin of file_of. */
export function fileOf(asked, id) {
  const { docs, on } = asked;
  const body = docs.get(`child:${id}`);
  const family = familyOf(docs, body);
  const care = careOn(body.care, on);
  const carer = (care?.carer && family.find((one) => one.relative.id === care.carer)?.relative) || null;
  const guardianship = care && careSeen(care, carer);
  const grownUps = family.map((one) => grownUp(one, one.relative === carer ? guardianship : null, on));
  const labels = labelsOf(body, family, { on });
  return {
    child: childSeen(asked, id, body),
    labels: labelsSeen(labels),
    guardianship,
    grown_ups: [...grownUps.filter((one) => one.guardianship), ...grownUps.filter((one) => !one.guardianship)],
    nobody_cares: care?.kind === "none",
    carer_is_old: isOldCarer(carer, on),
    left_by_somebody: labels.left_by !== "none",
  };
}

function careSeen(care, carer) {
  return { carer, get_kind_display: careSaid(care.kind), is_entrusted: Boolean(care.entrusted), paper_signed_on: care.signed_on ?? null };
}

function grownUp({ relation, relative }, guardianship, on) {
  return {
    kinship: { get_relation_display: relationSaid(relation), relative: { phone: "", born_on: null, ...relative } },
    guardianship,
    away: awayOn(relative, on),
    is_dead: isDead(relative, on),
    is_missing: isMissing(relative, on),
    is_parent: isParent(relation),
  };
}

function labelsSeen(labels) {
  const seen = (parent) => ({ ...parent, incapacity: parent.incapacity && { ...parent.incapacity, get_reason_display: incapacitySaid(parent.incapacity.reason) } });
  return { ...labels, left_by: { label: leftBySaid(labels.left_by) }, father: seen(labels.father), mother: seen(labels.mother) };
}
