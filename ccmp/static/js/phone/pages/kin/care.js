/* Who looks after a child, said anew on the phone; why somebody may not. */

import { addressOf } from "../../addresses.js";
import { careGoneOn, careText, readCare, runningCare } from "../../rules/care.js";
import { NEW, NOBODY, read } from "../../rules/registration.js";
import { _ } from "../../words.js";
import { ELSEWHERE } from "../visits/village.js";
import { WRITTEN, childIn, idsIn, kinshipIn, markUnsent, nameKin, relativeIn, toChoose } from "./people.js";

const PARENTS = ["51", "52", "57", "58"];
const nameOf = (docs, id) => (id ? relativeIn(docs, id)?.name ?? "" : "");
export const heldCare = (docs, childId) => {
  const running = runningCare(docs.get(`child:${childId}`)?.care);
  return careText(running, nameOf(docs, running?.carer));
};

export function care(asked) {
  const child = childIn(asked);
  if (!child) return ELSEWHERE;
  const running = runningCare(child.care);
  const among = [...toChoose(asked), [NEW, _("Somebody else, below")], [NOBODY, _("Nobody")]];
  const values = { id: asked.id(), carer_id: asked.id(), seen: heldCare(asked.docs, child.id), carer_kind: "fair", ...asTyped(running) };
  return { child, form_state: { values, choices: { carer: among } } };
}

function asTyped(running) {
  if (!running) return {};
  return {
    carer: running.carer || NOBODY,
    carer_kind: running.carer ? running.kind : "fair",
    carer_since: running.since,
    ...(running.entrusted ? { carer_is_entrusted: "on" } : {}),
    carer_paper_signed_on: running.signed_on ?? "",
    carer_school_told_on: running.school_on ?? "",
    carer_village_told_on: running.village_on ?? "",
  };
}

/** What the form says: the line of the care, and who is new to the file. */
function told(docs, childId, fields) {
  const { given, day } = read(fields);
  const chosen = given("carer");
  const isNew = chosen === NEW;
  const id = isNew ? given("carer_id") : chosen;
  const entrusted = Boolean(given("carer_is_entrusted")) && chosen !== NOBODY;
  const papers = entrusted ? { signed_on: day("carer_paper_signed_on"), school_on: day("carer_school_told_on"), village_on: day("carer_village_told_on") } : {};
  const body = { carer: chosen === NOBODY ? "" : id, kind: chosen === NOBODY ? "none" : given("carer_kind") || "fair", since: day("carer_since"), entrusted, ...papers };
  const line = Object.fromEntries(Object.entries(body).filter(([, value]) => value));
  const person = { name: given("carer_name"), born_on: day("carer_born_on"), phone: given("carer_phone") };
  const known = (docs.get(`child:${childId}`)?.kin ?? []).find(([, one]) => one === id)?.[0];
  const relation = isNew ? given("carer_relation") : known ?? relativeIn(docs, id)?.as ?? "97";
  return { line, isNew, id, person, relation };
}

/** As the server merges: who did not see what the file says writes nothing over it, and the server keeps both. */
export function careSaidAnew(docs, { path, fields, state }) {
  const [childId] = idsIn(path);
  const child = docs.get(`child:${childId}`);
  const said = told(docs, childId, fields);
  if (!child || !said.line.since) return;
  if (said.line.carer) nameKin(docs, childId, said);
  const held = heldCare(docs, childId);
  const running = runningCare(child.care);
  const goesOn = !running || said.line.since > running.since;
  const differs = held && read(fields).given("seen") !== held && !goesOn;
  const gone = differs ? {} : careGoneOn(child.care, said.line);
  if (gone.care) docs.set(`child:${childId}`, { ...docs.get(`child:${childId}`), care: gone.care });
  markUnsent(docs, childId, state);
}

export function checkCareSaid({ docs, params, on }, fields) {
  const { given, day } = read(fields);
  const child = docs.get(`child:${params.child_id}`);
  const wrong = {};
  if (!child) return wrong;
  if (given("carer") === NEW && !given("carer_name")) wrong.carer_name = [_("Write who looks after the child.")];
  if (given("carer") === NEW && !given("carer_relation")) wrong.carer_relation = [_("Choose what this person is to the child.")];
  if (!given("carer_since")) wrong.carer_since = [_("Say since when; about will do.")];
  if (Object.keys(wrong).length || !day("carer_since")) return wrong;
  const days = ["since", "paper_signed_on", "school_told_on", "village_told_on"].map((name) => `carer_${name}`);
  const late = days.find((name) => day(name) > on);
  if (late) return { [late]: [_("The day lies in the future. Note it once it has come.")] };
  if (day("carer_since") < child.born_on) return { carer_since: [_("The day lies before the child was born. Please check it.")] };
  return checkWho(docs, child, told(docs, params.child_id, fields), given("seen") === heldCare(docs, params.child_id));
}

function checkWho(docs, child, { line, isNew, relation }, hasSeen) {
  if (line.entrusted && !line.carer) return {};
  if (line.entrusted && !isNew && PARENTS.includes(relation)) {
    return { carer_is_entrusted: [_("Parents look after their own child without being entrusted. Take the tick away, or choose somebody else.")] };
  }
  const gone = hasSeen ? careGoneOn(child.care, line) : {};
  return gone.refusal ? { [gone.refusal.field]: [gone.refusal.sentence] } : {};
}

export function careNoted({ pack }, entry) {
  const said = _("Noted. The labels follow by themselves.");
  return { redirect: addressOf(pack, "children:file", { child_id: idsIn(entry.path)[0] }), message: entry.state === "sent" ? said : WRITTEN() };
}

/** A decision lets the care of a text hold. */
export const careOfText = (text) => readCare(text).line;

// ── who may not ─────────────────────────────────────────────────────────────────────────────────────────────────────

export function bar(asked) {
  const [child, kinship] = [childIn(asked), kinshipIn(asked)];
  return child && kinship ? { child, kinship, form_state: { values: { id: asked.id() } } } : ELSEWHERE;
}

export function checkBar({ on }, fields) {
  return read(fields).day("on") > on ? { on: [_("The day lies in the future. Note it once it has come.")] } : {};
}

export function barNoted({ pack }, entry) {
  const said = _("Noted. It lies sealed.");
  return { redirect: addressOf(pack, "children:file", { child_id: idsIn(entry.path)[0] }), message: entry.state === "sent" ? said : WRITTEN() };
}
