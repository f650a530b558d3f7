/* Recording a visit, one visit's page, and what a child's file shows of them. */

import { DANGER } from "../../rules/checklist.js";
import { _, addDays, chinaTime, milliseconds } from "../../words.js";
import { LEVEL_STATES, RATING_STATES, kindSaid, ratingSaid } from "./said.js";
import { itemSaid } from "./today.js";
import {
  ELSEWHERE, elsewhereOf, checklistOf, childOf, daysLate, deadlineOf, deadlinesDue, findVisit, flagsOf, isInRegister, visitsOf,
} from "./village.js";

const WEEK_AHEAD = 7;
const HALF_A_YEAR = 183 * 86_400_000;
const POINTS = 5;
const VISITS_SHOWN = 6;
const LOOKED_AT = 20;
const FLAGS_SHOWN = 4;
const HEIGHTS = { high: 16, medium: 48, low: 80 };
const LEFT = 16;
const RIGHT = 92;

/** The form: who it is, and what was answered last time, by question. */
export function record(asked) {
  const child = childOf(asked, asked.params.child_id);
  if (!child) return ELSEWHERE;
  const before = visitsOf(asked.docs, child.id).find((one) => one.score !== null) ?? null;
  const last = before && Object.fromEntries(checklistOf(asked.docs).items.map((item) => [item.id, lastTime(before, item)]));
  return { child, last, on: asked.on, form_state: { values: { id: asked.id(), made_at: chinaTime(asked.now) } } };
}

function lastTime(visit, item) {
  const rating = visit.answers?.[item.id];
  return rating === undefined ? ["exempt", _("not asked")] : [RATING_STATES[rating], ratingSaid(rating)];
}

/** One visit: what came out of it, what has still to be reported, who else at that home is due. */
export function visit(asked) {
  const found = findVisit(asked.docs, asked.params.visit_id);
  const child = found && childOf(asked, found.child_id);
  if (!child || !found.answers) return ELSEWHERE;
  const { docs, now, on } = asked;
  const flags = flagsOf(asked, child.id).filter((one) => milliseconds(one.raised_at) >= milliseconds(found.made_at));
  const answers = answersOf(found, asked.pack);
  const raised = new Set(flags.map((flag) => flag.kind));
  const toReport = answers
    .filter(({ item, rating }) => rating === DANGER && item.report && !raised.has(item.report))
    .map(({ item }) => ({ item, kind: { value: item.report, label: kindSaid(item.report) } }));
  const due = deadlinesDue(asked, { by: addDays(on, WEEK_AHEAD), on });
  const page = {
    visit: { ...found, child },
    answers,
    not_asked: (found.checklist?.items ?? checklistOf(docs).items).length - answers.length,
    to_report: toReport,
    is_urgent: toReport.some(({ item }) => item.mandatory),
    flags,
    deadline: deadlineOf(asked, child.id),
    others_at_home: due.filter((one) => one.child.household.id === child.household.id && one.child_id !== child.id),
    on,
  };
  return { page, now, may_visit: Boolean(asked.me.post) };
}

/** The answers, the worst first. */
function answersOf(found, pack) {
  const answers = (found.checklist?.items ?? [])
    .filter((item) => found.answers?.[item.id] !== undefined)
    .map((item) => ({ item: { ...item, words: itemSaid(item, pack) }, rating: found.answers[item.id], note: found.notes[item.id] ?? "" }))
    .map((one) => ({ ...one, state: RATING_STATES[one.rating] }));
  return answers.sort((a, b) => b.rating - a.rating);
}

// ── beside a child's file ───────────────────────────────────────────────────────────────────────────────────────────

/** The risk of a child, as a list shows it: {state, word}. The twin of levels_of. */
export function markOf(asked, childId) {
  const deadline = deadlineOf(asked, childId);
  return { state: LEVEL_STATES[deadline.level], word: deadline.get_level_display };
}

/** What a child's file shows of visits and flags: `part.values` of visits/file_*.html. The twin of visits_part. */
export function visitsPart(asked, childId) {
  const { docs, now, on } = asked;
  const deadline = deadlineOf(asked, childId);
  const visits = visitsOf(docs, childId);
  const recent = visits.slice(0, LOOKED_AT).filter((one) => milliseconds(one.made_at) > now.getTime() - HALF_A_YEAR);
  return {
    deadline: isInRegister(docs.get(`child:${childId}`), on) ? deadline : null,
    days_late: daysLate(deadline, on),
    visits: visits.slice(0, VISITS_SHOWN),
    flags: flagsOf(asked, childId).slice(0, FLAGS_SHOWN),
    elsewhere: elsewhereOf(asked.docs, childId),
    trend: trendOf(recent),
    on,
    now,
  };
}

/** The drawing of the last completed visits (given newest first); fewer than two draw no line. */
export function trendOf(visits) {
  const assessed = visits.filter((one) => one.level in HEIGHTS).slice(0, POINTS).reverse();
  if (assessed.length < 2) return null;
  const step = (RIGHT - LEFT) / (assessed.length - 1);
  const points = assessed.map((one, number) => ({
    x: `${halfToEven(LEFT + number * step)}%`, y: HEIGHTS[one.level], visit: one, state: LEVEL_STATES[one.level],
  }));
  const [first, last] = [points[0].y, points[points.length - 1].y];
  const lines = points.slice(1).map((point, number) => [points[number], point]);
  return { points, lines, went: last < first ? "up" : last > first ? "down" : "level" };
}

/** Rounded as Python rounds. */
function halfToEven(number) {
  const whole = Math.round(number);
  return Math.abs(number % 1) === 0.5 && whole % 2 ? whole - 1 : whole;
}
