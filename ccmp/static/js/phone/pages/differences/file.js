/* A child's file as texts, field by field: the twin of children/rules/file_fields.py.

   Days are "2026-03-05", a tick is "yes" or "no"; whereabouts have a text of their own, see rules/whereabouts.js. */

import { _, dayShort } from "../../words.js";
import { careDecided, readCare } from "../../rules/care.js";
import { withKin } from "../../rules/kin.js";
import { masked } from "../../rules/resident_id.js";
import { careSaid, incapacitySaid } from "../children/said.js";
import { choiceSaid, incomeSaid, isChoice, whereaboutsSaid } from "./labels.js";

const YES = "yes";
// Field → its name in the child's sheet, or in the home's.
const OF_THE_CHILD = {
  name: "name", sex: "sex", born_on: "born_on", ethnic_group: "ethnic", ethnic_words: "ethnic_words", resident_id: "id_number",
  no_id_reason: "no_id", hukou: "hukou", hukou_county: "hk_c", hukou_place: "hk_p", lives_here_since: "here",
  school_stage: "school", school_name: "sch", is_boarding: "boarding",
};
const OF_A_HOME = { head_name: "head_name", neighbourhood: "neighbourhood", address: "address", income: "inc", aid: "aid" };
export const OF_THE_HOME = Object.keys(OF_A_HOME);
export const WHEREABOUTS = "whereabouts";
/** The steps in which a file is said anew: the twin of STEPS. */
const STEPS = {
  identity: ["name", "sex", "born_on", "ethnic_group", "ethnic_words", "resident_id", "no_id_reason"],
  hukou: ["hukou", "hukou_county", "hukou_place", "lives_here_since"],
  school: ["school_stage", "school_name", "is_boarding"],
  home: OF_THE_HOME,
};

/** The fields of a file as they are shown, in the order of the pages; of a child with an ID number not why there is none. */
export function textsOf(docs, childId, step = "") {
  const child = docs.get(`child:${childId}`);
  const home = docs.get(`home:${child.home}`) ?? {};
  const asked = step ? STEPS[step] : Object.values(STEPS).flat();
  const held = (field) => (OF_THE_HOME.includes(field) ? home[OF_A_HOME[field]] : child[OF_THE_CHILD[field]]);
  return Object.fromEntries(asked.filter((field) => field !== "no_id_reason" || !child.id_number).map((field) => [field, textOf(field, held(field))]));
}

function textOf(field, value) {
  if (field === "is_boarding") return value ? YES : "no";
  return field === "income" ? (value ?? []).join(",") : value ?? "";
}

function valueOf(field, text) {
  if (field === "is_boarding") return text === YES;
  if (field === "income") return text ? text.split(",") : [];
  return field === "resident_id" ? masked(text) : text;
}

/** Write a field's text into what the phone holds, marked as not sent yet. Who has an ID number needs no reason why not. */
export function writeText(docs, childId, field, text, { unsent }) {
  const child = docs.get(`child:${childId}`);
  const [id, key] = OF_THE_HOME.includes(field) ? [`home:${child.home}`, OF_A_HOME[field]] : [`child:${childId}`, OF_THE_CHILD[field]];
  docs.set(id, { ...docs.get(id), [key]: valueOf(field, text) });
  docs.set(`child:${childId}`, { ...docs.get(`child:${childId}`), unsent, ...(field === "resident_id" ? { no_id: "" } : {}) });
}

/** A field's text as people read it; a county by its name, where `counties` has it. */
export function said(field, text, on, counties = {}) {
  if (!text) return _("nothing written");
  if (field === "hukou_county") return counties[text] ?? text;
  if (field === WHEREABOUTS) return toldSaid(text, on);
  if (field === "ability") return abilitySaid(text, on);
  if (field === "care") return careSaidText(text, on);
  if (field === "kin_phone") return maskedPhone(text);
  if (field === "kin_id") return masked(text);
  if (field === "is_boarding") return text === YES ? _("yes") : _("no");
  if (field === "income") return text.split(",").map(incomeSaid).join(_(", "));
  if (field === "resident_id") return masked(text);
  return isChoice(field) ? choiceSaid(field, text) : text;
}

// ── where a grown-up is ─────────────────────────────────────────────────────────────────────────────────────────────

function toldSaid(text, on) {
  const [whereabouts, since, ...rest] = text.split(" ");
  const word = whereaboutsSaid(whereabouts);
  const place = rest.length ? _("%(whereabouts)s (%(where)s)", { whereabouts: word, where: rest.join(" ") }) : word;
  return since === "-" ? place : _("%(whereabouts)s since %(day)s", { whereabouts: place, day: dayShort(since, on) });
}

function abilitySaid(text, on) {
  const [reason, since, until] = text.split(" ");
  const word = reason === "able" ? _("able to look after the child") : incapacitySaid(reason);
  if (since === "-") return word;
  const said = { whereabouts: word, day: dayShort(since, on) };
  return until ? _("%(whereabouts)s since %(day)s, until %(until)s", { ...said, until: dayShort(until, on) }) : _("%(whereabouts)s since %(day)s", said);
}

function careSaidText(text, on) {
  const { line, name } = readCare(text);
  const words = { day: dayShort(line.since, on), name, kind: careSaid(line.kind) };
  if (!line.carer) return _("Nobody, since %(day)s", words);
  if (!line.entrusted) return _("%(name)s, since %(day)s: %(kind)s", words);
  if (!line.signed_on) return _("%(name)s, since %(day)s: %(kind)s; entrusted, the paper is not signed yet", words);
  const signed = dayShort(line.signed_on, on);
  return _("%(name)s, since %(day)s: %(kind)s; entrusted, paper signed on %(signed)s", { ...words, signed });
}

/** Let what is said of a grown-up hold, as a decision does. */
export function writeKin(docs, relativeId, field, text) {
  for (const [id, home] of docs) {
    if (!id.startsWith("home:") || !(home.relatives ?? []).some((one) => one.id === relativeId)) continue;
    const value = field === "kin_id" ? masked(text) : text;
    docs.set(id, { ...home, relatives: home.relatives.map((one) => (one.id === relativeId ? withKin(one, field, value) : one)) });
  }
}

/** Let a care hold from its day on, as a decision does. */
export function writeCare(docs, childId, text) {
  const child = docs.get(`child:${childId}`);
  if (child) docs.set(`child:${childId}`, { ...child, care: careDecided(child.care, readCare(text).line) });
}

/** Let whereabouts hold from their day on, as a decision does: the twin of write_whereabouts. */
export function writeTold(docs, relativeId, text) {
  const [whereabouts, since, ...where] = text.split(" ");
  for (const [id, home] of docs) {
    if (!id.startsWith("home:") || !(home.relatives ?? []).some((one) => one.id === relativeId)) continue;
    const relatives = home.relatives.map((one) => (one.id === relativeId ? withTold(one, whereabouts, since, where.join(" ")) : one));
    docs.set(id, { ...home, relatives });
  }
}

function withTold({ died_on: _died, missing_since: _missing, ...relative }, whereabouts, since, where) {
  const before = (relative.stays ?? []).filter(([began]) => began < since);
  const stays = before.map(([began, until, place]) => [began, until && until <= since ? until : since, place]);
  if (whereabouts === "away") stays.push([since, "", where]);
  const day = { dead: { died_on: since }, missing: { missing_since: since } }[whereabouts] ?? {};
  return { ...relative, stays, ...day };
}

// ── what is not decided ─────────────────────────────────────────────────────────────────────────────────────────────

/** The differences that the phone holds: [id, body]. */
export function openOnes(docs) {
  return [...docs].filter(([name]) => name.startsWith("difference:")).map(([name, body]) => [name.slice("difference:".length), body]);
}

/** How many of them a child's file tells of: its own, its home's and its grown-ups'. */
export function undecided(docs, childId) {
  const { home, kin = [] } = docs.get(`child:${childId}`) ?? {};
  const isShown = (body) => body.child === childId || (OF_THE_HOME.includes(body.field) && body.home === home)
    || kin.some(([, relative]) => relative === body.relative);
  return openOnes(docs).filter(([, body]) => isShown(body)).length;
}
