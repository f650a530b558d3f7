"""Two people say different things of one file: what nobody else changed is taken, of the rest both values are kept."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.refusals import NotAllowed, SameIdOtherContent
from children.entries import HouseholdEntry
from children.enums import Kept, Relation, Whereabouts
from children.models import Child, Difference, FileChange
from children.rules.file_fields import texts_of
from children.rules.registration import BadRegistration
from children.rules.resident_id import check_character
from children.rules.whereabouts import told_of
from children.services.change import FileHasMovedOn, change_child
from children.services.correct import Correction, correct_file
from children.services.differences import DecidedAlready, FileWentOn, decide_difference
from children.services.whereabouts import Change, change_whereabouts
from tests import factories
from tests.factories import NOW, STONE_SHOOT, make_child, parent

LATER = NOW + timedelta(hours=5)


@pytest.fixture
def director(mother):
    """The child director of 云脚村, who writes in the same files."""
    return factories.make_director(name="石大山", is_substitute=True)


def fresh(child):
    return Child.objects.select_related("household").get(pk=child.pk)


def correction(child, said, *, seen=None, made_at=NOW, change_id=None):
    """What a page sends that was opened when the file stood as `child` has it, unless `seen` says otherwise."""
    before = texts_of(child) | (seen or {})
    return Correction(change_id or new_id(), child.id, made_at, before | said, before)


def correct(child, by, said, *, at=NOW, **more):
    return correct_file(entry=correction(child, said, **more), by=by, at=at)


def open_ones():
    return list(Difference.objects.open().in_order().values_list("field", "held", "brought"))


# ── merging ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_nobody_else_changed_is_taken_though_the_file_went_on(mother, director, child):
    read = fresh(child)
    correct(read, director, {"school_stage": "junior", "address": "村口第一家"})

    done = correct(read, mother, {"name": "陈雨馨", "is_boarding": "yes", "neighbourhood": "下寨组"}, at=LATER)

    held = fresh(child)
    assert (held.name, held.pinyin, held.is_boarding) == ("陈雨馨", "chen yu xin", True)
    assert (held.school_stage, held.household.address, held.household.neighbourhood) == (
        "junior",
        "村口第一家",
        "下寨组",
    )
    assert (sorted(done.taken), done.differences) == (["is_boarding", "name", "neighbourhood"], [])
    assert held.version == child.version + 2


def test_a_field_that_somebody_else_changed_is_not_written_over_and_both_values_are_kept(mother, director, child):
    read = fresh(child)
    correct(read, director, {"school_stage": "junior"}, made_at=NOW - timedelta(hours=1))

    done = correct(read, mother, {"school_stage": "dropped_out", "name": "陈雨馨"}, at=LATER)

    held = fresh(child)
    assert (held.school_stage, held.name) == ("junior", "陈雨馨")
    [one] = done.differences
    assert (one.field, one.held, one.brought, one.is_open) == ("school_stage", "junior", "dropped_out", True)
    assert (one.held_by, one.held_at) == (director, NOW - timedelta(hours=1))
    assert (one.brought_by, one.made_at, one.recorded_at) == (mother, NOW, LATER)


def test_two_who_say_the_same_do_not_differ(mother, director, child):
    read = fresh(child)
    correct(read, director, {"school_stage": "junior"})

    correct(read, mother, {"school_stage": "junior"}, at=LATER)

    assert (fresh(child).school_stage, open_ones()) == ("junior", [])


def test_what_the_file_holds_since_its_registration_was_said_by_who_registered_it(mother, director, child):
    correct(child, director, {"hukou": "urban"}, seen={"hukou": "none"})

    one = Difference.objects.get()
    assert (one.held, one.brought, one.held_by, one.held_at) == ("rural", "urban", mother, child.made_at)


def test_the_same_correction_delivered_again_changes_nothing_whatever_happened_meanwhile(mother, director, child):
    entry = correction(fresh(child), {"school_stage": "junior"})
    correct_file(entry=entry, by=mother, at=NOW)
    correct(fresh(child), director, {"school_stage": "senior"})

    for _ in range(2):
        done = correct_file(entry=entry, by=mother, at=LATER)
        assert (done.taken, done.differences) == ([], [])

    assert (fresh(child).school_stage, open_ones()) == ("senior", [])
    assert FileChange.objects.count() == 2


def test_a_correction_that_differs_leaves_one_difference_however_often_it_comes(mother, director, child):
    read = fresh(child)
    correct(read, director, {"school_stage": "junior"})
    entry = correction(read, {"school_stage": "senior"})

    for _ in range(3):
        correct_file(entry=entry, by=mother, at=LATER)

    assert open_ones() == [("school_stage", "junior", "senior")]
    assert AuditEntry.objects.filter(did="changed").count() == 2


def test_the_same_number_with_other_content_is_refused(mother, child):
    number = new_id()
    correct(fresh(child), mother, {"name": "陈雨馨"}, change_id=number)

    with pytest.raises(SameIdOtherContent):
        correct(fresh(child), mother, {"name": "陈雨心"}, change_id=number)


def test_brothers_and_sisters_share_what_is_said_of_their_home(mother, director, child):
    home = HouseholdEntry(id=child.household_id, head_name="陈国富")
    brother = fresh(make_child(mother, name="陈浩然", household=home))
    read = fresh(child)
    correct(brother, director, {"address": "桥头"})

    correct(read, mother, {"address": "村口"}, at=LATER)

    one = Difference.objects.get()
    assert (one.held, one.held_by, one.brought, one.child) == ("桥头", director, "村口", child)
    assert list(Difference.objects.open().shown_on(brother)) == [one]


# ── what cannot be true ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"head_name": ""}, "head_name"),
        ({"no_id_reason": ""}, "no_id_reason"),
        ({"born_on": "2026-03-02"}, "born_on"),  # registered on 1 March
        ({"born_on": "2008-03-01"}, "born_on"),
    ],
)
def test_a_correction_that_cannot_be_true_is_refused_whole(mother, child, said, field):
    with pytest.raises(BadRegistration) as refused:
        correct(fresh(child), mother, {"hukou": "urban"} | said)

    assert refused.value.field == field
    assert (fresh(child).hukou, FileChange.objects.count()) == ("rural", 0)


def test_the_next_villages_mother_changes_and_decides_nothing_here(mother, director, other_mother, officer, child):
    with pytest.raises(NotAllowed):
        correct(fresh(child), other_mother, {"hukou": "urban"})
    with pytest.raises(NotAllowed):
        correct(fresh(child), officer, {"hukou": "urban"})

    difference = differing(mother, director, child)
    for nobody in (other_mother, factories.make_supervisor()):
        with pytest.raises(NotAllowed):
            decide(difference, Kept.BROUGHT, nobody)
    assert difference.is_open


# ── deciding ────────────────────────────────────────────────────────────────────────────────────────────────────────


def differing(mother, director, child):
    read = fresh(child)
    correct(read, director, {"school_stage": "junior"})
    return correct(read, mother, {"school_stage": "senior"}, at=LATER).differences[0]


def decide(difference, keep, by, *, seen="junior", at=LATER):
    return decide_difference(difference_id=difference.id, keep=keep, seen=seen, by=by, at=at)


@pytest.mark.parametrize(("keep", "then"), [(Kept.HELD, "junior"), (Kept.BROUGHT, "senior")])
def test_the_value_that_was_chosen_holds_and_the_other_stays_in_the_history(
    mother, director, officer, child, keep, then
):
    difference = differing(mother, director, child)

    for _ in range(2):
        decided = decide(difference, keep, officer)

    assert fresh(child).school_stage == then
    assert (decided.kept, decided.decided_by, decided.decided_at) == (keep, officer, LATER)
    assert (decided.held, decided.brought, open_ones()) == ("junior", "senior", [])
    assert AuditEntry.objects.filter(did="decided").count() == 1


def test_who_decides_otherwise_afterwards_is_told_who_has_decided(mother, director, child):
    difference = differing(mother, director, child)
    decide(difference, Kept.BROUGHT, director)

    with pytest.raises(DecidedAlready) as refused:
        decide(difference, Kept.HELD, mother)

    assert "石大山" in str(refused.value)
    assert fresh(child).school_stage == "senior"


def test_a_decision_between_values_of_which_one_went_on_is_refused_and_nothing_is_written_over(mother, director, child):
    difference = differing(mother, director, child)
    correct(fresh(child), director, {"school_stage": "vocational"})

    with pytest.raises(FileWentOn):
        decide(difference, Kept.BROUGHT, mother)

    assert (fresh(child).school_stage, open_ones()) == ("vocational", [("school_stage", "vocational", "senior")])


def test_of_three_who_differ_each_value_is_kept_until_it_is_decided(mother, director, officer, child):
    read = fresh(child)
    correct(read, director, {"school_stage": "junior"})
    correct(read, mother, {"school_stage": "senior"})
    third = factories.make_director(name="龙三妹", is_substitute=True)
    correct(read, third, {"school_stage": "working"}, at=LATER)
    first, second = Difference.objects.open().in_order()

    decide(first, Kept.BROUGHT, officer)

    assert open_ones() == [("school_stage", "senior", "working")]
    second.refresh_from_db()
    assert (second.held_by, second.brought_by) == (officer, third)
    decide(second, Kept.HELD, officer, seen="senior")
    assert (fresh(child).school_stage, open_ones()) == ("senior", [])


def test_a_difference_is_settled_by_whoever_writes_the_other_value_into_the_file(mother, director, child):
    difference = differing(mother, director, child)

    correct(fresh(child), director, {"school_stage": "senior"})

    difference.refresh_from_db()
    assert (difference.kept, difference.decided_by, open_ones()) == (Kept.BROUGHT, director, [])


def test_who_corrects_herself_before_anybody_decided_takes_her_first_word_back(mother, director, child):
    differing(mother, director, child)
    on_her_phone = {"school_stage": "senior"}  # her own word, as her phone shows it

    correct(fresh(child), mother, {"school_stage": "working"}, seen=on_her_phone, at=LATER)

    assert open_ones() == [("school_stage", "junior", "working")]

    correct(fresh(child), mother, {"school_stage": "junior"}, seen={"school_stage": "working"}, at=LATER)

    assert open_ones() == []
    assert set(Difference.objects.values_list("kept", flat=True)) == {Kept.WITHDRAWN}


def test_a_program_is_still_refused_by_the_version_that_it_read_and_moves_open_differences_on(mother, director, child):
    differing(mother, director, child)

    with pytest.raises(FileHasMovedOn):
        change_child(child_id=child.id, version=child.version, changes={"hukou": "none"}, by=mother, at=LATER)
    version = fresh(child).version
    change_child(child_id=child.id, version=version, changes={"school_stage": "working"}, by=mother, at=LATER)

    assert open_ones() == [("school_stage", "working", "senior")]


# ── where a parent is ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def family(mother):
    return make_child(mother, parents=(parent(away_since=date(2026, 1, 5), away_where="广东东莞"),))


def father_of(child):
    return child.kinships.get(relation=Relation.FATHER).relative


def tell(child, by, where, since, place="", *, seen="away 2026-01-05 广东东莞", **more):
    change = Change(Whereabouts(where), date.fromisoformat(since), place, seen=seen, **more)
    return change_whereabouts(child=child, relative_id=father_of(child).id, change=change, by=by, at=NOW)


def test_two_places_of_one_father_since_the_same_day_are_both_kept(mother, director, family):
    tell(family, director, "away", "2026-02-23", "浙江义乌")

    difference = tell(family, mother, "away", "2026-02-23", "广东佛山")

    assert told_of(father_of(family)).text == "away 2026-02-23 浙江义乌"
    assert (difference.held, difference.brought) == ("away 2026-02-23 浙江义乌", "away 2026-02-23 广东佛山")
    assert (difference.held_by, difference.brought_by, difference.relative) == (director, mother, father_of(family))


def test_a_later_day_contradicts_nobody(mother, director, family):
    tell(family, director, "home", "2026-02-10")

    assert tell(family, mother, "away", "2026-02-23", "广东佛山") is None

    stays = father_of(family).stays_away.order_by("since").values_list("since", "until", "where")
    assert list(stays) == [
        (date(2026, 1, 5), date(2026, 2, 10), "广东东莞"),
        (date(2026, 2, 23), None, "广东佛山"),
    ]


def test_who_saw_what_the_file_says_corrects_it(mother, director, family):
    tell(family, director, "away", "2026-02-23", "浙江义乌")

    assert tell(family, mother, "away", "2026-02-23", "广东佛山", seen="away 2026-02-23 浙江义乌") is None

    assert (told_of(father_of(family)).text, open_ones()) == ("away 2026-02-23 广东佛山", [])


def test_whereabouts_delivered_again_change_nothing(mother, director, family):
    number = new_id()
    tell(family, mother, "home", "2026-02-10", id=number)
    tell(family, director, "away", "2026-02-23", "浙江义乌", seen="home 2026-02-10")

    tell(family, mother, "home", "2026-02-10", id=number)

    assert (told_of(father_of(family)).text, open_ones()) == ("away 2026-02-23 浙江义乌", [])


@pytest.mark.parametrize(
    ("brought", "stays"),
    [
        (("home", "2026-02-01"), [(date(2026, 1, 5), date(2026, 2, 1), "广东东莞")]),
        (
            ("away", "2026-02-10", "广东佛山"),
            [(date(2026, 1, 5), date(2026, 2, 10), "广东东莞"), (date(2026, 2, 10), None, "广东佛山")],
        ),
        (("dead", "2026-02-20"), [(date(2026, 1, 5), date(2026, 2, 20), "广东东莞")]),
    ],
)
def test_whereabouts_that_were_chosen_hold_from_their_day_on(mother, director, officer, family, brought, stays):
    tell(family, director, "away", "2026-02-23", "浙江义乌")
    difference = tell(family, mother, *brought)

    decide(difference, Kept.BROUGHT, officer, seen="away 2026-02-23 浙江义乌")

    father = father_of(family)
    assert list(father.stays_away.order_by("since").values_list("since", "until", "where")) == stays
    assert father.died_on == (date(2026, 2, 20) if brought[0] == "dead" else None)
    assert (told_of(father).text, open_ones()) == (difference.brought, [])


# ── the pages ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def her(client, mother):
    client.force_login(mother)
    return client


def typed(page, **said):
    """The page's form as a browser sends it, with what she typed over it."""
    form = page.context["form"]
    given = {field.html_name: field.value() for field in form}
    return {name: value for name, value in given.items() if value not in (None, False)} | said


def test_a_page_that_lay_open_for_hours_takes_what_it_can_and_says_that_both_are_kept(her, director, child):
    url = reverse("children:change", args=[child.id, "school"])
    page = her.get(url)
    correct(fresh(child), director, {"school_stage": "junior"})

    answer = her.post(url, typed(page, school_stage="senior", school_name="旺草镇中心小学"), follow=True)

    told = answer.content.decode()
    assert (fresh(child).school_name, fresh(child).school_stage) == ("旺草镇中心小学", "junior")
    assert reverse("children:differences") in told
    assert open_ones() == [("school_stage", "junior", "senior")]


def test_what_cannot_be_kept_comes_back_with_its_sentence_and_what_was_seen_at_first(her, child):
    url = reverse("children:change", args=[child.id, "identity"])
    sent = typed(her.get(url), born_on="2026-03-02", name="陈雨馨")

    answer = her.post(url, sent)

    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == ["born_on"]
    assert answer.context["form"]["seen"].value() == sent["seen"]
    assert fresh(child).name == "陈雨欣"


@pytest.mark.parametrize("seen", ["", "rubbish", "[]", '{"name": 1}'])
def test_a_page_that_lost_what_it_showed_is_not_taken(her, child, seen):
    url = reverse("children:change", args=[child.id, "identity"])

    answer = her.post(url, typed(her.get(url), seen=seen, name="陈雨馨"))

    assert list(answer.context["form"].errors) == ["seen"]
    assert fresh(child).name == "陈雨欣"


def test_a_child_with_an_id_number_is_not_asked_why_there_is_none(her, mother):
    child = make_child(mother, resident_id="52032320140601002" + check_character("52032320140601002"))

    assert "no_id_reason" not in her.get(reverse("children:change", args=[child.id, "identity"])).context["form"].fields


def test_the_page_tells_both_values_with_who_said_them_and_keeps_the_one_that_is_chosen(her, mother, director, child):
    difference = differing(mother, director, child)
    page = her.get(reverse("children:differences")).content.decode()
    for word in ("石大山", "罗小琴", "初中", "高中", child.name):
        assert word in page, word

    answer = her.post(reverse("children:decide", args=[difference.id]), {"keep": "brought", "seen": "junior"})

    assert answer.url == reverse("children:differences")
    assert fresh(child).school_stage == "senior"
    assert "石大山" not in her.get(answer.url).content.decode()


def test_nothing_is_decided_without_a_choice_and_next_door_there_is_nothing_to_decide(
    her, client, mother, director, other_mother, child
):
    difference = differing(mother, director, child)
    url = reverse("children:decide", args=[difference.id])
    her.post(url, {"keep": "withdrawn", "seen": "junior"})
    assert open_ones()

    client.force_login(other_mother)
    assert client.post(url, {"keep": "held", "seen": "junior"}).status_code == 404
    assert client.get(reverse("children:differences")).context["rows"] == []


def test_the_supervisor_reads_and_the_county_decides_at_the_desk(client, mother, director, officer, child):
    differing(mother, director, child)
    for somebody, may_decide in ((factories.make_supervisor(), False), (officer, True)):
        client.force_login(somebody)
        page = client.get(reverse("children:differences"))
        assert [row.may_decide for row in page.context["rows"]] == [may_decide]
        assert 'data-room="desk"' in page.content.decode()
        assert ('name="keep"' in page.content.decode()) is may_decide


def test_two_places_of_a_father_are_told_on_the_page(her, mother, director, family):
    url = reverse("children:whereabouts", args=[family.id, father_of(family).id])
    page = her.get(url)
    tell(family, director, "away", "2026-02-23", "浙江义乌")

    her.post(url, typed(page, whereabouts="away", since="2026-02-23", where="广东佛山"))

    told = her.get(reverse("children:differences")).content.decode()
    assert "浙江义乌" in told
    assert "广东佛山" in told


def test_whose_home_lies_next_door_sees_no_difference(mother, director, other_mother, child):
    differing(mother, director, child)
    stranger = make_child(other_mother, STONE_SHOOT)

    assert not Difference.objects.visible_to(other_mother).exists()
    assert not Difference.objects.open().shown_on(stranger).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_differences_cost_the_same_for_one_and_for_three(her, mother, director, rows, django_assert_num_queries):
    for _ in range(rows):
        differing(mother, director, make_child(mother))

    with django_assert_num_queries(7):
        her.get(reverse("children:differences"))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_correction_costs_the_same_however_many_differ_already(
    mother, director, child, rows, django_assert_num_queries
):
    read = fresh(child)
    correct(read, director, {"school_stage": "junior"})
    for stage in ("senior", "working", "vocational")[:rows]:
        correct(read, mother, {"school_stage": stage})
    entry = correction(read, {"name": "陈雨馨"})

    with django_assert_num_queries(11):
        correct_file(entry=entry, by=mother, at=LATER)
