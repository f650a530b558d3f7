/* Registering a child: whose home, then the child and its grown-ups. */

import { byName, compare, initialsOf, isFoundAmong, isSpoken, pinyinOf } from "../../rules/names.js";
import { phoneDigits } from "../../rules/numbers.js";
import { read } from "../../rules/registration.js";
import { areasOf, checkResidentId, cleanNumber, masked, oddOf } from "../../rules/resident_id.js";
import { likeness } from "../../rules/similar.js";
import { isParent } from "../../rules/labels.js";
import { wordsOf } from "../../searches.js";
import { _ } from "../../words.js";
import { pageOf } from "../visits/today.js";
import { ELSEWHERE } from "../visits/village.js";
import { relationSaid } from "./said.js";
import { childSeen, children, familyOf, homeSeen, homes, syllablesOf } from "./village.js";

const HOMES = 30;
const LONGEST = 60;
const NEW_HOME = "new";
const OF_A_NEW_HOME = ["head_name", "neighbourhood", "address", "household_id"];
const ALIKE = 5;
const WHOLE = 18; // characters of an ID number
const FAR_AWAY = "9999-12-31"; // a birth date to come is refused by itself
const FATHERS = ["51", "57"];
const MOTHERS = ["52", "58"];

export function register(asked) {
  const wanted = asked.query.get("household");
  if (!wanted) return chooseHome(asked);
  if (wanted === NEW_HOME) return fillIn(asked, null);
  const home = asked.docs.get(`home:${wanted}`);
  return home ? fillIn(asked, homeSeen(wanted, home)) : ELSEWHERE;
}

// ── whose home ──────────────────────────────────────────────────────────────────────────────────────────────────────

function chooseHome(asked) {
  const { docs, query } = asked;
  const words = [...wordsOf(asked)].slice(0, LONGEST).join("");
  const syllables = syllablesOf(docs);
  const lived = childrenByHome(docs);
  const found = [...homes(docs)]
    .map(([id, body]) => ({ ...homeSeen(id, body), children: { all: namesIn(lived.get(id), body.others) } }))
    .filter((home) => isFoundAmong(syllables, namesOf(home), words))
    .sort((a, b) => compare(a.neighbourhood, b.neighbourhood) || compare(a.head_name, b.head_name) || compare(a.id, b.id));
  return { template: "children/choose_home.html", page: pageOf(found, query.get("page"), HOMES), words };
}

const namesOf = (home) => [home.head_name, home.neighbourhood, ...home.children.all.map((child) => child.name)];

function childrenByHome(docs) {
  const lived = new Map();
  for (const [id, body] of children(docs)) lived.set(body.home, [...(lived.get(body.home) ?? []), { ...body, id }]);
  return lived;
}

/** The eldest first; others are those who have left the register: [name, day of birth]. */
function namesIn(held = [], others = []) {
  const all = [...held, ...others.map(([name, bornOn]) => ({ name, born_on: bornOn, id: "" }))];
  return all.sort((a, b) => compare(a.born_on, b.born_on) || compare(a.id, b.id)).map(({ name }) => ({ name }));
}

// ── the form ────────────────────────────────────────────────────────────────────────────────────────────────────────

function fillIn(asked, household) {
  const ids = Object.fromEntries(["id", "household_id", "father_id", "mother_id", "carer_id"].map((name) => [name, asked.id()]));
  const choices = choicesFrom(livingIn(household));
  return {
    template: "children/register.html",
    household,
    not_asked: household ? OF_A_NEW_HOME : [],
    doubts: asked.state ? doubtsOf(asked, asked.state.values) : [],
    alike: asked.state ? alikeOf(asked, asked.state.values) : [],
    form_state: { values: { ...ids, father: choices.father[0][0], mother: choices.mother[0][0] }, choices },
  };
}

/** The living grown-ups that a home's sheet knows: the twin of relatives_of. */
export const livingIn = (household) => (household?.relatives ?? []).filter((one) => !one.died_on);

function choicesFrom(known) {
  const held = (isWanted) => known.filter((one) => isWanted(one.as)).map((one) => [one.id, `${relationSaid(one.as)} ${one.name}`]);
  const either = [["new", _("Yes, I write it below")], ["none", _("Not now")]];
  const parents = [["father", _("The father")], ["mother", _("The mother")]];
  return {
    father: [...held((relation) => FATHERS.includes(relation)), ...either],
    mother: [...held((relation) => MOTHERS.includes(relation)), ...either],
    carer: [...held((relation) => !isParent(relation)), ...parents, ["new", _("Somebody else, below")], ["none", _("Nobody")]],
  };
}

/** Children of the village who may be the one that is written, the likeliest first: the twin of alike_in. */
export function alikeOf(asked, values) {
  const { docs } = asked;
  const { given, day } = read(listed(values));
  if (!given("name")) return [];
  const phones = ["father", "mother", "carer"].filter((who) => given(who) === "new").map((who) => phoneDigits(given(`${who}_phone`)));
  const number = cleanNumber(given("resident_id"));
  const shown = number.length === WHOLE ? masked(number) : "";
  const wanted = described(docs, { name: given("name"), born_on: day("born_on"), id_number: shown }, phones);
  const found = [...children(docs)].filter(([id]) => id !== given("id")).map(([id, body]) => {
    const held = familyOf(docs, body).map(({ relative }) => phoneDigits(relative.phone ?? ""));
    return { child: childSeen(asked, id, body), ...likeness(wanted, described(docs, body, held)) };
  });
  const enough = found.filter((one) => one.isEnough).sort((a, b) => b.points - a.points || byName(a.child, b.child));
  return enough.slice(0, ALIKE);
}

/** What is odd about the ID number that was written, as sentences. */
export function doubtsOf({ docs }, values) {
  const { given, day } = read(listed(values));
  const [number, asked] = [given("resident_id"), { bornOn: day("born_on"), sex: given("sex"), areas: areasOf(docs.get("areas")) }];
  if (!number || checkResidentId(number, { on: FAR_AWAY, ...asked })) return [];
  return oddOf(number, asked).map((one) => one.sentence);
}

/** A name with a character that no child of the village has cannot be spoken. */
function described(docs, { name, born_on: bornOn, id_number: number }, phones) {
  const syllables = syllablesOf(docs);
  const heard = isSpoken(syllables, name) ? { pinyin: pinyinOf(syllables, name), initials: initialsOf(syllables, name) } : { pinyin: "", initials: "" };
  return { name, born_on: bornOn, ...heard, phones: phones.filter(Boolean), number: number ?? "" };
}

/** Texts as they are posted, each in a list. */
const listed = (values) => Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, [value].flat()]));
