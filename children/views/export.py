from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from ccmp.people.steps import proved_lately
from children.forms.register_file import ExportForm
from children.services.export import PERMISSION, children_to_export, export_register
from children.services.import_villages import villages_within


@proved_lately
def export(request: HttpRequest) -> HttpResponseBase:
    """Take the register out as a spreadsheet: choose a part of it, then it is written and the act recorded."""
    user, at = signed_in(request), now()
    children = children_to_export(user, on=day_of(at))
    asked = request.POST if request.method == "POST" else request.GET
    form = ExportForm(asked, villages=villages_within(user, PERMISSION))
    found = form.narrow(children, on=day_of(at))
    if request.method == "POST" and form.is_valid():
        content = export_register(found, by=user, at=at)
        return FileResponse(
            content, as_attachment=True, filename=_("register of %(day)s") % {"day": day_of(at)} + ".xlsx"
        )
    return TemplateResponse(request, "children/export.html", {"form": form, "number": found.count()})
