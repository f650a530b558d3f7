/* A registration that she has written down: how the village has the child at once, what is wrong with it already, and
   where she goes from there. */

import { addressOf } from "../../addresses.js";
import { checkAlike, checkDoubts, checkRegistration, checkTogether, entryOf, read } from "../../rules/registration.js";
import { areasOf, cleanNumber, masked } from "../../rules/resident_id.js";
import { _, dayOf } from "../../words.js";
import { alikeOf, doubtsOf, livingIn } from "./register.js";

const isSent = (entry) => entry.state === "sent";
const filled = (body) => Object.fromEntries(Object.entries(body).filter(([, value]) => (Array.isArray(value) ? value.length : value)));
const homeIn = (query) => {
  const wanted = query.get("household") ?? "";
  return wanted === "new" ? "" : wanted;
};

/** The registration as the service takes it, with the grown-ups that its home knows. */
function entryFrom(docs, fields, query) {
  const home = homeIn(query);
  const known = Object.fromEntries(livingIn(docs.get(`home:${home}`)).map((one) => [one.id, one]));
  return entryOf(fields, { known, home });
}

// ── what changes at once ────────────────────────────────────────────────────────────────────────────────────────────

export function registered(docs, entry) {
  const { fields } = entry;
  const told = entryFrom(docs, fields, new URLSearchParams(entry.query));
  if (!told.id || !told.born_on || docs.has(`child:${told.id}`)) return;
  addHome(docs, told, fields);
  docs.set(`child:${told.id}`, filled({
    home: told.household,
    name: told.name,
    sex: told.sex,
    born_on: told.born_on,
    ethnic: told.ethnic_group,
    ethnic_words: told.ethnic_words,
    hukou: told.hukou,
    school: told.school_stage,
    boarding: told.is_boarding,
    id_number: masked(cleanNumber(told.resident_id)),
    no_id: told.no_id_reason,
    registered_on: dayOf(new Date(entry.made_at)),
    version: 1,
    kin: kinOf(docs, told),
    care: [careOf(told.carer)],
    unsent: !isSent(entry),
  }));
}

/** A new home, or the one that she chose with the grown-ups that are new to it. */
function addHome(docs, told, fields) {
  const { given } = read(fields);
  const name = `home:${told.household}`;
  const body = docs.get(name) ?? filled({ head_name: given("head_name"), neighbourhood: given("neighbourhood"), address: given("address") });
  const named = peopleIn(told);
  const held = (body.relatives ?? []).map((one) => withRelation(one, named.find(({ id }) => id === one.id)));
  const fresh = named.filter((one) => !isHeld(docs, one.id)).map(relativeOf);
  const relatives = [...held, ...fresh].sort((a, b) => Number(a.as) - Number(b.as));
  docs.set(name, filled({ ...body, relatives }));
}

/** Parents, and whoever looks after the child if it is somebody else. */
function peopleIn({ parents, carer }) {
  const isNamed = carer.kind === "none" || parents.some((one) => one.id === carer.id);
  return isNamed ? parents : [...parents, carer];
}

const withRelation = (held, named) => (named && named.relation < held.as ? { ...held, as: named.relation } : held);

function isHeld(docs, id) {
  return [...docs].some(([name, body]) => name.startsWith("home:") && (body.relatives ?? []).some((one) => one.id === id));
}

function relativeOf(person) {
  return filled({
    id: person.id,
    as: person.relation,
    name: person.name,
    born_on: person.born_on,
    phone: person.phone,
    died_on: person.died_on,
    missing_since: person.missing_since,
    stays: person.away_since ? [[person.away_since, "", person.away_where]] : [],
    unable: person.unable_reason ? [[person.unable_reason, person.unable_since, ""]] : [],
  });
}

function kinOf(docs, told) {
  const line = ({ relation, id }) => [relation, id, ...elsewhere(docs, id, told.household)];
  return peopleIn(told).map(line).sort((a, b) => Number(a[0]) - Number(b[0]));
}

/** The home on whose sheet a grown-up stands, where it is another one. */
function elsewhere(docs, id, homeId) {
  const has = (body) => (body?.relatives ?? []).some((one) => one.id === id);
  if (has(docs.get(`home:${homeId}`))) return [];
  const found = [...docs].find(([name, body]) => name.startsWith("home:") && has(body));
  return found ? [found[0].slice("home:".length)] : [];
}

function careOf(carer) {
  return filled({
    carer: carer.kind === "none" ? "" : carer.id,
    kind: carer.kind,
    since: carer.since,
    entrusted: carer.is_entrusted,
    signed_on: carer.paper_signed_on,
  });
}

// ── what the phone can see to be wrong ──────────────────────────────────────────────────────────────────────────────

export function checkRegistered(asked, fields) {
  const { docs, on, query } = asked;
  const together = { ...checkTogether(fields), ...checkDoubts(fields, doubtsOf(asked, fields)), ...checkAlike(fields, alikeOf(asked, fields)) };
  const entry = entryFrom(docs, fields, query);
  if (Object.keys(together).length || !entry.born_on) return together;
  const wrong = checkRegistration(entry, { on, areas: areasOf(docs.get("areas")) });
  return wrong ? { [wrong.field === "parents" ? "" : wrong.field]: [wrong.sentence] } : {};
}

// ── where she goes from there ───────────────────────────────────────────────────────────────────────────────────────

export function inTheRegister({ pack }, entry) {
  const { given } = read(entry.fields);
  return {
    redirect: addressOf(pack, "children:file", { child_id: given("id") }),
    message: isSent(entry)
      ? _("%(name)s is in the register.", { name: given("name") })
      : _("%(name)s is written down. It goes out as soon as there is a network.", { name: given("name") }),
  };
}
