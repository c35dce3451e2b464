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
        "Time stamps: 1 hold",
        "sealed outside",
        "Records: 4, of them 1 originals hashed again, 3 masked renditions tied",
        "3 originals are withheld, their bytes cannot be checked: shows a contact.",
        "1 custody records are withheld",
        "Custody log: 1 acts with 4 entries and 1 minutes are what the log says.",
        "The words of 1 versions are withheld",
    ):
        assert words in said, (words, said)
    minutes = json.loads((whole / "berita-acara.json").read_text())
    assert all(one["sha256"] in said for one in minutes["files"])
    assert [one["name"] for one in minutes["files"]] == ["contents.json", "verify.py", "kunci publik segel luar"]
    paper = {one["name"]: one["sha256"] for one in minutes["files"]}
    assert packed.checked(whole, None, "--contents", paper["contents.json"], "--key", paper["kunci publik segel luar"])[0] == 0
    assert packed.checked(whole, None, "--key", "0" * 64)[0] == 1


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


def _rekeyed(place: Path) -> dict[str, str]:
    """All manifests signed anew by a key of somebody else."""
    key, _pem = manifests.new_key()
    name = manifests.fingerprint(key.public_key())
    for file in place.glob("anchors/keys/*.pem"):
        file.unlink()
    (place / f"anchors/keys/{name}.pem").write_bytes(manifests.pem(key.public_key()))
    chain = place / "anchors/chain.txt"
    lines, before = [], manifests.START
    for line in chain.read_bytes().splitlines():
        told = json.loads(line) | {"key": name, "before": before}
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
    "a bit in an original": bit("evidence/original/*"),
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


def test_a_package_with_key_and_script_exchanged_differs_from_the_paper(whole: Path) -> None:
    """Whoever exchanges everything, the berita acara too, has a package that holds: the paper is what tells it."""
    paper = {one["name"]: one["sha256"] for one in json.loads((whole / "berita-acara.json").read_text())["files"]}
    other_key(whole)
    minutes = json.loads((whole / "berita-acara.json").read_text())
    new = json.loads((whole / "contents.json").read_text())
    for one in minutes["files"]:
        if one["name"] == "kunci publik segel luar":
            one["sha256"] = new["key"]
        else:
            one["sha256"] = hashlib.sha256((whole / one["name"]).read_bytes()).hexdigest()
    (whole / "berita-acara.json").write_text(json.dumps(minutes))
    listed(whole, contents=False)
    code, said = packed.checked(whole)
    assert code == 0, said
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
    code, said = packed.checked(packed.masked(case, by).unpacked(into))
    assert code == 0, said
    assert "Nothing was sealed outside of the database yet" in said
    assert "its file at the office is not what its record says" in said
    assert models.Notice.objects.filter(kind="copy_refused").exists() or not models.Person.objects.filter(role="supervisor").exists()


def test_no_zip_bytes_depend_on_order(whole: Path) -> None:
    made: packed.Packed = KEPT["made"]
    with zipfile.ZipFile(io.BytesIO(made.package.content)) as opened:
        names = opened.namelist()
    assert names == sorted(names)
    assert all(name.startswith(f"{made.case.number}/") for name in names)
