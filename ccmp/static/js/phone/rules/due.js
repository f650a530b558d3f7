/* When a child is due: the phone's twin of visits/rules/due.py. The chain of deadlines follows from the facts alone,
   in the order of their moments; the last of it runs. Days are "YYYY-MM-DD". */

import { addDays, dayOf, milliseconds } from "../words.js";

const INTERVAL = {
  high: "visits.interval_days.high",
  medium: "visits.interval_days.medium",
  low: "visits.interval_days.low",
};
const FIRST = "visits.first_visit_days";
const RAISED = "visits.raised_to_high_days";

/** A standard's value on a day; `standards` is {name: [[first day, value], ...]}, the oldest first. */
export function standardOn(standards, name, on) {
  const counts = (standards[name] ?? []).filter(([since]) => since <= on);
  if (!counts.length) throw new RangeError(`${name} has no value on ${on}`);
  return counts[counts.length - 1][1];
}

/** The deadlines of one child, oldest first. `turns` is [{on, level, visit}, ...] in the order of their days;
    one without a visit is a trigger that raised the risk. */
export function chainOfDeadlines({ registeredOn, turns, standards, first }) {
  const due = (level, on, rule) => ({ level, set_on: on, due_on: addDays(on, standardOn(standards, rule, on)), rule });
  const chain = [first ?? due("none", registeredOn, FIRST)];
  const follow = (turn, because, next) => {
    Object.assign(chain[chain.length - 1], { closed_on: turn.on, closed_because: because, met_by: turn.visit ?? null });
    chain.push(next);
  };
  for (const turn of turns) {
    const running = chain[chain.length - 1];
    if (turn.visit) {
      follow(turn, "visited", due(turn.level, turn.on, INTERVAL[turn.level]));
      continue;
    }
    const sooner = due(turn.level, turn.on, RAISED);
    if (sooner.due_on < running.due_on) {
      follow(turn, "pulled_forward", sooner);
    } else if (running.level !== "high") {
      const kept = running.due_on > turn.on ? running.due_on : turn.on;
      follow(turn, "pulled_forward", { level: turn.level, set_on: turn.on, due_on: kept, rule: running.rule });
    }
  }
  return chain;
}

/** The turns of a child's risk, from its visits and flags: completed visits first where two moments are the same. */
export function turnsOf({ visits, flags, kinds }) {
  const turns = [
    ...visits.filter((one) => one.level).map((one) => ({ at: one.at, level: one.level, visit: one.id })),
    ...flags.filter((one) => kinds[one.kind]?.makes_high).map((one) => ({ at: one.at, level: "high" })),
  ];
  const inOrder = turns.map((turn, place) => [milliseconds(turn.at), place, turn]);
  inOrder.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return inOrder.map(([, , turn]) => ({ on: dayOf(turn.at), level: turn.level, visit: turn.visit }));
}

/** The deadline that runs: {level, set_on, due_on}. Of a child who left or moved and came, since `since`, it goes on from
 *  what was due before: the server's word of it (`carried`: [level, due_on, rule]), or the phone's own. */
export function runningDeadline({ registeredOn, since, carried, visits, flags, kinds, standards }) {
  const turns = turnsOf({ visits, flags, kinds });
  const last = (some, first) => chainOfDeadlines({ registeredOn, turns: some, standards, first }).at(-1);
  if (!since || since === registeredOn) return last(turns);
  const [level, dueOn, rule] = carried ?? carriedFrom(last(turns.filter(({ on }) => on < since)));
  const first = { level, set_on: since, due_on: dueOn > since ? dueOn : since, rule };
  return last(turns.filter(({ on }) => on >= since), first);
}

const carriedFrom = (due) => [due.level, due.due_on, due.rule];
