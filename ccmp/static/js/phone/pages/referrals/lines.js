/* Referrals and their tasks as pages speak of them: the twin of referrals/services/mine.py. */

import { addressOf } from "../../addresses.js";
import { _, milliseconds } from "../../words.js";

const STATES = { sent: "running", accepted: "running", returned: "short", completed: "met", confirmed: "met", withdrawn: "exempt" };

const resultSaid = (result) => ({
  solved: _("The child has what it needed"),
  partly: _("Partly: something could not be done"),
  not_possible: _("It could not be done"),
  not_needed: _("No longer needed"),
})[result];

const stateSaid = (state) => ({
  sent: _("waiting to be accepted"),
  accepted: _("being done"),
  returned: _("returned"),
  completed: _("done, says the department"),
  confirmed: _("the child has it"),
  withdrawn: _("withdrawn by the county"),
})[state];

/** A referral with a line for each task: {referral, tasks, waits}. */
export function linesOf(asked, id, body) {
  const referral = {
    id,
    child: { name: body.name, get_absolute_url: addressOf(asked.pack, "children:file", { child_id: body.child }) },
    goal: body.goal,
    goal_due_on: body.due_on ?? null,
    state: body.result ? "closed" : "open",
    opened_at: body.opened_at,
    get_result_display: resultSaid(body.result) ?? "",
    closing_words: body.words ?? "",
  };
  const tasks = (body.tasks ?? []).map((task) => lineOf(asked, task));
  return { referral, tasks, waits: tasks.some((line) => line.waits) };
}

function lineOf(asked, task) {
  const department = { name: task.department, toString() { return task.department; } };
  return {
    task: { ...task, department, get_state_display: task.unsent ? _("not sent yet") : stateSaid(task.state) },
    state: task.unsent ? "running" : STATES[task.state],
    last: { why: task.words ?? "" },
    answered_by: task.by ? { full_name: task.by } : null,
    waits: task.state === "completed" && Boolean(asked.me.post),
  };
}

/** All referrals, the newest first. */
export function referralsOf(asked) {
  const rows = [...asked.docs].filter(([name]) => name.startsWith("referral:"));
  const found = rows.map(([name, body]) => linesOf(asked, name.slice("referral:".length), body));
  return found.sort((a, b) => milliseconds(b.referral.opened_at) - milliseconds(a.referral.opened_at)
    || (a.referral.id < b.referral.id ? -1 : 1));
}

/** What the departments do about a flag, told on its own page: `part.values` of referrals/flag_part.html. */
export function partOfFlag(asked, flagId) {
  const found = [...asked.docs].find(([name, body]) => name.startsWith("referral:") && body.flag === flagId);
  return { row: found ? linesOf(asked, found[0].slice("referral:".length), found[1]) : null };
}
