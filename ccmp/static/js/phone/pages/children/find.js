/* The register of today by name, and one child's file. */

import { byNearness, isFound, nearness, pinyinOf } from "../../rules/names.js";
import { isOfNumber, numberIn } from "../../rules/numbers.js";
import { wordsOf } from "../../searches.js";
import { isInRegister } from "../../rules/labels.js";
import { undecided } from "../differences/file.js";
import { movesPart } from "../moves/leaving.js";
import { trustPart } from "../trust/check.js";
import { waitingFor } from "../trust/waiting.js";
import { pageOf } from "../visits/today.js";
import { markOf, visitsPart } from "../visits/visit.js";
import { ELSEWHERE } from "../visits/village.js";
import { stepsOf } from "./left.js";
import { childSeen, children, familyOf, fileOf, syllablesOf } from "./village.js";

const ROWS = 50;
const LONGEST = 60;

export function find(asked) {
  const { docs, on, query, me } = asked;
  if (query.get("label") || query.has("left")) return ELSEWHERE;
  const words = wordsOf(asked);
  const narrows = [...words.trim()].length <= LONGEST ? words : ""; // what cannot be understood narrows nothing
  const syllables = syllablesOf(docs);
  const isMeant = meantBy(docs, narrows, syllables);
  const near = (name) => (narrows && !numberIn(narrows) ? nearness(syllables, name, narrows) : 0);
  const found = [...children(docs)]
    .filter(([, body]) => isInRegister(body, on) && isMeant(body))
    .map(([id, body]) => ({ id, body, near: near(body.name), pinyin: pinyinOf(syllables, body.name), born_on: body.born_on }))
    .sort(byNearness);
  const page = pageOf(found, query.get("page"), ROWS);
  const rows = page.object_list.map(({ id, body }) => [childSeen(asked, id, body), markOf(asked, id)]);
  return { page, rows, words, sign: query.get("search") ?? "", on, waiting: waitingFor(asked), may_register: Boolean(me.post) };
}

/** Whether a child is meant. Of ID numbers the phone has the masked ones: it finds whoever could be meant. */
function meantBy(docs, said, syllables) {
  const number = numberIn(said);
  if (!number) return (body) => isFound(syllables, body.name, said);
  return (body) => isOfNumber(number, body, familyOf(docs, body).map(({ relative }) => relative.phone ?? ""));
}

export function file(asked) {
  const { docs, on, params, me } = asked;
  if (!docs.has(`child:${params.child_id}`)) return ELSEWHERE;
  const told = fileOf(asked, params.child_id);
  return {
    file: told,
    parts_values: [visitsPart(asked, params.child_id), {}, trustPart(asked, params.child_id), movesPart(asked, params.child_id)],
    id_number: told.child.id_number,
    ...stepsOf(asked, told.child),
    on,
    undecided: undecided(docs, params.child_id),
    may_change: Boolean(me.post),
  };
}
