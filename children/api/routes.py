from django.urls import path

from children.api.children import ChildEntitlements, ChildFile, ChildLabels, Children, ChildrenFound
from children.api.consents import Consents, ConsentWithdrawals
from children.api.file_parts import (
    ChildCare,
    ChildHealth,
    OneRelative,
    RelativeBars,
    RelativeContacts,
    Relatives,
    RelativeWhereabouts,
)

routes = [
    path("children/", Children.as_view(), name="children"),
    path("children/find/", ChildrenFound.as_view(), name="children-find"),
    path("children/<uuid:child_id>/", ChildFile.as_view(), name="child"),
    path("children/<uuid:child_id>/labels/", ChildLabels.as_view(), name="child-labels"),
    path("children/<uuid:child_id>/entitlements/", ChildEntitlements.as_view(), name="child-entitlements"),
    path("children/<uuid:child_id>/relatives/", Relatives.as_view(), name="child-relatives"),
    path("children/<uuid:child_id>/relatives/<uuid:relative_id>/", OneRelative.as_view(), name="child-relative"),
    path(
        "children/<uuid:child_id>/relatives/<uuid:relative_id>/whereabouts/",
        RelativeWhereabouts.as_view(),
        name="child-whereabouts",
    ),
    path(
        "children/<uuid:child_id>/relatives/<uuid:relative_id>/contacts/",
        RelativeContacts.as_view(),
        name="child-contacts",
    ),
    path("children/<uuid:child_id>/relatives/<uuid:relative_id>/bars/", RelativeBars.as_view(), name="child-bars"),
    path("children/<uuid:child_id>/care/", ChildCare.as_view(), name="child-care"),
    path("children/<uuid:child_id>/health/", ChildHealth.as_view(), name="child-health"),
    path("children/<uuid:child_id>/consents/", Consents.as_view(), name="child-consents"),
    path(
        "children/<uuid:child_id>/consents/withdrawals/", ConsentWithdrawals.as_view(), name="child-consent-withdrawals"
    ),
]
