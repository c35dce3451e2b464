"""What is held about one number, account or name: where it came from, who saw it, what left. For the answer to a request of a subject.

Found are exactly the values that the search would look for, never a part of one: a number that shares digits is another person's. Every
question walks an index (in brackets), so that the amount of what is kept does not count, only how much there is of the subject:

    indicators   kind and value [indicator_once], the names an account bore [account_by_name]
    posts        the indicators' sightings, newest first [sighting_newest_post], at most MOST
    ways         watches and people that brought them [seen_once]; flags, cases, referrals, cards by their foreign keys
    looks        the reading log and the audit log by their things [consultation_by_target, audit_by_target]

Left out: posts of somebody harmed who is protected, the words of posts and cases, reports of the public and who sent them. The database is
read only but for the two rows that say that a report was made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from patrol import access, models, search
from patrol.access import Action, audit, consulting, looks
from patrol.domain import ClaimKind
from patrol.domain.states import CaseState, ProtectionState
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.models import ConsultationWay, SightingRole, SubjectAbout
from patrol.privacy import requests
from patrol.register import editions

MOST: Final = 1000  # posts that are listed one by one; all are counted
KINDS: Final[Mapping[str, frozenset[str]]] = {
    SubjectAbout.NUMBER: frozenset({ClaimKind.PHONE, ClaimKind.BANK_ACCOUNT}),
    SubjectAbout.ACCOUNT: frozenset({ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.EMAIL}),
    SubjectAbout.NAME: frozenset({"agency"}),
}
VERB: Final = "subject.reported"


def gather(*, value: str, kind: str, by: models.Person, now: datetime) -> dict[str, Any]:
    """All of it in plain values, moments as ISO texts; logged. `kind`: one of SubjectAbout, "" for each of them.

    Raises RefusedError, PermissionDenied.
    """
    access.require(by, Action.SUBJECT_REQUEST)
    value = " ".join(value.split())
    if not value:
        raise RefusedError("subject.report_value", _("Write the number, account or name."), "value")
    wanted = {one for one in search.meant(value) if not kind or one[0] in KINDS[kind]}
    indicators = list(search.known(wanted)) if wanted else []
    keys = [one.pk for one in indicators]
    sightings = models.Sighting.objects.filter(indicator__in=keys)
    protected = models.Protection.objects.filter(flag__post=OuterRef("post")).exclude(state=ProtectionState.CLOSED)
    hidden = sightings.filter(Exists(protected)).aggregate(many=Count("post", distinct=True))["many"] if keys else 0
    shown = sightings.exclude(Exists(protected)) if keys else models.Sighting.objects.none()
    posts = list(shown.order_by("-post").values_list("post", flat=True).distinct()[:MOST])
    flags = list(models.Flag.objects.filter(post__in=posts).select_related("office").order_by("pk"))
    of_name = kind in {"", SubjectAbout.NAME}
    found = {
        "about": {"value": value, "kind": kind, "made": now.isoformat(), "by": by.username},
        "requests": list(
            models.SubjectRequest.objects.filter(about_digest=requests.mark(value)).order_by("pk").values_list("number", flat=True)
        ),
        "indicators": [_indicator(one, wanted) for one in indicators],
        "posts": _posts(posts, shown, {flag.post_id: flag for flag in flags}),
        "posts_in_all": shown.aggregate(many=Count("post", distinct=True))["many"] if keys else 0,
        "trusted": [
            {"known_as": one.known_as, "until": one.expires_on.isoformat(), "approved": one.approved_at is not None}
            for one in models.Trusted.objects.filter(indicator__in=keys, ended_at=None).order_by("pk")
        ],
        "register": _register(value, kind),
        "staff": _staff(value) if kind != SubjectAbout.NUMBER else [],
        "objections": list(models.Objection.objects.filter(name__iexact=value).order_by("pk").values_list("number", flat=True))
        if of_name
        else [],
        "cases": _cases(flags),
        "seen_by": _seen_by(keys, posts, flags, value),
        "left": _left(keys, flags),
        "left_out": {"protected_posts": hidden},
    }
    many = len(indicators) + len(posts)
    with transaction.atomic():
        consulting.note(
            by,
            way=ConsultationWay.EXPORT,
            target=("subjectreport", ""),
            rows=many,
            unmasked=True,
            purpose="subject",
            query_digest=requests.mark(value),
        )
        after = {"digest": requests.mark(value), "hits": many, "about": kind or "all"}
        audit.write(VERB, by=by, now=now, target=("subjectreport", ""), after=after)
    return found


def _indicator(one: models.Indicator, wanted: set[tuple[str, str]]) -> dict[str, Any]:
    """The value in full where it is what was asked for; masked where an account only bore that name once: it may be somebody else's."""
    own = (one.kind, one.value) in wanted
    return {
        "kind": one.kind,
        "value": one.value if own else masks.value(one.kind, one.value),
        "bore_the_name_once": not own,
        "first_seen": one.first_seen.isoformat(),
        "last_seen": one.last_seen.isoformat(),
    }


def _posts(keys: list[int], sightings: Any, flags: Mapping[int, models.Flag]) -> list[dict[str, Any]]:
    """Post by post: where it stood, as what the subject stands in it, by which ways it came, what was decided."""
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


def _cases(flags: Iterable[models.Flag]) -> list[dict[str, Any]]:
    """Number, office and whether it is open: what is in a case is not for this report."""
    cases = models.Case.objects.filter(entries__flag__in=list(flags)).select_related("office").distinct().order_by("pk")
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


def _seen_by(keys: list[int], posts: list[int], flags: list[models.Flag], value: str) -> list[dict[str, Any]]:
    """By office, role, way and purpose: how often, first and last. Who it was stands in the logs, for the data protection officer."""
    things = Q(target_kind="indicator", target_id__in=_written(keys)) | Q(target_kind="post", target_id__in=_written(posts))
    things |= Q(target_kind="flag", target_id__in=_written(flag.pk for flag in flags))
    asked = [requests.mark(value)]
    things |= Q(target_kind__in=["search", "indicator", "post", "case"], target_id="", query_digest__in=asked)
    log = models.Consultation.objects.filter(things).order_by("office__short_name", "role", "way", "purpose", "unmasked")
    rows = log.values("role", "way", "purpose", "unmasked", in_office=F("office__short_name"))
    found = [
        {**row, "times": row["times"], "first": row["first"].isoformat(), "last": row["last"].isoformat()}
        for row in rows.annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
    ]
    # Of the time before there was a reading log, and beside it: each showing of a contact in full is an act.
    shown = Q(target_type="indicator", target_id__in=_written(keys)) | Q(
        target_type="flag", target_id__in=_written(one.pk for one in flags)
    )
    acts = models.AuditEntry.objects.filter(shown, verb__in=looks.VERBS).values_list("office_id", "verb", "after__purpose", "at")
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


def _left(keys: list[int], flags: list[models.Flag]) -> dict[str, list[dict[str, Any]]]:
    """What went to outside bodies or the public. Of a list taken as a file the log keeps how many rows it had, not which."""
    lines = models.ReferralItem.objects.filter(Q(indicator__in=keys) | Q(flag__in=flags), protection=None, referral__sent_at__isnull=False)
    referrals = models.Referral.objects.filter(pk__in=lines.values("referral")).annotate(files=Count("documents", distinct=True))
    cards = models.Card.objects.filter(decision__flag__in=flags, released_at__isnull=False)
    lists = models.Consultation.objects.filter(way=ConsultationWay.EXPORT, unmasked=True).exclude(target_kind="subjectreport")
    since = min((flag.raised_at for flag in flags), default=None)
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
        "lists_that_may_hold_it": [dict(row) for row in taken],
    }
