/* The page of what is sent, from the outbox as it is now. The worker lays it into the village as the sheet "phone". */

import { addDays, dayOf, pgettext, _ } from "../words.js";

/** What the page needs to know of the phone itself. @param holder of this phone; @param entries all of them; @param meta */
export function phoneSheet({ holder, entries, meta }) {
  return { name: holder.name, contact_at: meta.contact_at ?? holder.contact_at, days: holder.days_without_contact, kept: meta.kept ?? 0, entries };
}

export const pages = {
  "phone:open": () => ({}),
  "phone:outbox": ({ docs, me, pack }) => {
    const sheet = docs.get("phone");
    if (!sheet) return { phone: null };
    const of = (state) => sheet.entries.filter((entry) => entry.state === state).map((entry) => lineOf(entry, docs, pack, me));
    const [waiting, refused] = [of("waiting"), of("refused")];
    return {
      phone: {
        name: sheet.name, kept: sheet.kept, total: sheet.kept + waiting.length + refused.length, waiting, refused,
        urgent: urgentOf(sheet.entries, me, docs, pack), children: [...docs.keys()].filter((id) => id.startsWith("child:")).length,
        contact_at: new Date(sheet.contact_at), opens_until: addDays(dayOf(new Date(sheet.contact_at)), sheet.days),
      },
    };
  },
};

function lineOf(entry, docs, pack, me) {
  const templates = pack.pages[entry.kind]?.templates ?? [];
  const query = new URLSearchParams(entry.query);
  query.set("_entry", entry.id);
  return {
    id: entry.id, kind: kindOf(entry.kind), about: aboutWhom(entry, docs), made_at: entry.made_at, reason: entry.reason,
    ...(templates.length && me.post && isHeld(entry.path, docs) ? { mend: `${entry.path}?${query}` } : { said: saidIn(entry, pack.shells[templates[0]]) }),
  };
}

/** Can its page still be opened? Of what is no longer hers nothing is on the phone. */
function isHeld(path, docs) {
  const [id] = path.match(AN_ID) ?? [];
  return !id || [...docs.keys()].some((name) => name.endsWith(`:${id}`));
}

/** What she wrote in her own words, to be read where its page is gone: [[label, text]]. */
function saidIn({ fields }, shell) {
  const described = Object.assign({}, ...Object.values(shell?.forms ?? {}));
  const isText = (name) => described[name]?.kind === "text" && !described[name].hidden;
  return Object.entries(fields).filter(([name, [text]]) => isText(name) && text).map(([name, [text]]) => [described[name].label, text]);
}

/** Reports that the law wants made at once, and that nobody has got. */
function urgentOf(entries, me, docs, pack) {
  const numbers = me.urgent_kinds ?? {};
  const waiting = entries.filter((entry) => entry.urgent && entry.state === "waiting");
  return waiting.map((entry) => ({ ...lineOf(entry, docs, pack, me), numbers: numbers[entry.fields.kind?.[0]] ?? [] }));
}

const AN_ID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;

/** The first child whom the entry names, or the name that she gave a new one. */
function aboutWhom(entry, docs) {
  const said = [entry.path, entry.query, ...(entry.fields.child ?? []), ...(entry.fields.child_id ?? [])].join(" ");
  const known = (said.match(AN_ID) ?? []).map((id) => docs.get(`child:${id}`)).find(Boolean);
  return known?.name ?? entry.fields.name?.[0] ?? "";
}

function kindOf(kind) {
  const words = {
    "children:answer-check": _("A file that was sent back, put right"),
    "children:bar": _("May not be entrusted with a child"),
    "children:care": _("Who looks after the child"),
    "children:change": _("A change of a child's file"),
    "children:confirm": _("A file confirmed with the family"),
    "children:consent-give": _("Consent given"),
    "children:consent-withdraw": _("Take consent back"),
    "children:contact": _("A parent was in touch"),
    "children:decide": _("Which of two values is right"),
    "children:entitlements-of": _("A step towards a benefit"),
    "children:ground": _("Note a ground of difficulty"),
    "children:health": pgettext("on a form", "Health"),
    "children:kin": _("A grown-up of the file"),
    "children:kin-new": _("One more grown-up"),
    "children:leave": _("A child leaves"),
    "children:register": _("A child to register"),
    "children:return": _("A child is back"),
    "children:transfer": _("Hand a child over"),
    "children:transfer-answer": _("An answer about a child to be handed over"),
    "children:whereabouts": _("Where a parent is"),
    "clubs:activity": _("An activity of the club"),
    "clubs:ask-closure": _("A closure asked for"),
    "clubs:close": _("The club shut"),
    "clubs:enter-session": _("Hours entered afterwards"),
    "clubs:open": _("The club opened"),
    "clubs:session": _("Who came to the club"),
    "clubs:times": _("Opening times of the club"),
    "people:account": pgettext("the bar", "Me"),
    "referrals:confirm": _("What she saw of a department's help"),
    "visits:raise-flag": _("A flag"),
    "visits:record": _("A home visit"),
    "visits:tell-police": _("A call to the police"),
  };
  return words[kind] ?? _("Something else");
}
