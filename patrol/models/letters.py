"""Letters of referrals: what an office's paper says at its head, what is written to each channel, and the documents that were made."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models import guards
from patrol.models.collection import Capture
from patrol.models.people import Office, Person
from patrol.models.referrals import Referral


class Letterhead(models.Model):
    """What the letters of an office say of it, from this edition on. Append-only: the newest counts."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="letterheads")
    lines = models.TextField()  # of the head (kop), the ministry first
    address = models.CharField(max_length=300)  # with telephone and mail
    unit = models.CharField(max_length=40)  # in the number of a letter: BP3MI-JABAR
    place = models.CharField(max_length=60)  # where it is written
    signer_title = models.CharField(max_length=150)
    signer_name = models.CharField(max_length=150)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")


class LetterTemplate(models.Model):
    """What a letter of a channel says, from this edition on, with slots such as {{tujuan}}. Append-only: the newest counts."""

    channel = models.CharField(_("channel"), max_length=30)  # a key of cases.channels.CHANNELS
    code = models.CharField(max_length=30)  # of the subject, in the number of a letter: PK.02
    subject = models.CharField(max_length=200)
    addressee = models.TextField()
    body = models.TextField()
    copies = models.TextField(blank=True)  # who else gets it (tembusan), one a line
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: shipped with the product
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("template of a letter")
        verbose_name_plural = _("templates of letters")


class ReferralLetter(models.Model):
    """One set of documents, made by a job of what was submitted. Append-only; a later one of the same version replaces it until one is
    approved. `cited`: the editions of articles in it, `marked`: whether it carries the mark of one nobody confirmed."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="letters")
    version = models.PositiveIntegerField()  # of the referral
    template = models.ForeignKey(LetterTemplate, models.PROTECT, related_name="+")
    letterhead = models.ForeignKey(Letterhead, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)  # of all that it says
    blanks = ArrayField(models.CharField(max_length=40), default=list)  # slots that stayed empty
    cited = ArrayField(models.BigIntegerField(), default=list)
    marked = models.BooleanField()
    printed = models.BooleanField()  # False: this machine makes no PDF
    at = models.DateTimeField()


class DocumentKind(StrEnum):
    LETTER_DOCX = "letter_docx"
    LETTER_PDF = "letter_pdf"
    ANNEX_PDF = "annex_pdf"
    HASHES = "hashes"  # of the copies, one a line
    PACKET = "packet"  # a ZIP of all these, with CSV and JSON


class ReferralDocument(models.Model):
    """One file of a set, kept like a capture. Append-only; a set is made in one transaction."""

    letter = models.ForeignKey(ReferralLetter, models.PROTECT, related_name="documents")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="documents")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            guards.one_of("kind", DocumentKind, "referral_document_kind"),
            models.UniqueConstraint(fields=["letter", "kind"], name="referral_document_once"),
        ]
