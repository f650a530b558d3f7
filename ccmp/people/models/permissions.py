from django.db import models
from guardian.models import UserObjectPermissionAbstract

from ccmp.places.models import Place


class PlaceUserObjectPermission(UserObjectPermissionAbstract):
    """Who may `serve` at which place: guardian's permission with a foreign key of its own."""

    id = models.BigAutoField(primary_key=True)
    content_object = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="servants")

    class Meta(UserObjectPermissionAbstract.Meta):
        abstract = False
        unique_together = [("user", "permission", "content_object")]
