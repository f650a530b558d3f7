"""A hukou that became another one: what it was stays true of the days before."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from ccmp.web.spoken import short_day
from children.enums import FileField
from children.models import Child, PastHukou
from children.rules.registration import BadRegistration

OF_A_HUKOU = (FileField.HUKOU, FileField.HUKOU_COUNTY, FileField.HUKOU_PLACE)


def keep_past_hukou(child: Child, taken: Mapping[FileField, str], *, until: date) -> None:
    """Keep what the file says of the hukou as what it was until a day, before something of it is written anew.

    Told twice of one day, what it was before the first change stays. Raises BadRegistration where the file has a later change.
    """
    if not any(taken[field] != getattr(child, field) for field in OF_A_HUKOU if field in taken):
        return
    last = child.past_hukou.order_by("-until").first()
    if last and last.until > until:
        day = {"day": short_day(last.until)}
        raise BadRegistration(
            _("By the file the hukou changed once more on %(day)s. Choose that day or a later one.") % day,
            field="changed_on",
        )
    if last is None or last.until < until:
        before = {field.value: getattr(child, field) for field in OF_A_HUKOU}
        PastHukou.objects.create(child=child, until=until, **before)
