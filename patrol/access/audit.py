"""The append-only log of what people did, chained by hash.

Each row carries SHA-256 over its canonical bytes, its number and the hash before it, written under an advisory lock inside the
transaction of the act itself: no act without its row, no row without its act. Personal content never enters the chained bytes; ids,
states and salted commitments do. Price: acts of people are serialised from the audit row to their commit, so verbs write it last.

The head says how far the log reaches. It is signed with SECRET_KEY, which the database does not hold, and the next row goes on from the
head, not from the last row there is: a tail that was cut and a chain that was computed anew stay visible, whatever is written after them.
A head nobody of us signed is never signed again. Not proved without an anchor outside: that database and files were not taken back
together to an older day with its own head, and anything against who has SECRET_KEY (docs/adr/0046).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.db import connections, transaction
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.crypto import constant_time_compare, salted_hmac

from patrol import models
from patrol.engine import masks
from patrol.infra import prepared

CHAIN_VERSION = 1
START = "0" * 64
_NO_HEAD: Final = 2**63 - 1  # where it was removed, which is told, each row counts
_HEAD: Final = "SELECT seq, hash, mac FROM patrol_loghead WHERE id = 1 FOR UPDATE"
# One statement, so that head and rows are of one moment.
_OUTSIDE: Final = """
SELECT COALESCE((SELECT min(seq) FROM patrol_auditentry WHERE seq < 1),
    (SELECT max(seq) FROM patrol_auditentry WHERE seq > (SELECT seq FROM patrol_loghead WHERE id = 1)))
"""
# The new head and the row it stands for, together: each act of a person waits for both.
_WRITE: Final = """
WITH head AS (
    INSERT INTO patrol_loghead (id, seq, hash, mac) VALUES (1, %(seq)s, %(hash)s, %(mac)s)
    ON CONFLICT (id) DO UPDATE SET seq = EXCLUDED.seq, hash = EXCLUDED.hash, mac = EXCLUDED.mac
)
INSERT INTO patrol_auditentry
    (seq, at, verb, actor_id, office_id, target_type, target_id, before, after, chain_version, prev_hash, hash)
VALUES (%(seq)s, %(at)s, %(verb)s, NULLIF(%(actor_id)s, 0), NULLIF(%(office_id)s, 0), %(target_type)s, %(target_id)s,
    %(before)s::jsonb, %(after)s::jsonb, %(chain_version)s, %(prev_hash)s, %(hash)s)
"""


def _digest(row: Mapping[str, Any]) -> str:
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _row(
    seq: int,
    at: datetime,
    verb: str,
    actor: int | None,
    office: int | None,
    kind: str,
    target: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    prev_hash: str,
) -> dict[str, Any]:
    return {
        "chain_version": CHAIN_VERSION,
        "seq": seq,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": verb,
        "actor": actor,
        "office": office,
        "target": [kind, target],
        "before": before,
        "after": after,
        "prev_hash": prev_hash,
    }


def signature(seq: int, digest: str, key: str | None = None) -> str:
    """Of a head, with SECRET_KEY or an older one."""
    return salted_hmac("patrol.audit.head", f"{seq} {digest}", secret=key, algorithm="sha256").hexdigest()


def _ours(seq: int, digest: str, mac: str) -> bool:
    """Whether a head was signed with SECRET_KEY or one of SECRET_KEY_FALLBACKS."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(mac, signature(seq, digest, key)) for key in keys)


def head_is_ours(using: str = "default") -> bool:
    head = models.LogHead.objects.using(using).first()
    return head is not None and _ours(head.seq, head.hash, head.mac)


def rows(using: str = "default") -> QuerySet[models.AuditEntry]:
    """Those that count: from the first to the head, which each asks for itself. One outside of them is a Break, and proves nothing."""
    head = Subquery(models.LogHead.objects.using(using).order_by("id").values("seq")[:1])
    return models.AuditEntry.objects.using(using).filter(seq__gte=1, seq__lte=Coalesce(head, _NO_HEAD))


def write(
    verb: str,
    *,
    by: models.Person | None,
    now: datetime,
    target: Any,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    using: str = "default",
) -> models.AuditEntry:
    """Adds one row. Must run inside the transaction of the act; raises RuntimeError outside of one.

    `target` is a model instance or a (type, id) pair; `before`/`after` hold JSON-able ids and states, no personal content.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError("an audit row is written inside the transaction of the act it records")
    kind, key = target if isinstance(target, tuple) else (target._meta.model_name, target.pk)
    with connection.cursor() as cursor:
        prepared.execute(cursor, _HEAD, {})  # held to the commit: whoever acts next waits here
        head = cursor.fetchone()
    signed = head is not None and _ours(*head)
    if head is None:  # somebody removed it: the log goes on, and its new head stays unsigned
        last = models.AuditEntry.objects.using(using).order_by("-seq").only("seq", "hash").first()
        head = (last.seq, last.hash, "") if last else (0, START, "")
    seq, prev_hash = head[0] + 1, head[1]
    actor, office = (by.pk, by.office_id) if by else (None, None)
    # Without contacts: what is chained can never be blanked, so that nothing in it may need to be.
    old, new = masks.nested(before or {}), masks.nested(after or {})
    row = _row(seq, now, verb, actor, office, str(kind), str(key), old, new, prev_hash)
    told: dict[str, Any] = {
        "seq": seq,
        "at": now,
        "verb": str(verb),
        "actor_id": actor,
        "office_id": office,
        "target_type": str(kind),
        "target_id": str(key),
        "before": row["before"],
        "after": row["after"],
        "chain_version": CHAIN_VERSION,
        "prev_hash": prev_hash,
        "hash": _digest(row),
    }
    mac = signature(seq, told["hash"]) if signed else ""
    with connection.cursor() as cursor:
        documents = {name: json.dumps(told[name]) for name in ("before", "after")}
        prepared.execute(cursor, _WRITE, told | documents | {"actor_id": actor or 0, "office_id": office or 0, "mac": mac})
    return models.AuditEntry.from_db(using, list(told), list(told.values()))


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold."""

    seq: int
    why: str  # gap, link, content, outside; of the head: missing, end, signature


@dataclass(frozen=True, slots=True)
class Checked:
    """What one look at the chain found. `end`: it reached the head, and the head itself holds."""

    last: int  # the newest row that holds
    end: bool
    broken: Break | None


def verify(using: str = "default") -> Break | None:
    """Walks the whole chain, and compares its end with the head. None where it holds."""
    return check(using=using).broken


def check(*, after: int = 0, most: int | None = None, using: str = "default") -> Checked:
    """Walks the chain behind row `after`, which holds already, `most` rows far; the last slice compares its end with the head.

    From the beginning where there is no such row.
    """
    head = models.LogHead.objects.using(using).first()  # first: rows that come meanwhile are behind it
    entries = models.AuditEntry.objects.using(using)
    seq, prev_hash = 0, START
    if after:
        before = entries.filter(seq=after).values_list("hash", flat=True).first()
        if before is not None:
            seq, prev_hash = after, before
    reaches = {"seq__lte": head.seq} if head else {}
    walked = 0
    for entry in entries.filter(seq__gt=seq, **reaches).order_by("seq")[:most].iterator(chunk_size=2000):
        if why := _wrong(entry, seq, prev_hash):
            return Checked(seq, False, Break(entry.seq, why))
        seq, prev_hash, walked = entry.seq, entry.hash, walked + 1
    if walked == most and (head is None or seq < head.seq):
        return Checked(seq, False, None)
    broken = None
    if (outside := _outside(using)) is not None:
        broken = Break(outside, "outside")
    elif head is None:
        broken = Break(seq, "missing")
    elif (head.seq, head.hash) != (seq, prev_hash):
        broken = Break(head.seq, "end")
    elif not _ours(head.seq, head.hash, head.mac):
        broken = Break(head.seq, "signature")
    return Checked(seq, broken is None, broken)


def _outside(using: str) -> int | None:
    """A row before the first or beyond the head."""
    with connections[using].cursor() as cursor:
        cursor.execute(_OUTSIDE)
        (found,) = cursor.fetchone()
    return None if found is None else int(found)


def _wrong(entry: models.AuditEntry, seq: int, prev_hash: str) -> str:
    """Why the row does not go on from the one before; "" where it does."""
    if entry.seq != seq + 1:
        return "gap"
    if entry.prev_hash != prev_hash:
        return "link"
    return "" if entry.chain_version == CHAIN_VERSION and hash_of(entry, prev_hash=prev_hash) == entry.hash else "content"


def hash_of(entry: models.AuditEntry, *, prev_hash: str) -> str:
    """What its hash has to be behind a row with this one."""
    return _digest(row_of(entry, prev_hash=prev_hash))


def row_of(entry: models.AuditEntry, *, prev_hash: str) -> dict[str, Any]:
    """What its hash is made of behind a row with this one: SHA-256 over it as JSON, keys sorted, without spaces."""
    return _row(
        entry.seq,
        entry.at,
        entry.verb,
        entry.actor_id,
        entry.office_id,
        entry.target_type,
        entry.target_id,
        entry.before,
        entry.after,
        prev_hash,
    )


@contextmanager
def lifted(schema_editor: Any, table: str, *, reason: str, now: datetime) -> Iterator[None]:
    """Lets one migration rewrite one append-only table inside its transaction; the audit row says so."""
    using = schema_editor.connection.alias
    with transaction.atomic(using=using):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('patrol.lifted', %s, true)", [table])
        yield
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('patrol.lifted', '', true)")
        write("guard.lifted", by=None, now=now, target=("table", table), after={"reason": reason}, using=using)
