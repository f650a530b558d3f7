from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from children.forms.labels import DayForm
from children.models import Child
from children.services.labels import ShownLabels, labels_for


def labels(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A child's labels today or on a day before, with the facts that decided them. That they were read is recorded."""
    user, at = signed_in(request), now()
    files = Child.objects.visible_to(user).select_related("household", "village")
    child = get_object_or_404(files, pk=child_id)
    form = DayForm(request.GET, today=day_of(at))
    shown = ShownLabels(labels_for(child, user, on=form.day()))
    record(by=user, at=at, did="read", on=child, part="labels")
    page: dict[str, object] = {"child": child, "form": form, "shown": shown, "today": day_of(at)}
    page["is_in_register"] = child.is_in_register(on=form.day())
    return render(request, "children/labels.html", page)
