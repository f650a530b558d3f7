from django.db import models
from guardian.models import UserObjectPermissionBase

from ccmp.places.models import Place


class PlaceUserObjectPermission(UserObjectPermissionBase):
    """Who may `serve` at which place: guardian's permission with a foreign key of its own."""

    content_object = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="servants")
