/* Two people, one file, on the phone: what a changed file is at once, and choosing between two values. */

import { addressOf } from "../addresses.js";
import { masked } from "../rules/resident_id.js";
import { _, chinaTime } from "../words.js";
import { saidIn, seenIn } from "./children/steps.js";
import { WHEREABOUTS, openOnes, said, textsOf, writeCare, writeKin, writeText, writeTold } from "./differences/file.js";
import { fieldSaid } from "./differences/labels.js";
import { pageOf } from "./visits/today.js";

const ROWS = 20;
const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/;
const idIn = (path) => UUID.exec(path)?.[0] ?? "";
const one = (fields, name) => (fields[name]?.[0] ?? "").trim();

// ── a file that was said anew ───────────────────────────────────────────────────────────────────────────────────────

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
    else keepBoth(docs, entry, { child: childId, field, held, brought: field === "resident_id" ? masked(told[field]) : told[field] });
  }
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

function rowOf({ docs, pack, on, me }, id, body) {
  const counties = docs.get("counties") ?? {};
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
    about: aboutOf(body),
    held: said(body.field, body.held, on, counties),
    brought: said(body.field, body.brought, on, counties),
    may_decide: Boolean(me.post) && !body.unsent,
  };
}

function aboutOf({ field, who }) {
  if (field === WHEREABOUTS) return _("Where %(name)s is", { name: who });
  return who ? `${who}·${fieldSaid(field)}` : fieldSaid(field);
}

function decided(docs, entry) {
  const id = `difference:${idIn(entry.path)}`;
  const body = docs.get(id);
  if (!body || (body.held ?? "") !== one(entry.fields, "seen")) return;
  docs.delete(id);
  if (one(entry.fields, "keep") !== "brought") return;
  if (body.field === WHEREABOUTS) writeTold(docs, body.relative, body.brought);
  else if (body.relative) writeKin(docs, body.relative, body.field, body.brought ?? "");
  else if (body.field === "care") writeCare(docs, body.child, body.brought);
  else if (docs.has(`child:${body.child}`)) writeText(docs, body.child, body.field, body.brought ?? "", { unsent: entry.state !== "sent" });
}

// ── the pages ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const pages = { "children:differences": differences };
export const effects = { "children:change": changed, "children:decide": decided };

export const done = {
  "children:decide": ({ pack }, entry) => ({
    redirect: addressOf(pack, "children:differences"),
    message: entry.state === "sent" ? _("Decided. The other value stays in the history.") : _("Written down. It goes out as soon as there is a network."),
  }),
};
