from django.urls import path

from children.api.children import ChildEntitlements, ChildFile, ChildLabels, Children

routes = [
    path("children/", Children.as_view(), name="children"),
    path("children/<uuid:child_id>/", ChildFile.as_view(), name="child"),
    path("children/<uuid:child_id>/labels/", ChildLabels.as_view(), name="child-labels"),
    path("children/<uuid:child_id>/entitlements/", ChildEntitlements.as_view(), name="child-entitlements"),
]
