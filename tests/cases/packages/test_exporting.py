"""A package, its minutes, its entries of custody and its row of the log are there together or not at all; no contact is in a masked one."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from patrol import models
from patrol.access import looks
from patrol.cases import attachments, merging, moving
from patrol.cases.packages import cutting, dossier, exporting, gathering
from patrol.evidence import custody, custody_log, trust
from patrol.evidence.archive import wacz
from patrol.infra import printing, wall
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import archives, factories, pdf_text
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
    assert (made.package.name, made.package.files, made.package.withheld) == (f"{case.number}-tersamar.zip", 5, 5)
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
        "withheld": 5,
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
    of_it = [one for one in records if one["withheld"] == "harmed"]
    said = ("kind", "media_type", "received_at", "file", "masked", "record", "flags")
    assert [tuple(one[name] for name in said) for one in of_it] == [(None, None, None, None, None, None, [])] * 2
    assert all(flag.number not in one["flags"] for one in records)
    # What somebody attached may tell of them.
    assert {one["masked"] for one in records if one["kind"] == "attachment"} == {None}
    assert all(one["flag"] != flag.number for one in json.loads(inside["evidence/versions.json"]))
    targets = [one["row"]["target"] for one in json.loads(inside["log/rows.json"])]
    assert not [one for one in targets if one in (["flag", str(flag.pk)], ["post", str(flag.post_id)])]
    pieces = [one for one in made.package.minutes.content["pieces"] if one["id"] in {each["id"] for each in of_it}]
    assert [(one["kind"], one["received"], one["address"]) for one in pieces] == [("Rekaman orang yang mungkin korban", "", "")] * 2
    assert "isinya tidak dimuat" in pdf_text.said(inside["dossier.pdf"]).replace("\n", " ")
    found = gathering.gather(gathering.standing(case), with_looks=False)
    told = dossier.context(found, [], [], cutting.of([], masked=True), by=by, purpose=PURPOSE, now=packed.LATER)
    assert [one for one in told["posts"] if one["closed"]] == [{"number": flag.number, "closed": True}]


def test_the_paper_names_platform_and_kind_as_people_call_them() -> None:
    case, by = packed.case(count=1)

    def told() -> dict[str, str]:
        found = gathering.gather(gathering.standing(case), with_looks=False)
        said = dossier.context(found, [], [], cutting.of([], masked=True), by=by, purpose=PURPOSE, now=packed.LATER)
        return dict(said["about"]) | dict(said["posts"][0]["about"])

    assert (told()["Jenis"], told()["Platform"]) == ("belum ditentukan", "Telegram")
    moving.set_kind(case_id=case.pk, kind="other", seen_version=case.version, by=by, now=packed.LATER)
    assert told()["Jenis"] == "Lainnya"


def test_of_an_erased_post_no_sentence_of_its_reading_goes(tmp_path: Path) -> None:
    case, by = packed.case(count=1)
    flag = models.Flag.objects.get()
    cut = cutting.of([flag.post_id], masked=True)

    def post() -> dict[str, Any]:
        found = gathering.gather(gathering.standing(case), with_looks=False)
        told = dossier.context(found, [], [], cut, by=by, purpose=PURPOSE, now=packed.LATER)["posts"][0]
        return {name: bool(told[name]) for name in ("words", "reasons", "check", "register", "erased")}

    assert post() == {"words": True, "reasons": True, "check": True, "register": False, "erased": False}
    blank(flag)
    assert post() == {"words": False, "reasons": False, "check": False, "register": False, "erased": True}


def blank(flag: models.Flag) -> None:
    """Its newest version erased, as the record says it."""
    version = models.PostVersion.objects.get(post=flag.post_id)
    models.Erasure.objects.create(version=version, by=factories.person(), reason="Uji.", at=factories.NOW)


def test_what_is_marked_or_erased_while_it_is_put_together_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    case, by = packed.case(count=1)
    flag = models.Flag.objects.get()
    drawn = printing.pdf
    acts: list[Callable[[], object]] = [
        lambda: models.Protection.objects.create(flag=flag, office=case.office, by=by, at=factories.NOW),
        lambda: blank(flag),
    ]
    for act in acts:

        def meanwhile(*args: Any, act: Callable[[], object] = act, **given: Any) -> bytes:
            """Beside what is really printed."""
            monkeypatch.setattr(printing, "pdf", drawn)
            act()
            return drawn(*args, **given)

        monkeypatch.setattr(printing, "pdf", meanwhile)
        kept: list[bytes] = []
        before = counted()
        with pytest.raises(RefusedError, match=r"package\.moved"):
            packed.masked(case, by, keep=kept.append)
        assert (kept, counted()) == ([], before)


def test_a_time_stamp_that_comes_while_it_is_put_together_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    case, by = packed.case(count=1)
    post = models.Post.objects.get()
    archive = archives.kept(post, archives.packed(), signed_by=wacz.name(archives.KEY.public_key()))
    drawn = printing.pdf

    def meanwhile(*args: Any, **given: Any) -> bytes:
        """Beside what is really printed."""
        monkeypatch.setattr(printing, "pdf", drawn)
        of: dict[str, Any] = {"platform": archive.platform, "job": archive.job, "post_id": post.pk, "of": archive}
        custody.capture_file(
            b"stempel", trust.STAMP_TYPE, kind=trust.STAMP, relation=trust.STAMP, purpose="evidence", now=factories.NOW, **of
        )
        return drawn(*args, **given)

    monkeypatch.setattr(printing, "pdf", meanwhile)
    made = packed.masked(case, by)
    kinds = [one["kind"] for one in json.loads(files(made)["evidence/records.json"])]
    stood = gathering.standing(case)
    assert (len(kinds), kinds.count(trust.STAMP)) == (len(stood.listed) - 1, 0)
    assert [gathering.is_stamp(one.capture) for one in stood.listed].count(True) == 1


def test_acts_of_other_offices_and_of_other_cases_are_in_neither_log_nor_dossier() -> None:
    case, by = packed.case(count=1)
    mine = models.Capture.objects.get(kind="screenshot")
    with transaction.atomic():
        custody_log.took(mine, by=by, now=packed.LATER, purpose="case", reason="Uji.", after={})
    before = packed.masked(case, by)
    gone = models.CaseAttachment.objects.order_by("id")[:1].get()  # what was in that act is of no file of this case any more
    attachments.withdraw_file(attachment_id=gone.pk, note="Keliru.", by=by, now=packed.LATER)
    inside = files(packed.masked(case, by, now=packed.LATER + timedelta(minutes=1)))
    custody = json.loads(inside["log/custody.json"])
    assert [one["entries"][0][1] for one in custody["acts"]] == ["taken"]
    assert (custody["elsewhere"], before.package.minutes.number in [one["number"] for one in custody["minutes"]]) == (1, False)
    paper = pdf_text.said(inside["dossier.pdf"])
    assert (before.package.minutes.number in paper, "1 tindakan lain tidak dimuat" in paper) == (False, True)
    # Behind another office's wall the minutes cannot be read: the act is in neither.
    own = gathering.gather(gathering.standing(case), with_looks=False)
    with wall.behind(str(factories.offices()["bp3mi-ntb"].pk)):
        hidden, _elsewhere = gathering._acts([str(one.capture.pk) for one in own.kept])
    assert [entries[0].minutes for _digest, entries in hidden] == [None] * 2
    assert [exporting._log(replace(own, acts=acts), cutting.Cut(frozenset()))[1] for acts in (own.acts, hidden)] == [own.acts, []]


def test_who_looked_is_counted_for_whoever_may_not_read_the_log() -> None:
    case, by = packed.case(count=1)
    flag = models.Flag.objects.get()
    looks.log("contact.shown", by=by, now=packed.LATER, target=flag, after={"purpose": "case"})
    told = {seen: gathering.gather(gathering.standing(case), with_looks=seen) for seen in (False, True)}
    assert [(told[seen].looks, "contact.shown" in {row.verb for row in told[seen].rows}) for seen in (False, True)] == [
        (1, False),
        (0, True),
    ]
    assert json.loads(files(packed.masked(case, by))["log/custody.json"])["looks"] == 1


def test_what_somebody_attached_goes_as_masked_words_alone() -> None:
    case, by = packed.case(count=1)
    packed.attach(
        case, by, b"Hubungi akun telegram sari_agency99, line id kerjaarab77, WA kosong delapan empat kosong lima lima. BCA 8830099"
    )
    inside = files(packed.masked(case, by))
    assert not [name for name in inside if name.startswith("evidence/original/")]
    words = b"\n".join(content for name, content in inside.items() if name.endswith(".txt") and b"Hubungi akun" in content).decode()
    assert words.startswith("Hubungi akun telegram")
    for contact in ("sari_agency99", "kerjaarab77", "8830099"):
        assert contact not in words


def test_a_name_below_a_host_of_many_is_cut_and_a_platform_is_not() -> None:
    case, by = packed.case(count=1, text=packed.TEXT + " Info https://sari-agency.carrd.co/ dan kursi_taiwan77.")
    cut = cutting.of([models.Flag.objects.get().post_id], masked=True)
    said = [cut.link(one) for one in ("https://sari-agency.carrd.co/x", "https://t.me/saluran_contoh/1", "https://wa.me/62")]
    assert ("carrd" in said[0], said[1:]) == (False, ["t.me/••••", "wa.me/••••"])
    assert [cut.names_none({"a": [one]}) for one in ('kata "kursi_taiwan77"', "kata")] == [False, True]
    refused("package.purpose reason", partial(exporting.export, case_id=case.pk, purpose=f"Minta {packed.HANDLE}", by=by, now=packed.LATER))


def test_a_case_too_large_for_a_page_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    case, by = packed.case(count=1)
    monkeypatch.setattr(exporting, "MOST_ON_PAGE", 1)
    monkeypatch.setattr(custody_log, "looked_at", None)  # no file is read
    assert "manage.py export_case" in refused("package.too_large_here", lambda: packed.masked(case, by))


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
