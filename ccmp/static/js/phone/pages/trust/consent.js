/* What a child's family agreed to: the page, giving, taking back. Which text holds on which day the sheet "trust" says. */

import { addressOf } from "../../addresses.js";
import { yearsBefore } from "../../rules/labels.js";
import { read } from "../../rules/registration.js";
import { _ } from "../../words.js";
import { relationSaid } from "../children/said.js";
import { childSeen, familyOf, fileOf } from "../children/village.js";
import { ELSEWHERE } from "../visits/village.js";

const PURPOSES = ["care", "referral", "evaluation", "pictures"];
const SOMEBODY_ELSE = "else";
const ASKED_HERSELF = 14;
const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

const purposeSaid = (purpose) => ({
  care: _("keeping the file and looking after the child"),
  referral: _("telling departments what they need to help"),
  evaluation: _("the evaluation, without a name"),
  pictures: _("pictures and films"),
})[purpose];

const evidenceSaid = (evidence) => ({ paper: _("signed on paper, which is kept"), screen: _("signed on the screen") })[evidence];

// ── which text holds ────────────────────────────────────────────────────────────────────────────────────────────────

/** [version, first day, asks again] of every text, the oldest first. */
const textsOf = (docs) => docs.get("trust").texts;
const versionOn = (docs, on) => textsOf(docs).filter(([, since]) => since <= on).at(-1)[0];
const leastVersion = (docs, on) => Math.max(1, ...textsOf(docs).filter(([, since, again]) => again && since <= on).map(([version]) => version));

/** A consent on the child's sheet: [purpose, version, day, by, relation, "paper" or "screen", agrees, until, taken back by]. */
function consentSeen([purpose, version, on, by, relation, evidence, agrees, until, takenBackBy]) {
  return {
    purpose,
    text_version: version,
    on,
    given_by: by,
    relation,
    get_relation_display: relationSaid(relation),
    get_evidence_display: evidenceSaid(evidence),
    child_agrees: Boolean(agrees),
    withdrawn_on: until || null,
    withdrawn_by: takenBackBy ?? "",
  };
}

const isRunning = (consent, on) => !consent.withdrawn_on || consent.withdrawn_on > on;

/** Every purpose with how it stands: the twin of consents_of. */
function shown({ docs, on }, body) {
  const rows = (body.agreed ?? []).map(consentSeen);
  return PURPOSES.map((purpose) => {
    const own = rows.filter((one) => one.purpose === purpose);
    const last = own.find((one) => isRunning(one, on)) ?? own[0] ?? null;
    return {
      purpose: { label: purposeSaid(purpose), toString: () => purpose },
      state: stateOf(docs, last, on),
      last,
      before: own.filter((one) => one !== last),
      is_older_text: last !== null && last.text_version < versionOn(docs, on),
    };
  });
}

function stateOf(docs, last, on) {
  if (!last) return "not_asked";
  if (last.on <= on && isRunning(last, on) && last.text_version >= leastVersion(docs, on)) return "holds";
  return last.withdrawn_on ? "taken_back" : "ask_again";
}

// ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export function consent(asked) {
  const { docs, on, params, me } = asked;
  const body = docs.get(`child:${params.child_id}`);
  if (!body) return ELSEWHERE;
  return { child: childSeen(asked, params.child_id, body), shown: shown(asked, body), on, may_note: Boolean(me.post) };
}

function about(asked) {
  const { docs, on, params, query } = asked;
  const purpose = query.get("purpose");
  const body = docs.get(`child:${params.child_id}`);
  if (!body) return ELSEWHERE;
  if (!PURPOSES.includes(purpose)) return null;
  const isAsked = body.born_on <= yearsBefore(on, ASKED_HERSELF);
  return {
    file: fileOf(asked, params.child_id), purpose, version: versionOn(docs, on), on, is_asked_herself: isAsked,
    form_state: { values: { id: asked.id(), on } },
  };
}

export const give = about;
export const withdraw = about;

// ── what changes at once ────────────────────────────────────────────────────────────────────────────────────────────

const childIn = (entry) => entry.path.match(IDS)?.[0];
const purposeIn = (entry) => new URLSearchParams(entry.query).get("purpose");

function personIn(docs, childId, id) {
  const body = docs.get(`child:${childId}`);
  return (body && familyOf(docs, body).find((one) => one.relative.id === id)) ?? null;
}

export function agreed(docs, entry) {
  const { given, day } = read(entry.fields);
  const childId = childIn(entry);
  const person = personIn(docs, childId, given("given_by"));
  if (!person || !day("on")) return;
  const body = docs.get(`child:${childId}`);
  const told = [
    purposeIn(entry), Number(given("text_version")), day("on"), person.relative.name, person.relation, given("evidence"), given("child_agrees") ? 1 : 0,
  ];
  docs.set(`child:${childId}`, { ...body, agreed: [told, ...(body.agreed ?? [])], unsent: body.unsent || entry.state !== "sent" });
}

export function takenBack(docs, entry) {
  const { given, day } = read(entry.fields);
  const childId = childIn(entry);
  const body = docs.get(`child:${childId}`);
  if (!body || !day("on")) return;
  const by = given("who") === SOMEBODY_ELSE ? given("who_else") : personIn(docs, childId, given("who"))?.relative.name ?? "";
  let isDone = false;
  const rows = (body.agreed ?? []).map((row) => {
    if (isDone || row[0] !== purposeIn(entry) || row[7]) return row;
    isDone = true;
    return [...row.slice(0, 7), day("on"), by];
  });
  docs.set(`child:${childId}`, { ...body, agreed: rows, unsent: body.unsent || entry.state !== "sent" });
}

// ── what the phone can see to be wrong ──────────────────────────────────────────────────────────────────────────────

export function checkAgreed({ docs, params, on, query }, fields) {
  const { given, day } = read(fields);
  const body = docs.get(`child:${params.child_id}`);
  if (given("evidence") === "screen" && !given("signature")) return { evidence: [_("Nothing is signed yet. Sign in the field, or choose paper.")] };
  if (day("on") > on) return { on: [_("The day lies in the future. Note it once it has come.")] };
  if (day("on") && body && day("on") < body.born_on) return { on: [_("The day lies before the child was born. Please check it.")] };
  const isAsked = day("on") && body && body.born_on <= yearsBefore(day("on"), ASKED_HERSELF);
  if (isAsked && !given("child_agrees")) {
    return { child_agrees: [_("Who is 14 or older is asked too. Without the child's own word it is not agreed.")] };
  }
  const held = (body?.agreed ?? []).map(consentSeen).find((one) => one.purpose === query.get("purpose") && !one.withdrawn_on);
  return held && held.text_version >= leastVersion(docs, on)
    ? { "": [_("This was agreed to already, and it holds. If it was taken back, note that first.")] }
    : {};
}

export function checkTakenBack({ docs, params, on, query }, fields) {
  const { given, day } = read(fields);
  if (given("who") === SOMEBODY_ELSE && !given("who_else")) return { who_else: [_("Write the name of who it was.")] };
  if (day("on") > on) return { on: [_("The day lies in the future. Note it once it has come.")] };
  const rows = docs.get(`child:${params.child_id}`)?.agreed ?? [];
  const last = rows.map(consentSeen).find((one) => one.purpose === query.get("purpose") && !one.withdrawn_on);
  if (!last) return { "": [_("Nobody has agreed to this, so there is nothing to take back.")] };
  return day("on") && day("on") < last.on
    ? { on: [_("It was agreed to on %(day)s only. Choose that day or a later one.", { day: last.on })] }
    : {};
}

// ── where she goes from there ───────────────────────────────────────────────────────────────────────────────────────

const noted = (words) => ({ pack }, entry) => ({
  redirect: addressOf(pack, "children:consent", { child_id: childIn(entry) }),
  message: entry.state === "sent" ? words() : _("Written down. It goes out as soon as there is a network."),
});
export const isAgreed = noted(() => _("Agreed, and noted."));
export const isTakenBack = noted(() => _("It is taken back, from that day on."));
