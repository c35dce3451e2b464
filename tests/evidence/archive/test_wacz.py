"""An archive as WACZ: what we write, others read; what was spoiled is refused, by us and by programs of other hands."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from patrol.evidence.anchors import manifests
from patrol.evidence.archive import wacz
from tests import archives
from tests.docs import documents
from tests.judges import asked

CREATED = "2026-11-23T03:47:00Z"


def refused(content: bytes) -> str:
    with pytest.raises(wacz.BrokenError) as caught:
        wacz.check(content)
    return caught.value.sentence.en


# --- what is in it --------------------------------------------------------------------------------


def test_it_holds_the_page_its_index_and_a_list_that_is_signed() -> None:
    content = archives.packed()
    found = archives.parts(content)
    assert list(found) == [wacz.WARC, wacz.INDEX, wacz.PAGES, wacz.PACKAGE, wacz.DIGEST]
    assert found[wacz.WARC] == archives.warc()
    head, page = map(json.loads, found[wacz.PAGES].splitlines())
    assert (head["format"], page["url"], page["ts"], page["title"]) == ("json-pages-1.0", archives.URL, CREATED, "Lowongan")
    assert wacz.check(content) == wacz.Checked(CREATED, archives.SOFTWARE, wacz.name(archives.KEY.public_key()))


def test_without_a_key_it_is_the_same_without_a_signature() -> None:
    content = archives.packed(None)
    assert "signedData" not in json.loads(archives.parts(content)[wacz.DIGEST])
    assert wacz.check(content).key == ""


def test_the_index_finds_each_answer_by_its_address() -> None:
    found = archives.parts(archives.packed())
    lines = found[wacz.INDEX].decode().splitlines()
    keys = [line.partition(" {")[0] for line in lines]
    assert keys == [
        "example,gambar)/brosur.png 20261123034700",
        "example,laman)/lowongan/1?a=1&b=2 20261123034700",
        "example,laman:8080)/lama 20261123034700",
    ]
    for line in lines:
        told = json.loads("{" + line.partition(" {")[2])
        place = int(told["offset"])
        assert wacz._hash(found[wacz.WARC][place : place + int(told["length"])]) == told["recordDigest"]


def test_only_a_key_of_the_curve_that_players_know_signs() -> None:
    plain = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    made = archives.KEY.private_bytes(*plain)
    assert wacz.name(wacz.private_key(made).public_key()) == wacz.name(archives.KEY.public_key())
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(*plain)
    for content, why in ((other, "P-384"), (manifests.new_key()[1], "P-384"), (b"", "PEM"), (made[:100], "PEM")):
        with pytest.raises(wacz.KeyFileError, match=why):
            wacz.private_key(content)


# --- spoiled --------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [*archives.PARTS, *archives.SIGNATURES])
def test_what_was_spoiled_is_refused(how: str) -> None:
    spoil = {**archives.PARTS, **archives.SIGNATURES}[how]
    content = archives.packed()
    assert spoil(content) != content
    assert refused(spoil(content)) in {wacz.UNLIKE.en, wacz.FALSE.en} or refused(spoil(content)).startswith("What is in the archive")


def test_a_good_signature_of_somebody_else_names_somebody_else() -> None:
    """Nothing in the file says whose key is ours: the record does."""
    assert wacz.check(archives.signed_anew(archives.packed())).key == wacz.name(archives.STRANGER.public_key())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        archives.packed()[:-1],
        archives.zipped({wacz.PACKAGE: b"{}", wacz.DIGEST: b"{}"}),
        archives.zipped({wacz.PACKAGE: b"[" * 100_000, wacz.DIGEST: b"{}"}),
        archives.zipped({**archives.parts(archives.packed()), wacz.DIGEST: b"[]"}),
        archives.zipped({name: part for name, part in archives.parts(archives.packed()).items() if name != wacz.DIGEST}),
    ],
)
def test_what_is_no_archive_of_ours_is_called_unreadable(content: bytes) -> None:
    assert refused(content) == wacz.UNREADABLE.en


# --- checked by others ----------------------------------------------------------------------------


def test_a_validator_of_other_hands_accepts_what_we_write_and_refuses_what_was_spoiled(tmp_path: Path) -> None:
    """It looks at list, parts and digest. Of an anonymous signature it says that it does not check it: for that, openssl and the player."""
    whole = {"signed": archives.packed(), "unsigned": archives.packed(None), "without a title": archives.packed(title="")}
    spoiled = {how: spoil(archives.packed()) for how, spoil in archives.PARTS.items()}
    cut = {"no archive": b"PK", "cut off": archives.packed()[:-40]}
    assert asked.validated(whole | spoiled | cut, tmp_path) == dict.fromkeys(whole, True) | dict.fromkeys(spoiled | cut, False)


def test_an_indexer_of_other_hands_makes_the_same_index(tmp_path: Path) -> None:
    """But for the hash of each record, which it leaves out."""
    (tmp_path / "data.warc.gz").write_bytes(archives.warc())
    ours = archives.parts(archives.packed())[wacz.INDEX].decode()
    assert asked.indexed(tmp_path / "data.warc.gz") == re.sub(r', "recordDigest": "[^"]*"', "", ours)


def by_hand(content: bytes, folder: Path) -> str:
    """What the commands of the decision print for this archive, but for that of its time stamp."""
    text = (documents.ROOT / "docs/adr/0075-an-archive-is-a-signed-wacz.md").read_text()
    commands = "\n".join(line[4:] for line in re.findall(r"^    .+$", text, re.MULTILINE) if "openssl ts" not in line)
    (folder / "A").write_bytes(content)
    shell = subprocess.run(["sh", "-ec", commands], cwd=folder, capture_output=True, text=True, check=False)
    return shell.stdout + shell.stderr


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl on this machine")
def test_the_key_of_the_manual_signs_and_has_the_name_it_prints(tmp_path: Path) -> None:
    commands = [one for one in documents.commands(documents.named()["docs/offices/operate.md"]) if "anchor-key/archive" in one]
    assert [one.split()[:2] for one in commands] == [["openssl", "genpkey"], ["openssl", "pkey"]]
    (tmp_path / "anchor-key").mkdir()
    done = subprocess.run(["sh", "-ec", "\n".join(commands)], cwd=tmp_path, capture_output=True, text=True, check=True)
    key = wacz.private_key((tmp_path / "anchor-key" / "archive").read_bytes())
    assert done.stdout.split()[0] == wacz.name(key.public_key()) == wacz.check(archives.packed(key)).key


@pytest.mark.skipif(not (shutil.which("openssl") and shutil.which("unzip")), reason="there is no openssl or no unzip on this machine")
def test_openssl_checks_the_signature_by_the_commands_of_the_decision(tmp_path: Path) -> None:
    whole = by_hand(archives.packed(), tmp_path)
    assert "Verified OK" in whole
    key = base64.b64decode(json.loads(archives.parts(archives.packed())[wacz.DIGEST])["signedData"]["publicKey"])
    assert (tmp_path / "key.der").read_bytes() == key
    for how, spoil in archives.SIGNATURES.items():
        assert "Verified OK" not in by_hand(spoil(archives.packed()), tmp_path), how
