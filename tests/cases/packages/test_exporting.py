"""A package, its minutes, its entries of custody and its row of the log are there together or not at all; no contact is in a masked one."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models
from patrol.cases import merging
from patrol.cases.packages import exporting
from patrol.evidence import custody_log
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories, pdf_text
from tests.cases.packages import packed

pytestmark = pytest.mark.django_db
PURPOSE = "Permintaan penyidik"


def files(made: packed.Packed) -> dict[str, bytes]:
    """Of a package, without the name of its folder."""
    with zipfile.ZipFile(io.BytesIO(made.package.content)) as opened:
        return {name.partition("/")[2]: opened.read(name) for name in opened.namelist()}


def counted() -> list[int]:
    return [one.objects.count() for one in (models.AuditEntry, models.Minutes, models.CustodyEntry, models.Notice)]


def refused(code: str, act: Callable[[], object]) -> str:
    before = counted()
    with pytest.raises(RefusedError) as error:
        act()
    assert (str(error.value), counted()) == (code, before)
    return error.value.said("en")


def test_a_package_leaves_minutes_entries_and_a_row_of_the_log(tmp_path: Path) -> None:
    case, by = packed.case()
    packed.anchored(tmp_path)
    kept: list[bytes] = []
    made = packed.masked(case, by, ran_by="operator", keep=kept.append)
    sha256 = hashlib.sha256(made.package.content).hexdigest()
    assert kept == [made.package.content]
    assert (made.package.name, made.package.files, made.package.withheld) == (f"{case.number}-tersamar.zip", 5, 4)
    minutes = models.Minutes.objects.get()
    assert (minutes.kind, minutes.number, minutes.recipient, minutes.by) == ("exported", "BA-0001/BP3MI-JABAR/2026", by.name, by)
    entries = models.CustodyEntry.objects.all()
    assert {(one.act, one.purpose, one.found, one.after, one.minutes_id) for one in entries} == {
        ("exported", "case", "whole", sha256, minutes.pk)
    }
    assert len(entries) == 5
    row = models.AuditEntry.objects.latest("seq")
    assert (row.verb, row.actor_id, row.target_type, row.target_id) == ("case.exported", by.pk, "case", str(case.pk))
    assert row.after == {
        "reason": PURPOSE,
        "number": case.number,
        "masked": True,
        "withheld": 4,
        "captures": 5,
        "sha256": sha256,
        "minutes": minutes.number,
        "custody": entries[0].digest,
        "ran_by": "operator",
    }
    assert list(custody_log.verify()) == []
    inside = files(made)
    assert json.loads(inside["berita-acara.json"]) == minutes.content
    named = {one["name"]: one["sha256"] for one in minutes.content["files"]}
    assert named["contents.json"] == hashlib.sha256(inside["contents.json"]).hexdigest()
    assert named["verify.py"] == hashlib.sha256((Path(exporting.__file__).parent / "verify.py").read_bytes()).hexdigest()
    paper = pdf_text.said(inside["berita-acara.pdf"])
    assert all(one in paper for one in named.values())


def test_no_contact_of_the_case_stands_in_any_byte_of_a_masked_package(tmp_path: Path) -> None:
    case, by = packed.case()
    packed.anchored(tmp_path)
    packed.masked(case, by)  # so that its minutes and its act are in the next one
    inside = files(packed.masked(case, by, now=packed.LATER + timedelta(minutes=1)))
    urls = set(models.Post.objects.values_list("url", flat=True)) | set(
        models.Indicator.objects.filter(kind="phone").values_list("value", flat=True)
    )
    looked = 0
    for name, content in inside.items():
        said = pdf_text.said(content) if name.endswith(".pdf") else content.decode("utf-8", "replace")
        said = said.replace("\n", " ") + said.replace("\n", "")
        for contact in (*packed.CONTACTS, *urls):
            looked += 1
            assert contact.lower() not in said.lower(), (name, contact)
            assert contact.encode() not in content, (name, contact)
    assert looked > 200
    # ... and what the reader may know stands there, with its marks.
    dossier = pdf_text.said(inside["dossier.pdf"])
    flag = models.Flag.objects.order_by("pk")[0]
    for words in (case.number, flag.number, "Kamboja", "Dikonfirmasi", by.name, "15 juta", "gaji", "Perkara dibuka", "Permintaan penyidik"):
        assert words in dossier, words


def test_of_somebody_harmed_goes_the_hash_and_nothing_else(tmp_path: Path) -> None:
    case, by = packed.case()
    flag = models.Flag.objects.order_by("pk")[0]
    models.Protection.objects.create(flag=flag, office=case.office, by=by, at=factories.NOW)
    made = packed.masked(case, by)
    inside = files(made)
    records = json.loads(inside["evidence/records.json"])
    of_it = [one for one in records if flag.number in one["flags"]]
    assert {(one["kind"], one["withheld"], one["file"], one["masked"]) for one in of_it} == {
        ("answer", "harmed", None, None),
        ("screenshot", "harmed", None, None),
    }
    versions = {one["flag"]: one["masked"] for one in json.loads(inside["evidence/versions.json"])}
    assert versions[flag.number] is None
    assert "isinya tidak dimuat" in pdf_text.said(inside["dossier.pdf"]).replace("\n", " ")


def test_who_may_not_and_what_lacks_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    case, by = packed.case(count=1)
    for role, code in ((Role.OFFICER, "bp3mi-ntb"), (Role.OFFICER, "directorate"), (Role.ADMINISTRATOR, "directorate")):
        with pytest.raises(PermissionDenied):
            packed.masked(case, factories.person(role, code))
    for purpose in ("", " ", "hubungi 0840-5550-1234", "x" * 201):
        refused("package.purpose reason", partial(exporting.export, case_id=case.pk, purpose=purpose, by=by, now=packed.LATER))
    before = counted()

    def fails(_content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        packed.masked(case, by, keep=fails)
    assert counted() == before
    other, _by = packed.case(by, count=1)
    merging.merge(case_id=case.pk, into=other.number, note="Sama.", seen_version=case.version, by=by, now=factories.NOW)
    assert (
        refused("package.merged", lambda: packed.masked(case, by))
        == f"No package was made: the case was merged into {other.number}. Make it there."
    )


def test_the_same_case_gives_the_same_files(tmp_path: Path) -> None:
    """Of one moment: all but the number of the berita acara and what follows from it."""
    case, by = packed.case(count=1)
    one, other = files(packed.masked(case, by)), files(packed.masked(case, by))
    follows = {"berita-acara.json", "berita-acara.pdf", "contents.json", "SHA256SUMS", "log/rows.json", "log/custody.json", "dossier.pdf"}
    assert {name for name in one if one[name] != other[name]} <= follows
    assert one.keys() == other.keys()
