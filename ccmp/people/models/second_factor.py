from django.db import models

from ccmp.people.models.user import User
from ccmp.sealed import SealedTextField


class SecondFactor(models.Model):
    """The app on somebody's phone that shows a new code every half minute (RFC 6238)."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="second_factor")
    secret = SealedTextField()
    made_at = models.DateTimeField()
    last_step = models.BigIntegerField()  # the half minute of the last code taken: none counts twice

    def __str__(self) -> str:
        return f"second factor of {self.user}"


class RecoveryCode(models.Model):
    """A code for the day on which the phone is lost; each opens once. Only its keyed fingerprint is kept."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"recovery code of {self.factor.user}"
