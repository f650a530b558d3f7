"""Labels in plain sentences: the facts that decided, the document, and what the file does not tell."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from children.enums import NO_MEANS, POOR, LabelKind, Means
from children.models import OF_AGE, STATUTORY_AGE
from children.rules import parents
from children.rules.child_facts import CareFacts, GroundFacts
from children.rules.labels.concepts import GROUNDS, NOBODY_ABLE, ChildOnDay
from children.rules.parents import ParentOnDay, parents_said

Sentences = list[str]


def why_said(kind: LabelKind, day: ChildOnDay, grounds: tuple[LabelKind, ...] = ()) -> Sentences:
    if kind == LabelKind.IN_DIFFICULTY:
        return [sentence for ground in grounds for sentence in why_said(ground, day)]
    return WHY[kind](day)


def rule_said(kind: LabelKind, day: ChildOnDay) -> str:
    rules: dict[LabelKind, Callable[[], str]] = {
        LabelKind.LEFT_BEHIND: lambda: _("By State Council document 2016 No. 13."),
        LabelKind.LEFT_BY_BOTH: lambda: _("Counted by who is away for work, whatever the other one can do."),
        LabelKind.LEFT_BY_ONE: lambda: _("Counted by who is away for work, whatever the other one can do."),
        LabelKind.ORPHAN: lambda: _("By State Council Office document 2010 No. 54."),
        LabelKind.UNSUPPORTED: lambda: _unsupported_rule(day),
        LabelKind.DESTITUTE: lambda: _("By State Council document 2016 No. 14."),
        LabelKind.MIGRANT: lambda: _migrant_rule(day),
        LabelKind.UNATTENDED: lambda: _("By the Law on the Protection of Minors, article 21."),
        LabelKind.ALONE: lambda: _("By the Law on the Protection of Minors, article 21."),
    }
    return rules.get(kind, lambda: _("By State Council document 2016 No. 36."))()


def missing_said(kind: LabelKind, day: ChildOnDay) -> Sentences:
    """What is blank of that on which the label rests."""
    return [sentence for blank, sentence in _blanks(kind, day) if blank]


# ── the facts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _of_parents(day: ChildOnDay) -> Sentences:
    return parents_said(day.father, day.mother)


def _age(day: ChildOnDay, years: int) -> str:
    asked = {"day": day.facts.born_on, "years": years}
    if day.under(years):
        return _("Born on %(day)s, so under %(years)s.") % asked
    return _("Born on %(day)s, so %(years)s or older.") % asked


def _hukou(day: ChildOnDay) -> str:
    return _("Hukou: %(hukou)s.") % {"hukou": day.hukou.hukou.label}


def _means(day: ChildOnDay, kinds: tuple[Means, ...]) -> Sentences:
    found = day.means(kinds)
    said = [_("%(means)s, noted since %(since)s.") % {"means": kind.label, "since": span.since} for kind, span in found]
    return said or [_("Not noted of the home: %(means)s.") % {"means": _("; ").join(str(one.label) for one in kinds)}]


def _care(day: ChildOnDay) -> Sentences:
    return [_one_care(one, day) for one in day.care] or [_("Who looks after the child is not in the file.")]


def _one_care(one: CareFacts, day: ChildOnDay) -> str:
    since = one.span.since
    if one.carer is None:
        return _("Nobody looks after the child since %(day)s.") % {"day": since}
    carer = ParentOnDay(one.carer, day.on)
    said = {"name": carer.name, "day": since, "kind": one.kind.label, "said": carer.said()}
    if carer.is_here:
        return _("%(name)s looks after the child since %(day)s: %(kind)s.") % said
    return _("%(name)s should look after the child since %(day)s, and is not there: %(said)s.") % said


def _guardianship(day: ChildOnDay) -> Sentences:
    by_care = [_one_care(one, day) for one in day.care if one.kind in NOBODY_ABLE]
    return [*by_care, *(_of_parents(day) if parents.neither_is_able(*day.parents) or not by_care else ())]


def _ground(day: ChildOnDay, kind: LabelKind) -> Sentences:
    found = day.grounds(GROUNDS[kind])
    if not found:
        return [_("Not noted of the child: %(ground)s.") % {"ground": GROUNDS[kind].label}]
    return [_one_ground(one) for one in found]


def _one_ground(one: GroundFacts) -> str:
    if one.disability:
        said = {"kind": one.disability.label, "level": one.level, "since": one.span.since}
        return _("Disability: %(kind)s, level %(level)s, certificate since %(since)s.") % said
    return _("%(ground)s, noted since %(since)s.") % {"ground": one.kind.label, "since": one.span.since}


def _county(day: ChildOnDay) -> str:
    if not day.hukou.county:
        return _("The county of the hukou is not in the file.")
    if day.hukou.county == day.facts.village_code[:6]:
        return _("The hukou lies in this county.")
    if day.hukou.place:
        return _("The hukou lies in another county: %(place)s.") % {"place": day.hukou.place}
    return _("The hukou lies in another county.")


def _here_since(day: ChildOnDay) -> str:
    if day.facts.lives_here_since is None:
        return _("Since when the child lives here is not in the file.")
    return _("Lives here since %(day)s.") % {"day": day.facts.lives_here_since}


def _migrant(day: ChildOnDay) -> Sentences:
    return [_county(day), _here_since(day), *_of_parents(day), _age(day, STATUTORY_AGE)]


def _alone(day: ChildOnDay) -> Sentences:
    living = [one.name for one in day.grown_ups if one.is_here]
    if living:
        home = _("In the home lives, by the file: %(names)s.") % {"names": _(", ").join(living)}
    else:
        home = _("No grown-up of the file is in the home.")
    return [*_care(day), home, *_of_parents(day), _age(day, day.standard("alone_under"))]


WHY: dict[LabelKind, Callable[[ChildOnDay], Sentences]] = {
    LabelKind.LEFT_BEHIND: lambda day: [*_of_parents(day), _hukou(day), _age(day, STATUTORY_AGE)],
    LabelKind.LEFT_BY_BOTH: _of_parents,
    LabelKind.LEFT_BY_ONE: _of_parents,
    LabelKind.ORPHAN: lambda day: [*_of_parents(day), _age(day, OF_AGE)],
    LabelKind.UNSUPPORTED: lambda day: [*_of_parents(day), _age(day, OF_AGE)],
    LabelKind.DESTITUTE: lambda day: [*_of_parents(day), *_means(day, NO_MEANS), _age(day, STATUTORY_AGE)],
    LabelKind.POVERTY: lambda day: _means(day, POOR),
    LabelKind.DISABILITY: lambda day: _ground(day, LabelKind.DISABILITY),
    LabelKind.ILLNESS: lambda day: _ground(day, LabelKind.ILLNESS),
    LabelKind.GUARDIANSHIP_MISSING: _guardianship,
    LabelKind.GUARDIANSHIP_IMPROPER: lambda day: _ground(day, LabelKind.GUARDIANSHIP_IMPROPER),
    LabelKind.MIGRANT: _migrant,
    LabelKind.UNATTENDED: lambda day: [*_care(day), *_of_parents(day), _age(day, day.standard("unattended_under"))],
    LabelKind.ALONE: _alone,
}


# ── the document ────────────────────────────────────────────────────────────────────────────────────────────────────


def _unsupported_rule(day: ChildOnDay) -> str:
    by = _("By Ministry of Civil Affairs documents 2019 No. 62 and 2020 No. 125.")
    return _("%(rule)s %(counted)s") % {"rule": by, "counted": parents.counted_said(day.on)}


def _migrant_rule(day: ChildOnDay) -> str:
    months = day.standard("migrant_months")
    return _("Away from the county of the hukou with a parent, for %(months)s months or more.") % {"months": months}


# ── what is not known ───────────────────────────────────────────────────────────────────────────────────────────────


def _blanks(kind: LabelKind, day: ChildOnDay) -> list[tuple[bool, str]]:
    nobody_named = [
        (not day.father.known, _("The file does not name the father.")),
        (not day.mother.known, _("The file does not name the mother.")),
    ]
    if kind in (LabelKind.UNATTENDED, LabelKind.ALONE):
        return [(not day.care, _("Who looks after the child is not in the file."))]
    if kind == LabelKind.DESTITUTE:
        return [*nobody_named, (not day.means(NO_MEANS), _("Of the home's means nothing is noted."))]
    if kind == LabelKind.MIGRANT:
        nobody_here = not any(one.known and one.is_here for one in day.parents)
        return [
            (not day.hukou.county, _("The county of the hukou is not in the file.")),
            (day.facts.lives_here_since is None, _("Since when the child lives here is not in the file.")),
            *((blank and nobody_here, sentence) for blank, sentence in nobody_named),
        ]
    return nobody_named
