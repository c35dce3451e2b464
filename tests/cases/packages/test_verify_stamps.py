"""Time stamps in a package: over manifests and over archives of pages, of two authorities with keys of their own, also where the archive
itself is withheld; spoiled ones are refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings as configured

from patrol import models
from patrol.cases.packages import gathering, going
from patrol.evidence import custody, raw, trust
from patrol.evidence.anchors import folder
from patrol.evidence.archive import wacz
from tests import archives, factories, tsa_server
from tests.cases.packages import packed
from tests.cases.packages.test_verify import bound, listed
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl on this machine")]
KEPT: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def _places() -> Iterator[None]:
    kept = configured.ANCHOR_KEY, configured.ANCHOR_DIR
    yield
    configured.ANCHOR_KEY, configured.ANCHOR_DIR = kept


def answer(authority: Path, content: Path) -> bytes:
    asked = ["openssl", "ts", "-query", "-data", str(content), "-sha256", "-cert"]
    return tsa_server.stamped(authority, subprocess.run(asked, capture_output=True, check=True).stdout)


def keep(capture: models.Capture, stamp: bytes) -> models.Capture:
    given: dict[str, Any] = {"platform": capture.platform, "job": capture.job, "post_id": capture.post_id, "of": capture, "now": NOW}
    return custody.capture_file(stamp, trust.STAMP_TYPE, kind=trust.STAMP, relation=trust.STAMP, purpose="evidence", **given)


def archived(case: models.Case, title: str = "Lowongan") -> models.Capture:
    post = models.Post.objects.get(flag__case_entry__case=case)
    return archives.kept(post, archives.packed(title=title), signed_by=wacz.name(archives.KEY.public_key()))


def made(tmp_path: Path, settings: Any) -> packed.Packed:
    """A case with an archive that both authorities stamped, packaged under a manifest that both stamped."""
    roots = [tsa_server.authority(tmp_path / name, title) for name, title in (("satu", "Satu"), ("dua", "Dua"))]
    settings.TIMESTAMP_CA = "".join(roots)
    case, by = packed.case(count=1)
    archive = archived(case)
    for name in ("satu", "dua"):
        keep(archive, answer(tmp_path / name, raw.path_of(archive.sha256)))
    packed.anchored(tmp_path)
    place = Path(configured.ANCHOR_DIR)
    number = folder.newest(place)
    for authority, name in enumerate(("satu", "dua")):
        stamp = answer(tmp_path / name, folder.path_of(place, number))
        folder.write(folder.stamp_path(place, number, authority), stamp)
    KEPT["roots"] = roots
    return packed.masked(case, by)


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Path:
    """Unpacked; made once for all tests of this file."""
    if not KEPT:
        KEPT["made"] = made(tmp_path, settings)
    into = tmp_path / "paket"
    into.mkdir()
    unpacked: Path = KEPT["made"].unpacked(into)
    return unpacked


def root(place: Path, number: int) -> str:
    file = place.parent / f"akar-{number}.pem"
    file.write_text(KEPT["roots"][number])
    return str(file)


def stamps(place: Path) -> list[Path]:
    return sorted(place.glob("evidence/stamps/*.tsr"))


def test_stamps_of_archives_and_manifests_go_along_and_are_checked_by_both_certificates(place: Path) -> None:
    assert (len(stamps(place)), len(list(place.glob("anchors/0*/*.tsr"))), list(place.glob("evidence/original/*"))) == (2, 2, [])
    code, said = packed.checked(place)
    assert code == 0, said
    for words in (
        "Time stamps of page archives: 2 hold by the certificate in the package. Whose certificate that is was not checked",
        "Time stamps over seals: 2 hold by the certificate in the package.",
        "Records: 7, of them 0 originals and 2 time stamps hashed again, 7 sealed",
        "5 originals are withheld, their bytes cannot be checked: a masked package holds no original.",
        "RESULT: OK; 7 of 7 records are tied",
    ):
        assert words in said, (words, said)
    minutes = json.loads((place / "berita-acara.json").read_text())
    fingerprints = [one["sha256"] for one in minutes["files"] if one["name"].startswith("sidik jari sertifikat otoritas")]
    assert (len(fingerprints), all(said.count(one) == 3 for one in fingerprints)) == (2, True), said
    code, said = packed.checked(place, None, "--authority", root(place, 0), "--authority", root(place, 1))
    assert (code, "Time stamps of page archives: 2 hold by the certificate that was given." in said) == (0, True), said
    code, said = packed.checked(place, None, "--authority", root(place, 0))
    assert (code, "by the certificates that were given, which are to be those of each authority" in said) == (1, True), said


def flipped(place: Path) -> None:
    (one, *_others) = stamps(place)
    content = bytearray(one.read_bytes())
    content[len(content) // 2] ^= 1
    one.write_bytes(bytes(content))
    bound(place)


def cut(place: Path) -> None:
    (one, *_others) = stamps(place)
    one.write_bytes(one.read_bytes()[:-30])
    bound(place)


def exchanged(place: Path) -> None:
    """The files of the two, each where the other was."""
    one, other = stamps(place)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    bound(place)


def of_another(place: Path) -> None:
    """Said to be over another record."""
    file = place / "evidence/records.json"
    told = json.loads(file.read_text())
    other = next(one["id"] for one in told if one["kind"] == "screenshot")
    next(one for one in told if one["kind"] == trust.STAMP)["of"] = other
    file.write_text(json.dumps(told))
    bound(place)


def a_manifests(place: Path) -> None:
    """The stamp of a manifest where the second authority's was."""
    first, second = (next(place.glob(f"anchors/0*/*{ending}")) for ending in ("2.tsr", "2.2.tsr"))
    second.write_bytes(first.read_bytes()[:-1])
    bound(place)


def certificate(place: Path) -> None:
    (place / "anchors/authority.pem").write_text(tsa_server.authority(place.parent / "penipu", "Satu"))
    listed(place)


def certificate_and_minutes(place: Path) -> None:
    """Exchanged with what the package's own minutes say of it: the paper is what tells."""
    (place / "anchors/authority.pem").write_text(tsa_server.authority(place.parent / "penipu", "Satu"))
    bound(place)


def one_certificate(place: Path) -> None:
    (place / "anchors/authority.pem").write_text(KEPT["roots"][0])
    listed(place)


SPOILED: Final[dict[str, tuple[Callable[[Path], None], str]]] = {
    "a bit": (flipped, "it is not the original that its record names"),
    "cut": (cut, "it is not the original that its record names"),
    "exchanged with the other": (exchanged, "it is not the original that its record names"),
    "said to be of another record": (of_another, "a time stamp without its archive"),
    "over a manifest": (a_manifests, "its time stamp does not hold by the certificate in the package"),
    "another certificate": (certificate, "its certificates are not those that the berita acara names"),
    "another certificate and minutes": (certificate_and_minutes, "its time stamp does not hold by the certificate in the package"),
    "one certificate taken out": (one_certificate, "its certificates are not those that the berita acara names"),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_stamp_is_refused(how: str, place: Path) -> None:
    spoil, words = SPOILED[how]
    spoil(place)
    code, said = packed.checked(place)
    assert (code, words in said, "RESULT: WRONG" in said) == (1, True, True), said


def test_a_stamp_that_was_kept_and_is_over_something_else_is_refused(tmp_path: Path, settings: Any) -> None:
    settings.TIMESTAMP_CA = tsa_server.authority(tmp_path / "satu", "Satu")
    case, by = packed.case(count=1)
    one, other = archived(case), archived(case, "Lain")
    keep(one, answer(tmp_path / "satu", raw.path_of(other.sha256)))
    packed.anchored(tmp_path)
    code, said = packed.checked(packed.masked(case, by).unpacked(tmp_path))
    assert (code, "its time stamp does not hold by the certificate in the package" in said) == (1, True), said
    assert "1 page archives have no time stamp in the package." in said


def test_without_a_certificate_it_says_that_it_did_not_look(tmp_path: Path, settings: Any) -> None:
    tsa_server.authority(tmp_path / "satu", "Satu")
    settings.TIMESTAMP_CA = ""
    case, by = packed.case(count=1)
    archive = archived(case)
    keep(archive, answer(tmp_path / "satu", raw.path_of(archive.sha256)))
    packed.anchored(tmp_path)
    code, said = packed.checked(packed.masked(case, by).unpacked(tmp_path))
    assert (code, "1 time stamps of archives: the certificate of their authority is not in the package." in said) == (0, True), said


def test_of_an_archive_of_somebody_harmed_no_stamp_goes_and_what_was_asked_for_does_not_follow_stamps(tmp_path: Path) -> None:
    tsa_server.authority(tmp_path / "satu", "Satu")
    case, by = packed.case(count=1)
    archive = archived(case)
    before = going.of(case)
    keep(archive, answer(tmp_path / "satu", raw.path_of(archive.sha256)))
    assert (going.of(case), sum(gathering.is_stamp(one.capture) for one in gathering.standing(case).listed)) == (before, 1)
    models.Protection.objects.create(flag=models.Flag.objects.get(), office=case.office, by=by, at=factories.NOW)
    assert not any(gathering.is_stamp(one.capture) for one in gathering.standing(case).listed)
