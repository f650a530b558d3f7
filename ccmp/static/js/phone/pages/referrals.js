/* What became of the village's children, on the phone: each referral, its departments, and her word that the child has it. */

import { addressOf } from "../addresses.js";
import { _ } from "../words.js";
import { linesOf, referralsOf } from "./referrals/lines.js";

const TASK = /\/tasks\/([0-9a-f-]{36})\//;
const ELSEWHERE = { elsewhere: true }; // the server may know it; the phone holds the newest only

/** Those that wait for her first, then the open ones. */
function mine(asked) {
  const order = (row) => (row.waits ? 0 : 2) + (row.referral.state === "closed" ? 1 : 0);
  const rows = referralsOf(asked).sort((a, b) => order(a) - order(b));
  return { rows, bound_to: null, now: asked.now };
}

function referral(asked) {
  const body = asked.docs.get(`referral:${asked.params.referral_id}`);
  if (!body) return ELSEWHERE;
  const found = linesOf(asked, asked.params.referral_id, body);
  return { referral: found.referral, lanes: found.tasks, now: asked.now };
}

export const pages = { "referrals:mine": mine, "referrals:referral": referral };

// ── she saw that the child has it ───────────────────────────────────────────────────────────────────────────────────

const words = (fields) => (fields.words?.[0] ?? "").trim();

function confirm(docs, entry) {
  const id = TASK.exec(entry.path)?.[1];
  for (const [name, body] of docs) {
    if (!name.startsWith("referral:") || !(body.tasks ?? []).some((task) => task.id === id)) continue;
    const tasks = body.tasks.map((task) => (task.id === id && task.state === "completed" ? confirmed(task, entry) : task));
    docs.set(name, { ...body, tasks });
  }
  answerNews(docs, id);
}

function confirmed({ by: _officer, ...task }, entry) {
  return { ...task, state: "confirmed", words: words(entry.fields), unsent: entry.state !== "sent" };
}

/** What asked her to look asks no longer. */
function answerNews(docs, id) {
  const news = docs.get("news");
  if (!news || !id) return;
  const without = (rows) => rows.filter((one) => !(one.waits && one.url.endsWith(`#task-${id}`)));
  docs.set("news", Object.fromEntries(Object.entries(news).map(([language, rows]) => [language, without(rows)])));
}

export const effects = { "referrals:confirm": confirm };

export const done = {
  "referrals:confirm": ({ pack }, entry) => ({
    redirect: addressOf(pack, "referrals:mine"),
    message: entry.state === "sent"
      ? _("Thank you. The department and the county see it now.")
      : _("Written down. It goes out as soon as there is a network."),
  }),
};

export const checks = {
  "referrals:confirm": (_asked, fields) => (words(fields) ? {} : { words: [_("Write what you saw: the card, the money, the child at school.")] }),
};
