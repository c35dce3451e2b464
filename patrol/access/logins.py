"""The logins of a person: which are open, and how one ends. Asked by their owner alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from patrol import models
from patrol.access import audit, sign_in


@dataclass(frozen=True, slots=True)
class Login:
    """`mark` names it on the page: the key itself would let whoever reads the page in. `browser`: its kind, no address."""

    key: str
    mark: str
    browser: str
    began: datetime
    seen: datetime
    here: bool


def of(person: models.Person, here: str | None, *, now: datetime) -> list[Login]:
    """Those that still hold, the one that is asked from first, then the newest. `here`: its key. One query."""
    found = []
    for row in models.Session.objects.filter(person=person, expire_date__gt=now):
        kept = row.get_decoded()
        if not sign_in.holds(kept, person, now=now):
            continue
        began, seen = (datetime.fromtimestamp(kept[name], UTC) for name in ("began", "seen"))
        mark = salted_hmac("patrol.access.logins", row.session_key, algorithm="sha256").hexdigest()[:24]
        found.append(Login(row.session_key, mark, str(kept.get("browser", "")), began, seen, row.session_key == here))
    return sorted(found, key=lambda one: (one.here, one.began), reverse=True)


def end(mark: str, *, by: models.Person, now: datetime) -> bool:
    """Whether there was such a login, which is no more."""
    keys = [one.key for one in of(by, None, now=now) if one.mark == mark]
    return bool(_end(keys, by=by, now=now))


def end_others(here: str | None, *, by: models.Person, now: datetime) -> int:
    """Ends all but the one that is asked from. Returns how many."""
    return _end([one.key for one in of(by, here, now=now) if not one.here], by=by, now=now)


def _end(keys: list[str], *, by: models.Person, now: datetime) -> int:
    if not keys:
        return 0
    with transaction.atomic():
        many, _each = models.Session.objects.filter(session_key__in=keys, person=by).delete()
        audit.write("person.logins_ended", by=by, now=now, target=by, after={"logins": many})
    return many
