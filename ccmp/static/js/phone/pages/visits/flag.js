/* Raising a flag, what became of one, and the note after the call to the police. */

import { chinaTime } from "../../words.js";
import { partOfFlag } from "../referrals/lines.js";
import { flagClockSaid, flagStateSaid } from "./said.js";
import { ELSEWHERE, asksOf, childOf, findFlag } from "./village.js";

/** Report that something is wrong with a child, from its file, from a visit, or alone. */
export function raiseFlag(asked) {
  const { query, docs, state } = asked;
  const child = query.get("child") ? childOf(asked, query.get("child")) : null;
  if (query.get("child") && !child) return ELSEWHERE;
  const kind = state?.values?.kind ?? query.get("kind") ?? "";
  const values = { id: asked.id(), kind: query.get("kind") ?? "", visit: query.get("visit") ?? "" };
  return { child, is_mandatory: asksOf(docs).kinds[kind]?.severity === "mandatory", form_state: { values } };
}

/** What became of one report: its clocks, the county's answer, each step. */
export function flag(asked) {
  const found = findFlag(asked, asked.params.flag_id);
  if (!found) return ELSEWHERE;
  const clocks = found.clocks.map(([kind, startedAt, dueAt, stoppedAt]) => ({
    get_kind_display: flagClockSaid(kind), started_at: startedAt, due_at: dueAt, stopped_at: stoppedAt || null,
  }));
  const moves = found.moves.map(([wentTo, at]) => ({ get_went_to_display: flagStateSaid(wentTo), at }));
  const values = [partOfFlag(asked, found.id)]; // in the order of settings.PARTS_OF_A_FLAG_ON_THE_PHONE
  return { flag: found, now: asked.now, clocks, moves, parts_values: values, may_raise: Boolean(asked.me.post) };
}

/** After the call: whom of the police she told, and when. */
export function tellPolice(asked) {
  const found = findFlag(asked, asked.params.flag_id);
  if (!found) return ELSEWHERE;
  return { flag: found, form_state: { values: { police_told_at: chinaTime(asked.now) } } };
}
