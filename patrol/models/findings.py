"""What was read and found, and what a person sees of it: reading, check, finding, indicator, flag, decision."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex, OpClass
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from patrol import domain
from patrol.domain import states
from patrol.models import guards
from patrol.models.collection import Post, PostVersion
from patrol.models.licences import RegisterEdition
from patrol.models.people import Office, Person


class Reading(models.Model):
    """What one reader version made of one post version, the pictures and the opened short links it had by then. Claims: ReadingClaims."""

    version = models.ForeignKey(PostVersion, models.PROTECT, related_name="readings", db_index=False)  # reading_once
    reader_version = models.PositiveIntegerField()
    pictures_key = models.CharField(max_length=64, blank=True)  # hash over the pictures that were read with it; "" none
    ends_key = models.CharField(max_length=64, blank=True, default="", db_default="")  # the same of the ids of its opened short links
    text_kind = models.CharField(max_length=20)
    route = models.CharField(max_length=20)
    countries = ArrayField(models.CharField(max_length=2), default=list)
    positions = ArrayField(models.CharField(max_length=60), default=list)
    truncated = models.BooleanField()
    read_at = models.DateTimeField()
    salt = models.CharField(max_length=32)
    commitment = models.CharField(max_length=64)  # sha256(salt + claims)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.UniqueConstraint(fields=["version", "reader_version", "pictures_key", "ends_key"], name="reading_once"),
            guards.one_of("text_kind", domain.TextKind, "reading_text_kind"),
        ]
        # Readings come in the order of their time, as events do: what was read on a day is found without looking at all there are.
        indexes = [BrinIndex(fields=["read_at"], autosummarize=True, name="reading_read_at")]


# Keys of the places that are named; search.of_place asks in these very words, or the index would not be used.
_PLACES_NAMED = models.Func(
    models.F("claims"), models.Value('$[*] ? (@.kind == "place").value'), function="jsonb_path_query_array", output_field=models.JSONField()
)


class ReadingClaims(models.Model):
    """The personal part of a reading: blanked by the eraser, otherwise never changed."""

    reading = models.OneToOneField(Reading, models.PROTECT, primary_key=True, related_name="content")
    claims = models.JSONField(default=list)  # domain.Claim as objects, see pipeline.claims_json
    picture_texts = models.JSONField(default=list)
    code_texts = models.JSONField(default=list)  # of QR codes, by picture
    places = models.JSONField(default=list)  # domain.Place as objects: where words stand on the pictures
    notes = models.JSONField(default=list)  # [{id, en}]

    class Meta:
        # Without a pending list, which every look at the index would have to read through.
        indexes = [GinIndex(OpClass(_PLACES_NAMED, name="jsonb_path_ops"), name="claims_places_named", fastupdate=False)]


class PictureRead(models.Model):
    """What the readers made of a picture, so that the same pixels are read once (ADR 16). A cache: personal, cleared by the eraser.

    Two kinds of rows: by pixels, with the words; by the bytes of a file, naming the row of its pixels.
    """

    key = models.CharField(primary_key=True, max_length=120)  # reading.pictures.gate
    sha256 = models.CharField(max_length=64)  # of the file, or of the pixels: the last part of `key`
    pixels = models.CharField(max_length=120)  # the key of the row that holds the words
    said = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="picture_read_hash"), models.Index(fields=["pixels"], name="picture_read_pixels")]


class LicenceCheck(models.Model):
    """The verdict on one reading against one edition, with the level the rules of that day gave."""

    # No index where another begins with it (check_once), nor where nobody asks from that side: each costs every post that is read.
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="checks", db_index=False)
    edition = models.ForeignKey(RegisterEdition, models.PROTECT, null=True, related_name="checks", db_index=False)
    rules_version = models.CharField(max_length=16)  # digest of names and versions of all rules
    day = models.DateField()
    verdict = models.CharField(max_length=30)
    agency = models.CharField(max_length=300, blank=True)
    licence_number = models.CharField(max_length=200, blank=True)
    register_date = models.DateField(null=True)
    reason_id = models.TextField()
    reason_en = models.TextField()
    notes = models.JSONField(default=list)  # [{id, en}]
    others = models.JSONField(default=list)  # [{verdict, agency, licence_number, id, en}]
    contact_own = models.BooleanField(null=True)
    score = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10)
    kinds = ArrayField(models.CharField(max_length=30), default=list)
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("licence check")
        verbose_name_plural = _("licence checks")
        constraints = [
            models.UniqueConstraint(fields=["reading", "edition", "rules_version"], name="check_once", nulls_distinct=False),
            guards.one_of("verdict", domain.Verdict, "check_verdict"),
            guards.one_of("level", domain.Level, "check_level"),
            guards.together("edition", "register_date", name="check_edition_pair"),
        ]


class Finding(models.Model):
    """A reason as it was rendered that day. No full number stands in it: it is shown without a purpose."""

    check_of = models.ForeignKey(LicenceCheck, models.PROTECT, related_name="findings", db_index=False)  # finding_once
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveIntegerField()
    points = models.FloatField()
    reason_id = models.TextField()
    reason_en = models.TextField()
    parameters = models.JSONField(default=dict)
    kinds = ArrayField(models.CharField(max_length=30), default=list)
    spans = models.JSONField(default=list)  # [[start, end], ...]
    sources = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-points", "id"]
        constraints = [models.UniqueConstraint(fields=["check_of", "rule"], name="finding_once")]


class Indicator(models.Model):
    """A number, account, link, bank account, e-mail address, licence number or company, and when it was first and last seen.

    An account the platform gives an id of its own is known by that: `value` is then the name it bore when it was last seen. A name that
    stands in a text, or is all a platform shows, is an indicator too, apart from the accounts that bore it (ADR 44).
    """

    kind = models.CharField(_("kind"), max_length=20)
    value = models.CharField(_("value"), max_length=500)
    own_id = models.CharField(max_length=300, blank=True, default="", db_default="")  # of an account: platform:id
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.UniqueConstraint(fields=["kind", "value", "own_id"], name="indicator_once"),
            models.UniqueConstraint(fields=["own_id"], condition=~models.Q(own_id=""), name="indicator_own_id_once"),
            models.CheckConstraint(condition=models.Q(own_id="") | models.Q(kind="account"), name="indicator_own_id_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"  # never the value: titles and logs carry no personal data


class AccountName(models.Model):
    """A name an account was seen with, and when. The account is one that is known by its own id."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="account_names", db_index=False)
    name = models.CharField(max_length=500)  # as the value of an indicator: platform:name
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "name"], name="account_name_once")]
        indexes = [models.Index(fields=["name"], name="account_by_name")]


class SightingRole(StrEnum):
    AUTHOR = "author"
    CONTACT = "contact"
    MENTIONED = "mentioned"
    AGENCY = "agency"
    PROFILE = "profile"  # the account that wrote the post gives it in its profile, not in the post


class Sighting(models.Model):
    """One indicator in one version of a post."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="sightings", db_index=False)  # sighting_once
    post = models.ForeignKey(Post, models.PROTECT, related_name="sightings", db_index=False)  # sighting_by_post
    version = models.ForeignKey(PostVersion, models.PROTECT, related_name="sightings")
    role = models.CharField(max_length=20)
    confidence = models.FloatField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version", "role"], name="sighting_once"),
            guards.one_of("role", SightingRole, "sighting_role"),
        ]
        indexes = [
            models.Index(fields=["post"], name="sighting_by_post"),
            models.Index(fields=["indicator", "-post"], name="sighting_newest_post"),  # an indicator's posts, page by page
        ]


_OPEN = models.Q(state__in=[str(state) for state in sorted(states.OPEN)])


def state_for(level: str) -> states.FlagState:
    """Where a flag of this level belongs that nobody decided."""
    waits = domain.Level(level).rank >= domain.Level.MEDIUM.rank
    return states.FlagState.WAITING if waits else states.FlagState.PARKED


def urgency(level_rank: Any) -> Any:
    """How far from the top of the queue a level stands: 0 for high."""
    return domain.Level.HIGH.rank - level_rank


# Whether people decide a flag without seeing its level, by its id: what triage.chance draws, in SQL. A test compares the two.
# There the first eight bytes of a digest are one number, and its last digit counts. 256 to any power but the 0th ends in 6.
LEVEL_HIDDEN = (
    "mod("
    + " + ".join(f"{6 if n < 7 else 1} * get_byte(sha256(('level ' || (%(expressions)s)::text)::bytea), {n})" for n in range(8))
    + ", 10) = 0"
)


class Flag(models.Model):
    """What a person sees of a post: one flag per post, owned by one office."""

    number = models.CharField(_("number"), max_length=20, unique=True)  # TND-26-004417
    post = models.OneToOneField(Post, models.PROTECT, related_name="flag")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="flags", db_index=False)  # flag_by_office
    state = models.CharField(_("state"), max_length=20)
    level = models.CharField(_("level"), max_length=10)
    level_rank = models.PositiveSmallIntegerField()  # of `level`
    # 0 for the highest level: one direction for all parts of the queue's order, so that an index can be walked from any place. What is
    # shown without its level stands among the highest, whatever it is: there its place tells nothing, and it waits no longer than they.
    urgency = models.GeneratedField(
        expression=models.Case(
            # A plain Func, no class of ours: a migration that names a class keeps it where it is.
            models.When(models.Func(models.F("id"), template=LEVEL_HIDDEN, output_field=models.BooleanField()), then=models.Value(0)),
            default=urgency(models.F("level_rank")),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    score = models.PositiveSmallIntegerField()
    kinds = ArrayField(models.CharField(max_length=30), default=list)
    gist_id = models.CharField(max_length=120)  # one line, no contact in it
    gist_en = models.CharField(max_length=120)
    current_check = models.ForeignKey(LicenceCheck, models.PROTECT, related_name="flags")
    row_key = models.CharField(max_length=40)  # same key within 30 days: one row of the queue, one decision
    # Of the flag that began its row: hashes of neighbouring words (pipeline.rows). Nobody reads words out of them, but who has a
    # text can tell whether it was this one: personal, and cleared by the eraser with the text.
    text_bands = ArrayField(models.IntegerField(), default=list)
    raised_at = models.DateTimeField(_("raised"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    snoozed_until = models.DateTimeField(null=True)
    lease_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="held_flags", db_index=False)
    lease_since = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)  # database clock
    # Whether the running lease shows its holder the contacts: set once a lease, with the row of the log. Said of no lease, it says nothing.
    lease_shows = models.BooleanField(default=False, db_default=False)
    version = models.PositiveIntegerField(default=1)  # rises with each change a decision must have seen

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            guards.one_of("state", states.FlagState, "flag_state"),
            guards.one_of("level", domain.Level, "flag_level"),
            guards.together("lease_person", "lease_since", "lease_until", name="flag_lease_pair"),
            models.CheckConstraint(
                condition=models.Q(state__in=["confirmed", "dismissed"], decided_at__isnull=False)
                | models.Q(state__in=["parked", "waiting", "needs_information"], decided_at__isnull=True),
                name="flag_decided_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "urgency", "raised_at", "id"], condition=_OPEN, name="flag_queue"),
            models.Index(fields=["urgency", "raised_at", "id"], condition=_OPEN, name="flag_queue_of_all"),
            # Carries all that counting asks for: a queue is counted without looking at its flags.
            models.Index(
                fields=["office", "row_key", "urgency", "raised_at", "id"],
                include=["snoozed_until", "state"],
                condition=_OPEN,
                name="flag_row_open",
            ),
            models.Index(fields=["office", "state", "raised_at"], name="flag_by_office"),
            models.Index(fields=["row_key"], name="flag_row"),
            models.Index(
                fields=["lease_person"], condition=models.Q(lease_person__isnull=False), name="flag_lease"
            ),  # what somebody holds, counted at each taking
            # Without a pending list, which every look at the index would have to read through.
            GinIndex(fields=["text_bands"], name="flag_text_bands", fastupdate=False),
            models.Index(fields=["decided_at"], name="flag_decided"),
        ]

    def __str__(self) -> str:
        return self.number


# Events that may have brought a flag into a queue as a high one: raised so, come to be so, come back, come over. A small part of all.
_HIGH = {"level": "high"}
_COMES = models.Q(kind__in=["handed_over", "returned"]) | models.Q(models.Q(after__contains=_HIGH), ~models.Q(before__contains=_HIGH))
# An event by which a flag came into the queue; triage.queue.ENTERED asks in these very words, or the index would not be used.
_ENTERS = models.Q(Exact(KT("after__state"), "waiting")) & (
    models.Q(kind="raised") | ~models.Q(Exact(Coalesce(KT("before__state"), models.Value("", models.TextField())), "waiting"))
)


class FlagEvent(models.Model):
    """What happened to a flag, as it was that day. Append-only."""

    flag = models.ForeignKey(Flag, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30)  # a key of patrol.admin.shared.words.FLAG_EVENTS
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    check_then = models.ForeignKey(LicenceCheck, models.PROTECT, null=True, related_name="+", db_index=False)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    transaction = guards.in_transaction()

    class Meta:
        verbose_name = _("flag event")
        verbose_name_plural = _("flag events")
        ordering = ["id"]
        indexes = [
            # Events come in the order of their time: a few pages of index instead of one entry for each.
            BrinIndex(fields=["at"], autosummarize=True, name="flag_event_at"),
            # When a flag came into the queue, without a look at the event: asked of each flag that waits (triage.queue.ENTERED).
            models.Index(fields=["flag", "at"], condition=_ENTERS, name="flag_event_entered"),
            models.Index(fields=["id"], condition=_COMES, name="flag_event_comes"),  # telling.finding
            models.Index(fields=["transaction", "id"], name="flag_event_order"),  # changes.stream
        ]


class Outcome(StrEnum):
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    NEEDS_INFORMATION = "needs_information"
    VICTIM = "victim"  # not a suspect: the way of protection
    REVERSED = "reversed"  # an undoing row: `reverses` names what it takes back


class Decision(models.Model):
    """What a person decided about a flag. Committed at once, effective ten seconds later, undone by a reversing row."""

    flag = models.ForeignKey(Flag, models.PROTECT, related_name="decisions")
    decision_key = models.UUIDField(unique=True)
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=40)  # a key of triage.REASONS
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="decisions", db_index=False)
    at = models.DateTimeField()
    effective_at = models.DateTimeField()
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    batch = models.UUIDField(null=True)  # decided together: the copies in one row of the queue, a bulk
    state_before = models.CharField(max_length=20)
    state_after = models.CharField(max_length=20)
    level_then = models.CharField(max_length=10)
    check_then = models.ForeignKey(LicenceCheck, models.PROTECT, related_name="+")
    transaction = guards.in_transaction()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-id"]
        constraints = [
            guards.one_of("outcome", Outcome, "decision_outcome"),
            models.CheckConstraint(
                condition=models.Q(outcome="reversed", reverses__isnull=False)
                | (~models.Q(outcome="reversed") & models.Q(reverses__isnull=True)),
                name="decision_reverses_pair",
            ),
            models.CheckConstraint(condition=models.Q(effective_at__gte=models.F("at")), name="decision_effect_after"),
        ]
        indexes = [
            models.Index(fields=["at"], name="decision_at"),
            models.Index(fields=["by", "at"], name="decision_by_at"),  # each page of the desk asks what this person did today
            models.Index(fields=["batch"], condition=models.Q(batch__isnull=False), name="decision_batch"),
            models.Index(fields=["transaction", "id"], name="decision_order"),  # changes.stream
        ]


class Comparison(models.Model):
    """Two flags somebody looked at side by side: one ad, or not. What was found not to be one is never proposed again."""

    first = models.ForeignKey(Flag, models.PROTECT, related_name="+")  # the smaller id
    second = models.ForeignKey(Flag, models.PROTECT, related_name="+")
    same = models.BooleanField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="comparison_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="comparison_in_order"),
        ]
