/* The steps of a child's file, each a short page: who it is, hukou, school, home, health. And who has no ID number yet. */

import { addressOf } from "../../addresses.js";
import { isInRegister } from "../../rules/labels.js";
import { byName, compare } from "../../rules/names.js";
import { checkDoubts } from "../../rules/registration.js";
import { areasOf, checkResidentId, cleanNumber } from "../../rules/resident_id.js";
import { _, dayShort } from "../../words.js";
import { textsOf } from "../differences/file.js";
import { pageOf } from "../visits/today.js";
import { ELSEWHERE } from "../visits/village.js";
import { doubtsOf } from "./register.js";
import { childSeen, children } from "./village.js";

const ROWS = 50;
const ANOTHER = "other";
const OF_A_HUKOU = ["hukou", "hukou_county", "hukou_place"];
const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/;
const one = (fields, name) => (fields[name]?.[0] ?? "").trim();

function childAt(asked) {
  const body = asked.docs.get(`child:${asked.params.child_id}`);
  return body ? childSeen(asked, asked.params.child_id, body) : null;
}

// ── saying a step anew ──────────────────────────────────────────────────────────────────────────────────────────────

export function change(asked) {
  const child = childAt(asked);
  if (!child) return ELSEWHERE;
  const { step } = asked.params;
  const texts = textsOf(asked.docs, child.id, step);
  const values = { id: asked.id(), seen: JSON.stringify(texts), ...asTyped(texts) };
  const choices = step === "hukou" ? { hukou_county: countiesIn(asked.docs) } : {};
  const doubts = step === "identity" && asked.state ? doubtsOf(asked, asked.state.values) : [];
  return { template: `children/change/${step}.html`, child, doubts, form_state: { values, choices } };
}

/** Texts as the fields of the form hold them: a sealed number is not shown, a tick has no text, sources are several. */
function asTyped({ is_boarding: boards, resident_id: number, income, ...texts }) {
  return {
    ...texts,
    ...(number === undefined ? {} : { resident_id: "" }),
    ...(boards === "yes" ? { is_boarding: "on" } : {}),
    ...(income === undefined ? {} : { income: income ? income.split(",") : [] }),
  };
}

function countiesIn(docs) {
  const named = Object.entries(docs.get("counties") ?? {}).sort(([a], [b]) => compare(a, b));
  return [["", _("Not known yet")], ...named, [ANOTHER, _("Another county, by its code")]];
}

/** What the page showed when it was opened. */
export function seenIn(fields) {
  try { return JSON.parse(one(fields, "seen")) ?? {}; } catch { return {}; }
}

/** What a page says, field by field, as text. A number that is left empty stays as it is. */
export function saidIn(fields, seen) {
  const number = cleanNumber(one(fields, "resident_id"));
  const told = {
    is_boarding: () => (one(fields, "is_boarding") ? "yes" : "no"),
    resident_id: () => number || seen.resident_id,
    no_id_reason: () => (number ? seen.no_id_reason : one(fields, "no_id_reason")),
    hukou_county: () => (one(fields, "hukou_county") === ANOTHER ? one(fields, "county_code") : one(fields, "hukou_county")),
    income: () => (fields.income ?? []).filter(Boolean).join(","),
  };
  return Object.fromEntries(Object.keys(seen).map((field) => [field, told[field]?.() ?? one(fields, field)]));
}

// ── what the phone can see to be wrong ──────────────────────────────────────────────────────────────────────────────

export function checkChange(asked, fields) {
  const { docs, params, on } = asked;
  const child = docs.get(`child:${params.child_id}`);
  if (params.step === "identity") return checkIdentity(asked, child, fields, on);
  return params.step === "hukou" ? checkHukou(child, fields, on) : {};
}

function checkIdentity({ docs }, child, fields, on) {
  const bornOn = one(fields, "born_on");
  if (bornOn > child.registered_on) {
    return { born_on: [_("By this birth date the child was registered before it was born. Please check the year.")] };
  }
  if (ofAge(bornOn, child.registered_on)) {
    return { born_on: [_("The register is for children under 18. By this birth date the child is 18 or older.")] };
  }
  const number = one(fields, "resident_id");
  const wrong = number && checkResidentId(number, { on, bornOn, sex: one(fields, "sex"), areas: areasOf(docs.get("areas")) });
  if (wrong) return { [wrong.field]: [wrong.sentence] };
  const odd = checkDoubts(fields, doubtsOf({ docs }, fields));
  if (Object.keys(odd).length) return odd;
  if (number || child.id_number || one(fields, "no_id_reason")) return {};
  return { no_id_reason: [_("Write the ID number, or choose why there is none yet.")] };
}

function checkHukou(child, fields, on) {
  const seen = seenIn(fields);
  const [chosen, code, how, changedOn] = ["hukou_county", "county_code", "how", "changed_on"].map((name) => one(fields, name));
  const wrong = {};
  if (chosen === ANOTHER && !code) wrong.county_code = [_("Write the county's six digits, or choose “Not known yet”.")];
  const isAnew = OF_A_HUKOU.some((name) => seen[name] && one(fields, name) !== seen[name]);
  if (isAnew && !how) wrong.how = [_("Say whether it was written wrong, or became another one.")];
  if (how === "changed" && !changedOn) wrong.changed_on = [_("Say since when; about will do.")];
  if (Object.keys(wrong).length) return wrong;
  if (chosen === ANOTHER && !/^[0-9]{6}$/.test(code)) {
    return { county_code: [_("A county's code has six digits: those that its ID numbers begin with.")] };
  }
  return checkDay(child, "lives_here_since", one(fields, "lives_here_since"), on)
    ?? checkDay(child, "changed_on", how === "changed" ? changedOn : "", on) ?? {};
}

function checkDay(child, field, day, on) {
  if (day > on) return { [field]: [_("The day lies in the future. Note it once it has come.")] };
  return day && day < child.born_on ? { [field]: [_("The day lies before the child was born. Please check it.")] } : null;
}

/** The twin of `born_on <= years_before(day, 18)`: for a leap day of a year without one, 28 February. */
function ofAge(bornOn, day) {
  const year = Number(day.slice(0, 4)) - 18;
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  const before = `${year}${day.slice(4) === "-02-29" && !isLeap ? "-02-28" : day.slice(4)}`;
  return bornOn !== "" && bornOn <= before;
}

// ── health: it is told here, and lies sealed on the server alone ────────────────────────────────────────────────────

export function health(asked) {
  const child = childAt(asked);
  return child ? { child, form_state: { values: { id: asked.id() } } } : ELSEWHERE;
}

export function toldHealth(docs, { path, fields, state }) {
  const name = `child:${UUID.exec(path)?.[0]}`;
  const child = docs.get(name);
  const on = one(fields, "on");
  if (child && on && on >= (child.told ?? "")) docs.set(name, { ...child, told: on, unsent: child.unsent || state !== "sent" });
}

export function checkHealth({ docs, params, on }, fields) {
  const child = docs.get(`child:${params.child_id}`);
  const [state, day] = [one(fields, "state"), one(fields, "on")];
  const wrong = {};
  for (const name of ["disabled", "both"].includes(state) ? ["disability", "level"] : []) {
    if (!one(fields, name)) wrong[name] = [_("Copy the kind and the level from the certificate.")];
  }
  if (["ill", "both"].includes(state) && !one(fields, "illness")) wrong.illness = [_("Write which illness it is.")];
  if (Object.keys(wrong).length || !child) return wrong;
  const early = day && day < (child.told ?? "") ? { on: [earlier(child.told)] } : {};
  return checkDay(child, "on", day, on) ?? early;
}

const earlier = (day) => _("By the file the child's health was told of once more on %(day)s. Look whether that still holds, and choose a later day.", { day: dayShort(day) });

// ── where she goes from there ───────────────────────────────────────────────────────────────────────────────────────

const kept = (message) => ({ pack }, entry) => ({
  redirect: addressOf(pack, "children:file", { child_id: UUID.exec(entry.path)[0] }),
  message: entry.state === "sent" ? message() : _("Written down. It goes out as soon as there is a network."),
});

export const fileChanged = kept(() => _("The file is changed."));
export const healthNoted = kept(() => _("Noted. It lies sealed."));

// ── who has no ID number yet ────────────────────────────────────────────────────────────────────────────────────────

export function noId(asked) {
  const { docs, on, query } = asked;
  const found = [...children(docs)]
    .filter(([, body]) => isInRegister(body, on) && !body.id_number)
    .map(([id, body]) => childSeen(asked, id, body))
    .sort((a, b) => compare(a.registered_on, b.registered_on) || byName(a, b));
  return { page: pageOf(found, query.get("page"), ROWS), on };
}
