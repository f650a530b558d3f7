/* A child is no longer here, or is back; who is 18 soon: the pages, and what she writes down of it. */

import { addressOf } from "../../addresses.js";
import { isInRegister, OF_AGE, yearsBefore } from "../../rules/labels.js";
import { read } from "../../rules/registration.js";
import { _, addDays, dayShort } from "../../words.js";
import { childSeen, children } from "../children/village.js";
import { ELSEWHERE } from "../visits/village.js";
import { goneWhySaid, whyThenSaid } from "./said.js";

const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
const FUTURE = () => _("The day lies in the future. Note it once it has come.");

function childIn(asked) {
  const body = asked.docs.get(`child:${asked.params.child_id}`);
  return body ? childSeen(asked, asked.params.child_id, body) : null;
}

/* A page that could keep nothing is the server's: it says why not. */
export const leave = (asked) => moving(asked, (child) => !child.gone_on);
export const comeBack = (asked) => moving(asked, (child) => child.gone_on);

function moving(asked, canBe) {
  const child = childIn(asked);
  const opens = child && (asked.state || canBe(child));
  return opens ? { child, form_state: { values: { id: asked.id() } } } : ELSEWHERE;
}

/** Since when the child belongs to this register in one piece. */
const hereSince = (body) => body.since ?? body.registered_on;

// ── what changes at once ────────────────────────────────────────────────────────────────────────────────────────────

function bodyOf(docs, entry) {
  const name = `child:${entry.path.match(IDS)?.[0]}`;
  return [name, docs.get(name)];
}

export function goesAway(docs, entry) {
  const { given, day } = read(entry.fields);
  const [name, body] = bodyOf(docs, entry);
  if (!body || body.gone_on || !day("on")) return;
  const to = given("kind") === "left" ? given("where") : "";
  docs.set(name, { ...body, gone_on: day("on"), why: given("kind"), to, unsent: body.unsent || entry.state !== "sent" });
}

export function returns(docs, entry) {
  const { day } = read(entry.fields);
  const [name, body] = bodyOf(docs, entry);
  if (!body?.gone_on || !day("on")) return;
  const { gone_on: goneOn, why, to: _where, ...others } = body;
  const stays = [...(body.stays ?? []), [docs.get("villages").here, hereSince(body), goneOn, why]];
  docs.set(name, { ...others, since: day("on"), stays, unsent: body.unsent || entry.state !== "sent" });
}

// ── what the phone itself can see to be wrong ───────────────────────────────────────────────────────────────────────

export function checkLeave({ docs, params, on }, fields) {
  const body = docs.get(`child:${params.child_id}`);
  const { given, day } = read(fields);
  const wrong = {};
  if (!body) return wrong;
  const dayWrong = dayOfLeaving(body, day("on"), on);
  if (dayWrong) wrong.on = [dayWrong];
  if (given("kind") === "left" && !given("where")) wrong.where = [_("Write where the child lives now; province and town will do.")];
  if (given("kind") === "mistaken" && !given("note")) wrong.note = [_("Write why the registration was a mistake.")];
  if (given("kind") === "died" && !given("sure")) {
    wrong.sure = [_("You note that %(name)s has died. If that is so, tick this and keep it once more.", { name: body.name })];
  }
  return wrong;
}

function dayOfLeaving(body, day, on) {
  if (!day) return null;
  if (body.gone_on) {
    const words = { name: body.name, day: dayShort(body.gone_on, on), why: goneWhySaid(body.why) };
    return _("%(name)s is not in the register since %(day)s: %(why)s. If that is wrong, note first that the child is back.", words);
  }
  if (day > on) return FUTURE();
  if (day < body.born_on) return _("The day lies before the child was born. Please check it.");
  if (day < hereSince(body)) {
    return _("The child belongs to this register since %(day)s. Choose that day or a later one.", { day: dayShort(hereSince(body), on) });
  }
  return null;
}

export function checkReturn({ docs, params, on }, fields) {
  const body = docs.get(`child:${params.child_id}`);
  const day = read(fields).day("on");
  if (!body || !day) return {};
  if (!body.gone_on) return { on: [_("%(name)s is in the register: nobody has noted that the child left.", { name: body.name })] };
  if (day > on) return { on: [FUTURE()] };
  if (day < body.gone_on) {
    return { on: [_("By the file the child left on %(day)s. Choose that day or a later one.", { day: dayShort(body.gone_on, on) })] };
  }
  return {};
}

// ── where she goes from there ───────────────────────────────────────────────────────────────────────────────────────

const fileOfEntry = (pack, entry) => addressOf(pack, "children:file", { child_id: entry.path.match(IDS)[0] });
const nameOf = ({ docs }, entry) => docs.get(`child:${entry.path.match(IDS)[0]}`)?.name ?? "";
const WRITTEN = () => _("Written down. It goes out as soon as there is a network.");

export function isGone(asked, entry) {
  const said = _("Noted. %(name)s is no longer in the register.", { name: nameOf(asked, entry) });
  return { redirect: fileOfEntry(asked.pack, entry), message: entry.state === "sent" ? said : WRITTEN() };
}

export function isBack(asked, entry) {
  const said = _("Noted. %(name)s is in the register again.", { name: nameOf(asked, entry) });
  return { redirect: fileOfEntry(asked.pack, entry), message: entry.state === "sent" ? said : WRITTEN() };
}

// ── beside the file ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Where a child belongs since when: the twin of moves_part. */
export function movesPart(asked, id) {
  const { docs, me } = asked;
  const body = docs.get(`child:${id}`);
  const waiting = [...docs].find(([name, one]) => name.startsWith("transfer:") && one.child === id && one.state === "waiting");
  return {
    place: docs.get("villages")?.here ?? "",
    here_since: hereSince(body),
    stays: (body.stays ?? []).map(([place, since, until, why]) => ({ place, since, until, why: whyThenSaid(why) })),
    gone_on: body.gone_on ?? null,
    gone_why: goneWhySaid(body.why) ?? "",
    gone_where: body.to ?? "",
    transfer: waiting ? { id: waiting[0].slice("transfer:".length) } : null,
    may_move: Boolean(me.post),
  };
}

// ── who is 18 soon ──────────────────────────────────────────────────────────────────────────────────────────────────

/** The first day on which somebody is found to be 18: for 29 February, 1 March. */
export function birthdayOf(bornOn) {
  const day = `${Number(bornOn.slice(0, 4)) + OF_AGE}${bornOn.slice(4)}`;
  return day.endsWith("02-29") ? day.replace("02-29", "03-01") : day;
}

/** Of the register, who is 18 within the days of the standard, the next ones first: [id, body]. */
export function comingOfAge({ docs, on }) {
  const last = yearsBefore(addDays(on, docs.get("farewells")?.days ?? 0), OF_AGE);
  const soon = [...children(docs)].filter(([, body]) => isInRegister(body, on) && body.born_on <= last);
  return soon.sort(([a, one], [b, other]) => (one.born_on === other.born_on ? (a < b ? -1 : 1) : one.born_on < other.born_on ? -1 : 1));
}

export function farewells(asked) {
  const { docs, on, pack } = asked;
  const told = docs.get("farewells")?.rows ?? {};
  const named = (names) => (names?.[pack.language] ?? []).map((name) => ({ name }));
  const rows = comingOfAge(asked).map(([id, body]) => ({
    child: childSeen(asked, id, body),
    on: birthdayOf(body.born_on),
    ends: named(told[id]?.ends),
    begins: named(told[id]?.begins),
  }));
  return { rows, on };
}
