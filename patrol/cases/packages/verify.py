"""Memeriksa satu paket perkara tanpa jaringan. Checks one package of a case, without a network.

    openssl dgst -sha256 verify.py contents.json        first: compare with the berita acara that was signed on paper
    python3 -I verify.py [FOLDER] [--contents SHA256] [--key SIDIK_JARI] [--authority FILE.pem]

FOLDER: the unpacked package; without it the folder this file lies in. --contents and --key: what the signed berita acara on paper says.
--authority: the certificate of a time stamp authority, from the authority itself; once for each. Needs Python 3.9 or newer and the
program openssl (3.0 or newer); nothing of SIPatrol. Ends with 0 where nothing differs and something outside of the package holds it: a
signed manifest names at least one record, or --contents is what the paper says. With 3 where that is so, but a time stamp was not checked
since the certificate of its authority is neither in the package nor given. With 1 otherwise, and with 2 where what was given on the line
cannot be understood.

    the list        each file of the package by its SHA-256, none missing, none added
    the minutes     berita-acara.json names contents, this script, the key and the authority. Its other words are bound by nothing here
    the chain       manifests signed outside of the database: signatures, order, length
    the log         each row that came along by its hash, and that hash in a manifest
    the evidence    each preserved file by its record; each record by the seal that the log entered
    page archives   WACZ: each part by the list in it, the list by its signature, the key by the custody record
    time stamps     RFC 3161, over manifests and over the hashes of page archives, by the certificate in the package or --authority
    custody         each act by the row of the log that names it; the minutes of earlier acts by their acts
    what is withheld is tied to its hash and its length

What no manifest names is listed as not checked, by its id: whoever has no key can write a newer row of the log. Whoever exchanges all of a
package, this script too, exchanges what it says. Only the paper tells that, and only if the hashes are computed before this script is run.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

START = "0" * 64
HASH = re.compile(r"[0-9a-f]{64}")
SUMS, CONTENTS, SCRIPT = "SHA256SUMS", "contents.json", "verify.py"
MINUTES, MINUTES_PDF = "berita-acara.json", "berita-acara.pdf"
KEY_NAME, AUTHORITY_NAME = "kunci publik segel luar", "sertifikat otoritas stempel waktu"  # in the list of the minutes
CHAIN, AUTHORITY = "anchors/chain.txt", "anchors/authority.pem"
ROWS, SEALS, CUSTODY = "log/rows.json", "log/seals.json", "log/custody.json"
RECORDS, VERSIONS, COLLECTORS = "evidence/records.json", "evidence/versions.json", "evidence/collectors.json"
DOSSIER, READ_ME = "dossier.pdf", "BACA-DULU.txt"
SYSTEM = {".DS_Store", "Thumbs.db", "desktop.ini"}  # put into a folder by whoever's computer shows it
MANIFEST = re.compile(r"anchors/[0-9]{5,}/[0-9]{8,}\.seal")
STAMP = re.compile(r"(anchors/[0-9]{5,}/[0-9]{8,})(\.[2-9])?\.tsr")  # of the first authority, of the second (.2)
STAMP_KIND = "time_stamp"  # of a record: over an archive of a page
CERTIFICATE_NAME = "sidik jari sertifikat otoritas"  # and the place of the certificate in its file
CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+?)-----END CERTIFICATE-----")
# RFC 8032, 7.1, test 2: a program that does not say yes to it checks no signature at all.
KNOWN_KEY = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
KNOWN_SIGNATURE = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
WACZ, WARC, LISTED, SIGNED = "application/wacz", "application/warc", "datapackage.json", "datapackage-digest.json"
P384 = bytes.fromhex("3076301006072a8648ce3d020106052b81040022036200")  # before the 97 bytes of a point, in a key of an archive
POINT, HALF, MOST = 97, 48, 1 << 24  # bytes: of the point, of r and of s, of a list in an archive
RAW_KEY = 32  # the last bytes of an Ed25519 key in DER are the key itself
SPKI = bytes.fromhex("302a300506032b6570032100")
WITHHELD = {
    "masked": ("paket tersamar tidak memuat berkas asli satu pun", "a masked package holds no original"),
    "harmed": (
        "memuat atau dapat memuat unggahan orang yang mungkin korban",
        "it shows, or may show, a post of somebody who may have been harmed",
    ),
    "erased": ("isi suatu unggahan di dalamnya sudah dihapus di kantor", "the content of a post in it was erased at the office"),
    "missing": ("berkasnya tidak ada lagi di kantor", "its file is gone at the office"),
    "unreadable": ("berkasnya di kantor tidak terbaca", "its file at the office cannot be read"),
    "changed": ("berkasnya di kantor tidak lagi sama dengan catatannya", "its file at the office is not what its record says"),
}


class WrongError(Exception):
    """Something of the package that is not as it should be: the file, and why in both languages."""

    def __init__(self, name: str, said: str, english: str) -> None:
        super().__init__(name)
        self.name, self.said, self.english = name, said, english


class UnableError(Exception):
    """Something of this computer that makes it impossible to check: why, in both languages. It says nothing against the package."""

    def __init__(self, said: str, english: str) -> None:
        super().__init__(said)
        self.said, self.english = said, english


def clean(words: object) -> str:
    """On one line and without a control code: what a package says cannot hide a line, or print one of ours."""
    return "".join(one if one.isprintable() else "?" for one in str(words))


class Report:
    """What was found, in the order it was looked for."""

    def __init__(self) -> None:
        self.broken = 0
        self.unlooked = 0
        self.unstamped = 0  # time stamps that no certificate at hand is of: not checked either
        self.records = 0
        self.tied = 0  # of the records: to a manifest
        self.paper = False  # contents.json was compared with the paper
        self.key = False  # the key was, by itself or with contents.json, which names it

    def _line(self, mark: str, said: str, english: str, names: Iterable[object] = ()) -> None:
        print(f"{mark:<17}{clean(said)}\n{'':<17}{clean(english)}")
        for name in names:
            print(f"{'':<19}{clean(name)}")

    def holds(self, said: str, english: str) -> None:
        self._line("COCOK / OK", said, english)

    def wrong(self, name: str, said: str, english: str) -> None:
        self.broken += 1
        self._line("GAGAL / WRONG", f"{name}: {said}", f"{name}: {english}")

    def not_checked(self, said: str, english: str, names: Iterable[object] = ()) -> None:
        self.unlooked += 1
        self._line("TIDAK DIPERIKSA", said, english, names)

    def note(self, said: str, english: str) -> None:
        self._line("CATATAN / NOTE", said, english)


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def is_hash(value: Any) -> bool:
    return isinstance(value, str) and HASH.fullmatch(value) is not None


class Held:
    """What the seals say: id -> commitment, of captures and versions, and which of them a manifest answers for."""

    def __init__(self) -> None:
        self.said: dict[tuple[str, str], str] = {}
        self.anchored: set[tuple[str, str]] = set()

    def take(self, kind: str, key: str, commitment: str, anchored: bool) -> bool:
        """False: another seal says another commitment of it."""
        if self.said.setdefault((kind, key), commitment) != commitment:
            return False
        if anchored:
            self.anchored.add((kind, key))
        return True


class Package:
    """The files of a folder, by the names the package gives them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        found = set(self._found())
        self.system = sorted(name for name in found if name.rpartition("/")[2] in SYSTEM)
        self.names = sorted(found.difference(self.system))

    def _found(self) -> Iterator[str]:
        for one in self.folder.rglob("*"):
            if one.is_symlink() or not one.is_dir():
                yield one.relative_to(self.folder).as_posix()

    def path(self, name: str) -> Path:
        path = self.folder / name
        if name not in self.names or path.is_symlink() or not path.is_file():
            raise WrongError(name, "berkas tidak ada dalam paket", "this file is not in the package")
        return path

    def read(self, name: str) -> bytes:
        return self.path(name).read_bytes()

    def sha256(self, name: str) -> str:
        digest = hashlib.sha256()
        with self.path(name).open("rb") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                digest.update(piece)
        return digest.hexdigest()

    def json(self, name: str) -> Any:
        try:
            return json.loads(self.read(name).decode())
        except ValueError:
            raise WrongError(name, "isinya bukan JSON yang utuh", "it is no whole JSON") from None


# --- the list of hashes -----------------------------------------------------------------------------


def check_list(package: Package, report: Report) -> Any:
    """Each file against SHA256SUMS and contents.json; gives back what contents.json says."""
    listed = {}
    for line in package.read(SUMS).decode("utf-8", "replace").splitlines():
        digest, gap, name = line[:64], line[64:66], line[66:]
        if not (HASH.fullmatch(digest) and gap == "  " and name) or name in listed:
            raise WrongError(SUMS, "barisnya tidak terbaca", "a line of it cannot be read")
        listed[name] = digest
    before = report.broken
    for name in sorted(listed.keys() - set(package.names)):
        report.wrong(name, "tercantum dalam daftar hash, tetapi tidak ada", "is in the list of hashes and is missing")
    for name in package.names:
        if name == SUMS:
            continue
        if name not in listed:
            report.wrong(name, "tidak tercantum dalam daftar hash: ditambahkan", "is not in the list of hashes: it was added")
        elif package.sha256(name) != listed[name]:
            report.wrong(name, "isinya tidak sama dengan daftar hash", "it is not what the list of hashes says")
    contents = package.json(CONTENTS)
    told = {one["name"]: one for one in contents["files"]}
    if set(told) | {CONTENTS, MINUTES, MINUTES_PDF} != set(listed) or set(told) & {CONTENTS, MINUTES, MINUTES_PDF}:
        report.wrong(SUMS, f"berkas yang disebut bukan yang disebut {CONTENTS}", f"it names other files than {CONTENTS}")
    for name, one in sorted(told.items()):
        if name in listed and one["sha256"] != listed[name]:
            report.wrong(name, f"hash dalam {CONTENTS} berbeda dari {SUMS}", f"its hash in {CONTENTS} is another than in {SUMS}")
        elif name in package.names and package.path(name).stat().st_size != one["length"]:
            report.wrong(name, "panjangnya berbeda", "its length differs")
    if report.broken == before:
        report.holds(
            f"Daftar hash: {len(listed)} berkas, tidak ada yang kurang, lebih, atau berubah.",
            f"List of hashes: {len(listed)} files, none missing, added or changed.",
        )
    return contents


# --- the minutes ------------------------------------------------------------------------------------


def check_minutes(package: Package, contents: Any, report: Report) -> Any:
    """That the berita acara names this package; gives back what it says of its records: id -> sha256."""
    minutes = package.json(MINUTES)
    named = {one["name"]: one["sha256"] for one in minutes["files"]}
    before = report.broken
    for name in (CONTENTS, SCRIPT):
        if named.get(name) != package.sha256(name):
            report.wrong(
                name,
                "berbeda dari yang disebut berita acara: paket atau skripnya ditukar",
                "is another than the berita acara names: the package or its script was exchanged",
            )
    if named.get(AUTHORITY_NAME, "") != (package.sha256(AUTHORITY) if AUTHORITY in package.names else ""):
        report.wrong(AUTHORITY, "bukan sertifikat yang disebut berita acara", "it is not the certificate that the berita acara names")
    listed = fingerprints(package.read(AUTHORITY)) if AUTHORITY in package.names else []
    if [one["sha256"] for one in minutes["files"] if one["name"].startswith(CERTIFICATE_NAME)] != listed:
        report.wrong(
            AUTHORITY, "sertifikatnya bukan yang disebut berita acara", "its certificates are not those that the berita acara names"
        )
    if named.get(KEY_NAME, "") != contents["key"]:
        report.wrong(MINUTES, "menyebut kunci publik lain daripada isi paket", "it names another public key than the package")
    if minutes["number"] != contents["minutes"]:
        report.wrong(MINUTES, "bukan berita acara paket ini", "it is not the berita acara of this package")
    own = Path(__file__).resolve()
    if sha256(own.read_bytes()) != named.get(SCRIPT):
        report.wrong(
            str(own.name),
            "skrip yang sedang berjalan bukan yang disebut berita acara",
            "the script that runs is not the one that the berita acara names",
        )
    if report.broken == before:
        report.holds(
            f"{MINUTES} ({minutes['number']}) menyebut isi paket, skrip, dan kunci ini.",
            f"{MINUTES} ({minutes['number']}) names this content, this script and this key.",
        )
    report.not_checked(
        f"Kata-kata lain dalam {MINUTES} dan {MINUTES_PDF} tidak terikat pada apa pun dalam paket: bandingkan dengan yang di atas kertas.",
        f"The other words of {MINUTES} and {MINUTES_PDF} are bound by nothing in the package: compare with the signed paper.",
        [f"SHA-256 {sha256(canonical(minutes))}"],
    )
    return minutes


def check_paper(package: Package, contents: Any, paper: dict[str, str | None], report: Report) -> None:
    for what, told, found in (("--contents", paper["contents"], package.sha256(CONTENTS)), ("--key", paper["key"], contents["key"])):
        if told is not None and re.sub(r"[\s:]", "", told).lower() != found:
            report.wrong(what, "berbeda dari berita acara di atas kertas", "differs from the berita acara on paper")
    report.paper = paper["contents"] is not None
    report.key = report.paper or paper["key"] is not None
    if not report.paper:
        report.not_checked(
            f"Kertas belum dibandingkan: --contents dengan hash {CONTENTS} dari berita acara di atas kertas tidak diberikan.",
            f"Not compared with the paper: --contents with the hash of {CONTENTS} on the signed berita acara was not given.",
        )


# --- the chain of manifests -------------------------------------------------------------------------


class Openssl:
    """The program, asked with files alone. Raises UnableError where there is none of use."""

    def __init__(self, folder: Path) -> None:
        self.program = shutil.which("openssl") or ""
        if not self.program:
            raise UnableError(
                "program openssl tidak ada: tanda tangan tidak dapat diperiksa", "there is no program openssl: no signature can be checked"
            )
        inside = {folder.absolute(), folder.resolve()}
        if any(inside.intersection(path.parents) for path in (Path(self.program).absolute(), Path(self.program).resolve())):
            raise UnableError(
                "program openssl yang ditemukan ada di dalam paket, dan tidak dijalankan",
                "the program openssl that was found is in the package, and was not run",
            )
        with tempfile.TemporaryDirectory() as place:
            key, signature = Path(place, "k"), bytes.fromhex(KNOWN_SIGNATURE)
            body = base64.b64encode(SPKI + bytes.fromhex(KNOWN_KEY))
            key.write_bytes(b"-----BEGIN PUBLIC KEY-----\n" + body + b"\n-----END PUBLIC KEY-----\n")
            able = self.signed(b"\x72", signature, key) and not self.signed(b"\x73", signature, key)
        if not able:
            raise UnableError(
                "program openssl di komputer ini tidak dapat memeriksa tanda tangan Ed25519: perlu OpenSSL 3.0 atau lebih baru",
                "the program openssl of this computer cannot check an Ed25519 signature: it takes OpenSSL 3.0 or newer",
            )

    def __call__(self, *arguments: str) -> tuple[bool, bytes]:
        done = subprocess.run([self.program, *arguments], capture_output=True, check=False, timeout=120)
        return done.returncode == 0, done.stdout

    def signed(self, line: bytes, signature: bytes, key: Path) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            said, sign = Path(folder, "s"), Path(folder, "g")
            said.write_bytes(line)
            sign.write_bytes(signature)
            held, _out = self("pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", str(key), "-in", str(said), "-sigfile", str(sign))
            return held

    def signed_archive(self, said: bytes, halves: bytes, key: bytes) -> bool:
        """ECDSA on P-384 with SHA-256. `halves`: r and s, `key`: SubjectPublicKeyInfo in DER."""
        if key[: len(P384)] != P384 or len(key) != len(P384) + POINT or len(halves) != 2 * HALF:
            return False
        body = b"".join(der_integer(half) for half in (halves[:HALF], halves[HALF:]))
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder, name) for name in ("k", "g", "s")]
            for file, content in zip(files, (key, b"\x30" + bytes([len(body)]) + body, said)):
                file.write_bytes(content)
            public, sign, text = map(str, files)
            held, _out = self("dgst", "-sha256", "-verify", public, "-keyform", "DER", "-signature", sign, text)
            return held


def der_integer(big: bytes) -> bytes:
    value = big.lstrip(b"\0") or b"\0"
    value = (b"\0" if value[0] & 0x80 else b"") + value
    return b"\x02" + bytes([len(value)]) + value


def fingerprint(content: bytes) -> str:
    """Of a public key in PEM: SHA-256 of its 32 bytes; "" for any other."""
    body = re.fullmatch(rb"-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\n", content)
    try:
        der = base64.b64decode(body[1].replace(b"\n", b""), validate=True) if body else b""
    except ValueError:
        der = b""
    return sha256(der[-RAW_KEY:]) if der[:-RAW_KEY] == SPKI and len(der) == len(SPKI) + RAW_KEY else ""


class Manifest:
    """A whole file of the folder of anchors."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        line, _end, rest = content.partition(b"\n")
        signature, _end, self.listed = rest.partition(b"\n")
        self.line = line + b"\n"
        try:
            self.said = json.loads(line)
            self.signature = base64.b64decode(signature, validate=True)
        except ValueError:
            raise WrongError(name, "bukan manifes yang utuh", "it is no whole manifest") from None

    @property
    def number(self) -> int:
        return int(self.said["number"])

    def entries(self) -> Iterator[list[str]]:
        for line in self.listed.decode("ascii").splitlines():
            yield line.split(" ")


class Chain:
    """What the manifests of the package say: of rows of the log their hashes; of records, collectors and versions their digests and the
    columns these are made of."""

    def __init__(self) -> None:
        self.rows: dict[int, str] = {}
        self.listed: dict[str, dict[str, Any]] = {"record": {}, "collector": {}, "version": {}}
        self.reached = 0
        self.there = False

    def take(self, one: Manifest) -> list[int]:
        """The entries of a manifest; gives back the rows of the log that it names, in its order."""
        rows = []
        for kind, key, *digests in one.entries():
            if kind == "row":
                rows.append(int(key))
                self.rows[int(key)] = digests[0]
            elif kind in self.listed:
                self.listed[kind][key] = (digests, one.said["columns"])
        return rows

    def names(self, kind: str, key: str) -> bool:
        return key in self.listed[kind]

    def holds(self, kind: str, key: str, row: Any) -> bool:
        digests, columns = self.listed[kind][key]
        return bool(digest_of(row, columns[kind]) == digests[0])

    def holds_words(self, key: str, words: Any) -> bool:
        digests, columns = self.listed["version"][key]
        return bool(digest_of(words, columns["words"]) == digests[1])


def digest_of(row: Any, columns: list[str]) -> str:
    return sha256(canonical({column: row.get(column) for column in columns}))


def check_chain(package: Package, contents: Any, openssl: Openssl, authority: Authority, report: Report) -> Chain:
    chain = Chain()
    names = [name for name in package.names if MANIFEST.fullmatch(name)]
    why = contents["unsealed"]
    if why is not None:
        report.not_checked(
            f"Yang lebih baru daripada segel terakhir: kantor tidak dapat menyegelnya sebelum paket dibuat. {why['id']}",
            f"What is newer than the last seal: the office could not seal it before the package was made. {why['en']}",
        )
    if not contents["key"]:
        if names:
            report.wrong(names[0], "paket ini disebut tanpa segel luar", "the package is said to have no anchors")
        report.not_checked(
            "Belum ada segel di luar basis data: tidak ada yang dapat dibandingkan dengan log.",
            "Nothing was sealed outside of the database yet: the log can be compared with nothing.",
        )
        return chain
    before = report.broken
    lines = [line + b"\n" for line in package.read(CHAIN).splitlines()]
    heads = [json.loads(line) for line in lines]
    if not heads:
        raise WrongError(CHAIN, "kosong", "it is empty")
    if heads[0]["anew"]:
        report.note(
            f"Log dimulai baru pada manifes {heads[0]['number']}: yang disegel sebelumnya tidak ada dalam paket.",
            f"The log was begun anew at manifest {heads[0]['number']}: what was sealed before is not in the package.",
        )
    for earlier, head, line in zip(heads, heads[1:], lines):
        _check_step(earlier, head, line, report)
    by_number = dict(zip((head["number"] for head in heads), lines))
    if heads[-1]["key"] != contents["key"]:
        report.wrong(CHAIN, "manifes terakhir ditandatangani kunci lain", "its last manifest is signed by another key")
    manifests = sorted((Manifest(name, package.read(name)) for name in names), key=lambda one: one.number)
    if not manifests or manifests[-1].number != heads[-1]["number"]:
        report.wrong(CHAIN, "manifes terakhir tidak ada dalam paket", "its last manifest is not in the package")
    for one in manifests:
        _check_manifest(package, one, by_number, openssl, chain, report)
    chain.reached = int(heads[-1]["log"]["rows"])
    chain.there = True
    if report.broken == before:
        first, last = heads[0]["number"], heads[-1]["number"]
        report.holds(
            f"Segel luar: manifes {first} sampai {last} berurutan tanpa celah, {len(manifests)} di antaranya lengkap dengan tanda tangan"
            f" Ed25519 yang sah; log saat itu panjangnya {chain.reached} baris.",
            f"Anchors: manifests {first} to {last} go on from each other without a gap, {len(manifests)} of them whole with an Ed25519"
            f" signature that holds; the log was {chain.reached} rows long by then.",
        )
    _check_stamps(package, manifests, authority, report)
    return chain


def _check_step(earlier: Any, head: Any, line: bytes, report: Report) -> None:
    """That a statement goes on from the one before, whose line this is."""
    name, number = CHAIN, head["number"]
    if head["before"] != sha256(line) or number != earlier["number"] + 1:
        report.wrong(name, f"manifes {number} tidak melanjutkan yang sebelumnya", f"manifest {number} does not go on from the one before")
    if head["anew"] or head["log"]["from"] != earlier["log"]["rows"] + 1:
        report.wrong(name, f"baris log manifes {number} tidak menyambung", f"the rows of manifest {number} do not go on")
    if head["key"] == (earlier["next_key"] or earlier["key"]):
        return
    if head["key_lost"]:
        report.note(
            f"Kunci manifes {number} tidak diumumkan sebelumnya: kunci lama hilang.",
            f"The key of manifest {number} was announced by nobody: the one of before was lost.",
        )
    else:
        report.wrong(name, f"kunci manifes {number} tidak diumumkan", f"nobody announced the key of manifest {number}")


def _check_manifest(package: Package, one: Manifest, by_number: dict[int, bytes], openssl: Openssl, chain: Chain, report: Report) -> None:
    said = one.said
    key = f"anchors/keys/{said['key']}.pem"
    if by_number.get(one.number) != one.line:
        report.wrong(one.name, "pernyataannya bukan yang ada dalam rantai", "its statement is not the one in the chain")
    if not is_hash(said["key"]) or fingerprint(package.read(key)) != said["key"]:
        report.wrong(key, "bukan kunci dengan sidik jari itu", "it is not the key of that fingerprint")
    elif not openssl.signed(one.line, one.signature, package.path(key)):
        report.wrong(one.name, "tanda tangannya tidak sah", "its signature does not hold")
    if sha256(one.listed) != said["list"]["sha256"] or one.listed.count(b"\n") != said["list"]["lines"]:
        report.wrong(one.name, "daftarnya berubah", "its list was changed")
        return
    rows = chain.take(one)
    if rows != list(range(said["log"]["from"], said["log"]["rows"] + 1)) or chain.rows.get(said["log"]["rows"]) != said["log"]["head"]:
        report.wrong(one.name, "baris log di dalamnya tidak utuh", "the rows of the log in it are not whole")


class Authority:
    """Who the time stamps are believed by: `given` by whoever runs this, else what the package brings. `files`: what each of them holds,
    one of which is enough."""

    def __init__(self, package: Package, given: list[Path], openssl: Openssl) -> None:
        self.given = bool(given)
        files = given or ([package.path(AUTHORITY)] if AUTHORITY in package.names else [])
        self.files = [certificates(file.read_bytes()) for file in files]
        self.openssl = openssl
        self.unknown: list[str] = []  # stamps by none of these

    def saw(self, what: list[str], name: str, package: Package, report: Report) -> str | None:
        """When; None where the stamp `name` does not hold, which is told, and where it is by a certificate that is not at hand, which
        `say` tells. `what`: the file, or the hash of one, as openssl is told."""
        stamp = package.path(name)
        if not any(self._holds(what, stamp, one) for one in self.files):
            own = self._own(stamp)  # imprint and signature do without an authority; the second way takes a chain that ends early
            if self._holds(what, stamp, own) or self._holds(["-partial_chain", *what], stamp, own):
                self.unknown.append(name)
            else:
                report.wrong(
                    name,
                    "stempel waktunya bukan atas isi itu, atau tanda tangannya tidak sah",
                    "its time stamp is over something else, or its signature does not hold",
                )
            return None
        _good, text = self.openssl("ts", "-reply", "-in", str(stamp), "-text")
        moment = re.search(rb"Time stamp: ([^\n]+)", text)
        return moment[1].decode("ascii", "replace") if moment else "?"

    def _holds(self, what: list[str], stamp: Path, believed: list[bytes]) -> bool:
        """openssl gets what `fingerprints` lists and nothing else: of a file it would believe blocks by other names too."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "c")
            file.write_bytes(b"".join(pem(one) for one in believed))
            return self.openssl("ts", "-verify", "-no_check_time", *what, "-in", str(stamp), "-CAfile", str(file))[0]

    def _own(self, stamp: Path) -> list[bytes]:
        """The certificates that a stamp brings."""
        with tempfile.TemporaryDirectory() as folder:
            token = str(Path(folder, "t"))
            self.openssl("ts", "-reply", "-in", str(stamp), "-token_out", "-out", token)
            return certificates(self.openssl("pkcs7", "-inform", "DER", "-in", token, "-print_certs")[1])

    def say(self, said: str, english: str, lines: list[str], package: Package, report: Report) -> None:
        """What holds: as checked by a certificate from elsewhere, else as checked by one that the package brings. And what neither
        holds nor is wrong."""
        names, self.unknown = self.unknown, []
        report.unstamped += len(names)
        if names:
            of, of_english = ("yang diberikan", "that were given") if self.given else ("dalam paket", "in the package")
            report.not_checked(
                f"{said}: {len(names)} oleh otoritas yang sertifikatnya tidak ada di antara {of}. Isi dan tanda tangannya cocok; siapa yang"
                " membuatnya dan kapan, tidak diperiksa: beri --authority dengan sertifikat otoritas itu.",
                f"{english}: {len(names)} by an authority whose certificate is not among those {of_english}. Content and signature agree;"
                " who made them and when was not checked: give --authority with the certificate of that authority.",
                names,
            )
        if not lines:
            return
        said, english = f"{said}: {len(lines)}", f"{english}: {len(lines)}"
        if self.given:
            told = "; ".join(lines)
            report.holds(
                f"{said} sah menurut sertifikat yang diberikan. {told}", f"{english} hold by the certificate that was given. {told}"
            )
            return
        report.not_checked(
            f"{said} sah menurut sertifikat dalam paket. Sertifikat siapa itu, tidak diperiksa: bandingkan SHA-256-nya dengan berita acara"
            " di atas kertas dan dengan yang diumumkan otoritasnya, atau beri --authority dengan sertifikat dari otoritasnya sendiri.",
            f"{english} hold by the certificate in the package. Whose certificate that is was not checked: compare its SHA-256 with the"
            " berita acara on paper and with what the authority publishes, or give --authority with the certificate from the authority"
            " itself.",
            [*lines, f"{package.sha256(AUTHORITY)}  {AUTHORITY}", *fingerprints(package.read(AUTHORITY))],
        )


def certificates(content: bytes) -> list[bytes]:
    """Those in PEM, as DER."""
    return [base64.b64decode(one) for one in CERTIFICATE.findall(content)]


def pem(der: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(der) + b"-----END CERTIFICATE-----\n"


def fingerprints(content: bytes) -> list[str]:
    """Of each certificate (PEM) its SHA-256 in DER, as an authority publishes it."""
    return [sha256(one) for one in certificates(content)]


def _check_stamps(package: Package, manifests: list[Manifest], authority: Authority, report: Report) -> None:
    by_name = {one.name[: -len(".seal")]: one for one in manifests}
    stamps = [(hit[1], name) for name in package.names for hit in [STAMP.fullmatch(name)] if hit]
    for of, name in stamps:
        if of not in by_name:
            report.wrong(name, "stempel waktu tanpa manifesnya", "a time stamp without its manifest")
    stamps = [(of, name) for of, name in stamps if of in by_name]
    if not stamps:
        report.not_checked("Tidak ada stempel waktu RFC 3161 atas segel.", "There is no RFC 3161 time stamp over a seal.")
        return
    if not authority.files:
        report.unstamped += len(stamps)
        report.not_checked(
            f"{len(stamps)} stempel waktu atas segel: sertifikat otoritasnya tidak ada dalam paket.",
            f"{len(stamps)} time stamps over seals: the certificate of their authority is not in the package.",
        )
        return
    held = []
    for of, name in stamps:
        moment = authority.saw(["-data", str(package.path(by_name[of].name))], name, package, report)
        if moment is not None:
            held.append((by_name[of].number, f"manifes / manifest {by_name[of].number}: {moment}"))
    authority.say("Stempel waktu atas segel", "Time stamps over seals", [line for _number, line in sorted(held)], package, report)


# --- the log ----------------------------------------------------------------------------------------


class Log:
    """The rows that came along, by their number: those that are what their hash says; and which of them a manifest names."""

    def __init__(self) -> None:
        self.rows: dict[int, Any] = {}
        self.anchored: set[int] = set()


def check_log(package: Package, chain: Chain, report: Report) -> Log:
    log = Log()
    rows, newer, lonely = log.rows, [], 0
    before = report.broken
    last = 0
    for one in package.json(ROWS):
        row, digest = one["row"], one["hash"]
        seq = int(row["seq"])
        if seq <= last:
            report.wrong(ROWS, f"baris {seq} tidak berurutan", f"row {seq} is out of order")
        if sha256(canonical(row)) != digest:
            report.wrong(ROWS, f"baris {seq} tidak sama dengan hash-nya", f"row {seq} is not what its hash says")
            continue
        if last and seq == last + 1 and last in rows and row["prev_hash"] != sha256(canonical(rows[last])):
            report.wrong(ROWS, f"baris {seq} tidak melanjutkan baris {last}", f"row {seq} does not go on from row {last}")
        last = max(last, seq)
        rows[seq] = row
        if seq in chain.rows:
            _check_anchored(seq, one, chain, log, report)
        elif chain.there and seq <= chain.reached:
            lonely += 1
        else:
            newer.append(f"{seq}  {row['verb']}")
    if lonely:
        report.wrong(ROWS, f"{lonely} baris tidak disebut manifes mana pun dalam paket", f"no manifest of the package names {lonely} rows")
    if not rows:
        report.note("Tidak ada baris log dalam paket.", "There is no row of the log in the package.")
    elif report.broken == before:
        report.holds(
            f"Log: {len(rows)} baris sama dengan hash-nya, {len(log.anchored)} di antaranya disegel di luar.",
            f"Log: {len(rows)} rows are what their hashes say, {len(log.anchored)} of them sealed outside.",
        )
    if newer:
        report.not_checked(
            f"{len(newer)} baris log tidak disebut segel luar mana pun: lebih baru daripada yang terakhir, atau ditulis orang lain.",
            f"No anchor names {len(newer)} rows of the log: they are newer than the last one, or somebody else wrote them.",
            newer,
        )
    report.not_checked(
        "Paket memuat sebagian baris log: bahwa tidak ada baris, segel, tindakan, atau rekaman yang ditinggalkan tidak terlihat.",
        "A package holds some rows of the log: that no row, seal, act or record was left out cannot be seen from it.",
    )
    return log


def _check_anchored(seq: int, one: Any, chain: Chain, log: Log, report: Report) -> None:
    """A row that a manifest names, and the row before it."""
    if chain.rows[seq] == one["hash"]:
        log.anchored.add(seq)
    else:
        report.wrong(ROWS, f"baris {seq} bukan yang disegel di luar", f"row {seq} is not the one that was sealed outside")
    if seq - 1 in chain.rows and one["row"]["prev_hash"] != chain.rows[seq - 1]:
        report.wrong(ROWS, f"baris {seq} menyebut pendahulu yang lain", f"row {seq} names another row before it")


# --- the evidence -----------------------------------------------------------------------------------


def check_seals(package: Package, log: Log, report: Report) -> Held:
    """Of records and versions that a seal in the log answers for."""
    held = Held()
    before = report.broken
    sealed: dict[tuple[str, Any], bool] = {}
    for seq, row in log.rows.items():
        if row["verb"] == "evidence.sealed" and row["target"][0] == "seal":
            said = row["target"][1], row["after"].get("digest")
            sealed[said] = sealed.get(said, False) or seq in log.anchored
    seals = package.json(SEALS)
    anchored = 0
    for one in seals:
        listed = [(kind, key, commitment) for kind in ("captures", "versions") for key, commitment in one[kind]]
        written = json.dumps([list(each) for each in listed], separators=(",", ":")).encode()
        name = str(one["seal"]), sha256(written)
        if name not in sealed:
            report.wrong(
                SEALS, f"segel {one['seal']} tidak sama dengan baris log-nya", f"seal {one['seal']} is not what its row of the log says"
            )
            continue
        anchored += sealed[name]
        for kind, key, commitment in listed:
            if not held.take(kind, key, commitment, sealed[name]):
                report.wrong(SEALS, f"dua segel berkata lain tentang {key}", f"two seals say different things of {key}")
    if report.broken == before and seals:
        report.holds(
            f"Segel: {len(seals)} segel rekaman sama dengan baris log-nya, {anchored} dari baris itu disegel di luar.",
            f"Seals: {len(seals)} are what their rows of the log say, {anchored} of these rows are sealed outside.",
        )
    return held


class Found:
    """What was found of the records, by their ids."""

    def __init__(self) -> None:
        self.whole = self.stamps = self.masked = self.sealed = self.rows = self.told = 0
        self.tied: set[str] = set()
        self.no_row: list[str] = []  # sealed, and its custody record did not come along
        self.newer: list[str] = []  # in a seal that no manifest answers for
        self.unsealed: list[str] = []  # in no seal of the package
        self.unnamed: list[str] = []  # its custody record came along, and no manifest names it
        self.withheld: dict[str, list[Any]] = {}


def check_records(package: Package, minutes: Any, chain: Chain, held: Held, report: Report) -> None:
    before = report.broken
    records = package.json(RECORDS)
    used = {RECORDS, VERSIONS, COLLECTORS}
    found = Found()
    if [(one["id"], one["sha256"]) for one in records] != [(one["id"], one["sha256"]) for one in minutes["pieces"]]:
        report.wrong(RECORDS, f"rekamannya bukan yang disebut {MINUTES}", f"its records are not those that {MINUTES} names")
    for one in records:
        used |= _check_bytes(package, one, found, report)
        _check_tie(one, held, found, report)
        _check_row(one, chain, found, report)
        if not one["file"]:
            found.withheld.setdefault(one["withheld"], []).append(one)
    for stray in [one for one in package.names if one.startswith("evidence/") and one not in used]:
        report.wrong(stray, "tidak ada rekaman yang menyebutnya", "no record names it")
    report.records, report.tied = len(records), len(found.tied)
    if not records:
        report.note("Tidak ada rekaman dalam paket.", "There is no record in the package.")
    elif report.broken == before:
        report.holds(
            f"Rekaman: {len(records)}, di antaranya {found.whole} berkas asli dan {found.stamps} stempel waktu dihitung ulang hash-nya,"
            f" {found.sealed} disegel dalam log yang disegel di luar, {found.rows} catatan kustodi sama dengan segel luar,"
            f" {found.masked} turunan tersamar menurut paket.",
            f"Records: {len(records)}, of them {found.whole} originals and {found.stamps} time stamps hashed again,"
            f" {found.sealed} sealed in the log that is sealed outside, {found.rows} custody records as sealed outside,"
            f" {found.masked} masked renditions by the package's word.",
        )
    _say_records(found, report)


def _say_records(found: Found, report: Report) -> None:
    """What could not be checked of them, by id."""
    for why, ones in sorted(found.withheld.items()):
        said, english = WITHHELD.get(why, (why, why))
        report.not_checked(
            f"{len(ones)} berkas asli ditahan, isinya tidak dapat diperiksa: {said}.",
            f"{len(ones)} originals are withheld, their bytes cannot be checked: {english}.",
            [f"{one['id']}  {one['length']} byte  {one['sha256']}" for one in ones],
        )
    for ids, said, english in (
        (
            found.newer,
            "rekaman terikat pada segel yang tidak disebut segel luar mana pun: lebih baru daripada segel luar, atau ditulis orang lain.",
            "records are tied to a seal that no anchor names: it is newer than the last one, or somebody else wrote it.",
        ),
        (
            found.unsealed,
            "rekaman tidak disebut segel mana pun dalam paket: belum disegel, atau segelnya dikeluarkan.",
            "records are named by no seal of the package: they are not sealed yet, or their seal was taken out.",
        ),
        (
            found.no_row,
            "catatan kustodi ditahan karena memuat alamat atau kontak; hash berkasnya terikat pada segel dalam log.",
            "custody records are withheld since an address or a contact stands in them; the hashes of their files are tied to the seals.",
        ),
        (
            found.unnamed,
            "catatan kustodi tidak disebut segel luar mana pun dalam paket.",
            "custody records are named by no anchor of the package.",
        ),
    ):
        if ids:
            report.not_checked(f"{len(ids)} {said}", f"{len(ids)} {english}", ids)
    if found.told:
        report.not_checked(
            f"Jenis dan waktu diterima {found.told} rekaman, dan tanda yang memuat tiap rekaman: hanya menurut paket.",
            f"Kind and time of receipt of {found.told} records, and the flags of each record: by the package's word alone.",
        )
    if found.masked:
        report.not_checked(
            f"Bahwa {found.masked} turunan tersamar memperlihatkan berkas aslinya: hanya menurut paket.",
            f"That {found.masked} masked renditions show their originals: by the package's word alone.",
        )


def _check_bytes(package: Package, one: Any, found: Found, report: Report) -> set[str]:
    """The original of a record, or what came instead; gives back the files it names."""
    used = set()
    if one["file"]:
        used.add(one["file"])
        found.whole += one["kind"] != STAMP_KIND
        found.stamps += one["kind"] == STAMP_KIND
        _check_file(package, one, one["file"], report)
    if bool(one["file"]) == bool(one["withheld"]) or one["withheld"] not in {None, *WITHHELD}:
        report.wrong(
            f"{RECORDS} {one['id']}",
            "berkasnya tidak ada tanpa alasan, atau ada walaupun ditahan",
            "its file is not there and no reason is given, or it is there though withheld",
        )
    masked = one["masked"]
    if masked is not None:
        name = masked["name"]
        used.add(name)
        found.masked += 1
        if package.sha256(name) != masked["sha256"] or package.path(name).stat().st_size != masked["length"]:
            report.wrong(
                name, "bukan turunan tersamar yang terikat pada rekaman itu", "it is not the masked rendition that is tied to that record"
            )
    return used


def _check_tie(one: Any, held: Held, found: Found, report: Report) -> None:
    """The hash of a record by its commitment, and that by the seal."""
    label = f"{RECORDS} {one['id']}"
    if sha256((one["salt"] + one["sha256"]).encode()) != one["commitment"]:
        report.wrong(label, "hash-nya bukan yang diikat catatannya", "its hash is not the one that its record binds")
        return
    key = ("captures", one["id"])
    if key not in held.said:
        found.unsealed.append(one["id"])
    elif held.said[key] != one["commitment"]:
        report.wrong(label, "hash-nya bukan yang disegel", "its hash is not the one that was sealed")
    elif key in held.anchored:
        found.sealed += 1
        found.tied.add(one["id"])
    else:
        found.newer.append(one["id"])


SAID = ("id", "kind", "media_type", "received_at", "sha256", "sha3_512", "length", "salt", "commitment")  # of a record, and of its row


def _check_row(one: Any, chain: Chain, found: Found, report: Report) -> None:
    """The custody record itself, where it came along."""
    label, row = f"{RECORDS} {one['id']}", one["record"]
    if row is None:
        found.told += 1
        if one["id"] in found.tied:
            found.no_row.append(one["id"])
        return
    if any(row[name] != one[name] for name in SAID) or (one["kind"] == STAMP_KIND and row["of_id"] != one["of"]):
        report.wrong(label, "catatan kustodinya berkata lain", "its custody record says another thing")
    if not chain.names("record", one["id"]):
        found.unnamed.append(one["id"])
        found.told += 1
    elif chain.holds("record", one["id"], row):
        found.rows += 1
        found.tied.add(one["id"])
    else:
        report.wrong(label, "catatan kustodinya bukan yang disegel di luar", "its custody record is not the one that was sealed outside")


def _check_file(package: Package, one: Any, name: str, report: Report) -> None:
    """An original: length, both hashes."""
    second, length = hashlib.sha3_512(), 0
    with package.path(name).open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            second.update(piece)
            length += len(piece)
    if package.sha256(name) != one["sha256"] or length != one["length"] or second.hexdigest() != one["sha3_512"]:
        report.wrong(name, "bukan berkas asli yang dicatat rekamannya", "it is not the original that its record names")


# --- archives of pages ------------------------------------------------------------------------------


def check_archives(package: Package, openssl: Openssl, report: Report) -> None:
    """Those whose file came along."""
    before, keys = report.broken, set()
    many, plain, loose = 0, [], []
    for one in package.json(RECORDS):
        if not one["file"] or one["media_type"] not in {WACZ, WARC}:
            continue
        many += 1
        if one["media_type"] == WARC:
            plain.append(one["id"])
            continue
        try:
            key = signer(one["file"], package.path(one["file"]), openssl)
        except WrongError as error:
            report.wrong(error.name, error.said, error.english)
            continue
        named = None if one["record"] is None else one["record"]["options"].get("signed_by", "")
        if named is None and key:
            loose.append(f"{one['id']}  {key}")
        elif key != (named or ""):
            report.wrong(one["file"], "tidak ditandatangani kunci yang disebut catatannya", "the key of its record did not sign it")
        elif key:
            keys.add(key)
        else:
            plain.append(one["id"])
    signed = many - len(plain) - len(loose)
    if signed and report.broken == before:
        report.holds(
            f"Arsip halaman: {signed} sama dengan daftar di dalamnya, dengan tanda tangan yang sah dari kunci {', '.join(sorted(keys))}.",
            f"Page archives: {signed} are what the list in them says, with a signature that holds of the key {', '.join(sorted(keys))}.",
        )
    if plain:
        report.not_checked(f"{len(plain)} arsip halaman tidak bertanda tangan.", f"{len(plain)} page archives carry no signature.", plain)
    if loose:
        report.not_checked(
            f"{len(loose)} arsip halaman bertanda tangan yang sah; kunci siapa itu, tidak diperiksa: catatan kustodinya ditahan.",
            f"{len(loose)} page archives have a signature that holds; whose key it is was not checked: their custody records are withheld.",
            loose,
        )


def signer(name: str, path: Path, openssl: Openssl) -> str:
    """The name of the key that signed an archive, SHA-256 of it in DER; "" where nobody did. Raises WrongError."""
    try:
        with zipfile.ZipFile(path) as file:
            parts = file.infolist()
            lists = {one.filename: file.read(one) for one in parts if one.filename in {LISTED, SIGNED} and one.file_size <= MOST}
            hashes = {one.filename: (_part(file, one), one.file_size) for one in parts if one.filename not in lists}
        said, digest = json.loads(lists[LISTED]), json.loads(lists[SIGNED])
        listed = {one["path"]: (one["hash"], one["bytes"]) for one in said["resources"]}
        whole = len(hashes) + len(lists) == len(parts) and not any(one.compress_type for one in parts) and listed == hashes
        tied = digest["path"] == LISTED and digest["hash"] == "sha256:" + sha256(lists[LISTED])
        sign = digest.get("signedData")
        held = sign is None or (
            (sign["hash"], sign["created"]) == (digest["hash"], said["created"])
            and openssl.signed_archive(
                sign["hash"].encode("ascii"),
                base64.b64decode(sign["signature"], validate=True),
                base64.b64decode(sign["publicKey"], validate=True),
            )
        )
    except (zipfile.BadZipFile, KeyError, TypeError, AttributeError, ValueError, EOFError, RuntimeError) as error:
        raise WrongError(name, "bukan arsip WACZ yang utuh", "it is no whole WACZ archive") from error
    if not whole or not tied:
        raise WrongError(name, "isinya tidak sama dengan daftar di dalamnya", "it is not what the list in it says")
    if not held:
        raise WrongError(name, "tanda tangan arsipnya tidak sah", "the signature of the archive does not hold")
    return "" if sign is None else sha256(base64.b64decode(sign["publicKey"]))


def _part(file: zipfile.ZipFile, one: zipfile.ZipInfo) -> str:
    digest = hashlib.sha256()
    with file.open(one) as part:
        for piece in iter(lambda: part.read(1 << 20), b""):
            digest.update(piece)
    return "sha256:" + digest.hexdigest()


def check_archive_stamps(package: Package, authority: Authority, report: Report) -> None:
    """Over the hash of the archive that the record binds, so also where the archive itself is withheld."""
    records = package.json(RECORDS)
    archives = {one["id"]: one for one in records if one["media_type"] == WACZ}
    stamps = [one for one in records if one["kind"] == STAMP_KIND]
    for one in stamps:
        if one["of"] not in archives:
            report.wrong(f"{RECORDS} {one['id']}", "stempel waktu tanpa arsipnya", "a time stamp without its archive")
    stamps = [one for one in stamps if one["of"] in archives and one["file"]]
    bare = sorted(set(archives) - {one["of"] for one in stamps})
    if bare:
        report.not_checked(
            f"{len(bare)} arsip halaman tidak berstempel waktu dalam paket.",
            f"{len(bare)} page archives have no time stamp in the package.",
            bare,
        )
    if stamps and not authority.files:
        report.unstamped += len(stamps)
        report.not_checked(
            f"{len(stamps)} stempel waktu arsip: sertifikat otoritasnya tidak ada dalam paket.",
            f"{len(stamps)} time stamps of archives: the certificate of their authority is not in the package.",
        )
        return
    lines = []
    for one in stamps:
        moment = authority.saw(["-digest", archives[one["of"]]["sha256"]], one["file"], package, report)
        if moment is not None:
            lines.append(f"{one['of']}: {moment}")
    authority.say("Stempel waktu arsip halaman", "Time stamps of page archives", lines, package, report)


# --- programs and posts -----------------------------------------------------------------------------


def check_collectors(package: Package, chain: Chain, report: Report) -> None:
    before, many, unnamed = report.broken, 0, []
    for one in package.json(COLLECTORS):
        if not chain.names("collector", one["id"]):
            unnamed.append(one["id"])
            continue
        many += 1
        if not chain.holds("collector", one["id"], one):
            report.wrong(COLLECTORS, f"{one['id']} bukan yang disegel di luar", f"{one['id']} is not what was sealed outside")
    if many and report.broken == before:
        report.holds(f"Alat pengumpul: {many} sama dengan segel luar.", f"Collecting programs: {many} as sealed outside.")
    if unnamed:
        report.not_checked(
            f"{len(unnamed)} alat pengumpul tidak disebut segel luar mana pun dalam paket.",
            f"{len(unnamed)} collecting programs are named by no anchor of the package.",
            unnamed,
        )


TOLD = {"id": "id", "commitment": "commitment", "seen_at": "seen_at", "number": "number", "capture_id": "capture"}


def _check_words(label: str, one: Any, chain: Chain, report: Report) -> None:
    """Row and words of a version that came along whole, and that a manifest names."""
    key, row = str(one["id"]), one["version"]
    if not chain.holds("version", key, row) or any(row[column] != one[name] for column, name in TOLD.items()):
        report.wrong(label, "barisnya bukan yang disegel di luar", "its row is not what was sealed outside")
    if not chain.holds_words(key, one["words"]):
        report.wrong(label, "teksnya bukan yang disegel di luar", "its words are not what was sealed outside")


def check_versions(package: Package, chain: Chain, held: Held, report: Report) -> None:
    before = report.broken
    sealed = words = withheld = 0
    loose, unnamed = [], []
    versions = package.json(VERSIONS)
    for one in versions:
        key = str(one["id"])
        label = f"{VERSIONS} {key}"
        if held.said.get(("versions", key), one["commitment"]) != one["commitment"]:
            report.wrong(label, "bukan versi yang disegel", "it is not the version that was sealed")
        elif ("versions", key) in held.anchored:
            sealed += 1
        else:
            loose.append(key)
        if one["words"] is None:
            withheld += 1
        elif not chain.names("version", key):
            unnamed.append(key)
        else:
            words += 1
            _check_words(label, one, chain, report)
    if versions and report.broken == before:
        report.holds(
            f"Versi unggahan: {sealed} disegel dalam log yang disegel di luar, {words} teks sama dengan segel luar.",
            f"Versions of posts: {sealed} sealed in the log that is sealed outside, the words of {words} as sealed outside.",
        )
    if loose:
        report.not_checked(
            f"{len(loose)} versi unggahan tidak terikat pada segel luar.", f"{len(loose)} versions of posts are tied to no anchor.", loose
        )
    if unnamed:
        report.not_checked(
            f"Teks {len(unnamed)} versi tidak disebut segel luar mana pun dalam paket.",
            f"The words of {len(unnamed)} versions are named by no anchor of the package.",
            unnamed,
        )
    if withheld:
        report.not_checked(
            f"{withheld} teks unggahan ditahan; yang ada dalam paket sudah disamarkan, dan itu serta waktunya hanya menurut paket.",
            f"The words of {withheld} versions are withheld; what is in the package is masked, and that and its time are its word alone.",
        )


# --- custody ----------------------------------------------------------------------------------------


class Acts:
    """Of custody: the rows of the log that name an act, and what no anchor answers for."""

    def __init__(self, log: Log) -> None:
        self.logged: dict[Any, list[int]] = {}
        self.entries = 0
        self.loose: list[str] = []  # acts
        self.named: set[str] = set()  # minutes that an act of the log that is sealed outside names
        for seq, row in log.rows.items():
            if row["after"].get("custody") is not None:
                self.logged.setdefault(row["after"]["custody"], []).append(seq)


def _check_act(act: Any, minutes: dict[str, str], log: Log, found: Acts, report: Report) -> None:
    digest, name = act["digest"], CUSTODY
    written = json.dumps([digest[:16], act["entries"]], separators=(",", ":"), ensure_ascii=False).encode()
    anchored = not log.anchored.isdisjoint(found.logged.get(digest, ()))
    if digest[16:] != sha256(written)[:48]:
        report.wrong(name, f"catatan tindakan {digest[:16]} berubah", f"the entries of the act {digest[:16]} were changed")
    elif digest not in found.logged:
        report.wrong(name, f"tidak ada baris log untuk tindakan {digest[:16]}", f"no row of the log names the act {digest[:16]}")
    elif not anchored:
        found.loose.append(f"{digest[:16]}  {found.logged[digest]}")
    found.entries += len(act["entries"])
    for entry in act["entries"]:
        paper = entry[10]
        if paper is not None and minutes.get(paper[0], paper[1]) != paper[1]:
            report.wrong(name, f"{paper[0]} bukan yang disebut catatannya", f"{paper[0]} is not what its entry names")
        elif paper is not None and anchored:
            found.named.add(paper[0])


def check_custody(package: Package, log: Log, report: Report) -> None:
    before, name = report.broken, CUSTODY
    custody = package.json(name)
    acts, minutes, found = custody["acts"], {}, Acts(log)
    for one in custody["minutes"]:
        if sha256(canonical(one["content"])) != one["digest"] or one["content"]["number"] != one["number"]:
            report.wrong(name, f"kata-kata {one['number']} berubah", f"the words of {one['number']} were changed")
        minutes[one["number"]] = one["digest"]
    for act in acts:
        _check_act(act, minutes, log, found, report)
    anchored, papers = len(acts) - len(found.loose), len(found.named & set(minutes))
    if acts and report.broken == before:
        report.holds(
            f"Riwayat kustodi: {len(acts)} tindakan dengan {found.entries} catatan sama dengan log, {anchored} di antaranya disegel di"
            f" luar, beserta {papers} berita acara.",
            f"Custody log: {len(acts)} acts with {found.entries} entries are what the log says, {anchored} of them sealed outside, with"
            f" {papers} minutes.",
        )
    held = {act["digest"] for act in acts}
    gone = {digest: rows for digest, rows in found.logged.items() if digest not in held}
    _say_custody(found.loose, sorted(set(minutes) - found.named), gone, report)
    if not acts:
        report.note("Tidak ada tindakan kustodi dalam paket.", "There is no act of custody in the package.")
    if custody["withheld"]:
        report.not_checked(
            f"{custody['withheld']} baris log, tindakan kustodi, atau berita acara disebut ditahan: memuat kontak atau milik pihak lain.",
            f"{custody['withheld']} rows of the log, acts of custody or minutes are said to be withheld: a contact, or another's.",
        )


def _say_custody(loose: list[str], papers: list[str], gone: dict[Any, list[int]], report: Report) -> None:
    """`loose`: acts, `papers`: minutes that no anchor answers for; `gone`: acts that rows of the log name and the package does not hold."""
    if loose:
        report.not_checked(
            f"{len(loose)} tindakan kustodi bertumpu pada baris log yang tidak disebut segel luar mana pun.",
            f"{len(loose)} acts of custody rest on rows of the log that no anchor names.",
            loose,
        )
    if papers:
        report.not_checked(
            f"{len(papers)} berita acara tidak terikat pada segel luar.", f"{len(papers)} minutes are tied to no anchor.", papers
        )
    if gone:
        report.not_checked(
            f"{len(gone)} tindakan kustodi disebut log tetapi tidak ada dalam paket: ditahan, atau dikeluarkan.",
            f"The log names {len(gone)} acts of custody that are not in the package: they are withheld, or were taken out.",
            [f"{str(digest)[:16]}  {rows}" for digest, rows in sorted(gone.items(), key=lambda one: one[1])],
        )


# --- all of it --------------------------------------------------------------------------------------


def check_rest(package: Package, report: Report) -> None:
    """What the paper's list names and no check above has looked into."""
    known = {SUMS, CONTENTS, SCRIPT, MINUTES, MINUTES_PDF, CHAIN, AUTHORITY, ROWS, SEALS, CUSTODY}
    keys = {f"anchors/keys/{Manifest(name, package.read(name)).said['key']}.pem" for name in package.names if MANIFEST.fullmatch(name)}
    rest = [
        name
        for name in package.names
        if name not in known | keys and not name.startswith("evidence/") and not MANIFEST.fullmatch(name) and not STAMP.fullmatch(name)
    ]
    if rest:
        report.not_checked(
            "Isi berkas ini tidak dibandingkan dengan rekaman; hanya hash-nya yang diperiksa.",
            "What these files say was not compared with the records; their hashes alone were checked.",
            rest,
        )


def check(folder: Path, paper: dict[str, str | None], authority: list[Path], report: Report) -> None:
    """`paper`: what whoever runs this read in the signed berita acara; None: not told."""
    openssl = Openssl(folder)
    package = Package(folder)
    if package.system:
        report.not_checked(
            "Berkas sistem operasi dalam folder ini, bukan bagian paket:",
            "Files of an operating system here, no part of it:",
            package.system,
        )
    contents = check_list(package, report)
    minutes = check_minutes(package, contents, report)
    check_paper(package, contents, paper, report)
    trusted = Authority(package, authority, openssl)
    chain = check_chain(package, contents, openssl, trusted, report)
    log = check_log(package, chain, report)
    held = check_seals(package, log, report)
    check_records(package, minutes, chain, held, report)
    check_archives(package, openssl, report)
    check_archive_stamps(package, trusted, report)
    check_collectors(package, chain, report)
    check_versions(package, chain, held, report)
    check_custody(package, log, report)
    check_rest(package, report)
    print()
    variant = {"masked": "tersamar / masked", "whole": "lengkap / whole"}.get(contents["variant"], "?")
    print(clean(f"Paket / package    {contents['case']} ({variant}), {contents['made_at']}"))
    print(
        "Yang tercantum pada berita acara di atas kertas. Skrip yang ditukar mencetak apa saja: hitung sendiri, sebelum skrip dijalankan. /"
    )
    print("What the berita acara on paper names. An exchanged script prints anything: compute them yourself, before it is run:")
    print(f"    openssl dgst -sha256 {SCRIPT} {CONTENTS}")
    print(f"  {CONTENTS:<36}{package.sha256(CONTENTS)}")
    print(f"  {SCRIPT:<36}{package.sha256(SCRIPT)}")
    print(f"  {KEY_NAME:<36}{clean(contents['key'] or '-')}")
    print(f"  {AUTHORITY_NAME:<36}{package.sha256(AUTHORITY) if AUTHORITY in package.names else '-'}")
    for place, name in enumerate(fingerprints(package.read(AUTHORITY)) if AUTHORITY in package.names else [], 1):
        print(f"  {f'{CERTIFICATE_NAME} {place}':<36}{name}")


def result(report: Report) -> int:
    """The last lines; gives back what the script ends with."""
    own, brought = ("", "") if report.key else (" dengan kunci yang dibawa paket sendiri", " by the key that the package itself brings")
    tied = (
        f"{report.tied} dari {report.records} rekaman terikat pada segel luar{own}; {report.unlooked} hal TIDAK DIPERIKSA, tersebut di atas"
    )
    english = (
        f"{report.tied} of {report.records} records are tied to an anchor{brought}; {report.unlooked} things NOT CHECKED, as said above"
    )
    print()
    if report.broken:
        print(f"HASIL: GAGAL, {report.broken} hal tidak cocok.\nRESULT: WRONG, {report.broken} things differ.")
        return 1
    if not report.tied and not report.paper:
        print(f"HASIL: TIDAK TERBUKTI. Tidak ada yang berbeda di dalam paket, tetapi tidak ada yang mengikatnya dari luar: {tied}.")
        print(f"RESULT: NOT SHOWN. Nothing differs within the package, and nothing outside of it holds it: {english}.")
        return 1
    if report.unstamped:
        print(
            f"HASIL: COCOK, TETAPI {report.unstamped} stempel waktu tidak diperiksa: sertifikat otoritasnya tidak ada dalam paket dan tidak"
            f" diberikan dengan --authority; {tied}."
        )
        print(
            f"RESULT: OK, BUT {report.unstamped} time stamps were not checked: the certificate of their authority is neither in the package"
            f" nor given by --authority; {english}."
        )
        return 3
    print(f"HASIL: COCOK; {tied}.\nRESULT: OK; {english}.")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="verify.py", description="Memeriksa paket perkara / checks a package of a case.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--contents", default=None)
    parser.add_argument("--key", default=None)
    parser.add_argument("--authority", type=Path, action="append", default=[])
    told = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    report = Report()
    try:
        check(told.folder, {"contents": told.contents, "key": told.key}, told.authority, report)
    except UnableError as error:
        print(f"{error.said}\n{error.english}\n")
        print("HASIL: TIDAK DAPAT DIPERIKSA di komputer ini; ini tidak berarti paketnya berubah.")
        print("RESULT: CANNOT BE CHECKED on this computer; that says nothing against the package.")
        return 1
    except WrongError as error:
        report.wrong(error.name, error.said, error.english)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, subprocess.SubprocessError) as error:
        report.wrong(
            type(error).__name__, "paket tidak terbaca sebagaimana mestinya", f"the package cannot be read as it should be: {error}"
        )
    return result(report)


if __name__ == "__main__":
    sys.exit(main())
