from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.people.enums import CheckResult, Role, Schooling, Sex
from ccmp.people.models import Department
from ccmp.people.models.posting import PostingQuerySet
from ccmp.people.services.portrait import CHECK_SOON
from ccmp.places.enums import Level
from ccmp.places.models import Place
from ccmp.web.forms import DayField, MomentField

SERVING, CHECKS, ENDED, UNPOSTED = "serving", "checks", "ended", "unposted"
TABS = [(SERVING, _("Serving")), (CHECKS, _("Checks due")), (ENDED, _("Ended")), (UNPOSTED, _("Without a post"))]


class StaffFilter(forms.Form):
    """Which of the staff one looks at: it lives in the URL."""

    tab = forms.ChoiceField(choices=TABS, required=False, widget=forms.HiddenInput)
    area = forms.ChoiceField(required=False)
    role = forms.ChoiceField(required=False, choices=[("", _("Any post")), *Role.choices])
    q = forms.CharField(required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args: Any, areas: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Everywhere")), *((one.prefix, one.name) for one in areas)]  # type: ignore[attr-defined]
        self.fields["area"].widget.attrs["aria-label"] = _("Where")
        self.fields["role"].widget.attrs["aria-label"] = _("As what")
        self.fields["q"].widget.attrs |= {"aria-label": _("Find a person or a place"), "placeholder": _("Name, place")}

    @property
    def tab_now(self) -> str:
        return (self.is_valid() and self.cleaned_data["tab"]) or SERVING

    @property
    def words(self) -> str:
        return self.cleaned_data["q"] if self.is_valid() else ""

    def narrow(self, postings: PostingQuerySet) -> PostingQuerySet:
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("area"):
            postings = postings.under(asked["area"])
        if asked.get("role"):
            postings = postings.filter(role=asked["role"])
        return postings.matching(asked.get("q", ""))

    def of_tab(self, postings: PostingQuerySet, *, on: date) -> PostingQuerySet:
        if self.tab_now == CHECKS:
            return postings.current().wanting_a_check(by_day=on + CHECK_SOON).for_ledger().soonest_check_first()
        now_or_once = postings.ended() if self.tab_now == ENDED else postings.current()
        return now_or_once.for_ledger().in_order()


class AccountFields(forms.Form):
    """Who is new, and how she signs in."""

    use_required_attribute = False
    full_name = forms.CharField(label=_("Name"), max_length=60)
    username = forms.CharField(label=_("Account"), max_length=60, help_text=_("Usually the mobile number."))
    password = forms.CharField(
        label=_("First password"),
        help_text=_("Ten characters or more. She changes it after her first sign-in."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    office = forms.CharField(label=_("Office"), max_length=80, required=False, help_text=_("Shown under the name."))

    def clean_username(self) -> str:
        return "".join(str(self.cleaned_data["username"]).split())


class FileFields(forms.Form):
    """What the criteria of One Person are checked on."""

    use_required_attribute = False
    born_on = DayField(label=_("Born on"))
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[(Sex.FEMALE, Sex.FEMALE.label), (Sex.MALE, Sex.MALE.label)],
        widget=forms.RadioSelect,
    )
    schooling = forms.ChoiceField(label=_("Finished school"), choices=Schooling.choices)
    is_full_time = forms.ChoiceField(
        label=_("Works"), choices=[("yes", _("Full time")), ("no", _("Part time"))], widget=forms.RadioSelect
    )
    home = forms.ChoiceField(label=_("Lives in"), help_text=_("The village or township."))

    def __init__(self, *args: Any, homes: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].choices = place_choices(homes, (Level.TOWNSHIP, Level.VILLAGE))  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """The fields as the services name them."""
        asked = dict(self.cleaned_data)
        return {
            "born_on": asked["born_on"],
            "sex": Sex(asked["sex"]),
            "schooling": Schooling(asked["schooling"]),
            "is_full_time": asked["is_full_time"] == "yes",
            "home_code": asked["home"],
        }


class CheckFields(forms.Form):
    """A background check as the paper says."""

    use_required_attribute = False
    checked_on = DayField(label=_("Checked on"))
    authority = forms.CharField(label=_("By which authority"), max_length=80)
    result = forms.ChoiceField(label=_("Result"), choices=CheckResult.choices, widget=forms.RadioSelect)


class PostForm(forms.Form):
    """Who serves as what, where, from which day on."""

    use_required_attribute = False
    username = forms.CharField(
        label=_("Account"), max_length=60, help_text=_("Somebody who has an account: this is enough.")
    )
    full_name = forms.CharField(label=_("Name, of somebody new"), max_length=60, required=False)
    password = forms.CharField(
        label=_("First password, of somebody new"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    office = forms.CharField(label=_("Office, of somebody new"), max_length=80, required=False)
    role = forms.ChoiceField(label=_("As"), widget=forms.Select)
    place_code = forms.ChoiceField(label=_("At"))
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("Department"),
        empty_label=_("None"),
        required=False,
        help_text=_("Of a department officer only."),
    )
    is_substitute = forms.BooleanField(label=_("Stands in for the village's own mother"), required=False)
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, roles: tuple[Role, ...], places: list[Place], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.code: place for place in places}
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["place_code"].choices = place_choices(places, tuple(Level))  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = today
        counties = [place.code for place in places if place.level == Level.COUNTY]
        departments = Department.objects.filter(county_code__in=counties).open().in_order()
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]

    def clean_username(self) -> str:
        return "".join(str(self.cleaned_data["username"]).split())

    @property
    def place(self) -> Place:
        return self.places[self.cleaned_data["place_code"]]


class EndForm(forms.Form):
    use_required_attribute = False
    ends_at = MomentField(label=_("Until"), help_text=_("From that minute on nothing more is reached by this post."))


class InPersonForm(forms.Form):
    """The superior says that the person stands before her: whoever calls may be anybody."""

    use_required_attribute = False
    is_here = forms.BooleanField(label=_("She is here with me, and I know her"))


def place_choices(places: list[Place], levels: tuple[Level, ...]) -> list[tuple[Any, Any]]:
    """Places grouped by their level, with the township's name before a village's."""
    names = {place.code: place.name for place in places}
    groups = []
    for level in levels:
        of_level = [place for place in places if place.level == level]
        if of_level:
            groups.append((level.label, [(place.code, _told(place, names)) for place in of_level]))
    return [("", _("Choose")), *groups]


def _told(place: Place, names: dict[str, str]) -> str:
    return f"{names.get(place.township_code, '')} {place.name}".strip() if place.level == Level.VILLAGE else place.name
