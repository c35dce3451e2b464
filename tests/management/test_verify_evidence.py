"""Each way in which preserved files and their records can part is found and named."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from patrol import models
from patrol.access import audit
from patrol.evidence import trust
from patrol.evidence.anchors import folder
from patrol.evidence.archive import wacz
from patrol.infra import reached
from patrol.management.commands import verify_evidence
from tests import archives, factories, tsa_server
from tests.cases.packages import test_verify_stamps
from tests.evidence.anchors import sealed
from tests.register.test_register import FIRST, take

pytestmark = pytest.mark.django_db


def place(capture: Any) -> Any:
    return Path(settings.EVIDENCE_DIR) / capture.sha256[:2] / capture.sha256[2:4] / capture.sha256


def write(capture: Any, content: Any) -> None:
    where = place(capture)
    where.chmod(0o640)
    where.write_bytes(content)


@pytest.fixture
def kept() -> Iterator[Any]:
    """Two files of a post, of the same length, each with its record."""
    (post,) = factories.stored([factories.raw_post()])
    found = [factories.file_capture(content, post_id=post.pk) for content in (b"berkas satu", b"berkas dua.")]
    before = [place(one).read_bytes() for one in found]
    yield found
    for one, content in zip(found, before, strict=True):
        place(one).parent.mkdir(parents=True, exist_ok=True)
        if place(one).exists():
            place(one).chmod(0o640)
        place(one).write_bytes(content)


def told() -> Any:
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("verify_evidence", stdout=out)
    return out.getvalue(), str(error.value)


def test_all_whole(kept: Any) -> None:
    out = io.StringIO()
    call_command("verify_evidence", stdout=out)
    assert out.getvalue() == (
        "All whole: 3 records of 3 files, 0 rows of the audit log; 4 records and texts not yet entered into the log.\n"
    )


def kept_run() -> Any:
    """What the run left behind, with the captures it found broken."""
    made = models.Verification.objects.get()
    assert made.covers == made.begun_at - reached.SETTLED
    return made.records, made.files, made.broken, made.elsewhere, list(made.captures.values_list("capture", flat=True))


def test_a_run_that_came_to_its_end_is_kept(kept: Any) -> None:
    call_command("verify_evidence", stdout=io.StringIO())
    assert kept_run() == (3, 3, 0, 0, [])


def test_one_byte_flipped(kept: Any) -> None:
    write(kept[0], b"berkas sata")
    out, error = told()
    assert kept_run() == (3, 3, 1, 0, [kept[0].pk])
    assert out == f"{kept[0].pk} (media, {kept[0].sha256[:12]}…): the file was changed\n"
    assert error.startswith("1 broken")


def test_a_file_deleted(kept: Any) -> None:
    place(kept[1]).unlink()
    out, _error = told()
    assert out == f"{kept[1].pk} (media, {kept[1].sha256[:12]}…): the file is missing\n"


def test_two_files_swapped(kept: Any) -> None:
    one, other = (place(capture).read_bytes() for capture in kept)
    write(kept[0], other)
    write(kept[1], one)
    out, error = told()
    assert out.count("the file was changed") == 2
    assert error.startswith("2 broken")


@pytest.mark.parametrize(("content", "said"), [(b"name\n", "the file was changed"), (None, "the file is missing")])
def test_a_file_of_the_register_changed_or_deleted(kept: Any, content: Any, said: str) -> None:
    """The same two files twice are two editions and no further file."""
    take(FIRST)
    edition = take(FIRST)
    out = io.StringIO()
    call_command("verify_evidence", stdout=out)
    assert ", 2 rows of the audit log, 2 files of the register; " in out.getvalue()
    sha256 = edition.files[0]["sha256"]
    where = Path(settings.EVIDENCE_DIR) / sha256[:2] / sha256[2:4] / sha256
    before = where.read_bytes()
    where.unlink()
    if content:
        where.write_bytes(content)
    broken, error = told()
    where.unlink(missing_ok=True)
    where.write_bytes(before)
    assert broken == f"register edition 1 ({sha256[:12]}…): {said}\n"
    assert error.startswith("1 broken")


def test_a_record_that_no_longer_matches_its_commitment(kept: Any) -> None:
    forged = models.Capture.objects.get(pk=kept[0].pk)
    forged.pk, forged.commitment = uuid.uuid4(), "0" * 64
    forged.save(force_insert=True)
    out, _error = told()
    assert out == f"{forged.pk} (media, {forged.sha256[:12]}…): the record's commitment does not hold\n"


def test_an_archive_signed_by_another_hand_is_named_though_file_and_record_agree(kept: Any) -> None:
    (post,) = factories.stored([factories.raw_post()])
    ours = wacz.name(archives.KEY.public_key())
    archives.kept(post, archives.packed(), signed_by=ours)
    archives.kept(post, archives.packed(None), signed_by="")
    archives.kept(post, archives.warc(), signed_by="", media_type="application/warc")
    strange = archives.kept(post, archives.signed_anew(archives.packed()), signed_by=ours)
    lines, end = told()
    assert lines == f"{strange.pk} (page, {strange.sha256[:12]}…): {trust.OTHER_KEY.en}\n"
    assert end.startswith("1 broken, of 8 records")


def test_a_broken_chain_is_told(kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "verify", lambda: audit.Break(7, "link"))
    out, error = told()
    assert out == "audit log, row 7: link\n"
    assert error.startswith("1 broken")


def test_a_time_stamp_whose_authority_is_not_at_hand_ends_with_a_code_of_its_own(kept: Any, tmp_path: Path, settings: Any) -> None:
    sealed.in_three(tmp_path)
    roots = [tsa_server.authority(tmp_path / name, name) for name in ("satu", "dua")]
    for authority, (number, name) in enumerate(((2, "satu"), (3, "dua"))):
        stamp = test_verify_stamps.answer(tmp_path / name, folder.path_of(sealed.place(), number))
        folder.write(folder.stamp_path(sealed.place(), number, authority), stamp)

    def ends(authorities: str) -> tuple[int, str]:
        settings.TIMESTAMP_CA = authorities
        out = io.StringIO()
        try:
            call_command("verify_evidence", anchors=sealed.place(), stdout=out)
        except CommandError as error:
            return error.returncode, out.getvalue() + str(error)
        return 0, out.getvalue()

    code, said = ends("".join(roots))
    assert (code, "All whole" in said, "not looked at" in said) == (0, True, False), said
    for authorities, many, span in (("", 2, "2 to 3"), (roots[0], 1, "3"), (roots[1], 1, "2")):
        code, said = ends(authorities)
        assert code == verify_evidence.UNLOOKED == 3, said
        assert f"time stamp {span}: {many} were not looked at" in said
        assert f"Nothing broken, but {many} time stamps were not looked at" in said
    write(kept[0], b"berkas sata")
    assert ends("")[0] == 1
