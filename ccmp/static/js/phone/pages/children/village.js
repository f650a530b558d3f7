/* The register as pages speak of it: children with their homes, families and carers, from the sheets that the phone holds. */

import { addressOf } from "../../addresses.js";
import { heardOn, isSilent } from "../../rules/contact.js";
import { awayOn, careOn, childOnDay, fatherIn, holds, isDead, isInRegister, isMissing, isOldCarer, isParent, motherIn } from "../../rules/labels.js";
import { pinyinOf } from "../../rules/names.js";
import { choiceSaid } from "../differences/labels.js";
import { goneWhySaid } from "../moves/said.js";
import { labelsShown } from "./labels_said.js";
import { careSaid, howSaid, incapacitySaid, relationSaid } from "./said.js";

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
    gone_why: body.why ?? "",
    get_gone_why_display: goneWhySaid(body.why) ?? "",
    hukou_county: body.hk_c ?? "",
    hukou_place: body.hk_p ?? "",
    lives_here_since: body.here ?? null,
    school_name: body.sch ?? "",
    health_told_on: body.told ?? null,
    household: homeSeen(body.home, home),
    get_absolute_url: addressOf(pack, "children:file", { child_id: id }),
    toString() { return body.name; },
  };
}

export function homeSeen(id, body) {
  return { ...body, id, head_name: body.head_name ?? "", neighbourhood: body.neighbourhood ?? "", address: body.address ?? "", aid: body.aid ?? "" };
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
  const grownUps = family.map((one) => grownUp(one, one.relative === carer ? guardianship : null, asked, body));
  return {
    child: childSeen(asked, id, body),
    shown: labelsShown(childOnDay(factsOf(asked, body, family), { on, standards: docs.get("labels").standards })),
    guardianship,
    grown_ups: [...grownUps.filter((one) => one.guardianship), ...grownUps.filter((one) => !one.guardianship)],
    nobody_cares: care?.kind === "none",
    carer_is_old: isOldCarer(carer, on),
  };
}

function careSeen(care, carer) {
  return { carer, get_kind_display: careSaid(care.kind), is_entrusted: Boolean(care.entrusted), paper_signed_on: care.signed_on ?? null, since: care.since, school_told_on: care.school_on ?? null, village_told_on: care.village_on ?? null };
}

/** Since when the first child of a parent is in the register. */
function registeredSince(docs, relativeId, on) {
  const hers = [...children(docs)].filter(([, body]) => isInRegister(body, on) && (body.kin ?? []).some(([, id]) => id === relativeId));
  return hers.map(([, body]) => body.since ?? body.registered_on).sort()[0];
}

function grownUp({ relation, relative }, guardianship, { docs, on }, body) {
  const isAway = isParent(relation) && awayOn(relative, on) !== null && !isDead(relative, on) && !isMissing(relative, on);
  const unable = (relative.unable ?? []).find(([, since, until]) => holds(since, until, on));
  const heard = isAway ? heardOn(relative, registeredSince(docs, relative.id, on) ?? body.since ?? body.registered_on, on) : null;
  return {
    contact: relative.last ? { on: relative.last[0], get_how_display: howSaid(relative.last[1]) } : null,
    may_not_care: Boolean(relative.barred && guardianship?.is_entrusted),
    unable: unable ? { since: unable[1], until: unable[2] || null, get_reason_display: incapacitySaid(unable[0]) } : null,
    is_away_parent: isAway,
    is_silent: isSilent(heard, { docs, on }),
    kinship: { get_relation_display: relationSaid(relation), relative: relativeSeen(relative) },
    id_number: relative.id_number ?? "",
    is_written: Boolean(guardianship) || WRITTEN.some((name) => relative[name]),
    guardianship,
    away: awayOn(relative, on),
    is_dead: isDead(relative, on),
    is_missing: isMissing(relative, on),
    is_parent: isParent(relation),
  };
}

const WRITTEN = ["born_on", "id_number", "phone", "work", "address", "died_on", "missing_since"];

/** A grown-up as pages name her fields. */
function relativeSeen(relative) {
  const { work, declared_on: declared } = relative;
  return { phone: "", born_on: null, address: "", died_on: null, missing_since: null, ...relative, works_at: work ?? "", declared_missing_on: declared ?? null };
}

/** What labels ask of a child: the twin of facts_of_file, without what lies sealed. */
function factsOf({ docs, me }, body, family) {
  const people = new Map(family.map(({ relative }) => [relative.id, relative]));
  const livesIn = ({ relative }) => !relative.address && relativeOf(docs, relative.id, body.home) !== null;
  return {
    born_on: body.born_on,
    village_code: me.post?.village_code ?? "",
    hukou: body.hukou,
    county: body.hk_c ?? "",
    place: body.hk_p ?? "",
    here: body.here ?? "",
    father: fatherIn(family),
    mother: motherIn(family),
    grown_ups: family.filter(livesIn).map((one) => one.relative),
    care: (body.care ?? []).map((one) => ({ ...one, carer: people.get(one.carer) ?? null })),
    means: docs.get("labels").means[body.home] ?? [],
  };
}
