"""What is held about one number, account or name: where it came from, who saw it, what left. For the answer to a request of a subject.

In the answer is what the line that was asked about itself says, never a part of it: an account with its platform, a bank account with its
bank, a telephone number. Whatever else it may mean (the same name at another platform, the same digits at a bank, an account that bore the
name once) may be somebody else's: the office is told of it, masked, and nothing of it is in the answer. Every question walks an index (in
brackets), so that the amount of what is kept does not count, only how much there is of the subject:

    indicators   kind and value [indicator_once], the names an account bore [account_by_name]
    posts        the indicators' sightings, newest first [sighting_newest_post], at most MOST one by one; all of them for what follows
    ways         watches and people that brought them [seen_once]; flags, cases, referrals, cards by their foreign keys
    looks        the reading log and the audit log by their things [consultation_by_target, audit_by_target]

Left out: posts in which somebody harmed is or was protected, as if they were not there, for any count of them would say that somebody was
harmed (the office that protects is told and answers of them); the words of posts and cases; reports of the public and who sent them; what
stands in NOT_COUNTED. The database is read only but for those notices and the two rows that say that a report was made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import CharField, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from patrol import access, models, search
from patrol.access import Action, audit, consulting, looks
from patrol.domain import ClaimKind
from patrol.domain.states import CaseState
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.models import ConsultationWay, OfficeKind, Role, SightingRole, SubjectAbout
from patrol.privacy import requests
from patrol.register import editions

MOST: Final = 1000  # posts that are listed one by one; all are counted
KINDS: Final[Mapping[str, frozenset[str]]] = {
    SubjectAbout.NUMBER: frozenset({ClaimKind.PHONE, ClaimKind.BANK_ACCOUNT}),
    SubjectAbout.ACCOUNT: frozenset({ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.EMAIL}),
    SubjectAbout.NAME: frozenset({"agency"}),
}
# What may hold something of the subject and is not looked through.
NOT_COUNTED: Final = (
    "names_in_posts",  # of authors, of profiles, in the words
    "chats",  # where a post stood, or that was given with an import: one of two bears the name or number of the other; no index
    "copies",  # preserved ones and attachments, and who was given them
    "pages",  # of cases, rings and referrals, and who read them
    "letters",  # and summaries that name the subject, and mails with the files of referrals
    "searches",  # by other words that led there
)
VERB: Final = "subject.reported"
NOTICE: Final = "protection_asked"


def gather(*, number: str, value: str, ran_by: str, now: datetime) -> dict[str, Any]:
    """All of it in plain values, moments as ISO texts; logged as put together by whoever entered the request. `number`: of the request;
    `value`: what it is about, in full; `ran_by`: the account of the server that asks. "office" is for the officer and never handed over.

    Raises RefusedError, PermissionDenied.
    """
    value = " ".join(value.split())
    request = models.SubjectRequest.objects.select_related("entered_by").filter(number=number).first()
    if request is None:
        raise RefusedError("subject.report_request", _("There is no request %(number)s."), "number", number=number)
    if request.answered_at is not None:
        raise RefusedError("subject.report_closed", _("%(number)s is closed: enter what is asked now."), "number", number=number)
    if not value:
        raise RefusedError("subject.report_value", _("Write the number, account or name."), "value")
    if request.about_digest not in search.digests(value):
        sentence = _("Nothing was put together: that is not what %(number)s asks about.")
        raise RefusedError("subject.report_other", sentence, "value", number=number)
    by, kind = request.entered_by, request.about
    if not by.is_active:
        raise RefusedError("subject.report_left", _("Whoever entered %(number)s has left: enter it anew."), "number", number=number)
    access.require(by, Action.SUBJECT_REQUEST)
    wanted = {one for one in search.meant(value) if one[0] in KINDS[kind]}
    said = wanted & search.named(value)
    known = list(search.known(wanted)) if wanted else []
    # Protected once is protected here for good: that it was closed makes nobody less harmed.
    protections = models.Protection.objects.filter(flag__post=OuterRef("post"))
    named = [one.pk for one in known if (one.kind, one.value) in said]
    further = [one for one in known if one.pk not in named]
    seen = models.Sighting.objects.filter(indicator__in=[one.pk for one in known])
    shown = seen.filter(~Exists(protections), indicator__in=named)
    anywhere = set(seen.values_list("indicator", flat=True).distinct())
    spans = {
        one: (first, last)
        for one, first, last in seen.filter(~Exists(protections))
        .values("indicator")
        .annotate(first=Min("seen_at"), last=Max("seen_at"))
        .values_list("indicator", "first", "last")
    }
    # One that stands in protected posts alone is not known here.
    own = [one for one in known if one.pk in named and (one.pk in spans or one.pk not in anywhere)]
    keys = [one.pk for one in own]
    posts = list(shown.order_by("-post").values_list("post", flat=True).distinct()[:MOST])
    flags = models.Flag.objects.filter(post__in=shown.values("post"))
    totals = shown.aggregate(many=Count("post", distinct=True), first=Min("seen_at"))
    found = {
        "about": {"value": value, "kind": kind, "request": number, "made": now.isoformat(), "by": by.username},
        "indicators": [_indicator(one, spans.get(one.pk)) for one in own],
        "posts": _posts(posts, shown),
        "posts_in_all": totals["many"],
        "trusted": [
            {"known_as": one.known_as, "until": one.expires_on.isoformat(), "approved": one.approved_at is not None}
            for one in models.Trusted.objects.filter(indicator__in=keys, ended_at=None).order_by("pk")
        ],
        "register": _register(value, kind),
        "cases": _cases(flags),
        "seen_by": _seen_by(keys, shown, flags, value),
        "left": _left(keys, flags, totals["first"]),
        "not_counted": list(NOT_COUNTED),
        "office": {
            "may_be_others": [
                {"kind": one.kind, "value": masks.value(one.kind, one.value)}
                for one in further
                if one.pk in spans or one.pk not in anywhere
            ],
            "requests": list(
                models.SubjectRequest.objects.filter(about_digest__in=search.digests(value)).order_by("pk").values_list("number", flat=True)
            ),
            "staff": _staff(value) if kind != SubjectAbout.NUMBER else [],
            "objections": list(models.Objection.objects.filter(name__iexact=value).order_by("pk").values_list("number", flat=True))
            if kind == SubjectAbout.NAME
            else [],
        },
    }
    many = len(keys) + len(posts)
    with transaction.atomic():
        _tell_protecting(seen.filter(Exists(protections), indicator__in=named), number, by, now)
        consulting.note(
            by,
            way=ConsultationWay.EXPORT,
            target=("subjectreport", ""),
            rows=many,
            unmasked=True,
            purpose="subject",
            query_digest=requests.mark(value),
        )
        after = {"digest": requests.mark(value), "hits": many, "about": kind, "request": number, "ran_by": ran_by}
        audit.write(VERB, by=by, now=now, target=("subjectreport", ""), after=after)
    return found


def _tell_protecting(hidden: QuerySet[models.Sighting], number: str, by: models.Person, now: datetime) -> None:
    """The supervisors of whichever office protects somebody in such a post, else those of the directorate, once for a request: they answer
    of that post. By name: what an office is told, the officer who asked may read where it is theirs too."""
    told = set(models.Notice.objects.filter(kind=NOTICE, note=number).values_list("flag", flat=True))
    held = models.Protection.objects.filter(flag__post__in=hidden.values("post")).exclude(flag__in=told).order_by("pk")
    offices = dict(held.values_list("flag", "office"))
    if not offices:
        return
    supervisors = models.Person.objects.filter(is_active=True, role=Role.SUPERVISOR).order_by("pk")
    near = {office: [one for one in supervisors if one.office_id == office] for office in set(offices.values())}
    above = list(supervisors.filter(office__kind=OfficeKind.DIRECTORATE))
    models.Notice.objects.bulk_create(
        models.Notice(kind=NOTICE, person=one, flag_id=flag, at=now, by=by, note=number)
        for flag, office in offices.items()
        for one in near[office] or above
    )


def _indicator(one: models.Indicator, span: tuple[datetime, datetime] | None) -> dict[str, Any]:
    """When it was seen: in the posts of this report alone."""
    first, last = span or (one.first_seen, one.last_seen)
    return {"kind": one.kind, "value": one.value, "first_seen": first.isoformat(), "last_seen": last.isoformat()}


def _posts(keys: list[int], sightings: QuerySet[models.Sighting]) -> list[dict[str, Any]]:
    """Post by post: where it stood, as what the subject stands in it, by which ways it came, what was decided."""
    flags = {flag.post_id: flag for flag in models.Flag.objects.filter(post__in=keys).select_related("office")}
    roles: dict[int, set[str]] = defaultdict(set)
    for post, role in sightings.filter(post__in=keys).values_list("post", "role"):
        roles[post].add(role)
    ways: dict[int, list[dict[str, Any]]] = defaultdict(list)
    seen = models.Seen.objects.filter(post__in=keys).order_by("post_id", "at", "pk")
    for post, at, watch, brought, office, by_office in seen.values_list(
        "post", "at", "watch", "intake__kind", "watch__office__short_name", "intake__office__short_name"
    ):
        ways[post].append({"at": at.isoformat(), "by": "watch" if watch else brought, "office": office or by_office})
    found = []
    for one in models.Post.objects.filter(pk__in=keys).order_by("-pk"):
        flag = flags.get(one.pk)
        own = SightingRole.AUTHOR in roles[one.pk]
        found.append(
            {
                "platform": one.platform,
                # The address of a post names its author, who may be somebody else.
                "address": one.url if own else masks.link(one.url),
                "stands_as": sorted(roles[one.pk]),
                "posted": one.posted_at.isoformat() if one.posted_at else None,
                "first_seen": one.first_seen.isoformat(),
                "gone": one.gone_at.isoformat() if one.gone_at else None,
                "came_by": ways[one.pk],
                "flag": None if flag is None else {"number": flag.number, "office": flag.office.short_name, "state": flag.state},
            }
        )
    return found


def _cases(flags: QuerySet[models.Flag]) -> list[dict[str, Any]]:
    """Number, office and whether it is open: what is in a case is not for this report."""
    cases = models.Case.objects.filter(entries__flag__in=flags).select_related("office").distinct().order_by("pk")
    return [{"number": one.number, "office": one.office.short_name, "open": one.state != CaseState.CLOSED} for one in cases]


def _register(value: str, kind: str) -> list[dict[str, Any]]:
    """Agencies of the register in force that have this name or contact. The register is public; it has some hundreds of rows."""
    edition = editions.current()
    if edition is None:
        return []
    digits, word = _digits(value), value.casefold().lstrip("@")
    found = []
    for one in models.Agency.objects.filter(edition=edition).order_by("pk"):
        named = word in {one.name.casefold(), *(alias.casefold() for alias in one.aliases)}
        called = bool(digits) and any(_digits(phone) == digits for phone in one.phones)
        reached = any(word == there.casefold().lstrip("@") for there in (*one.accounts, *one.websites))
        held = {SubjectAbout.NAME: named, SubjectAbout.NUMBER: called, SubjectAbout.ACCOUNT: reached}
        if any(there for about, there in held.items() if kind in {"", about}):
            found.append({"agency": one.name, "edition": edition.number})
    return found


def _digits(text: str) -> str:
    """Of a telephone number as it is dialled from abroad; "" for what is none."""
    found = "".join(one for one in text if one.isascii() and one.isdigit())
    return "" if len(found) < 7 else f"62{found.lstrip('0')}" if found.startswith("0") else found


def _staff(value: str) -> list[dict[str, Any]]:
    """Accounts of the workbench of that name, user name or mail address."""
    people = models.Person.objects.filter(Q(name__iexact=value) | Q(username=value.lower()) | Q(mail__iexact=value))
    return [
        {"username": one.username, "role": one.role, "office": one.office.short_name, "active": one.is_active}
        for one in people.select_related("office").order_by("pk")
    ]


def _seen_by(keys: list[int], sightings: QuerySet[models.Sighting], flags: QuerySet[models.Flag], value: str) -> list[dict[str, Any]]:
    """By office, role, way and purpose: how often, first and last. Who it was stands in the logs, for the data protection officer."""
    of_flags = flags.values_list(Cast("pk", CharField()))
    things = Q(target_kind="indicator", target_id__in=_written(keys))
    things |= Q(target_kind="post", target_id__in=sightings.values_list(Cast("post", CharField())))
    things |= Q(target_kind="flag", target_id__in=of_flags)
    things |= Q(target_kind__in=["search", "indicator", "post", "case"], target_id="", query_digest__in=search.digests(value))
    log = models.Consultation.objects.filter(things).order_by("office__short_name", "role", "way", "purpose", "unmasked")
    rows = log.values("role", "way", "purpose", "unmasked", in_office=F("office__short_name"))
    found = [
        {**row, "times": row["times"], "first": row["first"].isoformat(), "last": row["last"].isoformat()}
        for row in rows.annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
    ]
    # Of the time before there was a reading log each showing of a contact in full stands in the audit log; since then it is a row of both.
    shown = Q(target_type="indicator", target_id__in=_written(keys)) | Q(target_type="flag", target_id__in=of_flags)
    began = models.Consultation.objects.order_by("at").values_list("at", flat=True).first()
    before = models.AuditEntry.objects.filter(shown, verb__in=looks.VERBS)
    acts = (before.filter(at__lt=began) if began else before).values_list("office_id", "verb", "after__purpose", "at")
    names = dict(models.Office.objects.values_list("pk", "short_name"))
    many: Counter[tuple[Any, str, str]] = Counter()
    spans: dict[tuple[Any, str, str], list[datetime]] = defaultdict(list)
    for office, verb, purpose, at in acts:
        many[office, verb, purpose or ""] += 1
        spans[office, verb, purpose or ""].append(at)
    found += [
        {
            "in_office": names.get(office, ""),
            "role": "",
            "way": verb,
            "purpose": purpose,
            "unmasked": True,
            "times": times,
            "first": min(spans[office, verb, purpose]).isoformat(),
            "last": max(spans[office, verb, purpose]).isoformat(),
        }
        for (office, verb, purpose), times in sorted(many.items(), key=str)
    ]
    return found


def _written(keys: Iterable[int]) -> list[str]:
    return [str(key) for key in keys]


def _left(keys: list[int], flags: QuerySet[models.Flag], since: datetime | None) -> dict[str, list[dict[str, Any]]]:
    """What went to outside bodies or the public. Of a list taken as a file the log keeps how many rows it had, not which: lists `since`
    the subject was first seen may hold it."""
    lines = models.ReferralItem.objects.filter(Q(indicator__in=keys) | Q(flag__in=flags), protection=None, referral__sent_at__isnull=False)
    lines = lines.filter(~Exists(models.Protection.objects.filter(flag=OuterRef("flag"))))
    referrals = models.Referral.objects.filter(pk__in=lines.values("referral")).annotate(files=Count("documents", distinct=True))
    cards = models.Card.objects.filter(decision__flag__in=flags, released_at__isnull=False)
    lists = models.Consultation.objects.filter(way=ConsultationWay.EXPORT, unmasked=True).exclude(target_kind="subjectreport")
    taken = lists.filter(at__gte=since).values("target_kind").annotate(times=Count("pk")).order_by("target_kind") if since else []
    return {
        "referrals": [
            {"number": one.number, "channel": one.channel, "sent": one.sent_at.isoformat(), "how": one.sent_how, "documents": one.files}
            for one in referrals.order_by("pk")
            if one.sent_at
        ],
        "cards": [
            {"number": one.number, "released": one.released_at.isoformat(), "taken_back": one.ended_at is not None}
            for one in cards.order_by("pk")
            if one.released_at
        ],
        "peers": _to_peers(keys),
        "lists_that_may_hold_it": [dict(row) for row in taken],
    }


def _to_peers(keys: list[int]) -> list[dict[str, Any]]:
    """Each file for a peer that was taken and held one of these contacts. Two queries at most."""
    asked = {str(one.pk): one for one in models.PeerExport.objects.filter(indicators__overlap=keys, approved_at__isnull=False)}
    taken = models.AuditEntry.objects.filter(target_type="peerexport", target_id__in=list(asked), verb="contact.shown").order_by("seq")
    return [
        {"number": one.number, "peer": one.peer, "purpose": one.purpose, "taken": row.at.isoformat()}
        for row in taken
        if (one := asked[row.target_id]) and not set(keys).isdisjoint(row.after.get("went", one.indicators))
    ]
