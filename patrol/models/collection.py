"""What is looked for, each run of it, and what came: watch, fetch, post, version, capture."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import moments, states
from patrol.models import guards
from patrol.models.custody import Collector
from patrol.models.entrances import Credential, Intake, Job, KeywordPack
from patrol.models.people import Office, Person, Station


class Watch(models.Model):
    """What to look for and where. `due_at`, `lease_until` are the database's clock_timestamp(); everything else is the door's now."""

    LAST = 3  # the priority that gives way to all others

    name = models.CharField(_("name"), max_length=100)
    platform = models.CharField(_("platform"), max_length=20)
    kind = models.CharField(_("kind of query"), max_length=20)  # domain.QueryKind, one of the source's QUERIES
    query = models.CharField(_("query"), max_length=500, blank=True)  # "" where only packs are asked for
    packs = models.ManyToManyField(KeywordPack, verbose_name=_("keyword packs"), related_name="watches")
    credential = models.ForeignKey(Credential, models.PROTECT, null=True, verbose_name=_("credential"), related_name="watches")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="watches")
    station = models.ForeignKey(Station, models.PROTECT, null=True, verbose_name=_("P4MI"), related_name="watches")  # of that office
    # Made or proposed by that office: its supervisor keeps it, and it counts for the office's quota. Else it is the directorate's.
    by_office = models.BooleanField(_("own watch of the office"), default=False, db_default=False)
    state = models.CharField(_("state"), max_length=20, default=states.WatchState.ACTIVE)
    every_seconds = models.PositiveIntegerField(_("every (seconds)"))
    priority = models.PositiveSmallIntegerField(_("priority"), default=2)  # 1 first, 3 last, among those that are due
    daily_quota = models.PositiveIntegerField(_("posts a day at most"), null=True)  # a law day; null: no limit
    # When it may run, in the zone of its office: [{"days": [0..6], "from": "HH:MM", "to": "HH:MM"}], Monday 0; empty: always.
    windows = models.JSONField(_("hours"), default=list)
    quiet_from = models.TimeField(_("quiet from"), null=True)
    quiet_to = models.TimeField(_("quiet to"), null=True)
    healthy_low = models.PositiveIntegerField(_("healthy from (posts a day)"))
    healthy_high = models.PositiveIntegerField(_("healthy to (posts a day)"))
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    cursor = models.JSONField(default=dict)
    due_at = models.DateTimeField(_("next due"), null=True)  # null: not due until somebody resumes it
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_good_at = models.DateTimeField(_("last good run"), null=True)
    last_problem = models.JSONField(_("last problem"), null=True)  # {code, id, en, permanent}
    last_problem_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "kind", "query"], condition=~models.Q(query=""), name="watch_once"),
            guards.together("quiet_from", "quiet_to", name="watch_quiet_pair"),
            models.CheckConstraint(condition=models.Q(priority__range=(1, 3)), name="watch_priority"),
            guards.one_of("state", states.WatchState, "watch_state"),
            guards.together("lease_until", "lease_token", name="watch_lease_pair"),
            guards.together("last_problem", "last_problem_at", name="watch_problem_pair"),
            models.CheckConstraint(condition=models.Q(healthy_low__lte=models.F("healthy_high")), name="watch_healthy_range"),
            models.CheckConstraint(condition=models.Q(every_seconds__gte=10), name="watch_pace"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="active"), name="watch_due")]

    def __str__(self) -> str:
        return self.name


class Fetch(models.Model):
    """One run of a watch. Closed once, by the run that holds its token."""

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="fetches")
    token = models.UUIDField(unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, null=True)  # good, unchanged, failed, abandoned
    pages = models.PositiveIntegerField(default=0)
    posts_seen = models.PositiveIntegerField(default=0)
    posts_new = models.PositiveIntegerField(default=0)
    posts_changed = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # [{code, id, en, permanent, where}]

    class Meta:
        verbose_name = _("fetch")
        verbose_name_plural = _("fetches")
        ordering = ["-id"]
        constraints = [guards.together("ended_at", "outcome", name="fetch_end_pair")]
        indexes = [models.Index(fields=["watch", "-started_at"], name="fetch_by_watch")]


class Capture(models.Model):
    """One preserved copy with its custody record. The bytes lie in the evidence store under `sha256`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)  # answer, page, screenshot, media, upload
    relation = models.CharField(max_length=20, default="original")  # original, rendition, working_copy, ocr, translation
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="renditions")
    fetch = models.ForeignKey(Fetch, models.PROTECT, null=True, related_name="captures")
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="captures")
    intake = models.ForeignKey(Intake, models.PROTECT, null=True, related_name="captures")
    post = models.ForeignKey("Post", models.PROTECT, null=True, related_name="captures")  # of a page, screenshot, picture
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=20, default="patrol")
    platform = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    sha3_512 = models.CharField(max_length=128)
    length = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    truncated = models.BooleanField()
    asked_url = models.TextField()
    final_url = models.TextField()
    hops = models.JSONField(default=list)
    status = models.PositiveSmallIntegerField(null=True)
    address = models.CharField(max_length=60)  # the address actually dialled
    tls_fingerprint = models.CharField(max_length=64, blank=True)  # SHA-256 of the certificate the last of `hops` showed; "" without TLS
    tls_chain = models.JSONField(null=True)  # SHA-256 of each certificate that was verified, its own first; null: not recorded
    request_headers = models.JSONField(default=list)
    headers = models.JSONField(default=list)
    requested_at = models.DateTimeField()
    received_at = models.DateTimeField()
    # What collected it. Null: before 0123, when each record had the six columns below for itself; they are empty since.
    collecting = models.ForeignKey(Collector, models.PROTECT, null=True, related_name="+", db_index=False)
    clock_source = models.CharField(max_length=40, blank=True)
    collector = models.TextField(blank=True)  # the User-Agent as sent
    collector_commit = models.CharField(max_length=40, blank=True)
    lock_sha256 = models.CharField(max_length=64, blank=True)
    system = models.CharField(max_length=120, blank=True)
    host = models.CharField(max_length=64, blank=True)
    account = models.CharField(max_length=60, blank=True)  # pseudonym of the account used
    options = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)
    commitment = models.CharField(max_length=64)  # sha256(salt + sha256): what the chain holds

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        indexes = [
            models.Index(fields=["sha256"], name="capture_by_hash"),
            models.Index(fields=["-received_at"], condition=models.Q(media_type="application/wacz"), name="capture_archives"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fetch__isnull=False) | models.Q(person__isnull=False) | models.Q(job__isnull=False),
                name="capture_has_collector",
            ),
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="capture_hash_shape"),
        ]


class Post(models.Model):
    """The mutable identity of a post: one row per (platform, external_id), whatever way it came."""

    platform = models.CharField(_("platform"), max_length=20)
    external_id = models.CharField(max_length=500)
    author_id = models.CharField(max_length=200, blank=True, default="", db_default="")  # RawPost.author_id
    url = models.TextField()
    origin = models.CharField(_("stood in"), max_length=200, blank=True)
    reply_to = models.CharField(max_length=500, blank=True)
    thread = models.CharField(max_length=500, blank=True)
    forward_of = models.CharField(max_length=500, blank=True)
    posted_at = models.DateTimeField(_("posted"), null=True)
    posted_at_source = models.CharField(max_length=60, blank=True)
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateTimeField(_("last seen"))
    gone_at = models.DateTimeField(_("gone"), null=True)
    versions_count = models.PositiveIntegerField(default=1)  # the newest version's number
    text_key = models.CharField(max_length=32)  # same text with digits masked: same key
    # what is due (database clock): reading and checking of the newest version
    due_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    quarantined_at = models.DateTimeField(null=True)
    quarantine_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["platform", "external_id"], name="post_once"),
            guards.together("lease_until", "lease_token", name="post_lease_pair"),
            models.CheckConstraint(
                condition=models.Q(posted_at__isnull=True)
                | models.Q(posted_at__gte=moments.EARLIEST, posted_at__lte=models.F("first_seen") + moments.AHEAD),
                name="post_posted_possible",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="post_due"),
            models.Index(fields=["text_key", "posted_at"], name="post_same_text"),
            models.Index(fields=["-first_seen", "-id"], name="post_newest"),
            # Comments under their post; posts that answer nothing cost it nothing.
            models.Index(fields=["platform", "thread", "-posted_at"], condition=~models.Q(thread=""), name="post_by_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.external_id}"


class OtherName(models.Model):
    """Another external_id a post may come by: what an address says before the platform's own number is known.

    The post itself goes by the number as soon as somebody brought it; whoever comes with the name later still finds it.
    """

    pk = models.CompositePrimaryKey("platform", "external_id")
    platform = models.CharField(max_length=20)
    external_id = models.CharField(max_length=500)
    post = models.ForeignKey(Post, models.PROTECT, related_name="other_names", db_index=False)


class PostVersion(models.Model):
    """One state of a post, as one capture shows it. Append-only; the words themselves are in PostText."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="versions", db_index=False)  # version_once begins with it
    # From 1 in the order they came; 0, -1, ... for what came later and is older than the post was last seen. The largest is the newest.
    number = models.IntegerField()
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="versions")
    locator = models.CharField(max_length=200)
    seen_at = models.DateTimeField()
    edited = models.BooleanField()
    content_key = models.CharField(max_length=64)  # hash of identity and content: tells an edit from a repeat, also after erasure
    commitment = models.CharField(max_length=64)  # sha256(salt + content): what the chain holds

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="version_once")]


class PostText(models.Model):
    """The personal content of a version: blanked by the eraser, otherwise never changed."""

    version = models.OneToOneField(PostVersion, models.PROTECT, primary_key=True, related_name="content")
    text = models.TextField()
    author = models.CharField(max_length=200, blank=True)
    author_name = models.CharField(max_length=300, blank=True)
    forward_name = models.CharField(max_length=300, blank=True)  # who is named as the author of what was forwarded
    links = models.JSONField(default=list)
    media = models.JSONField(default=list)
    unknown = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)


class Seen(models.Model):
    """Every way a post came: one row per post and watch, or per post and intake."""

    # No index of their own where another begins with them: this table grows by a row a post, and each index costs every one.
    post = models.ForeignKey(Post, models.PROTECT, related_name="ways", db_index=False)
    watch = models.ForeignKey(Watch, models.PROTECT, null=True, related_name="seen", db_index=False)
    fetch = models.ForeignKey(Fetch, models.PROTECT, null=True, related_name="+", db_index=False)  # nobody asks by it
    intake = models.ForeignKey(Intake, models.PROTECT, null=True, related_name="seen", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "watch"], name="seen_once"),
            models.UniqueConstraint(fields=["intake", "post"], condition=models.Q(intake__isnull=False), name="seen_once_by_intake"),
            guards.together("watch", "fetch", name="seen_watch_pair"),
            models.CheckConstraint(condition=models.Q(watch__isnull=False) ^ models.Q(intake__isnull=False), name="seen_one_way"),
        ]
        indexes = [models.Index(fields=["watch", "at"], name="seen_by_watch")]


class HostPace(models.Model):
    """The token bucket of one host, shared by all workers (database clock)."""

    host = models.CharField(primary_key=True, max_length=253)
    tokens = models.FloatField()
    filled_at = models.DateTimeField()
    closed_until = models.DateTimeField(null=True)  # the platform asked us to wait (Retry-After)


class RobotsFile(models.Model):
    """A site's robots.txt for as long as it may be remembered (sources/transport/robots.py); empty where the site has none."""

    LONGEST_SITE = 300

    site = models.CharField(primary_key=True, max_length=LONGEST_SITE)  # https://host
    body = models.BinaryField()
    kept_until = models.DateTimeField()


class PageView(models.Model):
    """What a watch of a feed or a page was last shown of a post: another watch's words for the same page are no edit of it (ADR 35)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="+", db_index=False)  # page_view_once begins with it
    watch = models.ForeignKey(Watch, models.PROTECT, related_name="+", db_index=False)  # nobody asks by it
    content_key = models.CharField(max_length=64)  # as PostVersion.content_key
    number = models.IntegerField()  # of the newest version when the watch was shown something else for the last time

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "watch"], name="page_view_once")]


class Heartbeat(models.Model):
    """When worker and beat last showed life (database clock)."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()


class Media(models.Model):
    """A picture or video a version points to, and what became of it. One row per reference, made with the version."""

    version = models.ForeignKey(PostVersion, models.PROTECT, related_name="pictures", db_index=False)  # media_once
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)  # domain.MediaReference.kind
    state = models.CharField(max_length=20, default=states.MediaState.WAITING)
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="+")  # the file as it came
    thumbnail = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="+")  # re-encoded, contacts readable
    masked = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="+")  # the same, boxes of contacts blurred
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    problem = models.JSONField(null=True)  # {code, id, en, permanent}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="media_once"),
            guards.one_of("state", states.MediaState, "media_state"),
        ]
        indexes = [models.Index(fields=["version"], condition=models.Q(state="waiting"), name="media_waiting")]


class Profile(models.Model):
    """What an account said about itself on one day. A newer state is a newer row."""

    platform = models.CharField(max_length=20)
    account = models.CharField(max_length=200)  # its name
    account_id = models.CharField(max_length=200, blank=True, default="", db_default="")  # domain.Profile.account_id
    name = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    links = models.JSONField(default=list)
    url = models.TextField()
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["platform", "account", "-seen_at"], name="profile_newest"),
            models.Index(fields=["platform", "account_id", "-seen_at"], condition=~models.Q(account_id=""), name="profile_by_id"),
        ]
