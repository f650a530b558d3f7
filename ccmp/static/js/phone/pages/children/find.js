/* The register of today by name, and one child's file. */

import { byName, isFound, pinyinOf } from "../../rules/names.js";
import { isInRegister } from "../../rules/labels.js";
import { undecided } from "../differences/file.js";
import { pageOf } from "../visits/today.js";
import { markOf, visitsPart } from "../visits/visit.js";
import { ELSEWHERE } from "../visits/village.js";
import { childSeen, children, fileOf, syllablesOf } from "./village.js";

const ROWS = 50;
const LONGEST = 60;

export function find(asked) {
  const { docs, on, query, me } = asked;
  if (query.get("label")) return ELSEWHERE;
  const words = query.get("q") ?? "";
  const narrows = [...words.trim()].length <= LONGEST ? words : ""; // what cannot be understood narrows nothing
  const syllables = syllablesOf(docs);
  const found = [...children(docs)]
    .filter(([, body]) => isInRegister(body, on) && isFound(syllables, body.name, narrows))
    .map(([id, body]) => ({ id, body, pinyin: pinyinOf(syllables, body.name), born_on: body.born_on }))
    .sort(byName);
  const page = pageOf(found, query.get("page"), ROWS);
  const rows = page.object_list.map(({ id, body }) => [childSeen(asked, id, body), markOf(asked, id)]);
  return { page, rows, words, on, may_register: Boolean(me.post) };
}

export function file(asked) {
  const { docs, on, params, me } = asked;
  if (!docs.has(`child:${params.child_id}`)) return ELSEWHERE;
  const told = fileOf(asked, params.child_id);
  return {
    file: told,
    parts_values: [visitsPart(asked, params.child_id)],
    id_number: told.child.id_number,
    on,
    undecided: undecided(docs, params.child_id),
    may_change: Boolean(me.post),
  };
}
