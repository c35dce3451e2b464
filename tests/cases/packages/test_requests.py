"""The package with originals: asked by one person, approved by another, then made; what changed since is approved by nobody."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from patrol import models
from patrol.cases.packages import exporting, going, requests
from patrol.cases.peers import requests as peers
from patrol.evidence import custody, custody_log
from patrol.evidence.archive import wacz
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.pipeline import storing
from tests import archives, factories
from tests.cases import asked as referred
from tests.cases import objected
from tests.cases.packages import packed

pytestmark = pytest.mark.django_db


def asked(case: models.Case, by: models.Person) -> models.PeerExport:
    peer, seen = "Kepolisian Daerah Contoh, Unit Siber", going.of(case).digest
    return requests.ask(case=case, peer=peer, purpose="investigation", seen=seen, by=by, now=packed.LATER)


def approved(case: models.Case, by: models.Person) -> models.PeerExport:
    made = asked(case, by)
    return peers.approve(export_id=made.pk, seen=made.digest, by=objected.supervisor(), now=packed.LATER)


def test_a_package_with_originals_holds_everything_and_is_checked(tmp_path: Path) -> None:
    case, by = packed.case(count=1)
    key = wacz.name(archives.KEY.public_key())
    archives.kept(models.Post.objects.get(flag__case_entry__case=case), archives.packed(), signed_by=key)
    packed.anchored(tmp_path)
    made = asked(case, by)
    assert (made.kind, made.number, made.sharing) == ("package", "MTR-26-0001", "red")
    with pytest.raises(RefusedError, match=r"package\.not_approved"):
        requests.take(export_id=made.pk, by=by, now=packed.LATER)
    with pytest.raises(PermissionDenied):
        peers.approve(export_id=made.pk, seen=made.digest, by=by, now=packed.LATER)
    peers.approve(export_id=made.pk, seen=made.digest, by=objected.supervisor(), now=packed.LATER)
    package = requests.take(export_id=made.pk, by=by, now=packed.LATER)
    folder = packed.Packed(case, by, package).unpacked(tmp_path)
    code, said = packed.checked(folder)
    assert code == 0, said
    assert (
        "Records: 5, of them 5 originals and 0 time stamps hashed again, 5 sealed in the log that is sealed outside, 5 custody records"
        in said
    )
    assert f"Page archives: 1 are what the list in them says, with a signature that holds of the key {key}." in said
    assert "the words of 1 as sealed outside" in said
    versions = json.loads((folder / "evidence/versions.json").read_text())
    assert packed.WRITTEN in versions[0]["words"]["text"]
    minutes = package.minutes.content
    assert minutes["reason"] == "Penyelidikan, untuk Kepolisian Daerah Contoh, Unit Siber"  # as the page and the other files say
    assert minutes["rests_on"][:2] == [f"Perkara {case.number}", "Permintaan MTR-26-0001 untuk Kepolisian Daerah Contoh, Unit Siber"]
    assert minutes["rests_on"][2].startswith("Persetujuan orang kedua: ")
    row, made_row = models.AuditEntry.objects.order_by("-seq")[:2]
    assert (made_row.verb, made_row.target_type, made_row.after["masked"], made_row.after["request"]) == (
        "case.exported",
        "case",
        False,
        made.number,
    )
    assert [peers.takings(made), list(custody_log.verify())] == [[packed.LATER], []]
    assert (row.verb, row.target_type, row.target_id, row.after["went"]) == ("contact.shown", "peerexport", str(made.pk), made.indicators)


def test_what_came_since_it_was_asked_is_approved_by_nobody() -> None:
    case, by = packed.case(count=1)
    made = approved(case, by)
    referred.copied(models.Flag.objects.get(), b"lain")
    with pytest.raises(RefusedError, match=r"package\.changed"):
        requests.take(export_id=made.pk, by=by, now=packed.LATER)
    assert not models.Minutes.objects.exists()
    with pytest.raises(PermissionDenied):
        asked(case, factories.person(Role.OFFICER, "bp3mi-ntb"))


def test_the_command_takes_an_approved_request_and_no_other(tmp_path: Path) -> None:
    case, by = packed.case(count=1)
    other, _by = packed.case(by, count=1)
    made, elsewhere = approved(case, by), approved(other, by)
    file = tmp_path / "perkara.zip"

    def ran(request: str, now: object = packed.LATER) -> str:
        out = io.StringIO()
        call_command("export_case", case.number, to=file, by=by.username, request=request, now=now, stdout=out)
        return out.getvalue()

    for request, said, now in (
        ("MTR-26-9999", "There is no request MTR-26-9999 for a package.", packed.LATER),
        (elsewhere.number, f"{elsewhere.number} is a request for another case.", packed.LATER),
        (made.number, f"{made.number} ran out: ask for it again.", packed.LATER + timedelta(days=31)),
    ):
        with pytest.raises(CommandError) as error:
            ran(request, now)
        assert str(error.value) == said
    with pytest.raises(CommandError, match="leave --purpose out"):
        call_command("export_case", case.number, to=file, by=by.username, request=made.number, purpose="Lain", now=packed.LATER)
    assert not file.exists()
    assert "4 records, 0 of them withheld" in ran(made.number)
    with zipfile.ZipFile(file) as opened:
        assert any("/evidence/original/" in name for name in opened.namelist())
    assert models.Consultation.objects.get().unmasked


def test_of_somebody_harmed_nothing_goes_here_either(tmp_path: Path) -> None:
    case, by = packed.case(count=1)
    models.Protection.objects.create(flag=models.Flag.objects.get(), office=case.office, by=by, at=factories.NOW)
    package = requests.take(export_id=approved(case, by).pk, by=by, now=packed.LATER)
    folder = packed.Packed(case, by, package).unpacked(tmp_path)
    assert json.loads((folder / "evidence/versions.json").read_text()) == []
    of_it = [one for one in json.loads((folder / "evidence/records.json").read_text()) if one["kind"] is None]
    assert [(one["withheld"], one["flags"]) for one in of_it] == [("harmed", [])] * 2
    _code, said = packed.checked(folder)
    assert "GAGAL / WRONG" not in said, said  # nothing differs; without anchors nothing is shown either


def test_other_posts_and_logins_in_an_answer_are_told_to_who_approves_and_on_paper() -> None:
    case, by = packed.case(count=1)
    flag = models.Flag.objects.get()
    before = going.of(case)
    # A page of a channel with another post on it, whose server handed out a login.
    answer = replace(factories.answer(b"saluran"), headers=(("Content-Type", "text/html"), ("Set-Cookie", "sid=rahasia")))
    run = factories.fetch()
    page = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=run, post_id=flag.post_id)
    storing.store([factories.raw_post()], capture_id=page.pk, watch_id=run.watch_id, fetch_id=run.pk, now=factories.NOW)
    told = going.of(case)
    assert (before.others, before.known, told.others, told.known, before.digest == told.digest) == (2, 0, 3, 1, False)
    package = requests.take(export_id=approved(case, by).pk, by=by, now=packed.LATER)
    paper = " ".join(package.minutes.content["statements"])
    said = "3 berkas (data mentah, halaman, atau kiriman) dapat memuat juga unggahan lain di luar perkara, beserta kontak di dalamnya"
    assert f"{said}; pada 1 di antaranya hal itu tercatat." in paper
    assert "1 catatan kustodi tidak dimuat karena di dalamnya ada kuki atau kunci masuk" in paper
    assert b"sid=rahasia" not in records(package)


def records(package: exporting.Package) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package.content)) as opened:
        return next(opened.read(name) for name in opened.namelist() if name.endswith("evidence/records.json"))


def test_an_approved_request_is_taken_back_and_no_package_comes_of_it() -> None:
    case, by = packed.case(count=1)
    mine, theirs = approved(case, by), approved(case, by)
    second = objected.supervisor()
    peers.withdraw(export_id=mine.pk, by=by, now=packed.LATER)
    peers.refuse(export_id=theirs.pk, note="Salah alamat.", by=second, now=packed.LATER)
    for gone in (mine, theirs):
        with pytest.raises(RefusedError, match=r"package\.not_approved"):
            requests.take(export_id=gone.pk, by=by, now=packed.LATER)
        with pytest.raises(RefusedError, match=r"package\.not_approved"):
            peers.require_ready(gone.pk, packed.LATER)
    with pytest.raises(RefusedError, match=r"peer\.answered"):
        peers.withdraw(export_id=mine.pk, by=by, now=packed.LATER)
    assert not models.Minutes.objects.exists()
