from django.db import models
from django.db.models import Q


class DemoRun(models.Model):
    """One making of the invented data: with what it was begun, and when it was done. There is at most one."""

    villages = models.PositiveIntegerField()
    months = models.PositiveIntegerField()
    seed = models.IntegerField()
    today = models.DateField()
    children = models.PositiveIntegerField(null=True)  # in each village; 300 to 400 when empty
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_demo"),
        ]

    def __str__(self) -> str:
        return f"{self.villages} villages × {self.months} months, seed {self.seed}, {self.today}"
