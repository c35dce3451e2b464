"""Files that people attach to a case: preserved like every capture, withdrawn with a reason, never removed from here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models.casework import Case
from patrol.models.collection import Capture
from patrol.models.people import Office, Person


class CaseAttachment(models.Model):
    """A file in a case, with its custody record. Append-only: that it was withdrawn is an event of the timeline."""

    LONGEST_TITLE = 150

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    capture = models.OneToOneField(Capture, models.PROTECT, related_name="attachment")  # as it was sent
    shown = models.ForeignKey(
        Capture, models.PROTECT, null=True, related_name="+"
    )  # of a picture: redrawn; the sent bytes are shown nowhere
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")  # whose side added it, as it was that day
    internal = models.BooleanField()  # only that side sees it, as a note
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~models.Q(title=""), name="case_attachment_titled")]
