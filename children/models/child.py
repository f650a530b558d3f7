from datetime import date, timedelta
from functools import cached_property
from typing import Self

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from ccmp.people.entries import Entry
from ccmp.people.enums import Sex
from ccmp.places.rules.standards import value
from ccmp.sealed import SealedTextField
from ccmp.web.seen import NoticedName
from children.enums import (
    FATHERS,
    MOTHERS,
    ConsentPurpose,
    EthnicGroup,
    GoneWhy,
    Hukou,
    NoIdReason,
    Relation,
    SchoolStage,
)
from children.models.household import Household, Relative
from children.models.labelled import OF_AGE, LabelledQuerySet, years_before
from children.models.matching import MatchingQuerySet
from children.models.register_days import RegisterDaysQuerySet


class ChildQuerySet(MatchingQuerySet, RegisterDaysQuerySet, LabelledQuerySet):  # type: ignore[override]
    def due_a_confirmation(self, *, on: date) -> Self:
        """Of the register on a day, those that no family confirmed for too long; never: since the registration."""
        last = confirmed_last(on=on)
        unheard = Q(confirmed_on__lte=last) | Q(confirmed_on__isnull=True, registered_on__lte=last)
        return self.in_register(on=on).filter(unheard)

    def with_consent(self, purpose: ConsentPurpose, *, on: date) -> Self:
        """Those for whom somebody agreed to a purpose, in words that still hold, and did not take it back by a day."""
        consents = apps.get_model("children", "Consent").objects.filter(child=OuterRef("pk"))
        return self.filter(Exists(consents.holding(on=on).to_purpose(purpose, on=on)))

    def longest_unconfirmed_first(self) -> Self:
        return self.order_by(Coalesce("confirmed_on", "registered_on"), "village_code", "pinyin", "born_on", "id")


def confirmed_last(*, on: date) -> date:
    """A file confirmed on this day or before is to be confirmed again."""
    return on - timedelta(days=value("register.confirm_days", on=on))


class Child(Entry):
    """A child of the register. Labels are never stored: they are computed from dated facts, for a day."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="children")
    name = NoticedName(max_length=60)
    pinyin = models.CharField(
        max_length=900
    )  # without tones: syllables parted by spaces, readings by commas; for search
    initials = models.CharField(max_length=130)  # of each reading
    sex = models.CharField(max_length=1, choices=Sex.choices)
    born_on = models.DateField()
    ethnic_group = models.CharField(max_length=2, choices=EthnicGroup.choices)
    ethnic_words = models.CharField(max_length=40, blank=True)  # 穿青人 and others without a code
    resident_id = SealedTextField(blank=True)
    resident_id_index = models.CharField(max_length=64, null=True, blank=True, unique=True)
    resident_id_tail = models.CharField(max_length=64, blank=True)  # blind, of the last four characters: for search
    resident_id_as_said = models.BooleanField(
        default=False
    )  # it differs from the file; a person compared it, and it is so
    no_id_reason = models.CharField(max_length=12, choices=NoIdReason.choices, blank=True)
    hukou = models.CharField(max_length=8, choices=Hukou.choices)  # as of today; what it was before: PastHukou
    hukou_county = models.CharField(max_length=6, blank=True)  # GB/T 2260
    hukou_place = SealedTextField(blank=True)  # in words, below the county
    lives_here_since = models.DateField(null=True, blank=True)  # for who came from elsewhere
    health_told_on = models.DateField(null=True, blank=True)  # since then, healthy unless a ground of it holds
    school_stage = models.CharField(max_length=14, choices=SchoolStage.choices)
    school_name = models.CharField(max_length=80, blank=True)
    is_boarding = models.BooleanField(default=False)
    registered_on = models.DateField()
    here_since = models.DateField()  # the first day of the stay in this village's register; earlier ones: PastStay
    gone_on = models.DateField(null=True, blank=True)  # the first day on which she no longer belongs to the register
    gone_why = models.CharField(max_length=12, choices=GoneWhy.choices, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)  # when the family last confirmed the file
    version = models.PositiveIntegerField(default=1)

    objects = ChildQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_child_has_a_name"),
            models.CheckConstraint(
                condition=Q(registered_on__gte=F("born_on")), name="a_child_is_born_before_it_is_registered"
            ),
            models.CheckConstraint(
                condition=Q(here_since__gte=F("registered_on")), name="a_stay_begins_with_the_registration_or_later"
            ),
            models.CheckConstraint(
                condition=Q(gone_on__isnull=True, gone_why="") | (Q(gone_on__isnull=False) & ~Q(gone_why="")),
                name="who_is_gone_is_so_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(gone_on__isnull=True) | Q(gone_on__gte=F("here_since")), name="nobody_leaves_before_coming"
            ),
            models.CheckConstraint(
                condition=(Q(resident_id="", resident_id_tail="")) | (~Q(resident_id="") & ~Q(resident_id_tail="")),
                name="an_id_number_is_found_by_its_tail",
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
            models.Index(fields=["resident_id_tail"], condition=~Q(resident_id_tail=""), name="children_by_id_tail"),
            models.Index(fields=["village_code", "confirmed_on"], name="children_by_confirmation"),
            models.Index(
                fields=["village_code"], condition=Q(resident_id_index__isnull=True), name="children_without_number"
            ),
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
        """The twin of ChildQuerySet.in_register. A query only for a day before the present stay."""
        if self.registered_on > on or self.born_on <= years_before(on, OF_AGE):
            return False
        if self.here_since <= on:
            return self.gone_on is None or self.gone_on > on
        return any(stay.since <= on < stay.until for stay in self.past_stays.all())

    def is_due_a_confirmation(self, *, on: date) -> bool:
        """The twin of ChildQuerySet.due_a_confirmation."""
        return self.is_in_register(on=on) and (self.confirmed_on or self.registered_on) <= confirmed_last(on=on)


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
