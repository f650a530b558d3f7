from datetime import date
from functools import cached_property
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse

from ccmp.people.entries import Entry
from ccmp.people.enums import Sex
from ccmp.people.reach import VillageFactQuerySet
from ccmp.sealed import SealedTextField
from children.enums import FATHERS, MOTHERS, EthnicGroup, Hukou, LeftBy, NoIdReason, Relation, SchoolStage
from children.models.household import Away, Household, Incapacity, Relative

OF_AGE = 18
STATUTORY_AGE = 16  # 国发〔2016〕13号: under 16


def years_before(day: date, years: int) -> date:
    """The day so many years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


class ChildQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"

    def in_register(self, *, on: date) -> Self:
        """Children of the register on a day: registered, 0 to under 18, and not gone."""
        return self.filter(
            Q(gone_on__isnull=True) | Q(gone_on__gt=on), born_on__gt=years_before(on, OF_AGE), registered_on__lte=on
        )

    def with_parents_away(self, *, on: date) -> Self:
        """Adds father_away, mother_away, father_unable and mother_unable, as they are on a day."""
        return self.annotate(
            father_away=_parent_away(FATHERS, on=on),
            mother_away=_parent_away(MOTHERS, on=on),
            father_unable=_parent_unable(FATHERS, on=on),
            mother_unable=_parent_unable(MOTHERS, on=on),
        )

    def with_left_by(self, *, on: date) -> Self:
        """Adds left_by, the evaluation's wider label, for a day."""
        return self.with_parents_away(on=on).annotate(
            left_by=Case(
                When(father_away=True, mother_away=True, then=Value(LeftBy.BOTH)),
                When(Q(father_away=True) | Q(mother_away=True), then=Value(LeftBy.ONE)),
                default=Value(LeftBy.NONE),
                output_field=models.CharField(),
            )
        )

    def left_behind(self, *, on: date) -> Self:
        """农村留守儿童: rural hukou, under 16, both parents away for work, or one away and the other unable."""
        return self.with_parents_away(on=on).filter(
            Q(father_away=True, mother_away=True)
            | Q(father_away=True, mother_unable=True)
            | Q(father_unable=True, mother_away=True),
            hukou=Hukou.RURAL,
            born_on__gt=years_before(on, STATUTORY_AGE),
        )

    def matching(self, words: str) -> Self:
        """Children whose name has these characters, whose pinyin begins so, or whose initials are these."""
        text = "".join(words.lower().split())
        if not text:
            return self
        return self.filter(Q(name__contains=text) | Q(pinyin__contains=text) | Q(initials__startswith=text))

    def in_order(self) -> Self:
        return self.order_by("pinyin", "born_on", "id")


def _parent(relations: tuple[Relation, ...]) -> "models.QuerySet[Kinship]":
    return Kinship.objects.filter(child=OuterRef("pk"), relation__in=relations)


def _parent_away(relations: tuple[Relation, ...], *, on: date) -> Exists:
    stays = Away.objects.filter(relative=OuterRef("relative"), since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )
    living = Q(relative__died_on__isnull=True) | Q(relative__died_on__gt=on)
    found = Q(relative__missing_since__isnull=True) | Q(relative__missing_since__gt=on)
    return Exists(_parent(relations).filter(living, found, Exists(stays)))


def _parent_unable(relations: tuple[Relation, ...], *, on: date) -> Exists:
    times = Incapacity.objects.filter(relative=OuterRef("relative"), since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )
    return Exists(
        _parent(relations).filter(Q(relative__died_on__lte=on) | Q(relative__missing_since__lte=on) | Exists(times))
    )


class Child(Entry):
    """A child of the register. Labels are never stored: they are computed from dated facts, for a day."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=240)  # without tones and spaces, for search
    initials = models.CharField(max_length=60)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    born_on = models.DateField()
    ethnic_group = models.CharField(max_length=2, choices=EthnicGroup.choices)
    ethnic_words = models.CharField(max_length=40, blank=True)  # 穿青人 and others without a code
    resident_id = SealedTextField(blank=True)
    resident_id_index = models.CharField(max_length=64, null=True, blank=True, unique=True)
    no_id_reason = models.CharField(max_length=12, choices=NoIdReason.choices, blank=True)
    hukou = models.CharField(max_length=8, choices=Hukou.choices)
    school_stage = models.CharField(max_length=14, choices=SchoolStage.choices)
    is_boarding = models.BooleanField(default=False)
    registered_on = models.DateField()
    gone_on = models.DateField(null=True, blank=True)  # the first day on which she no longer belongs to the register
    version = models.PositiveIntegerField(default=1)

    objects = ChildQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_child_has_a_name"),
            models.CheckConstraint(
                condition=Q(registered_on__gte=F("born_on")), name="a_child_is_born_before_it_is_registered"
            ),
            models.CheckConstraint(
                condition=(Q(resident_id="", resident_id_index__isnull=True) & ~Q(no_id_reason=""))
                | (~Q(resident_id="") & Q(resident_id_index__isnull=False, no_id_reason="")),
                name="a_child_has_an_id_number_or_a_reason_why_not",
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "pinyin", "born_on", "id"], name="children_by_name"),
            models.Index(fields=["village_code", "born_on"], name="children_by_age"),
            GinIndex(fields=["name"], name="children_name_trigrams", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["pinyin"], name="children_pinyin_trigrams", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("children:file", args=[self.id])

    @cached_property
    def family(self) -> "list[Kinship]":
        """Father and mother first, then the others; with their stays away and incapacities. Three queries."""
        return list(
            self.kinships.select_related("relative")
            .prefetch_related("relative__stays_away", "relative__incapacities")
            .order_by("relation", "id")
        )

    def is_in_register(self, *, on: date) -> bool:
        """The twin of ChildQuerySet.in_register."""
        return (
            self.registered_on <= on
            and self.born_on > years_before(on, OF_AGE)
            and (self.gone_on is None or self.gone_on > on)
        )


class Kinship(models.Model):
    """How a grown-up is related to a child, and whether it is she who looks after it."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="kinships")
    relative = models.ForeignKey(Relative, on_delete=models.PROTECT, related_name="kinships")
    relation = models.CharField(max_length=2, choices=Relation.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "relative"], name="a_relative_is_named_once_for_a_child"),
            models.UniqueConstraint(
                fields=["child"], condition=Q(relation__in=FATHERS), name="a_child_has_one_father_in_the_file"
            ),
            models.UniqueConstraint(
                fields=["child"], condition=Q(relation__in=MOTHERS), name="a_child_has_one_mother_in_the_file"
            ),
        ]

    def __str__(self) -> str:
        return self.get_relation_display()
