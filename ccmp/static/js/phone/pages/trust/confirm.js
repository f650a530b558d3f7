/* A file is read out to the family, and somebody says that it is so: the page, the list of what is due. */

import { addressOf } from "../../addresses.js";
import { standardOn } from "../../rules/due.js";
import { isInRegister } from "../../rules/labels.js";
import { compare, pinyinOf } from "../../rules/names.js";
import { read } from "../../rules/registration.js";
import { _, addDays, dayShort, daysBetween } from "../../words.js";
import { childSeen, children, fileOf, syllablesOf } from "../children/village.js";
import { pageOf } from "../visits/today.js";
import { ELSEWHERE } from "../visits/village.js";

const ROWS = 50;
const SOMEBODY_ELSE = "else";
const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

// ── what is due ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** When a file was last heard of from the family; one that never was: its registration. */
const heardOn = (body) => body.confirmed?.[0] ?? body.registered_on;

export const isDue = (docs, body, on) => isInRegister(body, on)
  && heardOn(body) <= addDays(on, -standardOn(docs.get("trust").standards, "register.confirm_days", on));

/** The files that are due, the longest unconfirmed first: [id, body]. The twin of due_a_confirmation. */
export function dueOnes({ docs, on }) {
  const syllables = syllablesOf(docs);
  const order = ([id, body]) => [heardOn(body), pinyinOf(syllables, body.name), body.born_on, id];
  const due = [...children(docs)].filter(([, body]) => isDue(docs, body, on));
  return due.sort((a, b) => inTurn(order(a), order(b)));
}

function inTurn(one, other) {
  const place = one.findIndex((value, number) => value !== other[number]);
  return place < 0 ? 0 : compare(one[place], other[place]);
}

export function toConfirm(asked) {
  const { docs, on, query } = asked;
  const days = standardOn(docs.get("trust").standards, "register.confirm_days", on);
  const page = pageOf(dueOnes(asked), query.get("page"), ROWS);
  const rows = page.object_list.map(([id, body]) => ({
    child: { ...childSeen(asked, id, body), confirmed_on: body.confirmed?.[0] ?? null },
    days_late: daysBetween(addDays(heardOn(body), days), on),
  }));
  return { page, rows, on, days };
}

// ── one file, read out ──────────────────────────────────────────────────────────────────────────────────────────────

export function confirm(asked) {
  const { docs, on, params } = asked;
  const body = docs.get(`child:${params.child_id}`);
  if (!body) return ELSEWHERE;
  const file = fileOf(asked, params.child_id);
  file.child.confirmed_on = body.confirmed?.[0] ?? null;
  return {
    file,
    id_number: file.child.resident_id,
    on,
    form_state: { values: { id: asked.id(), on } },
  };
}

function tellerIn(docs, childId, fields) {
  const { given } = read(fields);
  if (given("with_whom") === SOMEBODY_ELSE) return given("whom_else");
  for (const [name, home] of docs) {
    const found = name.startsWith("home:") && (home.relatives ?? []).find(({ id }) => id === given("with_whom"));
    if (found) return found.name;
  }
  return "";
}

export function confirmed(docs, entry) {
  const childId = entry.path.match(IDS)?.[0];
  const body = docs.get(`child:${childId}`);
  const on = read(entry.fields).day("on");
  if (!body || !on) return;
  const held = body.confirmed ?? ["", ""];
  const told = on >= held[0] ? [on, tellerIn(docs, childId, entry.fields)] : held;
  docs.set(`child:${childId}`, { ...body, confirmed: told, unsent: body.unsent || entry.state !== "sent" });
}

/** What the phone itself can see to be wrong: the twins of ConfirmForm.clean and check_confirmation. */
export function checkConfirmed({ docs, params, on }, fields) {
  const { given, day } = read(fields);
  const wrong = {};
  if (given("with_whom") === SOMEBODY_ELSE && !given("whom_else")) wrong.whom_else = [_("Write the name of who it was.")];
  const { registered_on: registeredOn = "", since = "", gone_on: goneOn = "" } = docs.get(`child:${params.child_id}`) ?? {};
  if (day("on") > on) wrong.on = [_("The day lies in the future. Note it once it has come.")];
  else if (day("on") && day("on") < registeredOn) {
    wrong.on = [_("The child was registered on %(day)s only. Choose that day or a later one.", { day: dayShort(registeredOn, on) })];
  } else if (day("on") && day("on") < since) {
    wrong.on = [_("The child belongs to this register since %(day)s. Choose that day or a later one.", { day: dayShort(since, on) })];
  } else if (goneOn && day("on") >= goneOn) {
    wrong.on = [_("By the file the child left on %(day)s. If that is wrong, note first that the child is back.", { day: dayShort(goneOn, on) })];
  }
  return wrong;
}

export function isConfirmed({ pack }, entry) {
  return {
    redirect: addressOf(pack, "children:file", { child_id: entry.path.match(IDS)[0] }),
    message: entry.state === "sent" ? _("The file is confirmed.") : _("Written down. It goes out as soon as there is a network."),
  };
}
