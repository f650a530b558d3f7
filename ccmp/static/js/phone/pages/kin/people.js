/* The grown-ups of a file on the phone: what is said of one, and naming one more. */

import { addressOf } from "../../addresses.js";
import { BY_TERM, checkKin, kinSeen, withKin } from "../../rules/kin.js";
import { read } from "../../rules/registration.js";
import { checkResidentId, cleanNumber, masked } from "../../rules/resident_id.js";
import { _ } from "../../words.js";
import { relationSaid } from "../children/said.js";
import { seenIn } from "../children/steps.js";
import { childSeen, familyOf } from "../children/village.js";
import { ELSEWHERE } from "../visits/village.js";

const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
const NEW = "new";
const FATHERS = ["51", "57"];
const MOTHERS = ["52", "58"];
const filled = (body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value));
export const idsIn = (path) => path.match(IDS) ?? [];
export const WRITTEN = () => _("Written down. It goes out as soon as there is a network.");

export function childIn(asked) {
  const body = asked.docs.get(`child:${asked.params.child_id}`);
  return body ? childSeen(asked, asked.params.child_id, body) : null;
}

export function kinshipIn({ docs, params }) {
  const body = docs.get(`child:${params.child_id}`);
  const found = body && familyOf(docs, body).find((one) => one.relative.id === params.relative_id);
  return found ? { get_relation_display: relationSaid(found.relation), relative: found.relative } : null;
}

/** Write a relative's line into her home's sheet. */
export function writeRelative(docs, relative) {
  for (const [name, home] of docs) {
    if (!name.startsWith("home:") || !(home.relatives ?? []).some((one) => one.id === relative.id)) continue;
    docs.set(name, { ...home, relatives: home.relatives.map((one) => (one.id === relative.id ? relative : one)) });
  }
}

export function relativeIn(docs, id) {
  for (const [name, home] of docs) {
    const found = name.startsWith("home:") && (home.relatives ?? []).find((one) => one.id === id);
    if (found) return found;
  }
  return null;
}

export function markUnsent(docs, childId, state) {
  const child = docs.get(`child:${childId}`);
  if (child) docs.set(`child:${childId}`, { ...child, unsent: child.unsent || state !== "sent" });
}

// ── what is said of one ─────────────────────────────────────────────────────────────────────────────────────────────

export function kin(asked) {
  const [child, kinship] = [childIn(asked), kinshipIn(asked)];
  if (!child || !kinship) return ELSEWHERE;
  const { ability, ...seen } = kinSeen(kinship.relative);
  const [reason, since, until = ""] = ability.split(" ");
  const unable = reason === "able" ? {} : { unable_reason: reason, unable_since: since, unable_until: until };
  const values = { id: asked.id(), seen: JSON.stringify({ ...seen, ability }), ...seen, kin_id: "", ...unable };
  return { child, kinship, form_state: { values } };
}

/** What the form says otherwise than it showed: field → text. */
function changedIn(fields) {
  const { given, day } = read(fields);
  const seen = seenIn(fields);
  const said = {
    kin_name: given("kin_name"),
    kin_born_on: day("kin_born_on"),
    kin_phone: given("kin_phone"),
    kin_id: cleanNumber(given("kin_id")) || seen.kin_id,
    kin_work: given("kin_work"),
    kin_address: given("kin_address"),
    declared_missing: day("declared_missing"),
    ability: abilitySaid({ given, day }, seen.ability ?? "able -"),
  };
  return { seen, changed: Object.fromEntries(Object.entries(said).filter(([field, text]) => (text ?? "") !== (seen[field] ?? ""))) };
}

function abilitySaid({ given, day }, seen) {
  if (given("unable_reason")) {
    const until = BY_TERM.includes(given("unable_reason")) ? day("unable_until") : "";
    return [given("unable_reason"), day("unable_since") || "-", until].filter(Boolean).join(" ");
  }
  return seen.startsWith("able") ? seen : `able ${day("able_since") || "-"}`;
}

/** As the server merges: what nobody else changed is taken; of the others the server keeps both. */
export function kinSaid(docs, { path, fields, state }) {
  const [childId, relativeId] = idsIn(path);
  const relative = relativeIn(docs, relativeId);
  if (!relative) return;
  const { seen, changed } = changedIn(fields);
  const held = kinSeen(relative);
  const free = Object.entries(changed).filter(([field]) => held[field] === (seen[field] ?? ""));
  const shown = ([field, text]) => [field, field === "kin_id" ? masked(text) : text];
  writeRelative(docs, free.map(shown).reduce((one, [field, text]) => withKin(one, field, text), relative));
  markUnsent(docs, childId, state);
}

export function checkKinSaid({ docs, params, on }, fields) {
  const relative = relativeIn(docs, params.relative_id);
  const { given, day } = read(fields);
  if (!relative) return {};
  if (given("unable_reason") && !given("unable_since")) return { unable_since: [_("Say since when; about will do.")] };
  if (given("unable_reason") && !day("unable_since")) return {};
  const number = cleanNumber(given("kin_id"));
  const amiss = number ? checkResidentId(number, { on }) : null;
  const wrong = amiss ? { field: "kin_id", sentence: amiss.sentence } : checkKin(relative, changedIn(fields).changed, { on });
  return wrong ? { [wrong.field]: [wrong.sentence] } : {};
}

export function kinNoted({ pack }, entry) {
  const said = _("Noted. The labels follow by themselves.");
  return { redirect: addressOf(pack, "children:file", { child_id: idsIn(entry.path)[0] }), message: entry.state === "sent" ? said : WRITTEN() };
}

// ── one more ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The living grown-ups of the file, then of its home, for a choice: the twin of grown_ups_to_choose. */
export function toChoose({ docs, params }, { unnamed = false } = {}) {
  const body = docs.get(`child:${params.child_id}`);
  const own = familyOf(docs, body);
  const isOwn = (id) => own.some((one) => one.relative.id === id);
  const ofHome = (docs.get(`home:${body.home}`)?.relatives ?? []).filter((one) => !isOwn(one.id)).map((one) => ({ relation: one.as, relative: one }));
  const all = [...(unnamed ? [] : own), ...ofHome].filter(({ relative }) => !relative.died_on);
  return all.map(({ relation, relative }) => [relative.id, `${relationSaid(relation)} ${relative.name}`]);
}

export function newKin(asked) {
  const child = childIn(asked);
  if (!child) return ELSEWHERE;
  const who = [...toChoose(asked, { unnamed: true }), [NEW, _("Somebody new, below")]];
  return { child, form_state: { values: { id: asked.id(), relative_id: asked.id(), who: NEW }, choices: { who } } };
}

/** Name a grown-up in a child's file, with a line of her own when the home does not know her. */
export function nameKin(docs, childId, { id, relation, person }) {
  const child = docs.get(`child:${childId}`);
  if (!child || (child.kin ?? []).some(([, one]) => one === id)) return;
  const home = docs.get(`home:${child.home}`) ?? {};
  const lines = home.relatives ?? [];
  const held = relativeIn(docs, id);
  const withNew = held ? lines.map((one) => (one.id === id && relation < one.as ? { ...one, as: relation } : one)) : [...lines, filled({ id, as: relation, ...person })];
  const relatives = [...withNew].sort((a, b) => Number(a.as) - Number(b.as));
  docs.set(`home:${child.home}`, { ...home, relatives });
  const kinOf = [...(child.kin ?? []), [relation, id]].sort((a, b) => Number(a[0]) - Number(b[0]));
  docs.set(`child:${childId}`, { ...child, kin: kinOf });
}

export function kinNamed(docs, { path, fields, state }) {
  const [childId] = idsIn(path);
  const { given, day } = read(fields);
  const isNew = given("who") === NEW;
  const person = { name: given("name"), born_on: day("born_on"), phone: given("phone") };
  nameKin(docs, childId, { id: isNew ? given("relative_id") : given("who"), relation: given("relation"), person });
  markUnsent(docs, childId, state);
}

export function checkNewKin({ docs, params, on }, fields) {
  const { given, day } = read(fields);
  const kinOf = docs.get(`child:${params.child_id}`)?.kin ?? [];
  if (given("who") === NEW && !given("name")) return { name: [_("Write the name.")] };
  if (given("who") === NEW && day("born_on") > on) return { born_on: [_("The birth date lies in the future. Please check the year.")] };
  const either = [FATHERS, MOTHERS].find((one) => one.includes(given("relation"))) ?? [];
  if (kinOf.some(([relation]) => either.includes(relation))) {
    return { relation: [_("This parent stands in the file already. Change what is said of her or him instead.")] };
  }
  return {};
}

export function kinIsNamed({ pack }, entry) {
  const { given } = read(entry.fields);
  const said = given("who") === NEW ? _("%(name)s stands in the file.", { name: given("name") }) : _("Noted.");
  return { redirect: addressOf(pack, "children:file", { child_id: idsIn(entry.path)[0] }), message: entry.state === "sent" ? said : WRITTEN() };
}
