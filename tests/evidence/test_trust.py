"""How far an archive can be trusted, from what is there as it is looked at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patrol import models
from patrol.evidence import custody, raw, trust
from patrol.evidence.anchors import stamping
from patrol.evidence.archive import wacz
from patrol.evidence.trust import Level
from tests import archives, factories, tsa_server

pytestmark = pytest.mark.django_db
NOW = factories.NOW
OURS = wacz.name(archives.KEY.public_key())


def kept(content: bytes | None = None, *, signed_by: str = OURS, **given: Any) -> models.Capture:
    (post,) = factories.stored([factories.raw_post()])
    return archives.kept(post, archives.packed() if content is None else content, signed_by=signed_by, **given)


def said(capture: models.Capture) -> tuple[Level, list[str]]:
    found = trust.of(capture)
    return found.level, [one.en for one in found.why]


def replaced(capture: models.Capture, content: bytes) -> None:
    place = raw.path_of(capture.sha256)
    place.chmod(0o600)
    place.write_bytes(content)


def test_whole_and_signed_with_the_key_that_its_record_names() -> None:
    capture = kept()
    with CaptureQueriesContext(connection) as asked:
        found = trust.of(capture)
    assert (found, len(asked)) == (trust.Trust(Level.SIGNED, key=OURS), 1)


def test_without_a_signature_it_is_whole_and_no_more() -> None:
    assert said(kept(archives.packed(None), signed_by="")) == (Level.INTACT, [trust.NO_KEY.en])


def test_a_warc_of_before_is_whole_and_no_more() -> None:
    capture = kept(archives.warc(), signed_by="", media_type="application/warc")
    assert said(capture) == (Level.INTACT, [trust.BEFORE.en])
    replaced(capture, archives.warc()[:-1])
    assert said(capture) == (Level.BROKEN, [trust.CHANGED.en])


def test_a_changed_and_a_missing_file_are_called_so() -> None:
    capture = kept()
    replaced(capture, archives.packed(title="Lain"))
    assert said(capture) == (Level.BROKEN, [trust.CHANGED.en])
    place = raw.path_of(capture.sha256)
    place.unlink()
    assert said(capture) == (Level.BROKEN, [trust.MISSING.en])
    place.mkdir()  # a name that cannot be read as a file
    assert said(capture) == (Level.BROKEN, [trust.UNREADABLE.en])


def test_whose_key_it_is_is_found_by_the_server_s_own(settings: Any, tmp_path: Path) -> None:
    own = tmp_path / "archive-key"
    settings.ARCHIVE_KEY = str(own)
    assert trust.ours(OURS) is None
    own.write_bytes(archives.KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    assert (trust.ours(OURS), trust.ours("0" * 64)) == (True, False)


@pytest.mark.parametrize("how", [*archives.PARTS, *archives.SIGNATURES])
def test_a_spoiled_archive_whose_record_was_made_for_it_is_found_all_the_same(how: str) -> None:
    spoil = {**archives.PARTS, **archives.SIGNATURES}[how]
    level, why = said(kept(spoil(archives.packed())))
    assert (level, len(why)) == (Level.BROKEN, 1)


def test_another_key_than_the_record_names_is_another_hand() -> None:
    assert said(kept(archives.signed_anew(archives.packed()))) == (Level.BROKEN, [trust.OTHER_KEY.en])
    assert said(kept(signed_by="")) == (Level.BROKEN, [trust.OTHER_KEY.en])
    assert said(kept(archives.packed(None))) == (Level.BROKEN, [trust.NOT_SIGNED.en])


# --- stamped --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[tsa_server.Server, str]]:
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl on this machine")
    with tsa_server.running(tmp_path_factory.mktemp("tsa")) as (server, root):
        yield server, root


def stamp(capture: models.Capture, content: bytes) -> models.Capture:
    given: dict[str, Any] = {"platform": "telegram", "job": capture.job, "post_id": capture.post_id, "of": capture, "now": NOW}
    return custody.capture_file(content, trust.STAMP_TYPE, kind=trust.STAMP, relation=trust.STAMP, **given)


def test_a_stamp_that_holds_tells_when_the_authority_saw_it(
    authority: tuple[tsa_server.Server, str], settings: Any, tmp_path: Path
) -> None:
    server, root = authority
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CA, settings.STAND_INS = tsa_server.URL, root, {tsa_server.ORIGIN: server.base}
    content = archives.packed(title="Lain")
    capture, other = kept(), kept(content)
    answer = stamping.asked(stamping.client(), content)
    stamp(capture, answer)
    assert said(capture) == (Level.SIGNED, [trust.STAMP_UNTRUE.en])
    there = stamp(other, answer)
    found = trust.of(other)
    assert (found.level, found.why, found.stamped_at is not None) == (Level.STAMPED, (), True)
    replaced(there, answer[:-1])
    assert said(other) == (Level.SIGNED, [trust.STAMP_UNTRUE.en])
    replaced(there, answer)
    for unknown in ("", tsa_server.authority(tmp_path / "lain", "Lain")):
        settings.TIMESTAMP_CA = unknown
        assert said(other) == (Level.SIGNED, [trust.STAMP_UNLOOKED.en])
