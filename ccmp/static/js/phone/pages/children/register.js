/* Registering a child: whose home, then the child and its grown-ups. */

import { byName, compare } from "../../rules/names.js";
import { isParent } from "../../rules/labels.js";
import { _ } from "../../words.js";
import { pageOf } from "../visits/today.js";
import { ELSEWHERE } from "../visits/village.js";
import { relationSaid } from "./said.js";
import { childSeen, children, homeSeen, homes } from "./village.js";

const HOMES = 30;
const LONGEST = 60;
const NEW_HOME = "new";
const NAMESAKES = 5;
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

function chooseHome({ docs, query }) {
  const words = [...(query.get("q") ?? "")].slice(0, LONGEST).join("");
  const text = words.replace(/[\s\0\x1c-\x1f\x85]+/gu, "");
  const lived = childrenByHome(docs);
  const found = [...homes(docs)]
    .map(([id, body]) => ({ ...homeSeen(id, body), children: { all: namesIn(lived.get(id), body.others) } }))
    .filter((home) => !text || isHome(home, text))
    .sort((a, b) => compare(a.neighbourhood, b.neighbourhood) || compare(a.head_name, b.head_name) || compare(a.id, b.id));
  return { template: "children/choose_home.html", page: pageOf(found, query.get("page"), HOMES), words };
}

const isHome = (home, text) => home.head_name.includes(text) || home.neighbourhood.includes(text)
  || home.children.all.some((child) => child.name.includes(text));

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
    namesakes: asked.state ? namesakesOf(asked, asked.state.values) : [],
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

/** Children of the village who have the name that was written, in their order. */
export function namesakesOf(asked, values) {
  const text = (name) => [values?.[name] ?? ""].flat()[0]?.trim() ?? "";
  const same = [...children(asked.docs)].filter(([id, body]) => body.name === text("name") && id !== text("id"));
  return same.map(([id, body]) => childSeen(asked, id, body)).sort(byName).slice(0, NAMESAKES);
}
