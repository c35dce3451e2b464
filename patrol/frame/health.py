"""/health/: database, broker, worker, beat and, where reporters may leave a contact, the keyholder, each for itself; and when the preserved
copies were last looked at, and what that found.

Says no version, no host and no secret. Beside them when the log was last sealed outside, which is no reason for 503: people work on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from patrol.infra import broker

log = logging.getLogger(__name__)

FRESH_SECONDS = 90
plain = broker.plain


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _broker() -> bool:
    return bool(broker.client().ping())


def alive(name: str) -> Callable[[], bool]:
    def ask() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM patrol_heartbeat WHERE name = %s AND at > clock_timestamp() - %s * interval '1 second'",
                [name, FRESH_SECONDS],
            )
            return bool(cursor.fetchone() == (1,))

    return ask


QUESTIONS: dict[str, Callable[[], bool]] = {"database": _database, "broker": _broker, "worker": alive("worker"), "beat": alive("beat")}

_KEYHOLDER: dict[str, Callable[[], bool]] = {"keyholder": alive("keyholder")}


@never_cache
@require_safe
def report(request: HttpRequest) -> JsonResponse:
    """200 where all answer, else 503; the body names each: ok or down."""
    answers: dict[str, object] = {}
    for name, ask in (QUESTIONS | (_KEYHOLDER if settings.IDENTITY_KEY else {})).items():
        try:
            well = ask()
        except (Error, redis.RedisError) as error:
            log.warning("health question failed", extra={"part": name, "error": type(error).__name__})
            well = False
        answers[name] = "ok" if well else "down"
    good = all(answer == "ok" for answer in answers.values())
    return JsonResponse(answers | {"sealed": _sealed()} | _copies(), status=200 if good else 503)


def _sealed() -> dict[str, object]:
    """state: never, nothing_new, waiting, late (patrol.evidence.anchors.state) or unknown; at: of the newest manifest; problem: the code of
    why the last try failed, null where it did not; within_reach: what whoever wrote it saw of who reaches folder, key and authority
    (patrol.evidence.anchors.reach). time_stamps: of each authority, by its place in TIMESTAMP_URL from 1, when one was last kept, and
    problem as above."""
    from patrol.evidence.anchors import state  # noqa: PLC0415 -- the health checks of worker and beat load no models

    try:
        found = state.whole(now=timezone.now())
    except (Error, ValueError, KeyError, TypeError):  # also where the row that names it was made by somebody else
        return {"state": "unknown", "at": None, "problem": None, "within_reach": [], "time_stamps": []}
    return {
        "state": found.sealed,
        "at": found.newest.at,
        "problem": found.problem and found.problem["code"],
        "within_reach": list(found.newest.reach),
        "time_stamps": [
            {"authority": place, "at": one.at, "problem": one.problem and one.problem["code"]} for place, one in enumerate(found.stamps, 1)
        ],
    }


def _copies() -> dict[str, object]:
    """What the looks at the preserved copies and the source files of the register came to; nothing where the database is away. A broken
    copy takes no server down, so it is no answer of its own: whoever watches this page reads the numbers."""
    from patrol.preserving import copies  # noqa: PLC0415 -- as above

    try:
        found, register = copies.result(), copies.register(now=timezone.now())
    except Error:
        return {}
    return {
        "copies": {
            "looked_at": found.at.isoformat() if found.at else None,
            "looked": found.looked,
            "missing": found.missing,
            "different": found.different,
            "unclear": found.unclear,
            "oldest_unchecked": found.oldest.isoformat() if found.oldest else None,
        },
        "register_files": {
            "looked_at": register.at.isoformat() if register.at else None,
            "files": register.files,
            "late": register.late,
            "missing": register.missing,
            "different": register.different,
            "unclear": register.unclear,
        },
    }
