/* Where a parent is, since when: the page, and what is written down of it. */

import { addressOf } from "../../addresses.js";
import { checkWhereabouts, follows, goneOn, isSame, textOf, toldOf } from "../../rules/whereabouts.js";
import { read } from "../../rules/registration.js";
import { _ } from "../../words.js";
import { ELSEWHERE } from "../visits/village.js";
import { relationSaid } from "./said.js";
import { childSeen, familyOf } from "./village.js";

const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

export function whereabouts(asked) {
  const { docs, params } = asked;
  const kinship = kinshipOf(docs, params.child_id, params.relative_id);
  if (!kinship) return ELSEWHERE;
  const child = childSeen(asked, params.child_id, docs.get(`child:${params.child_id}`));
  return {
    child,
    kinship: { get_relation_display: relationSaid(kinship.relation), relative: kinship.relative },
    form_state: { values: { id: asked.id(), seen: textOf(toldOf(kinship.relative)) } },
  };
}

function kinshipOf(docs, childId, relativeId) {
  const body = docs.get(`child:${childId}`);
  return (body && familyOf(docs, body).find((one) => one.relative.id === relativeId)) ?? null;
}

function toldIn(fields) {
  const { given, day } = read(fields);
  const place = given("whereabouts");
  return { whereabouts: place, since: day("since"), where: place === "away" ? given("where") : "" };
}

/** As the server merges: who did not see what the file says writes nothing over it, and the server keeps both. */
export function goesOn(docs, { path, fields, state }) {
  const [childId, relativeId] = path.match(IDS) ?? [];
  const kinship = kinshipOf(docs, childId, relativeId);
  const told = toldIn(fields);
  if (!kinship || !told.since) return;
  const held = toldOf(kinship.relative);
  const seen = read(fields).given("seen");
  const differs = seen && seen !== textOf(held) && !follows(told, held);
  if (isSame(held, told) || differs) return;
  const { relative } = goneOn(kinship.relative, told);
  if (!relative) return;
  writeRelative(docs, relative);
  const child = docs.get(`child:${childId}`);
  docs.set(`child:${childId}`, { ...child, unsent: child.unsent || state !== "sent" });
}

function writeRelative(docs, relative) {
  for (const [name, home] of docs) {
    if (!name.startsWith("home:") || !(home.relatives ?? []).some((one) => one.id === relative.id)) continue;
    docs.set(name, { ...home, relatives: home.relatives.map((one) => (one.id === relative.id ? relative : one)) });
  }
}

/** What the phone itself can see to be wrong. */
export function checkGoesOn({ docs, params, on }, fields) {
  const kinship = kinshipOf(docs, params.child_id, params.relative_id);
  const told = toldIn(fields);
  if (!kinship || !told.since) return {};
  const wrong = checkWhereabouts(kinship.relative, told, { on })
    ?? (isSame(toldOf(kinship.relative), told) ? null : goneOn(kinship.relative, told).refusal);
  return wrong ? { [wrong.field]: [wrong.sentence] } : {};
}

export function noted({ pack }, entry) {
  const isSent = entry.state === "sent";
  return {
    redirect: addressOf(pack, "children:file", { child_id: entry.path.match(IDS)[0] }),
    message: isSent ? _("Noted. The labels follow by themselves.") : _("Written down. It goes out as soon as there is a network."),
  };
}
