from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.people.steps import proved_lately
from ccmp.privacy.enums import WhyShown
from ccmp.privacy.forms.a_child import ShowNumbersForm
from ccmp.privacy.rules.permission import check_may_unmask
from ccmp.privacy.services.unmasking import show_numbers
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from children.models import Child


@proved_lately
def numbers(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Asks what for, then shows the whole numbers, in this answer alone."""
    user, at, status, shown = signed_in(request), now(), 200, None
    child = get_object_or_404(Child.objects.visible_to(user).select_related("village"), pk=child_id)
    check_may_unmask(user, child)
    form = ShowNumbersForm(request.POST or None)
    if form.is_valid():
        why, words = WhyShown(form.cleaned_data["why"]), form.cleaned_data["words"]
        try:
            shown = show_numbers(child=child, why=why, words=words, by=user, at=at)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(
        request, "privacy/numbers.html", {"child": child, "form": form, "shown": shown}, status=status
    )
