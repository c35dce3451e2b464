"""What flagged accounts say about themselves: fetched by job, kept as evidence, read for contacts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from patrol import domain, models, sources
from patrol.domain import ClaimKind
from patrol.engine import masks, reading
from patrol.evidence import custody
from patrol.infra import jobs, pace, reached
from patrol.infra.copying import keepable
from patrol.models import SightingRole
from patrol.pipeline import claims, fetching, keeping
from patrol.watches import credentials

KIND: Final = "profile"
FRESH = timedelta(days=30)
AT_ONCE = 30  # accounts a sweep
UNTIL_RENEWED: Final = 3600.0  # seconds until a job looks again whether there is a credential that works

WINDOW = 2_000  # events of flags a sweep looks at

# Authors of what people look at, when a flag is raised or its level changes, once in thirty days: also where there was no profile to keep,
# or the platform refused five times.
_DUE = """
WITH lately AS MATERIALIZED (
    SELECT DISTINCT flag_id FROM (SELECT flag_id FROM patrol_flagevent WHERE id > %(reached)s ORDER BY id LIMIT %(window)s) e
)
SELECT i.id, max(f.post_id) FROM lately JOIN patrol_flag f ON f.id = lately.flag_id
JOIN patrol_sighting s ON s.post_id = f.post_id AND s.role = 'author'
JOIN patrol_indicator i ON i.id = s.indicator_id AND i.kind = 'account'
WHERE f.level IN ('medium', 'high') AND f.raised_at > %(since)s AND split_part(i.value, ':', 1) = ANY (%(platforms)s)
  AND NOT EXISTS (
      SELECT FROM patrol_job j WHERE j.kind = 'profile' AND j.key = i.id::text
        AND (j.state = 'waiting' OR j.ended_at > %(since)s))
GROUP BY i.id ORDER BY max(f.raised_at) DESC LIMIT %(limit)s
"""
_CONTACTS: Final = (ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.BANK_ACCOUNT, ClaimKind.EMAIL)


def mark(*, now: datetime) -> int:
    """Asks for the profiles that are due, the newest flags first. Returns how many."""
    since = reached.since("profiles", table="patrol_flagevent")
    if since is None:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _DUE, {"since": now - FRESH, "platforms": sorted(sources.SOURCES), "limit": AT_ONCE, "reached": since, "window": WINDOW}
        )
        found = cursor.fetchall()
        if len(found) < AT_ONCE:
            reached.settle("profiles", table="patrol_flagevent", at="at", since=since, window=WINDOW, now=now)
        return sum(jobs.add(KIND, str(indicator), {"indicator": indicator, "post": post}, now=now) for indicator, post in found)


def keep(job: jobs.Leased, *, now: datetime, fetcher: domain.Fetcher | None = None) -> None:
    """The handler of jobs "profile": target {"indicator": id, "post": id}. Raises SourceError, JobLostError."""
    indicator = models.Indicator.objects.get(pk=job.target["indicator"])
    platform, _colon, account = indicator.value.partition(":")
    own = indicator.own_id.partition(":")[2]
    source = sources.SOURCES[platform]
    credential = _credential(platform) if source.CREDENTIAL else None
    if credential is None and source.CREDENTIAL and _refused(platform):
        jobs.put_off(job, UNTIL_RENEWED)
        return
    held, problem = credentials.for_run(credential)
    if problem is not None:
        raise domain.SourceError(problem.code, problem.sentence, permanent=True)
    ask = domain.Ask(query=account, cursor={}, now=now, credential=held.values)
    asker = fetching.obeying(platform, fetcher or fetching.client(held.values.secrets(platform)), now=now)
    try:
        found = source.profile(own if source.PROFILE_BY_ID and own else account, ask, asker)
    except pace.Paced as paced:
        jobs.put_off(job, paced.retry_after or 1.0)
        return
    except domain.SourceError as error:
        pace.heed(error, with_credential=held.credential_id is not None)
        if error.problem.code == "credentials_refused" and held.credential_id is not None:
            # As a run of a watch does: every watch of it stops and is told. The job itself waits for values that work.
            refused = credentials.refuse(held, error.problem, now=now)
            jobs.put_off(job, UNTIL_RENEWED if refused else 1.0)
            return
        raise
    if found is not None and own and found.account_id not in {"", own}:
        found = None  # the name is somebody else's by now
    if found is None:  # the platform shows none: asked again in thirty days
        with transaction.atomic():
            jobs.finish(job, now=now)
        return
    sha256 = custody.keep(found.answer)
    said = contacts(platform, found.text, found.links)
    with transaction.atomic():
        capture = custody.capture(
            found.answer,
            sha256=sha256,
            platform=platform,
            job=models.Job(pk=job.id),
            options={"profile": indicator.pk, **fetching.robots_policy(platform)},
        )
        models.Profile.objects.create(
            platform=platform,
            account=found.account if own and found.account_id else account,
            account_id=own,
            name=keepable(found.name)[:300],
            text=keepable(found.text),
            links=[keepable(link) for link in found.links],
            url=keepable(found.url),
            capture=capture,
            seen_at=found.answer.received_at,
        )
        _sight(job.target["post"], indicator, said, now=now)
        jobs.finish(job, now=now)


def _credential(platform: str) -> models.Credential | None:
    """One that can be used; the oldest, so that it is always the same."""
    usable = models.Credential.objects.filter(platform=platform, retired_at=None, refused_at=None).order_by("pk")
    return next((one for one in usable if credentials.trouble(one) is None), None)


def _refused(platform: str) -> bool:
    """Somebody entered a credential, and the platform refuses it: asking without one would be refused too, and used up the tries."""
    return models.Credential.objects.filter(platform=platform, retired_at=None, refused_at__isnull=False).exists()


def read(platform: str, text: str, links: list[str] | tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The claims of a profile's text and links, as a stored reading holds them. Pure, some milliseconds."""
    content = domain.Content(text=text, platform=platform, links=tuple(links))
    return [claims.to_json(claim) for claim in reading.read(content).claims]


def contacts(platform: str, text: str, links: tuple[str, ...]) -> dict[tuple[str, str], float]:
    """(indicator kind, value) -> confidence of what the profile gives to be reached or paid by."""
    found: dict[tuple[str, str], float] = {}
    for claim in read(platform, text, links):
        if claim["kind"] in _CONTACTS and claim["value"]:
            key = (str(claim["kind"]), keepable(claim["value"])[:500])
            found[key] = max(found.get(key, 0.0), float(claim["confidence"]))
    return found


def _sight(post_id: int, indicator: models.Indicator, said: dict[tuple[str, str], float], *, now: datetime) -> None:
    """What the profile gives becomes findable, tied to the newest version of the post that led there."""
    version = models.PostVersion.objects.filter(post=post_id).order_by("-number").only("pk", "post_id").first()
    if version is None:
        return
    rows = [
        (kind, value, "", str(SightingRole.PROFILE), confidence, version.post_id, version.pk, now)
        for (kind, value), confidence in said.items()
        if (kind, value) != (indicator.kind, indicator.value)
    ]
    with connection.cursor() as cursor:
        keeping.keep_sighted(cursor, rows, now)


def newest(platform: str, account: str, account_id: str) -> models.Profile | None:
    """What the account said of itself when it was last asked: by its own id where that is known, else by its name. One query."""
    if not (account or account_id):
        return None
    named = {"account_id": account_id} if account_id else {"account": account}
    return models.Profile.objects.filter(platform=platform, **named).order_by("-seen_at").first()


def masked(profile: models.Profile) -> str:
    """The profile's text with every contact cut."""
    told = read(profile.platform, profile.text)
    return masks.text(profile.text, masks.contacts_of(told), masks.known_of(told))
