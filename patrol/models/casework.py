"""Cases, the series of their numbers, the audit log and erasures."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import states
from patrol.models import guards
from patrol.models.collection import Post, PostVersion
from patrol.models.findings import Flag
from patrol.models.people import Office, OfficeKind, Person


class Series(models.Model):
    """The last number given in one series of one year. Raised by UPDATE … RETURNING: no two get the same."""

    name = models.CharField(max_length=60)  # TND, PKR; of letters one an office
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="series_once")]


class CaseKind(StrEnum):
    """What a case is about: deadlines, tasks and the law go by it."""

    COMPOUND = "compound"  # scam compounds and online gambling
    DOMESTIC = "domestic"  # domestic work abroad
    SQUID_BOATS = "squid_boats"
    AID_FRAUD = "aid_fraud"
    MISUSED_NAME = "misused_name"  # of an agency
    WITHOUT_SIP = "without_sip"  # an agency that has none for the offer
    OTHER = "other"


class CaseOutcome(StrEnum):
    """What came of a closed case."""

    ACTED_UPON = "acted_upon"
    REFUSED = "refused"
    UNFOUNDED = "unfounded"
    HANDED_OVER = "handed_over"  # to another body
    VICTIM_PROTECTED = "victim_protected"
    MERGED = "merged"  # into another case, which Case.merged_into names
    WITHDRAWN = "withdrawn"  # undone with the decision that opened it
    NOT_TOLD = "not_told"  # closed before it was asked


WITHOUT_SUSPICION = frozenset({CaseOutcome.UNFOUNDED, CaseOutcome.MERGED, CaseOutcome.WITHDRAWN})  # a case that ended so


class Case(models.Model):
    """Opened by an office from flags, escalated to the directorate, taken by an analyst."""

    number = models.CharField(_("number"), max_length=20, unique=True)  # PKR-26-0187
    title = models.CharField(_("title"), max_length=150)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="cases")
    kind = models.CharField(_("kind"), max_length=20, default=CaseKind.OTHER)
    state = models.CharField(_("state"), max_length=20, default=states.CaseState.OPENED)
    outcome = models.CharField(_("outcome"), max_length=20, blank=True)  # of a closed one: a CaseOutcome
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened"))
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name=_("responsible"), related_name="cases")
    escalated_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    escalated_at = models.DateTimeField(_("escalated"), null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    version = models.PositiveIntegerField(default=1)
    # The clock of whose turn it is, written by cases.clock alone; null where none runs.
    due_at = models.DateTimeField(_("due"), null=True)
    late_at = models.DateTimeField(null=True)  # when its supervisor is told
    tell_at = models.DateTimeField(null=True)  # when the next of them is told; null: everybody was
    told = models.PositiveSmallIntegerField(default=0)
    clock_edition = models.PositiveIntegerField(default=0)  # of ClockEdition: what it was counted by

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            guards.one_of("state", states.CaseState, "case_state"),
            guards.one_of("kind", CaseKind, "case_kind"),
            guards.together("escalated_by", "escalated_at", name="case_escalated_pair"),
            guards.together("closed_by", "closed_at", name="case_closed_pair"),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_at__isnull=True)),
                name="case_closed_state",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", outcome__in=[str(one) for one in CaseOutcome])
                | (~models.Q(state="closed") & models.Q(outcome="")),
                name="case_closed_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="merged", merged_into__isnull=False)
                | (~models.Q(outcome="merged") & models.Q(merged_into__isnull=True)),
                name="case_merged_pair",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["escalated", "in_analysis"]) | models.Q(escalated_at__isnull=False),
                name="case_escalated_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["in_analysis", "referred"]) | models.Q(responsible__isnull=False),
                name="case_in_analysis_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "-opened_at"], name="case_by_office"),
            # Where cases of an office went, and whose went into one of it: what the wall asks (ADR 71).
            models.Index(fields=["office"], condition=models.Q(merged_into__isnull=False), name="case_merged_of_office"),
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="case_due"),
            models.Index(fields=["tell_at"], condition=models.Q(tell_at__isnull=False), name="case_tell"),
            models.Index(fields=["clock_edition"], condition=~models.Q(state="closed"), name="case_clock_edition"),
            models.Index(fields=["-opened_at", "-id"], name="case_newest"),  # the list of all offices, page by page
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def with_directorate(self) -> bool:
        """Whether an office's case is at the directorate now: escalated, or referred by an analyst who has it still."""
        return self.lies_with_directorate(self.state)

    def lies_with_directorate(self, state: str) -> bool:
        """The same of a case that is `state`."""
        referred = state == states.CaseState.REFERRED and self.responsible is not None and self.responsible.at_directorate
        return state in states.AT_DIRECTORATE or (referred and not self.at_directorate)

    @property
    def at_directorate(self) -> bool:
        """Whether it is the directorate's own: there is no other side."""
        return self.office.kind == OfficeKind.DIRECTORATE


class CaseFlag(models.Model):
    """A flag in a case. A flag stands in one case at most."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    flag = models.OneToOneField(Flag, models.PROTECT, related_name="case_entry")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()


class TaskFor(StrEnum):
    """Whose a task of a template is in a case."""

    OPENER = "opener"  # whoever opened the case
    RESPONSIBLE = "responsible"
    NOBODY = "nobody"


class TaskLine(models.Model):
    """A line of the template of a kind of case: what is to be done in each. A removed one stays for the tasks made from it."""

    kind = models.CharField(max_length=20)
    title = models.CharField(_("task"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)  # "": as in Indonesian
    days = models.PositiveSmallIntegerField(null=True)  # of the calendar, until it is due; null: no time is set
    goes_to = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("line of a template")
        verbose_name_plural = _("templates of tasks")
        constraints = [guards.one_of("kind", CaseKind, "task_line_kind"), guards.one_of("goes_to", TaskFor, "task_line_goes_to")]

    def __str__(self) -> str:
        return self.title


class CaseTask(models.Model):
    """Something to be done in a case, by a person or by whoever comes to it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    line = models.ForeignKey(TaskLine, models.PROTECT, null=True, related_name="tasks")  # of the template, where it was made from one
    title = models.CharField(_("task"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)  # where the template had one
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="tasks")
    due_at = models.DateTimeField(null=True)  # the last minute of a day where only the day was named
    state = models.CharField(max_length=10, default=states.TaskState.OPEN)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["id"]
        constraints = [
            guards.one_of("state", states.TaskState, "case_task_state"),
            guards.together("done_by", "done_at", name="case_task_done_pair"),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False) | ~models.Q(state="done") & models.Q(done_at__isnull=True),
                name="case_task_done_state",
            ),
            models.UniqueConstraint(fields=["case", "line"], name="case_task_once_a_line"),
        ]
        indexes = [models.Index(fields=["person", "due_at"], condition=models.Q(state="open"), name="case_task_of_person")]

    def __str__(self) -> str:
        return self.title


class CaseEventKind(StrEnum):
    OPENED = "opened"
    FLAG_ADDED = "flag_added"
    FLAG_REMOVED = "flag_removed"
    ESCALATED = "escalated"
    TAKEN = "taken"
    PASSED_ON = "passed_on"  # from one colleague to another of the side it lies with
    RETURNED = "returned"
    NOTE = "note"  # internal, yellow
    MESSAGE = "message"  # from one side to the other, blue
    KIND_SET = "kind_set"
    ARTICLE_ADDED = "article_added"
    ARTICLE_REMOVED = "article_removed"
    TICKED = "ticked"  # an element of an article, with what shows it: ElementTick
    UNTICKED = "unticked"
    REFERRED = "referred"  # a referral was sent; the note is its number
    CAME_BACK = "came_back"  # what was asked about is there again
    CLOSED = "closed"
    REOPENED = "reopened"
    ATTACHED = "attached"
    ATTACHMENT_WITHDRAWN = "attachment_withdrawn"
    MERGED = "merged"  # took in another case; that one tells of it as its closing
    UNMERGED = "unmerged"  # gave it back; that one tells of it as its reopening
    TASK_ADDED = "task_added"
    TASK_ASSIGNED = "task_assigned"  # to a person, or to nobody
    TASK_DUE = "task_due"
    TASK_DONE = "task_done"
    TASK_REOPENED = "task_reopened"
    TASK_DROPPED = "task_dropped"
    FLAG_NEAR = "flag_near"  # joined the campaign or row of one of its flags; by the machine, once
    LINK_DOWN = "link_down"  # a look at a link found so, twice: nobody's act
    LINK_BACK = "link_back"
    SEEN_AGAIN = "seen_again"  # what a referral asked about, under another name: a ComeBack; by the machine
    NOT_AGAIN = "not_again"  # a person says of one that it is something else
    CORRECTED = "corrected"  # an objection was upheld: what the case held of a flag was wrong; the note is its number and what is right


class CaseEvent(models.Model):
    """The timeline of a case. Append-only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: the system's own finding
    # Of a note or message: whose side wrote it, as it was that day. Null in what was written before this was kept: then it is asked of
    # `by`, since a row of the timeline is never rewritten.
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # whom it was passed on to, or who got the task
    note = models.TextField(blank=True)
    article = models.CharField(max_length=20, blank=True)  # of an escalation, an article and a tick: an Article's key; or cases.law.OTHER
    outcome = models.CharField(max_length=20, blank=True)  # of a closing since it is asked: a CaseOutcome
    case_kind = models.CharField(max_length=20, blank=True)  # of KIND_SET: a CaseKind
    flag = models.ForeignKey(Flag, models.PROTECT, null=True, related_name="+")
    attachment = models.ForeignKey("patrol.CaseAttachment", models.PROTECT, null=True, related_name="events")
    other = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")  # the other case of a merger
    told = models.JSONField(default=dict)  # what a merger moved and what the case was before, by id: it is taken back by this
    task = models.ForeignKey(CaseTask, models.PROTECT, null=True, related_name="events")
    due_at = models.DateTimeField(null=True)  # of a task, as it was set then
    transaction = guards.in_transaction()

    class Meta:
        verbose_name = _("case event")
        verbose_name_plural = _("case events")
        ordering = ["id"]
        constraints = [
            guards.one_of("kind", CaseEventKind, "case_event_kind"),
            guards.one_of("outcome", ["", *CaseOutcome], "case_event_outcome"),
            guards.one_of("case_kind", ["", *CaseKind], "case_event_case_kind"),
            models.CheckConstraint(
                condition=models.Q(kind="passed_on", to__isnull=False)
                | models.Q(kind__in=["task_added", "task_assigned"])
                | ~models.Q(kind="passed_on") & models.Q(to__isnull=True),
                name="case_event_passed_on_to_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["attached", "attachment_withdrawn"], attachment__isnull=False)
                | ~models.Q(kind__in=["attached", "attachment_withdrawn"]) & models.Q(attachment__isnull=True),
                name="case_event_of_attachment",
            ),
            models.UniqueConstraint(fields=["attachment", "kind"], name="case_event_attachment_once"),
            models.UniqueConstraint(fields=["case", "flag"], condition=models.Q(kind="flag_near"), name="case_event_flag_near_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["flag_near", "link_down", "link_back", "seen_again"], by__isnull=True, flag__isnull=False)
                | ~models.Q(kind__in=["flag_near", "link_down", "link_back", "seen_again"]) & models.Q(by__isnull=False),
                name="case_event_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["merged", "unmerged"]) & ~models.Q(outcome="merged") | models.Q(other__isnull=False),
                name="case_event_names_the_other",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__startswith="task_", task__isnull=False)
                | ~models.Q(kind__startswith="task_") & models.Q(task__isnull=True),
                name="case_event_of_a_task",
            ),
        ]
        indexes = [models.Index(fields=["transaction", "id"], name="case_event_order")]  # changes.stream


class AuditEntry(models.Model):
    """One line of the audit log, chained by hash. No foreign keys: it survives everything and blocks nothing."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    chain_version = models.PositiveSmallIntegerField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["-seq"]
        constraints = [models.CheckConstraint(condition=models.Q(seq__gte=1), name="audit_from_the_first")]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_by_target"),
            models.Index(
                fields=["actor_id", "at"],
                condition=models.Q(
                    verb__in=["contact.shown", "indicator.shown", "protection.contacts_shown", "capture.viewed", "capture.downloaded"]
                ),
                name="audit_looks",
            ),  # a person's looks at contacts in full, day by day
        ]


class LogHead(models.Model):
    """How far the log reaches: one row, written with each row of the log and signed with a key the database does not hold."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    mac = models.CharField(max_length=64, blank=True)  # "": written on after a head nobody of us had signed

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="log_head_once")]


class Unsealed(models.Model):
    """Records and versions that no seal names yet: one row for each statement that brought some, made by a trigger."""

    kind = models.CharField(max_length=10)  # capture, version
    keys = ArrayField(models.TextField())


class Seal(models.Model):
    """Which records and versions one row of the log answers for. Append-only; the digest over their commitments stands in the log."""

    captures = ArrayField(models.TextField())
    versions = ArrayField(models.BigIntegerField())


class ErasureRequest(models.Model):
    """One person wants the content of a post erased. Append-only: what was asked, and on what ground, is never made to fit the answer."""

    number = models.CharField(_("number"), max_length=20, unique=True)  # HPS-26-0003
    post = models.ForeignKey(Post, models.PROTECT, related_name="erasure_requests")
    reason = models.CharField(max_length=20)  # a key of erasing.REASONS
    ground = models.TextField(_("legal ground"))  # article, letter or decree; no name in it, it is kept
    versions = models.PositiveIntegerField()  # what there was to erase when it was asked for
    files = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("asked"))
    until = models.DateTimeField(_("runs out"))

    class Meta:
        verbose_name = _("request to erase")
        verbose_name_plural = _("requests to erase")
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("at")), name="erasure_request_runs_out"),
            models.CheckConstraint(condition=~models.Q(ground=""), name="erasure_request_ground"),
        ]

    def __str__(self) -> str:
        return self.number


class ErasureAnswerKind(StrEnum):
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by whoever asked
    RAN_OUT = "ran_out"  # nobody answered in time


class ErasureAnswer(models.Model):
    """What became of a request, once. Append-only; that an approval is another person's, and in time, is asked by the database too."""

    request = models.OneToOneField(ErasureRequest, models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            guards.one_of("kind", ErasureAnswerKind, "erasure_answer_kind"),
            models.CheckConstraint(
                condition=models.Q(kind="ran_out", by__isnull=True) | ~models.Q(kind="ran_out") & models.Q(by__isnull=False),
                name="erasure_answer_by_somebody",
            ),
        ]


class Erasure(models.Model):
    """That a version's personal content was blanked, by whom, why. Written by the eraser's functions alone."""

    version = models.ForeignKey(PostVersion, models.PROTECT, related_name="erasures")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")  # who approved it
    request = models.ForeignKey(ErasureRequest, models.PROTECT, null=True, related_name="erasures")
    # Of the times of keeping, where its age erased it.
    edition = models.ForeignKey("patrol.RetentionEdition", models.PROTECT, null=True, related_name="erasures", db_index=False)
    reason = models.TextField()  # of an edition: the term
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(edition=None) | models.Q(request=None), name="erasure_by_request_or_edition")
        ]


class ErasedFile(models.Model):
    """A file that showed what was erased: made with the Erasure, in its transaction; removed from the disk after it (evidence.erasing)."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    erasure = models.ForeignKey(Erasure, models.PROTECT, null=True, related_name="files")  # the last one that asked for it
    edition = models.ForeignKey("patrol.RetentionEdition", models.PROTECT, null=True, related_name="+", db_index=False)  # of a profile
    state = models.CharField(max_length=10)
    why = models.CharField(max_length=20, blank=True)  # of one that is kept: erasing.Need
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            guards.one_of("state", states.ErasedState, "erased_file_state"),
            models.CheckConstraint(
                condition=models.Q(edition__isnull=False) | models.Q(erasure__isnull=False), name="erased_file_of_something"
            ),
            models.CheckConstraint(
                condition=models.Q(state="removed", removed_at__isnull=False)
                | ~models.Q(state="removed") & models.Q(removed_at__isnull=True),
                name="erased_file_removed_pair",
            ),
        ]
        indexes = [models.Index(fields=["sha256"], condition=models.Q(state="due"), name="erased_file_due")]
