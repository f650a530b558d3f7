from django.urls import path, register_converter
from django.urls.converters import StringConverter

from children.rules.file_fields import STEPS
from children.views import (
    benefits,
    care,
    change,
    check,
    confirm,
    consent,
    contact,
    differences,
    entitlements,
    export,
    file,
    find,
    history,
    kin,
    labels,
    looks,
    moves,
    no_id,
    paper,
    register,
    register_files,
    transfers,
    whereabouts,
)

app_name = "children"


class StepConverter(StringConverter):
    regex = "|".join(STEPS)


register_converter(StepConverter, "step")

urlpatterns = [
    path("", find.find, name="list"),
    path("register/", register.register, name="register"),
    path("differences/", differences.differences, name="differences"),
    path("differences/<uuid:difference_id>/decide/", differences.decide, name="decide"),
    path("entitlements/", entitlements.entitlements, name="entitlements"),
    path("benefits/", benefits.benefits, name="benefits"),
    path("<uuid:child_id>/", file.file, name="file"),
    path("to-confirm/", confirm.to_confirm, name="to-confirm"),
    path("<uuid:child_id>/consent/", consent.consent, name="consent"),
    path("<uuid:child_id>/consent/give/", consent.give, name="consent-give"),
    path("<uuid:child_id>/consent/withdraw/", consent.withdraw, name="consent-withdraw"),
    path("<uuid:child_id>/consent/paper/", consent.paper, name="consent-paper"),
    path("<uuid:child_id>/history/", history.history, name="history"),
    path("<uuid:child_id>/looks/", looks.looks, name="looks"),
    path("<uuid:child_id>/looks/paper/", looks.paper, name="looks-paper"),
    path("to-check/", check.to_check, name="to-check"),
    path("sent-back/", check.sent_back, name="sent-back"),
    path("<uuid:child_id>/check/", check.check, name="check"),
    path("<uuid:child_id>/check/put-right/", check.answer, name="answer-check"),
    path("<uuid:child_id>/confirm/", confirm.confirm, name="confirm"),
    path("<uuid:child_id>/paper/", paper.paper, name="paper"),
    path("<uuid:child_id>/change/health/", change.health, name="health"),
    path("<uuid:child_id>/change/<step:step>/", change.change, name="change"),
    path("import/", register_files.bring, name="import"),
    path("import/template/", register_files.template, name="import-template"),
    path("import/<uuid:file_id>/", register_files.file, name="import-file"),
    path("import/<uuid:file_id>/confirm/", register_files.confirm, name="import-confirm"),
    path("import/<uuid:file_id>/put-away/", register_files.put_away, name="import-put-away"),
    path("import/<uuid:file_id>/annotated/", register_files.annotated, name="import-annotated"),
    path("export/", export.export, name="export"),
    path("no-id/", no_id.no_id, name="no-id"),
    path("<uuid:child_id>/entitlements/", entitlements.of_child, name="entitlements-of"),
    path("<uuid:child_id>/entitlements/note/", entitlements.note, name="note-step"),
    path("<uuid:child_id>/labels/", labels.labels, name="labels"),
    path("<uuid:child_id>/ground/", entitlements.ground, name="ground"),
    path("<uuid:child_id>/whereabouts/<uuid:relative_id>/", whereabouts.whereabouts, name="whereabouts"),
    path("<uuid:child_id>/care/", care.care, name="care"),
    path("<uuid:child_id>/kin/new/", kin.new_kin, name="kin-new"),
    path("<uuid:child_id>/kin/<uuid:relative_id>/", kin.kin, name="kin"),
    path("<uuid:child_id>/kin/<uuid:relative_id>/contact/", contact.contact, name="contact"),
    path("<uuid:child_id>/kin/<uuid:relative_id>/bar/", care.bar, name="bar"),
    path("silent/", contact.silent, name="silent"),
    path("<uuid:child_id>/leave/", moves.leave, name="leave"),
    path("<uuid:child_id>/return/", moves.come_back, name="return"),
    path("<uuid:child_id>/transfer/", transfers.transfer, name="transfer"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/ask/", transfers.ask, name="transfer-ask"),
    path("transfers/<uuid:transfer_id>/", transfers.answer, name="transfer-answer"),
    path("farewells/", moves.farewells, name="farewells"),
]
