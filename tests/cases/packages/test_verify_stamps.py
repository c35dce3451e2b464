"""Time stamps in a package: over manifests and over archives of pages, of two authorities with keys of their own, also where the archive
itself is withheld; spoiled ones are refused."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings as configured

from patrol import models
from patrol.cases.packages import gathering, going, requests
from patrol.evidence import custody, raw, trust
from patrol.evidence.anchors import folder
from patrol.evidence.archive import wacz
from patrol.infra.refusals import RefusedError
from tests import archives, factories, tsa_server
from tests.cases.packages import packed, test_requests
from tests.cases.packages.test_verify import FORGED_ID, bound, listed
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


def unknown(said: str) -> list[str]:
    """Stamps that are told as not checked, since their certificate is not at hand; the last lines say how many."""
    found: list[str] = []
    for part in said.split("TIDAK DIPERIKSA  ")[1:]:
        if "by an authority whose certificate is not among those" in part:
            found += [line.strip() for line in part.splitlines() if line.strip().endswith(".tsr")]
    assert f"RESULT: OK, BUT {len(found)} time stamps were not checked: the certificate of their authority is neither" in said
    assert f"HASIL: COCOK, TETAPI {len(found)} stempel waktu tidak diperiksa: sertifikat otoritasnya tidak ada dalam paket dan" in said
    return sorted(found)


def test_a_stamp_whose_certificate_is_not_at_hand_is_not_checked_and_named(place: Path) -> None:
    code, said = packed.checked(place, None, "--authority", root(place, 0))
    every = [one.relative_to(place).as_posix() for one in [*stamps(place), *place.glob("anchors/0*/*.tsr")]]
    seconds = [name for name in every if b"Stempel Dua" in (place / name).read_bytes()]
    assert (code, unknown(said), said.count("hold by the certificate that was given")) == (3, sorted(seconds), 2), said
    assert (len(seconds), "GAGAL" in said) == (2, False), said
    (place / "anchors/authority.pem").write_text(tsa_server.authority(place.parent / "baru", "Satu"))  # the same name, another key
    bound(place)
    code, said = packed.checked(place)
    assert (code, unknown(said), "hold by" in said, "GAGAL" in said) == (3, sorted(every), False, False), said


def forged(place: Path, content: bytes) -> str:
    """Other bytes for the first stamp, with all hashes anew, as a record that no seal answers for; its name. The stamp alone can tell."""
    file = place / "evidence/records.json"
    told = json.loads(file.read_text())
    one = next(one for one in told if one["kind"] == trust.STAMP)
    (place / one["file"]).unlink()
    one |= {"id": FORGED_ID, "file": f"evidence/stamps/{FORGED_ID}.tsr", "length": len(content), "record": None}
    one |= {"sha256": hashlib.sha256(content).hexdigest(), "sha3_512": hashlib.sha3_512(content).hexdigest()}
    one["commitment"] = hashlib.sha256((one["salt"] + one["sha256"]).encode()).hexdigest()
    (place / one["file"]).write_bytes(content)
    file.write_text(json.dumps(told))
    bound(place)
    return str(one["file"])


def first(place: Path) -> bytes:
    told = json.loads((place / "evidence/records.json").read_text())
    name: str = next(one["file"] for one in told if one["kind"] == trust.STAMP)
    return (place / name).read_bytes()


def strangers(place: Path) -> tuple[str, bytes]:
    """The root of a forger, and their stamp over the archive."""
    made = tsa_server.authority(place.parent / "penipu", "Penipu")
    archive = next(one for one in json.loads((place / "evidence/records.json").read_text()) if one["media_type"] == wacz.MEDIA_TYPE)
    asked = ["openssl", "ts", "-query", "-digest", archive["sha256"], "-sha256", "-cert"]
    return made, tsa_server.stamped(place.parent / "penipu", subprocess.run(asked, capture_output=True, check=True).stdout)


@pytest.mark.parametrize("label", ["TRUSTED CERTIFICATE", "X509 CERTIFICATE"])
def test_a_root_that_no_list_of_fingerprints_shows_is_not_believed(label: str, place: Path) -> None:
    """openssl by itself would believe it beside the genuine ones."""
    made, stamp = strangers(place)
    file = place / "anchors/authority.pem"
    file.write_text(file.read_text() + made.replace(" CERTIFICATE-", f" {label}-"))
    name = forged(place, stamp)
    archive = next(one for one in json.loads((place / "evidence/records.json").read_text()) if one["media_type"] == wacz.MEDIA_TYPE)
    by_itself = ["openssl", "ts", "-verify", "-digest", archive["sha256"], "-in", str(place / name), "-CAfile", str(file)]
    assert subprocess.run(by_itself, capture_output=True, check=False).returncode == 0
    minutes = place / "berita-acara.json"  # it lists the genuine ones alone: no reader of fingerprints sees the other
    told = json.loads(minutes.read_text())
    told["files"] = [one for one in told["files"] if not one["name"].startswith("sidik jari") or one["name"][-1] in "12"]
    minutes.write_text(json.dumps(told))
    listed(place, contents=False)
    code, said = packed.checked(place)
    assert (code, unknown(said)) == (3, [name]), said
    assert "Time stamps of page archives: 1 hold by the certificate in the package." in said


def flipped(place: Path) -> None:
    content = bytearray(first(place))
    content[len(content) // 2] ^= 1
    forged(place, bytes(content))


def signed_otherwise(place: Path) -> None:
    content = first(place)
    forged(place, content[:-1] + bytes([content[-1] ^ 1]))


def cut(place: Path) -> None:
    forged(place, first(place)[:-30])


def exchanged(place: Path) -> None:
    """A manifest's instead."""
    forged(place, min(place.glob("anchors/0*/*.tsr")).read_bytes())


def bad_and_unknown(place: Path) -> None:
    """Of an authority nobody knows, with another signature."""
    _root, content = strangers(place)
    forged(place, content[:-1] + bytes([content[-1] ^ 1]))


def of_another(place: Path) -> None:
    """Said to be over another record."""
    file = place / "evidence/records.json"
    told = json.loads(file.read_text())
    other = next(one["id"] for one in told if one["kind"] == "screenshot")
    next(one for one in told if one["kind"] == trust.STAMP)["of"] = other
    file.write_text(json.dumps(told))
    bound(place)


def a_manifests(place: Path) -> None:
    """The stamp of an archive where that of a manifest was."""
    next(place.glob("anchors/0*/*.2.tsr")).write_bytes(first(place))
    bound(place)


def certificate(place: Path) -> None:
    (place / "anchors/authority.pem").write_text(tsa_server.authority(place.parent / "penipu", "Satu"))
    listed(place)


def one_certificate(place: Path) -> None:
    (place / "anchors/authority.pem").write_text(KEPT["roots"][0])
    listed(place)


UNTRUE: Final = "its time stamp is over something else, or its signature does not hold"
# What every hash agrees with: nothing but the check of the stamp itself refuses it.
ALONE: Final[dict[str, Callable[[Path], None]]] = {
    "a bit": flipped,
    "a bit of the signature": signed_otherwise,
    "cut": cut,
    "exchanged with a manifest's": exchanged,
    "of nobody and untrue": bad_and_unknown,
    "a manifest's, over an archive": a_manifests,
}
SPOILED: Final[dict[str, tuple[Callable[[Path], None], str]]] = {
    "said to be of another record": (of_another, "a time stamp without its archive"),
    "another certificate": (certificate, "its certificates are not those that the berita acara names"),
    "one certificate taken out": (one_certificate, "its certificates are not those that the berita acara names"),
}


def test_what_differs_outweighs_a_stamp_that_was_not_checked(place: Path) -> None:
    (place / "BACA-DULU.txt").write_text("lain")
    code, said = packed.checked(place, None, "--authority", root(place, 0))
    assert (code, "RESULT: WRONG, 2 things differ" in said, "OK, BUT" in said) == (1, True, False), said


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_stamp_is_refused(how: str, place: Path) -> None:
    spoil, words = SPOILED[how]
    spoil(place)
    code, said = packed.checked(place)
    assert (code, words in said, "RESULT: WRONG" in said) == (1, True, True), said


@pytest.mark.parametrize("how", ALONE)
def test_a_spoiled_stamp_is_refused_by_itself_where_all_hashes_agree(how: str, place: Path) -> None:
    ALONE[how](place)
    code, said = packed.checked(place)
    assert (code, said.count(UNTRUE), said.count("GAGAL / WRONG"), "RESULT: WRONG, 1 things" in said) == (1, 1, 1, True), said


def test_a_stamp_that_was_kept_and_is_over_something_else_is_refused(tmp_path: Path, settings: Any) -> None:
    settings.TIMESTAMP_CA = tsa_server.authority(tmp_path / "satu", "Satu")
    case, by = packed.case(count=1)
    one, other = archived(case), archived(case, "Lain")
    keep(one, answer(tmp_path / "satu", raw.path_of(other.sha256)))
    packed.anchored(tmp_path)
    code, said = packed.checked(packed.masked(case, by).unpacked(tmp_path))
    assert (code, UNTRUE in said) == (1, True), said
    assert "1 page archives have no time stamp in the package." in said


def test_without_a_certificate_it_says_that_it_did_not_look(tmp_path: Path, settings: Any) -> None:
    tsa_server.authority(tmp_path / "satu", "Satu")
    settings.TIMESTAMP_CA = ""
    case, by = packed.case(count=1)
    archive = archived(case)
    keep(archive, answer(tmp_path / "satu", raw.path_of(archive.sha256)))
    packed.anchored(tmp_path)
    code, said = packed.checked(packed.masked(case, by).unpacked(tmp_path))
    assert (code, "1 time stamps of archives: the certificate of their authority is not in the package." in said) == (3, True), said
    assert "RESULT: OK, BUT 1 time stamps were not checked" in said


def test_a_stamp_that_comes_after_the_approval_goes_along_and_an_archive_does_not(tmp_path: Path) -> None:
    tsa_server.authority(tmp_path / "satu", "Satu")
    case, by = packed.case(count=1)
    archive = archived(case)
    packed.anchored(tmp_path)
    request = test_requests.approved(case, by)

    def taken() -> list[str]:
        with zipfile.ZipFile(io.BytesIO(requests.take(export_id=request.pk, by=by, now=packed.LATER).content)) as opened:
            return [name for name in opened.namelist() if "/evidence/stamps/" in name]

    assert taken() == []
    stamp = keep(archive, answer(tmp_path / "satu", raw.path_of(archive.sha256)))
    assert taken() == [f"{case.number}/evidence/stamps/{stamp.pk}.tsr"]
    archived(case, "Lain")
    with pytest.raises(RefusedError, match=r"package\.changed"):
        taken()


def test_of_an_archive_of_somebody_harmed_no_stamp_goes_and_what_was_asked_for_does_not_follow_stamps(tmp_path: Path) -> None:
    tsa_server.authority(tmp_path / "satu", "Satu")
    case, by = packed.case(count=1)
    archive = archived(case)
    before = going.of(case)
    keep(archive, answer(tmp_path / "satu", raw.path_of(archive.sha256)))
    assert (going.of(case), sum(gathering.is_stamp(one.capture) for one in gathering.standing(case).listed)) == (before, 1)
    models.Protection.objects.create(flag=models.Flag.objects.get(), office=case.office, by=by, at=factories.NOW)
    assert not any(gathering.is_stamp(one.capture) for one in gathering.standing(case).listed)
