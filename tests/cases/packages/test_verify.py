"""The script of a package, run as somebody runs it who has nothing of ours: it holds for what was made, and names what was spoiled.

PACKAGES: how many are made and checked; SPOILED: how many of the spoiled ones; `make soak` does 20 of each.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings as configured

from patrol import models
from patrol.access import audit
from patrol.cases.packages import exporting
from patrol.evidence import raw
from patrol.evidence.anchors import folder as anchors
from patrol.evidence.anchors import making, manifests
from tests import tsa_server
from tests.cases.packages import packed
from tests.evidence.anchors import sealed
from tests.factories import NOW

pytestmark = pytest.mark.django_db
PACKAGES: Final = int(os.environ.get("PACKAGES", "1"))
SPOILED: Final = int(os.environ.get("SPOILED", "6"))
SCRIPT: Final = Path(exporting.__file__).parent / exporting.SCRIPT
KEPT: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def _places() -> Iterator[None]:
    kept = configured.ANCHOR_KEY, configured.ANCHOR_DIR
    yield
    configured.ANCHOR_KEY, configured.ANCHOR_DIR = kept


def stamp(folder: Path) -> str:
    """A time stamp over the newest manifest; the root of who gave it."""
    root = tsa_server.authority(folder / "own", "Contoh")
    place = Path(configured.ANCHOR_DIR)
    number = anchors.newest(place)
    asked = ["openssl", "ts", "-query", "-data", str(anchors.path_of(place, number)), "-sha256", "-cert"]
    query = subprocess.run(asked, capture_output=True, check=True).stdout
    anchors.write(anchors.path_of(place, number, "tsr"), tsa_server.stamped(folder / "own", query))
    return root


@pytest.fixture
def whole(tmp_path: Path, settings: Any) -> Path:
    """A package with all it can have, unpacked; made once for all tests of this file."""
    if not KEPT:
        case, by = packed.case(count=1)
        packed.anchored(tmp_path)
        packed.masked(case, by)  # so that there is an act of custody, and its row is sealed
        making.seal(now=packed.LATER)
        settings.TIMESTAMP_CA = stamp(tmp_path)
        sealed.acts(1, start=90)
        KEPT["made"] = packed.masked(case, by, now=packed.LATER + timedelta(hours=1))
    into = tmp_path / "paket"
    into.mkdir()
    made: packed.Packed = KEPT["made"]
    return made.unpacked(into)


def test_packages_hold_by_their_own_script_where_nothing_of_ours_is(tmp_path: Path) -> None:
    by = None
    packed.anchored(tmp_path)
    for number in range(PACKAGES):
        case, by = packed.case(by, count=1 + number % 3)
        making.seal(now=NOW + timedelta(minutes=20 * number + 40))
        if number % 3 == 2:
            packed.masked(case, by)
        place = tmp_path / f"kosong-{number}"
        place.mkdir()
        code, said = packed.checked(packed.masked(case, by).unpacked(place))
        assert (code, "GAGAL" in said) == (0, False), said


def test_it_says_what_it_checked_and_what_it_could_not(whole: Path) -> None:
    code, said = packed.checked(whole)
    assert code == 0, said
    for words in (
        "none missing, added or changed",
        "names this content, this script and this key",
        "go on from each other without a gap",
        "Time stamps over seals: 1 hold by the certificate in the package",
        "Records: 4, of them 0 originals and 0 time stamps hashed again, 4 sealed in the log that is sealed outside",
        "4 masked renditions by the package's word",
        "The other words of berita-acara.json and berita-acara.pdf are bound by nothing in the package",
        "That 4 masked renditions show their originals: by the package's word alone.",
        "What these files say was not compared with the records; their hashes alone were checked.",
        "Not compared with the paper",
        "RESULT: OK; 4 of 4 records are tied to an anchor",
        "4 originals are withheld, their bytes cannot be checked: a masked package holds no original.",
        "1 custody records are withheld",
        "Custody log: 1 acts with 4 entries are what the log says, 1 of them sealed outside, with 1 minutes.",
        "The words of 1 versions are withheld",
    ):
        assert words in said, (words, said)
    minutes = json.loads((whole / "berita-acara.json").read_text())
    assert all(one["sha256"] in said for one in minutes["files"])
    assert [one["name"] for one in minutes["files"]] == [
        "contents.json",
        "verify.py",
        "kunci publik segel luar",
        "sertifikat otoritas stempel waktu",
        "sidik jari sertifikat otoritas 1",
    ]
    assert certificates(whole).items() <= {one["name"]: one["sha256"] for one in minutes["files"]}.items()
    paper = {one["name"]: one["sha256"] for one in minutes["files"]}
    written = f" {paper['contents.json'][:32].upper()} {paper['contents.json'][32:]}"
    code, said = packed.checked(whole, None, "--contents", written, "--key", paper["kunci publik segel luar"])
    assert (code, "Not compared with the paper" in said) == (0, False), said
    assert "RESULT: OK; 4 of 4 records are tied to an anchor; " in said
    assert packed.checked(whole, None, "--key", "0" * 64)[0] == 1


def test_paper_is_compared_before_the_script_is_run(whole: Path) -> None:
    """The line that stands on the berita acara, in the dossier and in the file to be read first."""
    line = "openssl dgst -sha256 verify.py contents.json"
    minutes = json.loads((whole / "berita-acara.json").read_text())
    assert any(line in one for one in minutes["statements"])
    assert line in (whole / "BACA-DULU.txt").read_text()
    said = subprocess.run(line.split(), cwd=whole, capture_output=True, text=True, check=True).stdout
    paper = {one["name"]: one["sha256"] for one in minutes["files"]}
    assert [one.rpartition(" ")[2] for one in said.splitlines()] == [paper["verify.py"], paper["contents.json"]]


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(SCRIPT.read_text(), feature_version=(3, 9))
    named = {
        one.module if isinstance(one, ast.ImportFrom) else alias.name
        for one in ast.walk(tree)
        if isinstance(one, ast.Import | ast.ImportFrom)
        for alias in one.names
    }
    assert {str(name).partition(".")[0] for name in named} <= sys.stdlib_module_names


# --- spoiled ----------------------------------------------------------------------------------------


def bit(name: str) -> Callable[[Path], str]:
    """One bit in the middle of the first file of this name; gives back which."""

    def spoil(place: Path) -> str:
        file = next(iter(sorted(place.glob(name))))
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(bytes(content))
        return file.relative_to(place).as_posix()

    return spoil


def listed(place: Path, *, contents: bool = True) -> None:
    """The lists written anew, as somebody would who wants to hide something; the berita acara they cannot sign anew."""
    if contents:
        file = place / "contents.json"
        told = json.loads(file.read_text())
        for one in told["files"]:
            if (place / one["name"]).exists():
                content = (place / one["name"]).read_bytes()
                one |= {"sha256": hashlib.sha256(content).hexdigest(), "length": len(content)}
        file.write_bytes((json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())
    names = sorted(one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file() and one.name != "SHA256SUMS")
    text = "".join(f"{hashlib.sha256((place / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (place / "SHA256SUMS").write_text(text)


def changed(name: str, change: Callable[[Any], None], *, hide: bool = True) -> Callable[[Path], str]:
    """A file of JSON with something else in it, and the lists written anew."""

    def spoil(place: Path) -> str:
        told = json.loads((place / name).read_text())
        change(told)
        (place / name).write_text(json.dumps(told))
        if hide:
            listed(place)
        return name

    return spoil


def removed(place: Path) -> str:
    file = next(iter(sorted(place.glob("evidence/masked/*"))))
    file.unlink()
    return file.relative_to(place).as_posix()


def added(place: Path) -> str:
    (place / "evidence" / "lain.txt").write_text("tambahan")
    return "evidence/lain.txt"


def swapped(place: Path) -> str:
    one, other = sorted(place.glob("evidence/masked/*"))[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    listed(place, contents=False)
    return one.relative_to(place).as_posix()


def exchanged(place: Path) -> str:
    """Another masked rendition, with every list written anew."""
    file = next(iter(sorted(place.glob("evidence/masked/*.txt"))))
    file.write_text("Unggahan ini tidak berkata apa-apa.\n")
    listed(place)
    return file.relative_to(place).as_posix()


def _rekeyed(place: Path, **first: Any) -> dict[str, str]:
    """All manifests signed anew by a key of somebody else; `first`: what the first says otherwise."""
    key, _pem = manifests.new_key()
    name = manifests.fingerprint(key.public_key())
    for file in place.glob("anchors/keys/*.pem"):
        file.unlink()
    (place / f"anchors/keys/{name}.pem").write_bytes(manifests.pem(key.public_key()))
    chain = place / "anchors/chain.txt"
    lines: list[bytes] = []
    before = manifests.START
    for line in chain.read_bytes().splitlines():
        told = json.loads(line) | {"key": name, "before": before} | ({} if lines else first)
        new = json.dumps(told, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        file = anchors.path_of(place / "anchors", told["number"])
        if file.exists():
            file.write_bytes(new + base64.b64encode(key.sign(new)) + b"\n" + file.read_bytes().split(b"\n", 2)[2])
        lines.append(new)
        before = hashlib.sha256(new).hexdigest()
    chain.write_bytes(b"".join(lines))
    return {"key": name}


def other_key(place: Path) -> str:
    """The whole chain by another key; of the package everything but the berita acara follows."""
    told = _rekeyed(place)
    for file in place.glob("anchors/0*/*.tsr"):
        file.unlink()
    contents = json.loads((place / "contents.json").read_text()) | told
    names = sorted(one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file())
    contents["files"] = [
        {"name": name, "sha256": "", "length": 0}
        for name in names
        if name.partition(".")[0] not in {"contents", "berita-acara", "SHA256SUMS"}
    ]
    (place / "contents.json").write_text(json.dumps(contents))
    listed(place)
    return "berita-acara.json"


def one_manifest_of_another_key(place: Path) -> str:
    key, _pem = manifests.new_key()
    file = min(place.glob("anchors/0*/*.seal"))
    made = manifests.read(file.read_bytes())
    file.write_bytes(manifests.signed(made.statement, made.listed, key).content())
    listed(place)
    return file.relative_to(place).as_posix()


def another_script(place: Path) -> str:
    """One that says yes to everything."""
    (place / "verify.py").write_text("print('COCOK')\n")
    listed(place)
    return "verify.py"


def wrong_chain(place: Path) -> str:
    """A statement left out of the chain, with every list written anew."""
    file = place / "anchors/chain.txt"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:1] + lines[2:]))
    listed(place)
    return "anchors/chain.txt"


def cut_manifest(place: Path) -> str:
    """The last row of the log out of the newest manifest."""
    file = max(place.glob("anchors/0*/*.seal"))
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-1]))
    listed(place)
    return file.relative_to(place).as_posix()


def _row(told: Any) -> Any:
    return next(one for one in told if one["row"]["verb"] == "case.opened")


def _rehashed(told: Any) -> None:
    """A row that says another thing, with its hash computed anew."""
    one = _row(told)
    one["row"]["after"]["lain"] = 1
    one["hash"] = audit._digest(one["row"])


def _entry(told: Any) -> None:
    told["acts"][0]["entries"][0][5] = "lain"


def _recipient(told: Any) -> None:
    """An entry that says another thing, with the digest of its act computed anew."""
    act = told["acts"][0]
    act["entries"][0][6] = "Orang lain"
    written = json.dumps([act["digest"][:16], act["entries"]], separators=(",", ":"), ensure_ascii=False)
    act["digest"] = act["digest"][:16] + hashlib.sha256(written.encode()).hexdigest()[:48]


def _minutes(told: Any) -> None:
    told["minutes"][0]["content"]["reason"] = "Lain"


def _hash(told: Any) -> None:
    """A record whose hash is of another file, bound anew."""
    one = next(one for one in told if one["withheld"])
    one["sha256"] = "0" * 64
    one["commitment"] = hashlib.sha256((one["salt"] + one["sha256"]).encode()).hexdigest()


def _untied(told: Any) -> None:
    next(one for one in told if one["masked"])["withheld"] = None


def _seal(told: Any) -> None:
    told[0]["captures"][0][1] = "0" * 64


def _version(told: Any) -> None:
    told[0]["commitment"] = "0" * 64


def _collector(told: Any) -> None:
    told[0]["commit"] = "f" * 40


SPOILS: Final[dict[str, Callable[[Path], str]]] = {
    "a bit in the dossier": bit("dossier.pdf"),
    "a custody row that says another thing": changed("log/custody.json", _entry),
    "another script": another_script,
    "a rendition exchanged, the lists anew": exchanged,
    "the whole chain by another key": other_key,
    "the chain without a statement": wrong_chain,
    "a file missing": removed,
    "a file added": added,
    "two files swapped": swapped,
    "a bit in the berita acara": bit("berita-acara.pdf"),
    "a bit in the minutes": bit("berita-acara.json"),
    "a bit in a rendition": bit("evidence/masked/*.jpg"),
    "a bit in a manifest": bit("anchors/0*/*.seal"),
    "a bit in a time stamp": bit("anchors/0*/*.tsr"),
    "a bit in the authority": bit("anchors/authority.pem"),
    "a bit in a key": bit("anchors/keys/*.pem"),
    "a bit in the rows": bit("log/rows.json"),
    "a bit in the seals": bit("log/seals.json"),
    "a bit in the list": bit("SHA256SUMS"),
    "a manifest by another key": one_manifest_of_another_key,
    "a manifest cut": cut_manifest,
    "a row with its hash anew": changed("log/rows.json", _rehashed),
    "a custody row with its digest anew": changed("log/custody.json", _recipient),
    "minutes that say another thing": changed("log/custody.json", _minutes),
    "a record of another file": changed("evidence/records.json", _hash),
    "a rendition of nothing": changed("evidence/records.json", _untied),
    "a seal": changed("log/seals.json", _seal),
    "a version": changed("evidence/versions.json", _version),
    "a collector": changed("evidence/collectors.json", _collector),
    "contents": changed("contents.json", lambda told: told.update(case="PKR-26-9999"), hide=False),
}


@pytest.mark.parametrize("how", list(SPOILS)[:SPOILED])
def test_a_spoiled_package_is_refused_and_its_file_named(how: str, whole: Path) -> None:
    """By the script as it was published: the one in the package may be part of what was spoiled."""
    named = SPOILS[how](whole)
    code, said = packed.checked(whole, SCRIPT)
    wrong = [line for line in said.splitlines() if line.startswith("GAGAL")]
    assert (code, any(named in line for line in wrong) or (named == "SHA256SUMS" and bool(wrong))) == (1, True), (named, said)


# --- forged: everything written anew that can be without the key, and the script unchanged ----------


def certificates(place: Path) -> dict[str, str]:
    """What the berita acara says of those in the package: name -> fingerprint."""
    file = place / "anchors/authority.pem"
    found = x509.load_pem_x509_certificates(file.read_bytes()) if file.exists() else []
    return {f"sidik jari sertifikat otoritas {number}": one.fingerprint(SHA256()).hex() for number, one in enumerate(found, 1)}


def bound(place: Path) -> None:
    """The list, contents.json and berita-acara.json made to name what is there now."""
    own = {"contents.json", "berita-acara.json", "berita-acara.pdf", "SHA256SUMS"}
    names = [one.relative_to(place).as_posix() for one in sorted(place.rglob("*")) if one.is_file()]
    contents = json.loads((place / "contents.json").read_text())
    contents["files"] = [{"name": name, "sha256": "", "length": 0} for name in names if name not in own]
    (place / "contents.json").write_text(json.dumps(contents))
    listed(place)
    minutes = json.loads((place / "berita-acara.json").read_text())
    minutes["pieces"] = [{"id": one["id"], "sha256": one["sha256"]} for one in json.loads((place / "evidence/records.json").read_text())]
    held = {"kunci publik segel luar": contents["key"]} | certificates(place)
    minutes["files"] = [one for one in minutes["files"] if not one["name"].startswith("sidik jari")]
    minutes["files"] += [{"name": name} for name in certificates(place)]
    for one in minutes["files"]:
        file = place / {"sertifikat otoritas stempel waktu": "anchors/authority.pem"}.get(one["name"], one["name"])
        one["sha256"] = held.get(one["name"]) or hashlib.sha256(file.read_bytes()).hexdigest()
    (place / "berita-acara.json").write_text(json.dumps(minutes))
    listed(place, contents=False)


FORGED_ID: Final = "11111111-1111-4111-8111-111111111111"


def forged_record(place: Path) -> None:
    """A record of an invented file beside the others."""
    body, salt = b"Catatan yang tidak pernah ada.", "00" * 16
    digest = hashlib.sha256(body).hexdigest()
    records = json.loads((place / "evidence/records.json").read_text())
    copied = next(one for one in records if one["record"])
    new = {
        "id": FORGED_ID,
        "sha256": digest,
        "sha3_512": hashlib.sha3_512(body).hexdigest(),
        "length": len(body),
        "salt": salt,
        "commitment": hashlib.sha256((salt + digest).encode()).hexdigest(),
    }
    name = f"evidence/original/{FORGED_ID}.txt"
    (place / name).parent.mkdir(exist_ok=True)
    (place / name).write_bytes(body)
    records.append(copied | new | {"file": name, "withheld": None, "masked": None, "record": copied["record"] | new})
    (place / "evidence/records.json").write_text(json.dumps(records))


def forged_seal(place: Path) -> None:
    """And a seal of it, with a row of the log behind the last that is sealed outside."""
    forged_record(place)
    said = [["captures", FORGED_ID, json.loads((place / "evidence/records.json").read_text())[-1]["commitment"]]]
    rows = json.loads((place / "log/rows.json").read_text())
    reached = json.loads((place / "anchors/chain.txt").read_text().splitlines()[-1])["log"]["rows"]
    row = {
        "seq": max(reached, rows[-1]["row"]["seq"]) + 1,
        "prev_hash": rows[-1]["hash"],
        "verb": "evidence.sealed",
        "target": ["seal", "990"],
        "after": {"digest": hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()},
    }
    (place / "log/rows.json").write_text(json.dumps([*rows, {"row": row, "hash": audit._digest(row)}]))
    seals = json.loads((place / "log/seals.json").read_text())
    (place / "log/seals.json").write_text(json.dumps([*seals, {"seal": 990, "captures": [said[0][1:]], "versions": []}]))


def emptied(place: Path) -> None:
    """Rows and seals left out."""
    for name in ("rows", "seals"):
        (place / f"log/{name}.json").write_text("[]")
    (place / "log/custody.json").write_text(json.dumps({"acts": [], "minutes": [], "withheld": 0}))


def emptied_of_rows(place: Path) -> None:
    """And the custody records, so that nothing is left that a manifest names."""
    emptied(place)
    records = json.loads((place / "evidence/records.json").read_text())
    (place / "evidence/records.json").write_text(json.dumps([one | {"record": None} for one in records]))


def other_words(place: Path) -> None:
    """Of the berita acara of the package itself."""
    minutes = json.loads((place / "berita-acara.json").read_text())
    minutes["giver"]["name"] = "Orang Lain"
    (place / "berita-acara.json").write_text(json.dumps(minutes))
    (place / "berita-acara.pdf").write_bytes(b"%PDF-1.7 lain")


def other_authority(place: Path) -> None:
    """A time stamp of somebody who calls himself an authority."""
    own = place.parent / "penipu"
    (place / "anchors/authority.pem").write_text(tsa_server.authority(own, "Contoh"))
    stamped = next(place.glob("anchors/0*/*.tsr"))
    asked = ["openssl", "ts", "-query", "-data", str(stamped.with_suffix(".seal")), "-sha256", "-cert"]
    stamped.write_bytes(tsa_server.stamped(own, subprocess.run(asked, capture_output=True, check=True).stdout))


def control_codes(place: Path) -> None:
    contents = json.loads((place / "contents.json").read_text())
    (place / "contents.json").write_text(json.dumps(contents | {"case": "PKR\x1b[2J\nHASIL: COCOK; palsu"}))


def begun_anew(place: Path) -> None:
    for file in place.glob("anchors/0*/*.tsr"):
        file.unlink()
    contents = json.loads((place / "contents.json").read_text()) | _rekeyed(place, anew=True)
    (place / "contents.json").write_text(json.dumps(contents))


def edited(name: str, change: Callable[[Any], None]) -> Callable[[Path], None]:
    def forge(place: Path) -> None:
        told = json.loads((place / name).read_text())
        change(told)
        (place / name).write_text(json.dumps(told))

    return forge


def strays(place: Path) -> None:
    (place / "anchors/lain.txt").write_text("lain")
    (place / "log/lain.json").write_text("{}")


OK, WRONG, SHOWN_NOT = "RESULT: OK; ", "RESULT: WRONG, ", "RESULT: NOT SHOWN. "
FORGERIES: Final[dict[str, tuple[Callable[[Path], None], str, tuple[str, ...]]]] = {
    "evidence with a seal and a newer row": (
        forged_seal,
        OK,
        (
            "1 records are tied to a seal that no anchor names: it is newer than the last one, or somebody else wrote it.\n" + FORGED_ID,
            "1 custody records are named by no anchor of the package.\n" + FORGED_ID,
            "4 of 5 records are tied to an anchor",
        ),
    ),
    "evidence with no seal": (
        forged_record,
        OK,
        (
            "1 records are named by no seal of the package: they are not sealed yet, or their seal was taken out.\n" + FORGED_ID,
            "4 of 5 records are tied to an anchor",
        ),
    ),
    "log and seals left out": (
        emptied,
        OK,
        (
            "4 records are named by no seal of the package",
            "There is no row of the log in the package.",
            "There is no act of custody in the package.",
            "that no row, seal, act or record was left out cannot be seen from it.",
            "3 of 4 records are tied to an anchor",
        ),
    ),
    "log, seals and custody records left out": (emptied_of_rows, SHOWN_NOT, ("0 of 4 records are tied to an anchor",)),
    "other words in the berita acara": (
        other_words,
        OK,
        ("The other words of berita-acara.json and berita-acara.pdf are bound by nothing in the package: compare with the signed paper.",),
    ),
    "an act of custody taken out": (
        edited("log/custody.json", lambda told: told["acts"].clear()),
        OK,
        (
            "The log names 1 acts of custody that are not in the package: they are withheld, or were taken out.",
            "1 minutes are tied to no anchor.",
        ),
    ),
    "another authority": (other_authority, OK, ("Whose certificate that is was not checked",)),
    "a collector that is none": (
        edited("evidence/collectors.json", lambda told: told[0].update(id="rekaan")),
        OK,
        ("1 collecting programs are named by no anchor of the package.\nrekaan",),
    ),
    "a version that is none": (
        edited("evidence/versions.json", lambda told: told[0].update(id=990)),
        OK,
        ("1 versions of posts are tied to no anchor.\n990",),
    ),
    "the kind of a record": (
        edited("evidence/records.json", lambda told: next(one for one in told if one["record"]).update(kind="page")),
        WRONG,
        ("its custody record says another thing",),
    ),
    "control codes in what is printed": (control_codes, OK, ("PKR?[2J?HASIL: COCOK; palsu",)),
    "a log begun anew": (begun_anew, OK, ("The log was begun anew at manifest",)),
    "files beside the others": (strays, OK, ("What these files say was not compared", "\nanchors/lain.txt", "\nlog/lain.json")),
}


@pytest.mark.parametrize("how", FORGERIES)
def test_what_a_forger_without_the_key_writes_is_wrong_or_named_as_not_checked(how: str, whole: Path) -> None:
    """Each holds by all lists of the package; the paper tells each of them."""
    paper = hashlib.sha256((whole / "contents.json").read_bytes()).hexdigest()
    forge, result, words = FORGERIES[how]
    forge(whole)
    bound(whole)
    code, said = packed.checked(whole)
    told = "\n".join(line.strip() for line in said.splitlines())
    assert (code, [word for word in (result, *words) if word not in told]) == (0 if result == OK else 1, []), said
    assert ("\x1b" in said, sum(line.startswith("HASIL") for line in said.splitlines())) == (False, 1)
    code, said = packed.checked(whole, None, "--contents", paper)
    assert (code, "differs from the berita acara on paper" in said) == (0, False) if how.startswith("other words") else (1, True), said


def test_a_time_stamp_is_judged_by_a_certificate_from_elsewhere(whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "otoritas.pem"
    file.write_bytes((whole / "anchors/authority.pem").read_bytes())
    code, said = packed.checked(whole, None, "--authority", str(file))
    assert (code, "Time stamps over seals: 1 hold by the certificate that was given" in said) == (0, True), said
    other_authority(whole)
    listed(whole)
    code, said = packed.checked(whole)
    assert (code, "it is not the certificate that the berita acara names" in said) == (1, True), said
    bound(whole)
    code, said = packed.checked(whole, None, "--authority", str(file))
    assert (code, "1 by an authority whose certificate is not among those that were given" in said) == (3, True), said
    assert "hold by the certificate" not in said


def test_what_a_computer_puts_into_a_folder_is_named_and_is_no_forgery(whole: Path) -> None:
    (whole / ".DS_Store").write_bytes(b"lain")
    (whole / "evidence/Thumbs.db").write_bytes(b"lain")
    code, said = packed.checked(whole)
    assert code == 0, said
    assert "Files of an operating system here, no part of it:\n" + " " * 19 + ".DS_Store\n" + " " * 19 + "evidence/Thumbs.db\n" in said


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (None, "there is no program openssl"),
        ('case " $* " in *" -rawin "*) exit 1;; esac; exec /usr/bin/openssl "$@"', "it takes OpenSSL 3.0 or newer"),
        ("exit 0", "it takes OpenSSL 3.0 or newer"),
        ('exec /usr/bin/openssl "$@"', "is in the package, and was not run"),
    ],
    ids=["none", "too old", "says yes to everything", "out of the package"],
)
def test_a_computer_that_cannot_check_accuses_nobody(program: str | None, words: str, whole: Path, tmp_path: Path) -> None:
    place = whole if "package" in words else tmp_path / "bin"
    place.mkdir(exist_ok=True)
    if program is not None:
        (place / "openssl").write_text(f"#!/bin/sh\n{program}\n")
        (place / "openssl").chmod(0o755)
    code, said = packed.checked(whole, path=str(place))
    assert (code, words in said, "GAGAL" in said, "RESULT: CANNOT BE CHECKED" in said) == (1, True, False, True), said


def test_a_package_with_key_and_script_exchanged_differs_from_the_paper(whole: Path) -> None:
    """Whoever exchanges everything, the berita acara too, has a package that holds: the paper is what tells it."""
    paper = {one["name"]: one["sha256"] for one in json.loads((whole / "berita-acara.json").read_text())["files"]}
    other_key(whole)
    bound(whole)
    code, said = packed.checked(whole)
    assert (code, "RESULT: OK; 4 of 4 records are tied to an anchor by the key that the package itself brings;" in said) == (0, True), said
    code, said = packed.checked(whole, None, "--contents", paper["contents.json"], "--key", paper["kunci publik segel luar"])
    assert code == 1
    assert "differs from the berita acara on paper" in said
    assert paper["kunci publik segel luar"] not in said


def test_without_anchors_and_with_a_file_gone_it_says_so(tmp_path: Path) -> None:
    configured.ANCHOR_DIR = str(tmp_path / "tiada")
    case, by = packed.case(count=1)
    gone = models.Capture.objects.get(kind="screenshot")
    place = raw.path_of(gone.sha256)
    place.chmod(0o600)
    place.write_bytes(b"lain")
    into = tmp_path / "paket"
    into.mkdir()
    place = packed.masked(case, by).unpacked(into)
    code, said = packed.checked(place)
    assert (code, "GAGAL" in said, "RESULT: NOT SHOWN" in said) == (1, False, True), said
    code, said = packed.checked(place, None, "--contents", hashlib.sha256((place / "contents.json").read_bytes()).hexdigest())
    assert code == 0, said
    assert "0 of 4 records are tied to an anchor" in said
    assert "Nothing was sealed outside of the database yet" in said
    assert "its file at the office is not what its record says" in said
    assert models.Notice.objects.filter(kind="copy_refused").exists() or not models.Person.objects.filter(role="supervisor").exists()


def test_no_zip_bytes_depend_on_order(whole: Path) -> None:
    made: packed.Packed = KEPT["made"]
    with zipfile.ZipFile(io.BytesIO(made.package.content)) as opened:
        names = opened.namelist()
    assert names == sorted(names)
    assert all(name.startswith(f"{made.case.number}/") for name in names)
