"""The custody history of one piece of evidence: how it came, what its record holds, and who opened, took or handed on it since.

It joins what is written elsewhere: the record, the audit log, the reading log and the custody log. Addresses and headers stand masked; a
colleague of another office goes by the office. For whoever may open the piece, on the same conditions. Rows of the audit log and of the
reading log, which say who looked, are for those who read these books; others are told how often, and the last day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, preserved, words
from patrol.cases import attachments
from patrol.engine import masks
from patrol.evidence import completeness, custody, trust
from patrol.models import CustodyAct, CustodyFound, ReferralEventKind
from patrol.preserving import page_stamps

MOST: Final = 50  # rows of each book
_NOT_RECORDED: Final = gettext_lazy("not recorded")
_NOT_KNOWN: Final = gettext_lazy("not known")
_NO_EXCHANGE: Final = gettext_lazy("none: it was brought, not asked of a server")
_ACTS: Final[dict[str, words.Badge]] = {
    CustodyAct.TAKEN: words.Badge(gettext_lazy("Copy taken away"), "med", "download"),
    CustodyAct.EXPORTED: words.Badge(gettext_lazy("In a package of its case"), "blue", "archive"),
    CustodyAct.HANDED_OVER: words.Badge(gettext_lazy("Handed over to another body"), "blue", "outbox"),
    CustodyAct.REFUSED: words.Badge(gettext_lazy("Not opened: its file does not match"), "high", "block"),
}
_FOUND: Final[dict[str, Any]] = {
    CustodyFound.WHOLE: gettext_lazy("hash matched"),
    CustodyFound.CHANGED: gettext_lazy("hash differed"),
    CustodyFound.MISSING: gettext_lazy("file missing"),
    CustodyFound.UNREADABLE: gettext_lazy("file could not be read"),
}
_LOOKS: Final[dict[str, words.Badge]] = {
    "capture.viewed": words.Badge(gettext_lazy("Opened"), "plain", "visibility"),
    "capture.downloaded": words.Badge(gettext_lazy("Copy taken away"), "med", "download"),
}
_OPENED: Final = words.Badge(gettext_lazy("Opened, or a copy taken before there were minutes"), "plain", "visibility")
_RECEIVED: Final = words.Badge(gettext_lazy("Came in"), "ok", "inventory_2")
_REDRAWN: Final = words.Badge(gettext_lazy("Working copy made"), "plain", "content_copy")
_STAMPED: Final = words.Badge(gettext_lazy("Time stamp of an authority kept beside it"), "plain", "verified")
_READ: Final = words.Badge(gettext_lazy("Page of its post shown"), "plain", "article")
_PACKET: Final = words.Badge(gettext_lazy("Packet of a referral with its post taken"), "plain", "folder_zip")
_RELATIONS: Final[dict[str, Any]] = {
    "original": gettext_lazy("original"),
    "rendition": gettext_lazy("rendition of the original"),
    "working_copy": gettext_lazy("working copy"),
    "ocr": gettext_lazy("words read from it"),
    "translation": gettext_lazy("translation"),
    trust.STAMP: gettext_lazy("time stamp"),
}
_LEVELS: Final[dict[trust.Level, words.Badge]] = {
    trust.Level.BROKEN: words.Badge(gettext_lazy("Not intact"), "high", "gpp_bad"),
    trust.Level.INTACT: words.Badge(gettext_lazy("Intact"), "plain", "check_circle"),
    trust.Level.SIGNED: words.Badge(gettext_lazy("Intact and signed"), "ok", "verified"),
    trust.Level.STAMPED: words.Badge(gettext_lazy("Intact, signed and time-stamped"), "ok", "verified"),
}

_OURS: Final[dict[bool | None, words.Title]] = {
    True: gettext_lazy("Signed with the key of this server."),
    False: gettext_lazy("Signed with a key that is not this server's: ask whose it is."),
    None: gettext_lazy("Whose key signed it could not be looked at: this server's own cannot be read here."),
}

type Page = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    badge: words.Badge
    who: str
    details: Sequence[str] = ()
    hashes: Sequence[str] = ()  # folded
    minutes: models.Minutes | None = None


def of_post(request: HttpRequest, post_id: int, capture_id: Any, page: Page) -> HttpResponse:
    """Of a copy that shows this post. Raises Http404, PermissionDenied."""
    person = base.who(request)
    post = base.visible(person, Action.POST_VIEW, models.Post.objects.select_related("flag"), pk=post_id)
    capture = _found(capture_id)
    if kept_from := preserved.closed(request, capture, post, person):
        base.say(request, kept_from, problem=True)
        return preserved.to(post)
    flag = getattr(post, "flag", None)
    back = base.here("patrol_flag_change", flag.pk) if flag else base.here("patrol_post_change", post.pk)
    return _answer(request, capture, page, post=post, back=back + "#rekaman", of=flag.number if flag else "")


def of_attachment(request: HttpRequest, attachment_id: int, page: Page) -> HttpResponse:
    """Of a file attached to a case. Raises Http404, PermissionDenied."""
    person = base.who(request)
    rows = attachments.seen(person, models.CaseAttachment.objects.select_related("case"))
    attachment = base.visible(person, Action.CASE_VIEW, rows, pk=attachment_id)
    access.require(person, Action.EVIDENCE_OPEN, office_id=attachment.case.office_id)
    case = attachment.case
    if not attachments.standing(models.CaseAttachment.objects.filter(pk=attachment.pk)).exists():
        base.refuse(request, attachments.withdrawn_already())
        return HttpResponseRedirect(base.here("patrol_case_change", case.pk))
    return _answer(request, _found(attachment.capture_id), page, post=None, back=base.here("patrol_case_change", case.pk), of=case.number)


def _found(key: Any) -> models.Capture:
    loaded = models.Capture.objects.select_related("collecting", "person__office", "office", "fetch__watch", "intake")
    found = loaded.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _answer(request: HttpRequest, capture: models.Capture, page: Page, *, post: models.Post | None, back: str, of: str) -> HttpResponse:
    person = base.who(request)
    events = sorted(_events(capture, post, person), key=lambda one: one.at, reverse=True)
    context = {
        **_facts(capture, post, person),
        "events": [
            {
                "badge": one.badge,
                "when": words.moment(one.at),
                "who": one.who,
                "details": one.details,
                "hashes": one.hashes,
                "minutes": one.minutes.number if one.minutes else "",
                "pdf": base.here("patrol_minutes_pdf", one.minutes.pk) if one.minutes else "",
            }
            for one in events
        ],
        "counts": _counts(capture, post, person),
        "trust": _trust(capture) if trust.is_archive(capture) else None,
        "most": MOST,
        "back": back,
        "subtitle": of,
    }
    return page(request, "workbench/custody.html", context, title=_("Custody history of evidence"))


# --- what happened ----------------------------------------------------------------------------------


def _events(capture: models.Capture, post: models.Post | None, person: models.Person) -> Iterator[Event]:
    """Of each book the newest MOST. As many queries, however much is in them."""
    yield Event(capture.received_at, _RECEIVED, _collected(capture, person))
    for copy in capture.renditions.order_by("-received_at")[:MOST]:
        badge = _STAMPED if copy.kind == trust.STAMP else _REDRAWN
        yield Event(copy.received_at, badge, _("the system"), [_RELATIONS.get(copy.relation, copy.relation)], [f"SHA-256 {copy.sha256}"])
    entered = models.CustodyEntry.objects.filter(capture=capture).select_related("by__office", "minutes").order_by("-id")
    for entry in entered[:MOST]:
        yield Event(entry.at, _ACTS[entry.act], words.person(entry.by, person), _entered(entry), _hashes(entry), entry.minutes)
    if access.may(person, Action.AUDIT_VIEW):
        looked = list(_looks(capture).order_by("-seq")[:MOST])
        people = models.Person.objects.select_related("office").in_bulk({act.actor_id for act in looked})
        for act in looked:
            yield Event(act.at, _LOOKS[act.verb], _named(people.get(act.actor_id), person), _purpose(act.after.get("purpose", "")))
    if post is None:
        return
    if access.may(person, Action.CONSULTATION_VIEW):
        yield from _readings(capture, post, person)
    taken = models.ReferralEvent.objects.filter(kind=ReferralEventKind.PACKET_TAKEN, referral__items__flag__post=post)
    seen = access.scope(person, Action.REFERRAL_VIEW, models.Referral.objects.all())
    for event in taken.filter(referral__in=seen).distinct().select_related("by__office", "referral").order_by("-id")[:MOST]:
        yield Event(event.at, _PACKET, words.person(event.by, person), [event.referral.number])


def _looks(capture: models.Capture) -> QuerySet[models.AuditEntry]:
    """With "custody" in it the act is an entry of the custody log."""
    acts = models.AuditEntry.objects.filter(target_type="capture", target_id=str(capture.pk), verb__in=_LOOKS)
    return acts.exclude(after__has_key="custody")


def _read(capture: models.Capture, post: models.Post) -> list[QuerySet[models.Consultation]]:
    """The reading log's rows of the page of the post since the piece is there: of the post, and of its flag."""
    targets = [("post", str(post.pk))] + ([("flag", str(post.flag.pk))] if hasattr(post, "flag") else [])
    since = models.Consultation.objects.filter(at__gte=capture.received_at).exclude(way="list")
    return [since.filter(target_kind=kind, target_id=key) for kind, key in targets]


def _counts(capture: models.Capture, post: models.Post | None, person: models.Person) -> list[dict[str, Any]]:
    """Of the books this person does not read: how often, and the last day. A query for each."""
    books: list[tuple[words.Badge, list[QuerySet[Any]]]] = []
    if not access.may(person, Action.AUDIT_VIEW):
        books.append((_OPENED, [_looks(capture)]))
    if post is not None and not access.may(person, Action.CONSULTATION_VIEW):
        books.append((_READ, _read(capture, post)))
    told = []
    for badge, rows in books:
        found = [one.aggregate(many=Count("pk"), last=Max("at")) for one in rows]
        many, last = sum(one["many"] for one in found), max((one["last"] for one in found if one["last"]), default=None)
        if last is not None:
            said = ngettext("%(count)s time, last on %(day)s", "%(count)s times, last on %(day)s", many)
            told.append({"badge": badge, "said": said % {"count": many, "day": words.day(last)}})
    return told


def _readings(capture: models.Capture, post: models.Post, person: models.Person) -> Iterator[Event]:
    """From the reading log: who was shown the page of the post. One query for each target, and one for names."""
    rows = []
    for found in _read(capture, post):
        rows += list(found.order_by("-at")[:MOST])
    people = models.Person.objects.select_related("office").in_bulk({row.person_id for row in rows})
    for row in sorted(rows, key=lambda one: one.at, reverse=True)[:MOST]:
        details = [_("contacts in full") if row.unmasked else _("contacts masked"), *_purpose(row.purpose)]
        yield Event(row.at, _READ, _named(people.get(row.person_id), person), details)


def _entered(entry: models.CustodyEntry) -> list[str]:
    said = [str(_FOUND[entry.found]), *_purpose(entry.purpose)]
    if entry.recipient:
        said.append(_("to %(whom)s") % {"whom": entry.recipient})
    return said


def _hashes(entry: models.CustodyEntry) -> list[str]:
    said = []
    if entry.found == CustodyFound.CHANGED:
        said.append(_("file has SHA-256 %(hash)s") % {"hash": entry.before})
    if entry.after:
        said.append(_("left in a file with SHA-256 %(hash)s") % {"hash": entry.after})
    return said


def _purpose(key: str) -> list[str]:
    known: dict[str, Any] = {**words.PURPOSES, "triage": _("for the triage"), "referral": _("for a referral")}
    return [str(known.get(key, masks.text(key)))] if key else []


def _named(one: models.Person | None, reader: models.Person) -> str:
    return words.person(one, reader) if one is not None else _("the system")


def _collected(capture: models.Capture, person: models.Person) -> str:
    if capture.person is not None and (system := capture.options.get("token")):
        given = {"system": masks.text(system), "who": words.person(capture.person, person)}
        return _("another system, “%(system)s”, with the token of %(who)s") % given
    if capture.person is not None:
        return words.person(capture.person, person)
    watch = capture.fetch.watch if capture.fetch is not None else None
    if watch is not None and access.may(person, Action.WATCH_VIEW, office_id=watch.office_id):
        return _("the watch “%(name)s”") % {"name": masks.text(watch.name)}
    return _("the system")


# --- how far it can be trusted ----------------------------------------------------------------------


def _trust(capture: models.Capture) -> dict[str, Any]:
    """Found out now. Reads the file; two queries at most."""
    found = trust.of(capture)
    said = [words.said({"id": one.id, "en": one.en}) for one in found.why]
    if found.stamped_at is not None:
        said.append(_("A time-stamp authority saw it on %(when)s.") % {"when": words.moment(found.stamped_at)})
    elif found.level == trust.Level.SIGNED and not found.why and (problem := page_stamps.problem()):
        said.append(_("It has no time stamp yet: %(problem)s") % {"problem": words.said(problem)})
    if found.key:
        said.append(str(_OURS[trust.ours(found.key)]))
    return {"badge": _LEVELS[found.level], "said": said, "key": found.key}


# --- what its record holds --------------------------------------------------------------------------


def _facts(capture: models.Capture, post: models.Post | None, person: models.Person) -> dict[str, list[dict[str, Any]]]:
    """Groups of title and value: what an officer reads, and what only a second look at the evidence asks for. One query."""
    brought = not capture.address
    none = str(_NO_EXCHANGE)
    check = models.CopyCheck.objects.filter(pk=capture.pk).first()
    by = _("the system, job number %(number)s") % {"number": capture.job_id} if capture.job_id else _collected(capture, person)
    relation = str(_RELATIONS.get(capture.relation, capture.relation))
    record = [
        (_("Kind"), str(preserved.kind_of(capture))),
        (_("Relation"), relation),
        (_("Length"), ngettext("%(count)s byte", "%(count)s bytes", capture.length) % {"count": formats.number_format(capture.length)}),
        (_("Complete"), _complete(capture)),
        (_("Last check of the file"), _checked(check)),
    ]
    asked = [
        (_("Collected by"), by),
        (_("Office"), capture.office.name if capture.office else _collected_for(capture)),
        (_("Collected for"), _words_of(capture.purpose)),
        (_("Account used"), masks.account(capture.account) if capture.account else _("none")),
        (_("Address asked for"), masks.link(capture.asked_url) or none),
    ]
    numbered = [
        (_("Number of the piece"), str(capture.pk)),
        *([(_("Relation"), f"{relation} ({capture.of_id})")] if capture.of_id else []),
        ("SHA-256", capture.sha256),
        ("SHA3-512", capture.sha3_512),
        (pgettext("file", "Type"), capture.media_type or str(_NOT_KNOWN)),
    ]
    exchanged = [
        (_("Asked at"), _exact(capture.requested_at)),
        (_("Received at"), _exact(capture.received_at)),
        (_("Redirects"), ", ".join(masks.link(str(hop)) for hop in capture.hops) or (none if brought else _("none"))),
        (_("Address that answered"), masks.link(capture.final_url) or none),
        (_("Status"), str(capture.status) if capture.status is not None else none),
        (_("Server dialled"), capture.address or none),
        (_("Certificate shown (SHA-256)"), capture.tls_fingerprint or (none if brought else _("none: without TLS"))),
        (_("Chain of certificates"), _chain(capture, none if brought else "")),
        (_("Our own address on the way out"), str(_NOT_KNOWN)),
        (_("Headers sent"), _headers(capture.request_headers) or none),
        (_("Headers received"), _headers(capture.headers) or none),
    ]
    piece, how = _("The piece"), _("How it was collected")
    plain = [{"title": piece, "rows": record}, {"title": how, "rows": asked}]
    if post is not None:
        plain.append({"title": _("The post"), "rows": _posted(post)})
    technical = [
        {"title": piece, "rows": numbered},
        {"title": how, "rows": exchanged},
        {"title": _("What collected it"), "rows": _program(capture)},
    ]
    return {"facts": plain, "technical": technical}


def _complete(capture: models.Capture) -> str:
    lacks = " ".join(words.said({"id": said.id, "en": said.en}) for said in completeness.lacks(capture))
    return _("no. %(why)s") % {"why": lacks} if lacks else _("yes")


def _collected_for(capture: models.Capture) -> str:
    watch = capture.fetch.watch if capture.fetch is not None else None
    return str(watch.office.name) if watch is not None else str(_NOT_RECORDED)


def _words_of(purpose: str) -> str:
    known = {"patrol": _("patrol"), "case": _("for a case"), "referral": _("for a referral"), "evidence": _("as evidence")}
    return str(known.get(purpose, purpose))


def _exact(at: datetime) -> str:
    """To the microsecond in UTC, as it is stored, and as the office's clock has it."""
    return f"{at:%Y-%m-%d %H:%M:%S.%f} UTC ({words.moment(at)})"


def _headers(rows: Any) -> str:
    """Name and value of each, contacts cut, a line each; of what a login is made of the name alone."""
    said = [f"{name}: {_('not shown') if custody.is_login(str(name)) else value}" for name, value in rows]
    return "\n".join(masks.text(one, [], [(0, len(one))]) for one in said)


def _chain(capture: models.Capture, otherwise: str) -> str:
    if otherwise:
        return otherwise
    if capture.tls_chain is None:
        return str(_NOT_RECORDED)
    return "\n".join(capture.tls_chain) or _("none: without TLS")


def _checked(check: models.CopyCheck | None) -> str:
    if check is None:
        return _("not checked yet")
    when = words.moment(check.checked_at)
    if check.whole:
        return _("%(when)s: whole") % {"when": when}
    if check.missing is None:
        return _("%(when)s: not whole, or it could not be read") % {"when": when}
    return (_("%(when)s: missing") if check.missing else _("%(when)s: not what its record says")) % {"when": when}


def _program(capture: models.Capture) -> list[tuple[str, str]]:
    of = capture.collecting
    if of is None:  # before there was a row for each process: each record had its own
        within, database, since = str(_NOT_RECORDED), str(_NOT_RECORDED), str(_NOT_RECORDED)
        program, commit, lock = capture.collector, capture.collector_commit, capture.lock_sha256
        system, host, source = capture.system, capture.host, str(_NOT_RECORDED)
    else:
        program, commit, lock, system, host = of.program, of.commit, of.lock_sha256, of.system, of.host
        since = _exact(of.at)
        source = _("kernel, steered by a time service") if of.clock_source else str(_NOT_KNOWN)
        within = _microseconds(of.clock_within)
        database = _microseconds(of.clock_to_database)
    return [
        (_("Program"), program or str(_NOT_RECORDED)),
        (_("Version of its source"), commit or str(_NOT_KNOWN)),
        (_("List of libraries (SHA-256)"), lock or str(_NOT_RECORDED)),
        (_("System"), system or str(_NOT_RECORDED)),
        (_("Machine (hash of its name)"), host or str(_NOT_RECORDED)),
        (_("First capture of this process"), since),
        (_("Clock when the process first captured"), source),
        (_("Clock right within, then"), within),
        (_("Database's clock ahead by, then"), database),
    ]


def _microseconds(value: int | None) -> str:
    return str(_NOT_KNOWN) if value is None else f"{value / 1_000_000:.6f} s"


def _posted(post: models.Post) -> list[tuple[str, str]]:
    version = models.PostVersion.objects.filter(post=post).select_related("content").order_by("-number").first()
    content = getattr(version, "content", None)
    author = masks.account(content.author) if content and content.author else ""
    if content and not author:  # a feed names a person, and no account
        author = masks.turning_shown(masks.name(content.author_name))
    posted = f"{words.moment(post.posted_at)} ({post.posted_at_source})" if post.posted_at else str(_NOT_KNOWN)
    return [
        (_("Platform"), words.platform(post.platform)),
        (pgettext("post", "Author"), author or str(_NOT_KNOWN)),
        (_("Time the post claims"), posted),
        (_("First seen"), words.moment(post.first_seen)),
    ]
