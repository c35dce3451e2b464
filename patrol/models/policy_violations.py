"""What browsers stopped on our pages, as they reported it (patrol.infra.violations)."""

from __future__ import annotations

from django.db import models


class PolicyViolation(models.Model):
    """How often on one day one kind of page asked for what its Content-Security-Policy does not allow.

    Of whoever looked at the page there is nothing: no address, no browser, no hour, nothing of what the page showed.
    """

    day = models.DateField()  # Asia/Jakarta
    public = models.BooleanField()  # of the public desk, else of the workbench
    page = models.CharField(max_length=200, blank=True)  # the pattern of its address; "" where the day had too many kinds
    directive = models.CharField(max_length=40, blank=True)
    blocked = models.CharField(max_length=120, blank=True)  # scheme and host alone, or the policy's own word: inline, eval
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "public", "page", "directive", "blocked"], name="policy_violation_once_a_day")
        ]
