/* Benefits on the phone: how far each is that concerns a child, the village's list of those that nobody receives yet, and
   what she notes of one. Rules are judged at the office alone: the sheets hold what it found by the last contact. */

import { addressOf } from "../addresses.js";
import { isInRegister } from "../rules/labels.js";
import { compare } from "../rules/names.js";
import { read } from "../rules/registration.js";
import { answerClock } from "../rules/working_days.js";
import { _ } from "../words.js";
import { childSeen, children as childrenIn } from "./children/village.js";
import { pageOf } from "./visits/today.js";
import { ELSEWHERE } from "./visits/village.js";

const ROWS = 50;
const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/;
const MARKS = { may_qualify: "short", applied: "running", receiving: "met", refused: "danger", ended: "exempt" };
const OPEN = ["may_qualify", "applied", "refused", "ended"];
const RUNNING = ["applied", "receiving"];
const STATE_AFTER = { applied: "applied", granted: "receiving", received: "receiving", refused: "refused", ended: "ended" };

const labels = () => ({
  may_qualify: _("may qualify, to be checked"),
  applied: _("applied for"),
  receiving: _("receiving"),
  refused: _("refused"),
  ended: _("ended"),
});

function claimSeen([code, state, since, qualifies, answer], { docs, on }) {
  const answers = docs.get("answers");
  return {
    claim: {
      code,
      since,
      mark: MARKS[state],
      state: { label: labels()[state] },
      answer: answer ?? "",
      is_unclaimed: Boolean(qualifies) && OPEN.includes(state),
      is_applied: state === "applied",
      is_received: state === "receiving",
    },
    clock: state === "applied" && answers ? answerClock(since, answers.within[code], on, answers) : null,
  };
}

function entitlements(asked) {
  const { docs, on, query } = asked;
  const found = [...childrenIn(docs)]
    .filter(([, body]) => body.claims && isInRegister(body, on))
    .flatMap(([id, body]) => body.claims.map((one) => ({ id, body, ...claimSeen(one, asked) })))
    .filter(({ claim }) => claim.is_unclaimed)
    .sort((a, b) => compare(a.claim.since, b.claim.since) || compare(a.body.name, b.body.name) || compare(a.id, b.id) || compare(a.claim.code, b.claim.code));
  const page = pageOf(found, query.get("page"), ROWS);
  const rows = page.object_list.map((one) => ({ ...one, child: childSeen(asked, one.id, one.body) }));
  return { page, rows, on };
}

function ofChild(asked) {
  const { docs, on, params } = asked;
  const body = docs.get(`child:${params.child_id}`);
  if (!body) return ELSEWHERE;
  const claims = (body.claims ?? []).map((one) => claimSeen(one, asked));
  return { child: childSeen(asked, params.child_id, body), claims, on, form_state: { values: { id: asked.id() } } };
}

function toldIn(fields) {
  const { given, day } = read(fields);
  return { benefit: given("benefit"), step: given("step"), on: day("on"), why: given("why") };
}

/** What she noted stands on the child's sheet at once; whether the child may qualify stays as the office found it. */
function noted(docs, { path, fields, state }) {
  const name = `child:${ID.exec(path)?.[0]}`;
  const [child, told] = [docs.get(name), toldIn(fields)];
  const after = STATE_AFTER[told.step];
  if (!child || !told.benefit || !told.on || !after) return;
  const held = child.claims ?? [];
  const before = held.find(([code]) => code === told.benefit);
  const line = [told.benefit, after, told.on, before?.[3] ?? 0, ...(told.why && ["refused", "ended"].includes(after) ? [told.why] : [])];
  const claims = before ? held.map((one) => (one === before ? line : one)) : [...held, line];
  docs.set(name, { ...child, claims, unsent: child.unsent || state !== "sent" });
}

/** The twins of check_day, of the states that may follow, and of the reason that a refusal needs. */
function checkNoted({ docs, params, on }, fields) {
  const child = docs.get(`child:${params.child_id}`);
  const told = toldIn(fields);
  if (!child || !told.benefit || !told.step || !told.on) return {};
  const held = (child.claims ?? []).find(([code]) => code === told.benefit);
  const isRunning = RUNNING.includes(held?.[1]);
  if (["applied", "received"].includes(told.step) && isRunning) {
    return { benefit: [_("This benefit is applied for or received already. Look at its state first.")] };
  }
  if (told.step === "refused" && !told.why) return { why: [_("Write the reason that the office gave.")] };
  if (told.on > on) return { on: [_("The day lies in the future. Note it once it has come.")] };
  if (told.on < child.born_on) return { on: [_("The day lies before the child was born. Please check it.")] };
  if (isRunning && told.on < held[2]) {
    return { on: [_("The step before was on %(day)s. Choose that day or a later one.", { day: held[2] })] };
  }
  return {};
}

/* ── a ground of difficulty: the phone keeps none, so it says only that something of the child is not sent yet ── */

const OF_A_DISABILITY = ["disability", "diagnosed"];

function ground(asked) {
  const body = asked.docs.get(`child:${asked.params.child_id}`);
  if (!body) return ELSEWHERE;
  return { child: childSeen(asked, asked.params.child_id, body), form_state: { values: { id: asked.id() } } };
}

function groundNoted(docs, { path, state }) {
  const name = `child:${ID.exec(path)?.[0]}`;
  const child = docs.get(name);
  if (child) docs.set(name, { ...child, unsent: child.unsent || state !== "sent" });
}

/** The twins of check_day and of what a disability needs. */
function checkGround({ docs, params, on }, fields) {
  const child = docs.get(`child:${params.child_id}`);
  const { given, day } = read(fields);
  if (!child) return {};
  if (day("on") > on) return { on: [_("The day lies in the future. Note it once it has come.")] };
  if (day("on") && day("on") < child.born_on) return { on: [_("The day lies before the child was born. Please check it.")] };
  if (given("ends") || !OF_A_DISABILITY.includes(given("kind"))) return {};
  if (given("kind") === "diagnosed" && !given("disability")) {
    return { disability: [_("Choose the kind, as the hospital's paper has it.")] };
  }
  if (given("kind") === "disability" && !(given("disability") && given("level"))) {
    return { disability: [_("Copy the kind and the level from the certificate.")] };
  }
  return {};
}

const toBenefits = ({ pack }, entry, sent) => ({
  redirect: addressOf(pack, "children:entitlements-of", { child_id: ID.exec(entry.path)[0] }),
  message: entry.state === "sent" ? sent : _("Written down. It goes out as soon as there is a network."),
});

export const pages = { "children:entitlements": entitlements, "children:entitlements-of": ofChild, "children:ground": ground };
export const effects = { "children:entitlements-of": noted, "children:ground": groundNoted };
export const checks = { "children:entitlements-of": checkNoted, "children:ground": checkGround };
export const done = {
  "children:entitlements-of": (asked, entry) => toBenefits(asked, entry, _("Noted.")),
  "children:ground": (asked, entry) =>
    toBenefits(asked, entry, _("Noted. What the child may qualify for follows by itself.")),
};
