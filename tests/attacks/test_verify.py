"""Whoever holds the database's superuser and the files changes what was preserved; `verify_evidence` says what.

Each manipulation is done as a careful attacker would: guards off, hashes and commitments computed anew where the database alone is
enough for it. SECRET_KEY is not in the database, and nobody here has it.
"""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from patrol import models
from patrol.access import audit
from patrol.evidence import raw, sealing
from patrol.pipeline import storing_rows
from tests import factories
from tests.conftest import SUPERUSER_URL

NOW = factories.NOW


class Attacker:
    """The superuser of the database, with the guards off."""

    def __init__(self) -> None:
        self.connection = psycopg2.connect(SUPERUSER_URL, dbname=settings.DATABASES["default"]["NAME"])
        self.connection.autocommit = True
        self("SET session_replication_role = replica")

    def __call__(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, parameters or None)
            return cursor.fetchall() if cursor.description else []

    def chain_anew(self) -> None:
        """Numbers and hashes of the whole log as the product would have written them, and a head that fits."""
        rows = list(models.AuditEntry.objects.order_by("seq"))
        self("DELETE FROM patrol_auditentry")
        before = audit.START
        for seq, row in enumerate(rows, 1):
            said = audit._row(
                seq, row.at, row.verb, row.actor_id, row.office_id, row.target_type, row.target_id, row.before, row.after, before
            )
            digest = audit._digest(said)
            self(
                "INSERT INTO patrol_auditentry (seq, at, verb, actor_id, office_id, target_type, target_id, before, after,"
                " chain_version, prev_hash, hash) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 1, %s, %s)",
                seq,
                row.at,
                row.verb,
                row.actor_id,
                row.office_id,
                row.target_type,
                row.target_id,
                json.dumps(row.before),
                json.dumps(row.after),
                before,
                digest,
            )
            before = digest
        self("UPDATE patrol_loghead SET seq = %s, hash = %s", len(rows), before)


@pytest.fixture
def attacker(committed: None) -> Iterator[Attacker]:
    """Of a small world that is whole: three posts with a picture each, all sealed, and four acts of people."""
    posts = factories.stored([factories.illegal(links=("https://contoh.example/a",)) for _ in range(3)])
    for number, post in enumerate(posts):
        factories.file_capture(b"gambar %d" % number, post_id=post.pk)
    person = factories.person()
    while sealing.seal(now=NOW):
        pass
    for number in range(4):
        with transaction.atomic():
            audit.write("flag.confirmed", by=person, now=NOW, target=("flag", number), after={"state": "confirmed"})
    assert verified().startswith("All whole: 4 records of 4 files, 5 rows of the audit log.")
    made = Attacker()
    yield made
    made.connection.close()


def verified() -> str:
    """What the command says; its error where something is broken."""
    out = io.StringIO()
    try:
        call_command("verify_evidence", stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


def acted() -> None:
    """Somebody works on, as if nothing had been."""
    with transaction.atomic():
        audit.write("flag.dismissed", by=models.Person.objects.first(), now=NOW, target=("flag", 9))


def commitment(salt: str, content: bytes) -> str:
    return hashlib.sha256(salt.encode() + content).hexdigest()


def cut_tail(attack: Attacker) -> None:
    attack("DELETE FROM patrol_auditentry WHERE seq > 3")


def cut_tail_with_its_head(attack: Attacker) -> None:
    cut_tail(attack)
    [(digest,)] = attack("SELECT hash FROM patrol_auditentry WHERE seq = 3")
    attack("UPDATE patrol_loghead SET seq = 3, hash = %s", digest)


def cut_tail_and_head_removed(attack: Attacker) -> None:
    cut_tail(attack)
    attack("DELETE FROM patrol_loghead")


def everything_of_the_log_removed(attack: Attacker) -> None:
    attack("TRUNCATE patrol_auditentry, patrol_loghead, patrol_seal")


def act_taken_out_and_chained_anew(attack: Attacker) -> None:
    attack("DELETE FROM patrol_auditentry WHERE seq = 3")
    attack.chain_anew()


def act_given_to_somebody_else_and_chained_anew(attack: Attacker) -> None:
    attack("UPDATE patrol_auditentry SET actor_id = 999, office_id = 7 WHERE seq = 4")
    attack.chain_anew()


def capture_exchanged_with_its_file(attack: Attacker) -> None:
    sha256 = raw.put(b"gambar palsu")
    [(key, salt)] = attack("SELECT id, salt FROM patrol_capture WHERE kind = 'media' LIMIT 1")
    attack(
        "UPDATE patrol_capture SET sha256 = %s, sha3_512 = %s, length = 12, commitment = %s WHERE id = %s",
        sha256,
        hashlib.sha3_512(b"gambar palsu").hexdigest(),
        commitment(salt, sha256.encode()),
        key,
    )


def capture_removed(attack: Attacker) -> None:
    attack("DELETE FROM patrol_capture WHERE id = (SELECT id FROM patrol_capture WHERE kind = 'media' LIMIT 1)")


def capture_removed_from_its_seal_too(attack: Attacker) -> None:
    [(key,)] = attack("SELECT id::text FROM patrol_capture WHERE kind = 'media' LIMIT 1")
    attack("DELETE FROM patrol_capture WHERE id = %s::uuid", key)
    attack("UPDATE patrol_seal SET captures = array_remove(captures, %s)", key)


def capture_brought_in_behind(attack: Attacker) -> None:
    attack("CREATE TEMPORARY TABLE forged AS SELECT * FROM patrol_capture LIMIT 1")
    attack("UPDATE forged SET id = %s::uuid", str(uuid.uuid4()))
    attack("INSERT INTO patrol_capture SELECT * FROM forged")


def text_changed(attack: Attacker) -> None:
    attack("UPDATE patrol_posttext SET text = 'Bukan lowongan.' WHERE version_id = (SELECT min(version_id) FROM patrol_posttext)")


def text_changed_with_its_commitment(attack: Attacker) -> None:
    [(key, salt)] = attack("SELECT version_id, salt FROM patrol_posttext ORDER BY 1 LIMIT 1")
    attack("UPDATE patrol_posttext SET text = 'Bukan lowongan.', links = '[]' WHERE version_id = %s", key)
    forged = commitment(salt, sealing.content("Bukan lowongan.", [], []))
    attack("UPDATE patrol_postversion SET commitment = %s WHERE id = %s", forged, key)


def text_blanked(attack: Attacker) -> None:
    attack(
        "UPDATE patrol_posttext SET text = '', links = '[]', media = '[]', salt = ''"
        " WHERE version_id = (SELECT min(version_id) FROM patrol_posttext)"
    )


def text_removed(attack: Attacker) -> None:
    attack("DELETE FROM patrol_posttext WHERE version_id = (SELECT min(version_id) FROM patrol_posttext)")


def text_blanked_and_called_erased(attack: Attacker) -> None:
    text_blanked(attack)
    attack(
        "INSERT INTO patrol_erasure (version_id, by_id, reason, at) SELECT min(version_id), (SELECT min(id) FROM patrol_person), 'x', now()"
        " FROM patrol_posttext"
    )


def file_removed_and_called_erased(attack: Attacker) -> None:
    """In the name of an erasure of another post, which was asked for, approved and logged."""
    [(post, version)] = attack("SELECT post_id, id FROM patrol_postversion ORDER BY id DESC LIMIT 1")
    with transaction.atomic():
        audit.write("post.erased", by=models.Person.objects.first(), now=NOW, target=("post", post))
    attack("UPDATE patrol_posttext SET text = '', links = '[]', media = '[]', salt = '' WHERE version_id = %s", version)
    [(erasure,)] = attack(
        "INSERT INTO patrol_erasure (version_id, by_id, reason, at) SELECT %s, min(id), 'x', now() FROM patrol_person RETURNING id", version
    )
    assert "All whole" in verified()
    [(sha256,)] = attack("SELECT sha256 FROM patrol_capture WHERE kind = 'media' AND post_id <> %s LIMIT 1", post)
    attack(
        "INSERT INTO patrol_erasedfile (sha256, erasure_id, state, why, removed_at) VALUES (%s, %s, 'removed', '', now())", sha256, erasure
    )
    raw.path_of(sha256).unlink()


MANIPULATIONS: dict[Callable[[Attacker], None], str] = {
    cut_tail: "audit log, row 5: end",
    cut_tail_with_its_head: "audit log, row 3: signature",
    cut_tail_and_head_removed: "audit log, row 3: missing",
    everything_of_the_log_removed: "capture: +4 that no seal names",
    act_taken_out_and_chained_anew: "audit log, row 4: signature",
    act_given_to_somebody_else_and_chained_anew: "audit log, row 5: signature",
    capture_exchanged_with_its_file: "seal 1: a commitment was changed among 4 records and 3 versions",
    capture_removed: ": it was removed",
    capture_removed_from_its_seal_too: "seal 1: a commitment was changed among 3 records and 3 versions",
    capture_brought_in_behind: "capture: +1 that no seal names",
    text_changed: ": its text was changed",
    text_changed_with_its_commitment: "seal 1: a commitment was changed",
    text_blanked: ": its text was blanked, and nobody erased it",
    text_removed: ": its text was removed",
    file_removed_and_called_erased: "the file is missing",
    text_blanked_and_called_erased: ": it is called erased, and the log knows nothing of it",
}


@pytest.mark.parametrize("manipulation", MANIPULATIONS, ids=lambda one: one.__name__)
def test_it_is_found_and_stays_found_whatever_is_written_after_it(attacker: Attacker, manipulation: Callable[[Attacker], None]) -> None:
    manipulation(attacker)
    assert MANIPULATIONS[manipulation] in verified()
    acted()
    factories.stored([factories.illegal()])
    sealing.seal(now=NOW)
    said = verified()
    assert " broken, of " in said
    assert "audit log" in said or MANIPULATIONS[manipulation] in said


def test_what_waits_for_its_seal_is_told_and_not_called_broken(attacker: Attacker) -> None:
    factories.stored([factories.illegal()])
    assert verified().strip().endswith("; 2 records and texts not yet entered into the log.")
    assert sealing.seal(now=NOW) == 2
    assert sealing.seal(now=NOW) == 0
    assert verified().strip().endswith("6 rows of the audit log.")


def test_a_seal_is_written_with_its_row_or_not_at_all(attacker: Attacker) -> None:
    factories.stored([factories.illegal()])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        sealing.seal(now=NOW)
        raise ZeroDivisionError
    assert (models.Seal.objects.count(), models.AuditEntry.objects.count()) == (1, 5)
    assert sealing.seal(now=NOW) == 2


def test_a_seal_takes_no_more_than_its_bound_and_the_next_takes_the_rest(attacker: Attacker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 3)
    for _ in range(2):
        factories.stored([factories.illegal(), factories.illegal()])
    assert [sealing.seal(now=NOW) for _ in range(4)] == [3, 3, 0, 0]
    assert verified().startswith("All whole: ")


def test_an_older_key_of_ours_still_signs_for_the_head(attacker: Attacker, settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [settings.SECRET_KEY]
    assert verified().startswith("All whole: ")
    acted()
    settings.SECRET_KEY_FALLBACKS = []
    assert verified().startswith("All whole: ")  # the newest row was signed with the new key
    settings.SECRET_KEY = "x" * 60
    assert "audit log, row 6: signature" in verified()


@pytest.mark.parametrize(
    "given",
    [
        {"text": 'Kutip " dan \\ dan baris\nbaru, 😀 \u2028'},
        {"links": ("https://contoh.example/a?b=1&c=2", "https://contoh.example/é")},
        {"text": ""},
        {"text": "Nol \x00 dan \ud800"},
    ],
)
@pytest.mark.django_db
def test_a_text_of_any_letters_holds_to_its_commitment(given: dict[str, Any]) -> None:
    factories.stored([factories.raw_post(**({"text": "x"} | given))])
    assert list(sealing.verify()) == []


@pytest.mark.django_db
def test_pictures_hold_to_their_commitment_in_whatever_order_the_database_keeps_their_parts() -> None:
    from patrol.domain import MediaReference  # noqa: PLC0415

    media = (MediaReference("photo", "https://cdn.example/1.png"), MediaReference("video", ""))
    factories.stored([factories.raw_post(media=media)])
    row = models.PostText.objects.get()
    assert len(row.media) == 2
    assert storing_rows.written(row.text, "[]", "[]") == sealing.content(row.text, [], [])
    assert list(sealing.verify()) == []
