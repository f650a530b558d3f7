/* Labels in plain sentences: the facts that decided, the document, and what the file does not tell. The twin of
   children/rules/labels/words.py, for what rests on open facts. */

import { ALERTS, NOBODY_ABLE, NO_MEANS, OF_AGE, POOR, STATUTORY_AGE, labelsOf } from "../../rules/labels.js";
import { isHere, neitherIsAble } from "../../rules/parents.js";
import { _, ngettext } from "../../words.js";
import { choiceSaid } from "../differences/labels.js";
import { careSaid, incapacitySaid, labelSaid, meansSaid } from "./said.js";

const BY_TERM = ["serving_sentence", "rehabilitation"];
const ORDER = [
  "left_behind", "left_by_both", "left_by_one", "orphan", "unsupported", "destitute", "poverty", "guardianship_missing", "migrant", "under_8_unattended", "under_16_alone",
];

/** A child's labels as the page shows them: the twin of ShownLabels for a reader on the phone. */
export function labelsShown(day) {
  const found = labelsOf(day);
  const label = (kind) => ({
    title: labelSaid(kind),
    is_alert: ALERTS.includes(kind),
    is_open: ALERTS.includes(kind) || kind === "left_behind",
    why: whySaid(kind, day),
    rule: ruleSaid(kind, day),
    missing: missingSaid(kind, day),
  });
  const holding = ORDER.filter((kind) => found[kind] === true).map(label);
  const unknown = ORDER.filter((kind) => found[kind] === null).map(label);
  return {
    holding: [...holding.filter((one) => one.is_alert), ...holding.filter((one) => !one.is_alert)],
    not_left_behind: found.left_behind === false ? label("left_behind") : null,
    unknown,
    missing: [...new Set(unknown.flatMap((one) => one.missing))],
  };
}

// ── a grown-up ──────────────────────────────────────────────────────────────────────────────────────────────────────

export function grownUpSaid(one) {
  if (!one.known) return _("not named in the file");
  if (one.dead) return _("died on %(day)s", { day: one.died_on });
  const said = [lostSaid(one), awaySaid(one), ...one.incapacities.map(unableSaid)].filter(Boolean);
  return said.join(_("; ")) || _("alive, and able by the file");
}

function lostSaid(one) {
  if (one.declared) return _("declared missing by a court on %(day)s", { day: one.declared_on });
  return one.missing ? _("out of contact since %(day)s", { day: one.missing_since }) : "";
}

function awaySaid(one) {
  if (!one.away || one.missing) return "";
  const said = { day: one.away.since, where: one.away.where };
  return said.where ? _("away for work since %(day)s (%(where)s)", said) : _("away for work since %(day)s", said);
}

function unableSaid({ reason, since, until }) {
  const said = { reason: incapacitySaid(reason), day: since, until };
  if (until && BY_TERM.includes(reason)) return _("%(reason)s since %(day)s, until %(until)s", said);
  return _("%(reason)s since %(day)s", said);
}

// ── the facts ───────────────────────────────────────────────────────────────────────────────────────────────────────

const ofParents = ({ father, mother }) => [
  _("Father: %(said)s.", { said: grownUpSaid(father) }),
  _("Mother: %(said)s.", { said: grownUpSaid(mother) }),
];

function age(day, years) {
  const asked = { day: day.facts.born_on, years };
  return day.under(years) ? _("Born on %(day)s, so under %(years)s.", asked) : _("Born on %(day)s, so %(years)s or older.", asked);
}

function means(day, kinds) {
  const said = day.means(kinds).map(([kind, since]) => _("%(means)s, noted since %(since)s.", { means: meansSaid(kind), since }));
  return said.length ? said : [_("Not noted of the home: %(means)s.", { means: kinds.map(meansSaid).join(_("; ")) })];
}

const care = (day) => (day.care.length ? day.care.map(oneCare) : [_("Who looks after the child is not in the file.")]);

function oneCare({ kind, since, carer }) {
  if (!carer) return _("Nobody looks after the child since %(day)s.", { day: since });
  const said = { name: carer.name, day: since, kind: careSaid(kind), said: grownUpSaid(carer) };
  if (isHere(carer)) return _("%(name)s looks after the child since %(day)s: %(kind)s.", said);
  return _("%(name)s should look after the child since %(day)s, and is not there: %(said)s.", said);
}

function guardianship(day) {
  const byCare = day.care.filter((one) => NOBODY_ABLE.includes(one.kind)).map(oneCare);
  return [...byCare, ...(neitherIsAble(day.parents) || !byCare.length ? ofParents(day) : [])];
}

function county({ facts }) {
  if (!facts.county) return _("The county of the hukou is not in the file.");
  if (facts.county === facts.village_code.slice(0, 6)) return _("The hukou lies in this county.");
  return facts.place ? _("The hukou lies in another county: %(place)s.", { place: facts.place }) : _("The hukou lies in another county.");
}

function hereSince({ facts }) {
  return facts.here ? _("Lives here since %(day)s.", { day: facts.here }) : _("Since when the child lives here is not in the file.");
}

function alone(day) {
  const living = day.grownUps.filter((one) => isHere(one)).map((one) => one.name);
  const home = living.length
    ? _("In the home lives, by the file: %(names)s.", { names: living.join(_(", ")) })
    : _("No grown-up of the file is in the home.");
  return [...care(day), home, ...ofParents(day), age(day, day.standard("alone_under"))];
}

function whySaid(kind, day) {
  return {
    left_behind: () => [...ofParents(day), _("Hukou: %(hukou)s.", { hukou: choiceSaid("hukou", day.facts.hukou) }), age(day, STATUTORY_AGE)],
    left_by_both: () => ofParents(day),
    left_by_one: () => ofParents(day),
    orphan: () => [...ofParents(day), age(day, OF_AGE)],
    unsupported: () => [...ofParents(day), age(day, OF_AGE)],
    destitute: () => [...ofParents(day), ...means(day, NO_MEANS), age(day, STATUTORY_AGE)],
    poverty: () => means(day, POOR),
    guardianship_missing: () => guardianship(day),
    migrant: () => [county(day), hereSince(day), ...ofParents(day), age(day, STATUTORY_AGE)],
    under_8_unattended: () => [...care(day), ...ofParents(day), age(day, day.standard("unattended_under"))],
    under_16_alone: () => alone(day),
  }[kind]();
}

// ── the document, and what is not known ─────────────────────────────────────────────────────────────────────────────

function ruleSaid(kind, day) {
  const byWork = _("Counted by who is away for work, whatever the other one can do.");
  const minors = _("By the Law on the Protection of Minors, article 21.");
  return {
    left_behind: _("By State Council document 2016 No. 13."),
    left_by_both: byWork,
    left_by_one: byWork,
    orphan: _("By State Council Office document 2010 No. 54."),
    unsupported: _("%(rule)s %(counted)s", {
      rule: _("By Ministry of Civil Affairs documents 2019 No. 62 and 2020 No. 125."),
      counted: countedSaid(day.months.lost_contact),
    }),
    destitute: _("By State Council document 2016 No. 14."),
    migrant: _("Away from the county of the hukou with a parent, for %(months)s months or more.", { months: day.standard("migrant_months") }),
    under_8_unattended: minors,
    under_16_alone: minors,
  }[kind] ?? _("By State Council document 2016 No. 36.");
}

function countedSaid(months) {
  if (months === undefined) return _("On that day there was no such rule yet.");
  return ngettext(
    "A sentence and lost contact count from %(months)s month.", "A sentence and lost contact count from %(months)s months.", months, { months },
  );
}

function missingSaid(kind, day) {
  const { facts, father, mother } = day;
  const named = [[!father.known, _("The file does not name the father.")], [!mother.known, _("The file does not name the mother.")]];
  const nobodyHere = !day.parents.some((one) => one.known && isHere(one));
  const alerts = [[!day.care.length, _("Who looks after the child is not in the file.")]];
  const blanks = {
    under_8_unattended: alerts,
    under_16_alone: alerts,
    destitute: [...named, [!day.means(NO_MEANS).length, _("Of the home's means nothing is noted.")]],
    migrant: [
      [!facts.county, _("The county of the hukou is not in the file.")],
      [!facts.here, _("Since when the child lives here is not in the file.")],
      ...named.map(([blank, sentence]) => [blank && nobodyHere, sentence]),
    ],
  }[kind] ?? named;
  return blanks.filter(([blank]) => blank).map(([, sentence]) => sentence);
}
