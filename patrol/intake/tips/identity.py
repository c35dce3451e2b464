"""How to reach whoever reported: sealed at once with a public key, and asked for one by one.

The private key is with a process of its own (`keyholding`). A request names one report, a person and a purpose, and a key made for it
alone; the answer is sealed to that key, so that in the database nobody else reads it, nor this process a moment later.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.domain.states import CaseState
from patrol.infra.refusals import RefusedError
from patrol.models import IdentityPurpose, TipEventKind

SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)  # HPKE, RFC 9180
LONGEST: Final = 200  # letters of what a reporter leaves
CHANNEL: Final = "patrol_identity"  # rung by a request, so that its answer comes within a moment
ANSWER_SECONDS: Final = 8.0
# Later it is opened for nobody: whoever asked was told that nothing was shown, and the key of the answer is gone.
LATE_SECONDS: Final = ANSWER_SECONDS - 1  # the last second is for keeping the answer and for reading it
MOST_OF_ONE: Final = 20  # requests of one person within an hour
MOST_OF_ALL: Final = 100  # of everybody

_REFUSED: Final = {
    "late": _("Nothing was shown: the answer took too long. Ask again."),
    "right": _(
        "Nothing was shown: who to reach is for officers and supervisors of the report's office, and for whoever has its case, where"
        " somebody else joined the report to it."
    ),
    "gone": _("Nothing was shown: the reporter left no contact, or it was destroyed."),
    "too_many": _("Nothing was shown: too many contacts of reporters were opened in the last hour. Ask again later."),
    "key": _("Nothing was shown: this contact was sealed with another key. Tell the administrator."),
    "failed": _("Nothing was shown: this contact could not be opened. Tell the administrator."),
}


def public(key: X25519PublicKey) -> bytes:
    return key.public_bytes_raw()


def about(tip: models.Tip) -> bytes:
    """What a sealed record is bound to: moved beside another report, it does not open."""
    return b"sipatrol tip " + tip.key.bytes


def offered() -> bool:
    """Whether reporters may leave a way to reach them."""
    return bool(settings.IDENTITY_KEY)


def seal(tip: models.Tip, contact: str, *, now: datetime) -> None:
    """Inside the transaction that stores the report. What comes out no process of web or worker can read."""
    key = X25519PublicKey.from_public_bytes(bytes.fromhex(settings.IDENTITY_KEY))
    # One length for all: a long address is not told from a short number.
    padded = contact.encode("utf-8", "replace").ljust(4 * LONGEST, b"\0")
    models.TipIdentity.objects.create(tip=tip, sealed=SUITE.encrypt(padded, key, about(tip)), at=now)


def unsealed(opened: bytes) -> str:
    return opened.rstrip(b"\0").decode("utf-8", "replace")


def has_case(tip: models.Tip) -> int | None:
    """Who has the open case that the report's post is in, as `author` of Action.TIP_IDENTITY; None where nobody has, and where they joined
    the report to that post themselves. Asked by the process with the key as well, with its own rights."""
    if tip.post_id is None:
        return None
    open_ones = models.CaseFlag.objects.filter(flag__post=tip.post_id).exclude(case__state=CaseState.CLOSED)
    found = open_ones.values_list("case__responsible", flat=True)
    has = next(iter(found[:1]), None)
    joins = models.TipEvent.objects.filter(tip=tip.pk, kind__in=[TipEventKind.JOINED, TipEventKind.TAKEN_IN])
    joined_by = joins.order_by("-id").values_list("by", flat=True).first()  # to the post it has now
    return None if joined_by in {None, has} else has


def may(person: models.Person, tip: models.Tip) -> bool:
    return access.may(person, Action.TIP_IDENTITY, office_id=tip.office_id, author_id=has_case(tip))


def lately(*, by: models.Person | None = None) -> int:
    """How many requests came within the last hour, of this person or of everybody."""
    asked = models.IdentityRequest.objects.filter(asked_at__gt=Now() - timedelta(hours=1))
    return (asked.filter(by=by.pk) if by else asked).count()


def ask(*, tip_id: int, purpose: str, reply_to: bytes, by: models.Person, now: datetime) -> models.IdentityRequest:
    """Puts the request down with its row in the log; whoever holds the key answers. Raises RefusedError, PermissionDenied."""
    tip = models.Tip.objects.get(pk=tip_id)
    access.require(by, Action.TIP_IDENTITY, office_id=tip.office_id, author_id=has_case(tip))
    if purpose not in set(IdentityPurpose):
        raise RefusedError("identity.purpose", _("Nothing was shown: say what for."), "purpose")
    if lately(by=by) >= MOST_OF_ONE:
        raise RefusedError("identity.too_many", _REFUSED["too_many"])
    if not models.TipIdentity.objects.filter(tip=tip).exists():
        raise RefusedError("identity.gone", _REFUSED["gone"])
    with transaction.atomic():
        made = models.IdentityRequest.objects.create(tip=tip, by=by, office=by.office, purpose=purpose, reply_to=reply_to, at=now)
        models.TipEvent.objects.create(tip=tip, kind=TipEventKind.IDENTITY_ASKED, at=now, by=by, office_id=tip.office_id)
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
        audit.write("tip.identity_asked", by=by, now=now, target=tip, after={"request": made.pk, "purpose": purpose})
    return made


def read(
    *,
    tip_id: int,
    purpose: str,
    by: models.Person,
    now: datetime,
    wait: Callable[[float], None] = time.sleep,
    seconds: float = ANSWER_SECONDS,
) -> str:
    """How to reach whoever reported, in full, this once. Asks and waits for the answer, outside of any transaction.

    Raises RefusedError, also where the process that holds the key does not answer; PermissionDenied.
    """
    ours = X25519PrivateKey.generate()
    request = ask(tip_id=tip_id, purpose=purpose, reply_to=public(ours.public_key()), by=by, now=now)
    end = time.monotonic() + seconds
    while (answer := models.IdentityAnswer.objects.filter(request=request).first()) is None:
        if time.monotonic() > end:
            words = _("Nothing was shown: the process that holds the key does not answer. Tell the administrator.")
            raise RefusedError("identity.silent", words)
        wait(0.05)
    models.IdentityAnswer.objects.filter(pk=answer.pk, sealed__isnull=False).update(sealed=b"")
    if answer.sealed is None:
        raise RefusedError("identity.refused", _REFUSED[answer.refused])
    try:
        return unsealed(SUITE.decrypt(bytes(answer.sealed), ours, answer_about(request)))
    except InvalidTag:
        raise RefusedError("identity.key", _REFUSED["key"]) from None


def opened(since: datetime, until: datetime) -> tuple[int, int]:
    """How often a contact was opened from `since` to before `until`, and by how many people. One query.

    Of the answers, which are few, and not of the log, which has as many rows of it: it is long, and has no index by what was done.
    """
    answers = models.IdentityAnswer.objects.filter(refused="", at__gte=since, at__lt=until)
    found = answers.aggregate(times=Count("pk"), people=Count("request__by", distinct=True))
    return found["times"], found["people"]


def answer_about(request: models.IdentityRequest) -> bytes:
    return b"sipatrol answer " + str(request.pk).encode()
