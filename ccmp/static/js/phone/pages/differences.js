/* Two people, one file, on the phone: changing a file, and choosing between two values. */

import { addressOf } from "../addresses.js";
import { _, chinaTime } from "../words.js";
import { WHEREABOUTS, openOnes, said, textsOf, writeText, writeTold } from "./differences/file.js";
import { fieldSaid } from "./differences/labels.js";
import { childOf } from "./visits/village.js";
import { pageOf } from "./visits/today.js";

const ROWS = 20;
const ELSEWHERE = { elsewhere: true };
const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/;
const idIn = (path) => UUID.exec(path)?.[0] ?? "";
const one = (fields, name) => (fields[name]?.[0] ?? "").trim();

// ── saying a file anew ──────────────────────────────────────────────────────────────────────────────────────────────

function change(asked) {
  const child = childOf(asked, asked.params.child_id);
  if (!child) return ELSEWHERE;
  const texts = textsOf(asked.docs, child.id);
  const { is_boarding: boards, ...rest } = texts;
  const values = { id: asked.id(), seen: JSON.stringify(texts), ...rest, ...(boards === "yes" ? { is_boarding: "on" } : {}) };
  return { child, form_state: { values } };
}

/** What a page says, field by field, as text. */
function saidIn(fields, seen) {
  return Object.fromEntries(Object.keys(seen).map((field) => [field, field === "is_boarding" ? yesNo(fields) : one(fields, field)]));
}

const yesNo = (fields) => (one(fields, "is_boarding") ? "yes" : "no");

/** As the server merges: what nobody else changed is taken; where somebody did, both values are kept. */
function changed(docs, entry) {
  const childId = idIn(entry.path);
  if (!docs.has(`child:${childId}`)) return;
  const seen = seenIn(entry.fields);
  const told = saidIn(entry.fields, seen);
  const unsent = entry.state !== "sent";
  for (const field of Object.keys(seen).filter((name) => told[name] !== seen[name])) {
    const held = textsOf(docs, childId)[field];
    if (held === undefined || held === told[field]) continue;
    if (held === seen[field]) writeText(docs, childId, field, told[field], { unsent });
    else keepBoth(docs, entry, { child: childId, field, held, brought: told[field] });
  }
}

function seenIn(fields) {
  try { return JSON.parse(one(fields, "seen")) ?? {}; } catch { return {}; }
}

/** Only the server knows who said what the file holds, and makes the difference between which she chooses. */
function keepBoth(docs, entry, { child, field, held, brought }) {
  const isHeld = openOnes(docs).some(([, body]) => body.child === child && body.field === field && body.brought === brought);
  if (isHeld) return;
  const { name, home } = docs.get(`child:${child}`);
  const her = docs.get("me")?.user?.full_name ?? "";
  docs.set(`difference:${entry.id}-${field}`, {
    child, name, home, field, held, brought, brought_by: her, made_at: `${chinaTime(entry.made_at)}+08:00`, at: "9", unsent: true,
  });
}

// ── choosing ────────────────────────────────────────────────────────────────────────────────────────────────────────

function differences(asked) {
  const order = ([id, body]) => `${body.at} ${id}`;
  const rows = openOnes(asked.docs).sort((a, b) => (order(a) < order(b) ? -1 : 1)).map(([id, body]) => rowOf(asked, id, body));
  const page = pageOf(rows, asked.query.get("page"), ROWS);
  return { page, rows: page.object_list, now: asked.now };
}

function rowOf({ pack, on, me }, id, body) {
  const child = { name: body.name, get_absolute_url: addressOf(pack, "children:file", { child_id: body.child }) };
  return {
    difference: {
      id,
      child,
      held: body.held ?? "",
      held_by: { full_name: body.held_by ?? "" },
      held_at: body.held_at ?? "",
      brought_by: { full_name: body.brought_by ?? "" },
      made_at: body.made_at,
    },
    about: body.field === WHEREABOUTS ? _("Where %(name)s is", { name: body.who }) : fieldSaid(body.field),
    held: said(body.field, body.held, on),
    brought: said(body.field, body.brought, on),
    may_decide: Boolean(me.post) && !body.unsent,
  };
}

function decided(docs, entry) {
  const id = `difference:${idIn(entry.path)}`;
  const body = docs.get(id);
  if (!body || (body.held ?? "") !== one(entry.fields, "seen")) return;
  docs.delete(id);
  if (one(entry.fields, "keep") !== "brought") return;
  if (body.relative) writeTold(docs, body.relative, body.brought);
  else if (docs.has(`child:${body.child}`)) writeText(docs, body.child, body.field, body.brought ?? "", { unsent: entry.state !== "sent" });
}

// ── the pages ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const pages = { "children:change": change, "children:differences": differences };
export const effects = { "children:change": changed, "children:decide": decided };

const noted = (entry, message) => (entry.state === "sent" ? message : _("Written down. It goes out as soon as there is a network."));

export const done = {
  "children:change": ({ pack }, entry) => ({
    redirect: addressOf(pack, "children:file", { child_id: idIn(entry.path) }),
    message: noted(entry, _("The file is changed.")),
  }),
  "children:decide": ({ pack }, entry) => ({
    redirect: addressOf(pack, "children:differences"),
    message: noted(entry, _("Decided. The other value stays in the history.")),
  }),
};

export const checks = {
  "children:change": ({ docs, params }, fields) => {
    const bornOn = one(fields, "born_on");
    const { registered_on: registeredOn } = docs.get(`child:${params.child_id}`);
    if (bornOn > registeredOn) {
      return { born_on: [_("By this birth date the child was registered before it was born. Please check the year.")] };
    }
    return ofAge(bornOn, registeredOn)
      ? { born_on: [_("The register is for children under 18. By this birth date the child is 18 or older.")] }
      : {};
  },
};

/** The twin of `born_on <= years_before(day, 18)`: for a leap day of a year without one, 28 February. */
function ofAge(bornOn, day) {
  const year = Number(day.slice(0, 4)) - 18;
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  const before = `${year}${day.slice(4) === "-02-29" && !isLeap ? "-02-28" : day.slice(4)}`;
  return bornOn !== "" && bornOn <= before;
}
