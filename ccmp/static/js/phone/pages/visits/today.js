/* The first page and the list of homes: where to go today, what came back, whom to ask after. */

import { addDays, dayOf, milliseconds, pgettext, _ } from "../../words.js";
import { door } from "../clubs.js";
import { openOnes } from "../differences/file.js";
import { LEVEL_STATES, kindSaid } from "./said.js";
import { byHome, checklistOf, childOf, deadlinesDue, daysLate, flagsOf, register, sheetOf, visitSeen } from "./village.js";

const DAY = 86_400_000;
const WEEK_AHEAD = 7;
const NEWS_KEPT = 30 * DAY;
const RECENT = 30 * DAY;
const HOMES_SHOWN = 8;
const NEWS_SHOWN = 3;
const CONCERNS_SHOWN = 5;
const ROWS = 60;
const ASKED_AFTER = ["contact", "school", "carer", "health", "mood"];

export function today(asked) {
  const { docs, now, on } = asked;
  const homes = byHome(deadlinesDue(asked, { by: addDays(on, WEEK_AHEAD), on }), on);
  const due = homes.filter((home) => home.first.due_on <= on);
  const isFirstDay = ![...docs.keys()].some((name) => name.startsWith("child:"));
  const page = {
    at: now,
    door: door(asked),
    homes: due,
    homes_this_week: homes.length - due.length,
    late: due.filter((home) => home.days_late > 0).length,
    shown: due.slice(0, HOMES_SHOWN),
    not_shown: Math.max(0, due.length - HOMES_SHOWN),
    news: newsOf(asked).slice(0, NEWS_SHOWN),
    concerns: concernsOf(asked).slice(0, CONCERNS_SHOWN),
    undecided: openOnes(docs).length,
    is_first_day: isFirstDay,
  };
  const template = isFirstDay ? "visits/first_day.html" : "visits/today.html";
  return { template, page, now, on, levels: LEVEL_STATES, session_id: asked.id() };
}

/** What came back from the county in the last days; those that wait for her first, then the newest. */
function newsOf({ docs, now, me, pack }) {
  const told = docs.get("news")?.[pack?.language ?? me.user?.language] ?? [];
  return told
    .filter((one) => milliseconds(one.at) >= now.getTime() - NEWS_KEPT)
    .map((one) => ({ ...one, state: one.state ?? "", text: one.text ?? "" }));
}

// ── whom to ask after ───────────────────────────────────────────────────────────────────────────────────────────────

/** Each child once: flags before worries, the graver first, then the newest. The twin of concerns_for. */
function concernsOf(asked) {
  const found = [...flagged(asked), ...worried(asked)];
  const order = (one) => [one.state === "danger" ? 0 : 1, one.flag ? 0 : 1, -Date.parse(one.seen_on), one.id];
  found.sort((a, b) => {
    const [x, y] = [order(a), order(b)];
    const place = x.findIndex((value, number) => value !== y[number]);
    return place < 0 ? 0 : x[place] < y[place] ? -1 : 1;
  });
  const once = new Map();
  for (const one of found) if (!once.has(one.id)) once.set(one.id, one);
  return [...once.values()].map((one) => concern(asked, one));
}

function concern(asked, one) {
  const child = childOf(asked, one.id);
  const carer = carerOf(asked, child);
  return { ...one, child, carer_name: carer?.name ?? "", carer_phone: carer?.phone ?? "" };
}

/** Who looks after a child today, wherever she lives. */
function carerOf({ docs, on }, child) {
  const now = (child.care ?? []).filter((time) => time.carer && time.since <= on && (!time.until || time.until > on));
  if (!now.length) return null;
  for (const [name, home] of docs) {
    const found = name.startsWith("home:") && (home.relatives ?? []).find(({ id }) => id === now[now.length - 1].carer);
    if (found) return found;
  }
  return null;
}

function* flagged(asked) {
  for (const name of asked.docs.keys()) {
    const id = name.startsWith("visits:") && name.slice("visits:".length);
    if (!id || !asked.docs.has(`child:${id}`)) continue;
    for (const flag of flagsOf(asked, id)) {
      const isKept = milliseconds(flag.raised_at) > asked.now.getTime() - 3 * RECENT;
      if (!isKept || flag.state === "closed" || flag.state === "dismissed") continue;
      const state = flag.severity === "concern" ? "short" : "danger";
      yield { id, state, word: kindSaid(flag.kind), about: "", seen_on: dayOf(flag.raised_at), flag };
    }
  }
}

function* worried({ docs, now, on, pack }) {
  for (const id of register(docs, on)) {
    const body = (sheetOf(docs, id).visits ?? []).find((one) => one.level);
    if (!body || milliseconds(body.at) <= now.getTime() - RECENT) continue;
    const visit = visitSeen(docs, id, body);
    const rated = (item) => visit.answers?.[item] ?? 0;
    const worst = ASKED_AFTER.reduce((most, item) => (rated(item) > rated(most) ? item : most));
    if (!rated(worst)) continue;
    const asked = (visit.checklist ?? checklistOf(docs)).items.find((item) => item.id === worst);
    const isDanger = rated(worst) === 2;
    const word = isDanger ? pgettext("a rating", "danger") : _("a worry");
    yield { id, state: isDanger ? "danger" : "short", word, about: itemSaid(asked, pack), seen_on: dayOf(body.at), flag: null };
  }
}

/** A question of the checklist in the page's language. */
export function itemSaid(item, pack) { return pack.language.startsWith("zh") ? item.zh : item.en; }

// ── the list of homes ───────────────────────────────────────────────────────────────────────────────────────────────

/** Who is due a visit, home by home; the address narrows it, and what cannot be understood narrows nothing. */
export function due(asked) {
  const { query, on } = asked;
  const days = ["7", "30"].includes(query.get("days")) ? query.get("days") : "";
  const asksLevel = Object.hasOwn(LEVEL_STATES, query.get("level") ?? "") ? query.get("level") : "";
  const deadlines = deadlinesDue(asked, { by: addDays(on, Number(days)), on }).filter((one) => !asksLevel || one.level === asksLevel);
  const late = deadlines.filter((one) => daysLate(one, on) > 0).length;
  const page = pageOf(byHome(deadlines, on), query.get("page"), ROWS);
  return { page, on, late, form_state: { values: { days } } };
}

/** The twin of Django's page of a paginator: what is asked for amiss is the first page, past the end the last. */
export function pageOf(rows, asked, most) {
  const pages = Math.max(1, Math.ceil(rows.length / most));
  const wanted = /^-?\d+$/.test(asked ?? "") ? Number(asked) : 1;
  const number = wanted < 1 || wanted > pages ? pages : wanted;
  const shown = rows.slice((number - 1) * most, number * most);
  return Object.assign([...shown], {
    object_list: shown,
    number,
    paginator: { count: rows.length, num_pages: pages },
    has_previous: number > 1,
    has_next: number < pages,
    previous_page_number: number - 1,
    next_page_number: number + 1,
  });
}
