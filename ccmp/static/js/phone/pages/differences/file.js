/* A child's file as texts, field by field: the twin of children/rules/file_fields.py.

   Days are "2026-03-05", a tick is "yes" or "no"; whereabouts have a text of their own, see rules/whereabouts.js. */

import { _, dayShort } from "../../words.js";
import { choiceSaid, isChoice, whereaboutsSaid } from "./labels.js";

const YES = "yes";
const OF_THE_CHILD = {
  name: "name", sex: "sex", born_on: "born_on", ethnic_group: "ethnic", ethnic_words: "ethnic_words", hukou: "hukou",
  no_id_reason: "no_id", school_stage: "school", is_boarding: "boarding",
};
export const OF_THE_HOME = ["head_name", "neighbourhood", "address"];
export const WHEREABOUTS = "whereabouts";

/** The fields of a file as text, in the order of the page; of a child with an ID number not why there is none. */
export function textsOf(docs, childId) {
  const child = docs.get(`child:${childId}`);
  const home = docs.get(`home:${child.home}`) ?? {};
  const asked = Object.entries(OF_THE_CHILD).filter(([field]) => field !== "no_id_reason" || !child.id_number);
  const own = asked.map(([field, key]) => [field, field === "is_boarding" ? yesNo(child[key]) : child[key] ?? ""]);
  return Object.fromEntries([...own, ...OF_THE_HOME.map((field) => [field, home[field] ?? ""])]);
}

const yesNo = (value) => (value ? YES : "no");

/** Write a field's text into what the phone holds, marked as not sent yet. */
export function writeText(docs, childId, field, text, { unsent }) {
  const child = docs.get(`child:${childId}`);
  const [id, key] = OF_THE_HOME.includes(field) ? [`home:${child.home}`, field] : [`child:${childId}`, OF_THE_CHILD[field]];
  const value = field === "is_boarding" ? text === YES : text;
  docs.set(id, { ...docs.get(id), [key]: value });
  docs.set(`child:${childId}`, { ...docs.get(`child:${childId}`), unsent });
}

/** A field's text as people read it. */
export function said(field, text, on) {
  if (!text) return _("nothing written");
  if (field === WHEREABOUTS) return toldSaid(text, on);
  if (field === "is_boarding") return text === YES ? _("yes") : _("no");
  return isChoice(field) ? choiceSaid(field, text) : text;
}

// ── where a grown-up is ─────────────────────────────────────────────────────────────────────────────────────────────

function toldSaid(text, on) {
  const [whereabouts, since, ...rest] = text.split(" ");
  const word = whereaboutsSaid(whereabouts);
  const place = rest.length ? _("%(whereabouts)s (%(where)s)", { whereabouts: word, where: rest.join(" ") }) : word;
  return since === "-" ? place : _("%(whereabouts)s since %(day)s", { whereabouts: place, day: dayShort(since, on) });
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
