/* A child moves to another village of the programme, as either side sees it. */

import { addressOf } from "../../addresses.js";
import { compare } from "../../rules/names.js";
import { read } from "../../rules/registration.js";
import { _, addDays, milliseconds } from "../../words.js";
import { childSeen, children, homes } from "../children/village.js";
import { pageOf } from "../visits/today.js";
import { ELSEWHERE } from "../visits/village.js";
import { goneWhySaid, transferStateSaid } from "./said.js";

const ROWS = 50;
const LONGEST = 60;
const LATELY = 183;
const GONE = 50;
const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
const MARKS = { waiting: "running", done: "met", declined: "danger", withdrawn: "exempt", over: "exempt" };
const STATE_AFTER = { take: "done", hand: "done", decline: "declined", withdraw: "withdrawn" };
const WRITTEN = () => _("Written down. It goes out as soon as there is a network.");

// ── the list, and one of it ─────────────────────────────────────────────────────────────────────────────────────────

/** A transfer as pages show it: the twin of ToldTransfer. */
function toldOf({ now }, id, body) {
  const isWaiting = body.state === "waiting";
  return {
    transfer: { id, on: body.on, words: body.words ?? "", answer: body.answer ?? "", child_id: body.child ?? "", get_state_display: transferStateSaid(body.state) },
    is_out: Boolean(body.out),
    is_in: !body.out,
    name: body.name ?? "",
    born_on: body.born_on ?? null,
    place: body.place ?? "",
    new_place: body.out ? (body.place ?? "") : "", // her own village is not named to her
    paper: body.paper ?? {},
    may_answer: isWaiting && body.may === "answer",
    may_withdraw: isWaiting && body.may === "withdraw",
    is_late: isWaiting && Boolean(body.late_at) && milliseconds(body.late_at) < now.getTime(),
    mark: MARKS[body.state],
    is_offered: body.asked === "old",
    is_waiting: isWaiting,
    is_done: body.state === "done",
    is_over: body.state === "over",
    child_is_here: Boolean(body.child),
    unsent: body.unsent,
  };
}

function held(docs) {
  const found = [...docs].filter(([name]) => name.startsWith("transfer:"));
  const order = ([, body]) => [body.state === "waiting" ? 0 : 1, -milliseconds(body.at)];
  return found.sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1] || (a[0] < b[0] ? -1 : 1));
}

/** Transfers that wait for her answer. */
export const toAnswer = (docs) => held(docs).filter(([, body]) => body.state === "waiting" && body.may === "answer");

export function transfers(asked) {
  const { docs, on, query, me } = asked;
  const page = pageOf(held(docs), query.get("page"), ROWS);
  const rows = page.object_list.map(([name, body]) => toldOf(asked, name.slice("transfer:".length), body));
  return { page, rows, on, may_ask: Boolean(me.post), gone: goneLately(asked) };
}

function goneLately(asked) {
  const { docs, on } = asked;
  const left = [...children(docs)].filter(([, body]) => body.gone_on && body.gone_on > addDays(on, -LATELY) && body.gone_on <= on);
  left.sort(([a, one], [b, other]) => compare(other.gone_on, one.gone_on) || compare(a, b));
  return left.slice(0, GONE).map(([id, body]) => ({ ...childSeen(asked, id, body), get_gone_why_display: goneWhySaid(body.why) }));
}

export function answer(asked) {
  const { docs, on, params } = asked;
  const body = docs.get(`transfer:${params.transfer_id}`);
  if (!body) return ELSEWHERE;
  const told = toldOf(asked, params.transfer_id, body);
  if (!told.may_answer) return { template: "children/transfer.html", told, on };
  if (!told.is_offered) return { template: "children/transfer_hand.html", told, on, form_state: { values: { id: asked.id() } } };
  return {
    template: "children/transfer_take.html",
    told,
    on,
    form_state: { values: { id: asked.id() }, choices: { home: [["", _("Choose one")], ["new", _("A new home")], ...homeChoices(docs)] } },
  };
}

export function checkAnswer(_asked, fields) {
  const { given } = read(fields);
  return given("step") === "decline" && !given("words") ? { words: [_("Write why not: the other village reads it.")] } : {};
}

function homeChoices(docs) {
  const found = [...homes(docs)].map(([id, { head_name: head = "", neighbourhood = "" }]) => ({ id, head, neighbourhood }));
  found.sort((a, b) => compare(a.neighbourhood, b.neighbourhood) || compare(a.head, b.head) || compare(a.id, b.id));
  return found.map(({ id, head, neighbourhood }) => [id, neighbourhood ? `${head}·${neighbourhood}` : head]);
}

// ── to which village ────────────────────────────────────────────────────────────────────────────────────────────────

export function transfer(asked) {
  const { docs, params, query } = asked;
  const body = docs.get(`child:${params.child_id}`);
  if (!body || query.has("wide")) return ELSEWHERE;
  const child = childSeen(asked, params.child_id, body);
  const to = query.get("to");
  if (to) {
    const village = villagesOf(docs).find(({ code }) => code === to);
    if (!village) return ELSEWHERE;
    return { template: "children/transfer_new.html", child, village, form_state: { values: { id: asked.id(), village_id: to } } };
  }
  const words = [...(query.get("q") ?? "")].slice(0, LONGEST).join("");
  const wanted = words.split(/\s+/u).filter(Boolean);
  const villages = villagesOf(docs).filter((one) => wanted.every((word) => isIn(one, word)));
  return { template: "children/transfer_village.html", child, villages, words, wide: false };
}

function villagesOf(docs) {
  const { county = "", rows = [] } = docs.get("villages") ?? {};
  return rows.map(([code, name, township]) => ({ code, name, township, county }));
}

const isIn = ({ code, name, township, county }, word) => code.startsWith(word) || [name, township, county].some((one) => one.includes(word));

// ── what changes at once ────────────────────────────────────────────────────────────────────────────────────────────

export function offered(docs, entry) {
  const { given, day } = read(entry.fields);
  const childId = entry.path.match(IDS)?.[0];
  const body = docs.get(`child:${childId}`);
  const village = villagesOf(docs).find(({ code }) => code === given("village_id"));
  if (!body || !given("id") || docs.has(`transfer:${given("id")}`)) return;
  docs.set(`transfer:${given("id")}`, {
    out: true, asked: "old", state: "waiting", on: day("on"), at: entry.made_at, words: given("words"), name: body.name,
    born_on: body.born_on, place: village ? `${village.township}${village.name}` : "", child: childId, may: "withdraw",
    unsent: entry.state !== "sent",
  });
}

export function answered(docs, entry) {
  const { given } = read(entry.fields);
  const name = `transfer:${entry.path.match(IDS)?.[0]}`;
  const body = docs.get(name);
  const state = STATE_AFTER[given("step")];
  if (!body || body.state !== "waiting" || !state) return;
  const answerSaid = given("step") === "decline" || given("step") === "hand" ? given("words") : body.answer;
  docs.set(name, { ...body, state, answer: answerSaid, unsent: entry.state !== "sent" });
}

// ── where she goes from there ───────────────────────────────────────────────────────────────────────────────────────

const list = (pack) => addressOf(pack, "children:transfers", {});

export function asked({ pack }, entry) {
  const said = _("The other village is asked. You see here what it answers.");
  return { redirect: list(pack), message: entry.state === "sent" ? said : WRITTEN() };
}

const SAID = {
  take: () => _("The child is in your register now, with its file."),
  hand: () => _("The child is handed over. The other village keeps the file now."),
  decline: () => _("Declined. The other village reads why."),
  withdraw: () => _("Taken back."),
};

export function wasAnswered({ pack }, entry) {
  const said = SAID[read(entry.fields).given("step")] ?? WRITTEN;
  return { redirect: list(pack), message: entry.state === "sent" ? said() : WRITTEN() };
}
