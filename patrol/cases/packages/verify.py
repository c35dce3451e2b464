"""Memeriksa satu paket perkara tanpa jaringan. Checks one package of a case, without a network.

    python3 -I verify.py [FOLDER] [--contents SHA256] [--key SIDIK_JARI]

FOLDER: the unpacked package; without it the folder this file lies in. --contents and --key: what the signed berita acara on paper says.
Needs Python 3.9 or newer and the program openssl (3.0 or newer); nothing of SIPatrol. Ends with 0 where nothing differs, with 1 where
anything does. What it could not look at is said, and counted as checked nowhere.

    the list        each file of the package by its SHA-256, none missing, none added
    the minutes     berita acara: it names contents, this script and the key; and its words are those that the custody entries name
    the chain       manifests signed outside of the database: signatures, order, length, time stamps
    the log         each row that came along by its hash, and that hash in a manifest
    the evidence    each preserved file by its record; each record by the seal that the log entered
    what is withheld is tied to its hash, its length and the masked rendition that came instead

Whoever exchanges all of a package, this script too, exchanges what it says. So compare what it prints last with the berita acara that was
signed on paper.
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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

START = "0" * 64
HASH = re.compile(r"[0-9a-f]{64}")
SUMS, CONTENTS, SCRIPT = "SHA256SUMS", "contents.json", "verify.py"
MINUTES, MINUTES_PDF = "berita-acara.json", "berita-acara.pdf"
KEY_NAME = "kunci publik segel luar"  # in the list of the minutes
RAW_KEY = 32  # the last bytes of an Ed25519 key in DER are the key itself
SPKI = bytes.fromhex("302a300506032b6570032100")
WITHHELD = {
    "contact": ("memperlihatkan kontak", "shows a contact"),
    "harmed": ("unggahan orang yang mungkin korban", "a post of somebody who may have been harmed"),
    "erased": ("isinya sudah dihapus di kantor", "its content was erased at the office"),
    "missing": ("berkasnya tidak ada lagi di kantor", "its file is gone at the office"),
    "unreadable": ("berkasnya di kantor tidak terbaca", "its file at the office cannot be read"),
    "changed": ("berkasnya di kantor tidak lagi sama dengan catatannya", "its file at the office is not what its record says"),
}


class WrongError(Exception):
    """Something of the package that is not as it should be: the file, and why in both languages."""

    def __init__(self, name: str, said: str, english: str) -> None:
        super().__init__(name)
        self.name, self.said, self.english = name, said, english


class Report:
    """What was found, in the order it was looked for."""

    def __init__(self) -> None:
        self.broken = 0
        self.unlooked = 0

    def _line(self, mark: str, said: str, english: str) -> None:
        print(f"{mark:<17}{said}\n{'':<17}{english}")

    def holds(self, said: str, english: str) -> None:
        self._line("COCOK / OK", said, english)

    def wrong(self, name: str, said: str, english: str) -> None:
        self.broken += 1
        self._line("GAGAL / WRONG", f"{name}: {said}", f"{name}: {english}")

    def not_checked(self, said: str, english: str) -> None:
        self.unlooked += 1
        self._line("TIDAK DIPERIKSA", said, english)

    def note(self, said: str, english: str) -> None:
        self._line("CATATAN / NOTE", said, english)


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def is_hash(value: Any) -> bool:
    return isinstance(value, str) and HASH.fullmatch(value) is not None


Held = dict[str, dict[str, str]]  # captures, versions -> id -> commitment


class Package:
    """The files of a folder, by the names the package gives them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = sorted(self._found())

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
            f"Berita acara {minutes['number']} menyebut isi paket, skrip, dan kunci ini.",
            f"The berita acara {minutes['number']} names this content, this script and this key.",
        )
    return minutes


# --- the chain of manifests -------------------------------------------------------------------------


class Openssl:
    """The program, asked with files alone."""

    def __init__(self) -> None:
        self.program = shutil.which("openssl") or ""

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


def check_chain(package: Package, contents: Any, report: Report) -> Chain:
    chain = Chain()
    names = [name for name in package.names if re.fullmatch(r"anchors/[0-9]{5,}/[0-9]{8,}\.seal", name)]
    if not contents["key"]:
        if names:
            report.wrong(names[0], "paket ini disebut tanpa segel luar", "the package is said to have no anchors")
        report.not_checked(
            "Belum ada segel di luar basis data: tidak ada yang dapat dibandingkan dengan log.",
            "Nothing was sealed outside of the database yet: the log can be compared with nothing.",
        )
        return chain
    openssl = Openssl()
    if not openssl.program:
        report.wrong(
            "openssl",
            "program openssl tidak ada: tanda tangan tidak dapat diperiksa",
            "there is no program openssl: no signature can be checked",
        )
        return chain
    before = report.broken
    lines = [line + b"\n" for line in package.read("anchors/chain.txt").splitlines()]
    heads = [json.loads(line) for line in lines]
    if not heads:
        raise WrongError("anchors/chain.txt", "kosong", "it is empty")
    for earlier, head, line in zip(heads, heads[1:], lines):
        _check_step(earlier, head, line, report)
    by_number = dict(zip((head["number"] for head in heads), lines))
    if heads[-1]["key"] != contents["key"]:
        report.wrong("anchors/chain.txt", "manifes terakhir ditandatangani kunci lain", "its last manifest is signed by another key")
    manifests = sorted((Manifest(name, package.read(name)) for name in names), key=lambda one: one.number)
    if not manifests or manifests[-1].number != heads[-1]["number"]:
        report.wrong("anchors/chain.txt", "manifes terakhir tidak ada dalam paket", "its last manifest is not in the package")
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
    _check_stamps(package, manifests, openssl, report)
    return chain


def _check_step(earlier: Any, head: Any, line: bytes, report: Report) -> None:
    """That a statement goes on from the one before, whose line this is."""
    name, number = "anchors/chain.txt", head["number"]
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


def _check_stamps(package: Package, manifests: list[Manifest], openssl: Openssl, report: Report) -> None:
    stamps = [(one, one.name[:-5] + ".tsr") for one in manifests if one.name[:-5] + ".tsr" in package.names]
    strays = [name for name in package.names if name.endswith(".tsr") and name not in {stamp for _one, stamp in stamps}]
    for name in strays:
        report.wrong(name, "stempel waktu tanpa manifesnya", "a time stamp without its manifest")
    if not stamps:
        report.not_checked("Tidak ada stempel waktu RFC 3161 dalam paket.", "There is no RFC 3161 time stamp in the package.")
        return
    if "anchors/authority.pem" not in package.names:
        report.not_checked(
            f"{len(stamps)} stempel waktu: sertifikat otoritasnya tidak ada dalam paket.",
            f"{len(stamps)} time stamps: the certificate of their authority is not in the package.",
        )
        return
    held = []
    for one, stamp in stamps:
        good, _out = openssl(
            "ts",
            "-verify",
            "-no_check_time",
            "-data",
            str(package.path(one.name)),
            "-in",
            str(package.path(stamp)),
            "-CAfile",
            str(package.path("anchors/authority.pem")),
        )
        if not good:
            report.wrong(stamp, "stempel waktunya tidak sah", "its time stamp does not hold")
            continue
        _good, text = openssl("ts", "-reply", "-in", str(package.path(stamp)), "-text")
        moment = re.search(rb"Time stamp: ([^\n]+)", text)
        held.append((one.number, moment[1].decode("ascii", "replace") if moment else "?"))
    if held:
        number, at = held[-1]
        report.holds(
            f"Stempel waktu: {len(held)} sah; manifes {number} dilihat otoritas pada {at}.",
            f"Time stamps: {len(held)} hold; the authority saw manifest {number} on {at}.",
        )


# --- the log ----------------------------------------------------------------------------------------


def check_log(package: Package, chain: Chain, report: Report) -> dict[int, Any]:
    """The rows that came along, by their number: those that hold."""
    rows: dict[int, Any] = {}
    newer = lonely = anchored = 0
    before = report.broken
    last = 0
    for one in package.json("log/rows.json"):
        row, digest = one["row"], one["hash"]
        seq = int(row["seq"])
        if seq <= last:
            report.wrong("log/rows.json", f"baris {seq} tidak berurutan", f"row {seq} is out of order")
        if sha256(canonical(row)) != digest:
            report.wrong("log/rows.json", f"baris {seq} tidak sama dengan hash-nya", f"row {seq} is not what its hash says")
            continue
        if last and seq == last + 1 and last in rows and row["prev_hash"] != sha256(canonical(rows[last])):
            report.wrong("log/rows.json", f"baris {seq} tidak melanjutkan baris {last}", f"row {seq} does not go on from row {last}")
        last = max(last, seq)
        rows[seq] = row
        if seq in chain.rows:
            anchored += 1
            if chain.rows[seq] != digest:
                report.wrong(
                    "log/rows.json", f"baris {seq} bukan yang disegel di luar", f"row {seq} is not the one that was sealed outside"
                )
            if seq - 1 in chain.rows and row["prev_hash"] != chain.rows[seq - 1]:
                report.wrong("log/rows.json", f"baris {seq} menyebut pendahulu yang lain", f"row {seq} names another row before it")
        elif chain.there and seq <= chain.reached:
            lonely += 1
        else:
            newer += 1
    if lonely:
        report.wrong(
            "log/rows.json", f"{lonely} baris tidak disebut manifes mana pun dalam paket", f"no manifest of the package names {lonely} rows"
        )
    if report.broken == before:
        report.holds(
            f"Log: {len(rows)} baris sama dengan hash-nya, {anchored} di antaranya disegel di luar.",
            f"Log: {len(rows)} rows are what their hashes say, {anchored} of them sealed outside.",
        )
    if newer:
        report.not_checked(
            f"{newer} baris log lebih baru daripada segel luar terakhir: belum ada segel yang menyebutnya.",
            f"{newer} rows of the log are newer than the last anchor: none names them yet.",
        )
    return rows


# --- the evidence -----------------------------------------------------------------------------------


def check_seals(package: Package, rows: dict[int, Any], report: Report) -> Held:
    """id -> commitment of records and versions that a seal in the log answers for."""
    held: Held = {"captures": {}, "versions": {}}
    before = report.broken
    sealed = {row["target"][1]: row["after"] for row in rows.values() if row["verb"] == "evidence.sealed" and row["target"][0] == "seal"}
    seals = package.json("log/seals.json")
    for one in seals:
        said = [["captures", key, commitment] for key, commitment in one["captures"]]
        said += [["versions", key, commitment] for key, commitment in one["versions"]]
        written = json.dumps(said, separators=(",", ":")).encode()
        logged = sealed.get(str(one["seal"]))
        if logged is None or logged.get("digest") != sha256(written):
            report.wrong(
                "log/seals.json",
                f"segel {one['seal']} tidak sama dengan baris log-nya",
                f"seal {one['seal']} is not what its row of the log says",
            )
            continue
        held["captures"].update(map(tuple, one["captures"]))
        held["versions"].update(map(tuple, one["versions"]))
    if report.broken == before and seals:
        report.holds(
            f"Segel: {len(seals)} segel rekaman sama dengan baris log-nya.", f"Seals: {len(seals)} are what their rows of the log say."
        )
    return held


RECORDS, VERSIONS, COLLECTORS = "evidence/records.json", "evidence/versions.json", "evidence/collectors.json"


def check_records(package: Package, minutes: Any, chain: Chain, held: Held, report: Report) -> None:
    before = report.broken
    records = package.json(RECORDS)
    used = {RECORDS, VERSIONS, COLLECTORS}
    counted = {"whole": 0, "tied": 0, "sealed": 0, "rows": 0, "no_row": 0, "unsealed": 0}
    withheld: dict[str, list[Any]] = {}
    if [(one["id"], one["sha256"]) for one in records] != [(one["id"], one["sha256"]) for one in minutes["pieces"]]:
        report.wrong(RECORDS, "rekamannya bukan yang disebut berita acara", "its records are not those that the berita acara names")
    for one in records:
        used |= _check_bytes(package, one, counted, report)
        _check_tie(one, held, counted, report)
        _check_row(one, chain, counted, report)
        if not one["file"]:
            withheld.setdefault(one["withheld"], []).append(one)
    for stray in [one for one in package.names if one.startswith("evidence/") and one not in used]:
        report.wrong(stray, "tidak ada rekaman yang menyebutnya", "no record names it")
    if report.broken == before:
        report.holds(
            f"Rekaman: {len(records)}, di antaranya {counted['whole']} berkas asli dihitung ulang hash-nya, {counted['tied']} turunan"
            f" tersamar terikat pada hash aslinya, {counted['sealed']} disegel dalam log, {counted['rows']} catatan kustodi sama dengan"
            " segel luar.",
            f"Records: {len(records)}, of them {counted['whole']} originals hashed again, {counted['tied']} masked renditions tied to"
            f" the hash of their original, {counted['sealed']} sealed in the log, {counted['rows']} custody records as sealed outside.",
        )
    _say_withheld(withheld, counted, report)


def _say_withheld(withheld: dict[str, list[Any]], counted: dict[str, int], report: Report) -> None:
    for why, ones in sorted(withheld.items()):
        said, english = WITHHELD.get(why, (why, why))
        hashes = "".join(f"\n{'':<19}{one['id']}  {one['length']} byte  {one['sha256']}" for one in ones)
        report.not_checked(
            f"{len(ones)} berkas asli ditahan, isinya tidak dapat diperiksa: {said}.",
            f"{len(ones)} originals are withheld, their bytes cannot be checked: {english}.{hashes}",
        )
    if counted["no_row"]:
        report.not_checked(
            f"{counted['no_row']} catatan kustodi ditahan karena memuat alamat atau kontak; hash berkasnya terikat pada segel.",
            f"{counted['no_row']} custody records are withheld since an address or a contact stands in them; the hashes of their"
            " files are tied to the seals.",
        )
    if counted["unsealed"]:
        report.not_checked(f"{counted['unsealed']} rekaman belum masuk segel.", f"{counted['unsealed']} records are in no seal yet.")


def _check_bytes(package: Package, one: Any, counted: dict[str, int], report: Report) -> set[str]:
    """The original of a record, or what came instead; gives back the files it names."""
    used = set()
    if one["file"]:
        used.add(one["file"])
        counted["whole"] += 1
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
        counted["tied"] += 1
        if package.sha256(name) != masked["sha256"] or package.path(name).stat().st_size != masked["length"]:
            report.wrong(
                name, "bukan turunan tersamar yang terikat pada rekaman itu", "it is not the masked rendition that is tied to that record"
            )
    return used


def _check_tie(one: Any, held: Held, counted: dict[str, int], report: Report) -> None:
    """The hash of a record by its commitment, and that by the seal."""
    label = f"{RECORDS} {one['id']}"
    if sha256((one["salt"] + one["sha256"]).encode()) != one["commitment"]:
        report.wrong(label, "hash-nya bukan yang diikat catatannya", "its hash is not the one that its record binds")
    elif one["id"] not in held["captures"]:
        counted["unsealed"] += 1
    elif held["captures"][one["id"]] != one["commitment"]:
        report.wrong(label, "hash-nya bukan yang disegel", "its hash is not the one that was sealed")
    else:
        counted["sealed"] += 1


def _check_row(one: Any, chain: Chain, counted: dict[str, int], report: Report) -> None:
    """The custody record itself, where it came along."""
    label, row = f"{RECORDS} {one['id']}", one["record"]
    if row is None:
        counted["no_row"] += 1
        return
    if any(row[name] != one[name] for name in ("id", "sha256", "sha3_512", "length", "salt", "commitment")):
        report.wrong(label, "catatan kustodinya menyebut berkas lain", "its custody record names another file")
    if chain.names("record", one["id"]):
        counted["rows"] += 1
        if not chain.holds("record", one["id"], row):
            report.wrong(
                label, "catatan kustodinya bukan yang disegel di luar", "its custody record is not the one that was sealed outside"
            )


def _check_file(package: Package, one: Any, name: str, report: Report) -> None:
    """An original: length, both hashes."""
    second, length = hashlib.sha3_512(), 0
    with package.path(name).open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            second.update(piece)
            length += len(piece)
    if package.sha256(name) != one["sha256"] or length != one["length"] or second.hexdigest() != one["sha3_512"]:
        report.wrong(name, "bukan berkas asli yang dicatat rekamannya", "it is not the original that its record names")


def check_collectors(package: Package, chain: Chain, report: Report) -> None:
    before, many = report.broken, 0
    for one in package.json(COLLECTORS):
        if chain.names("collector", one["id"]):
            many += 1
            if not chain.holds("collector", one["id"], one):
                report.wrong(COLLECTORS, f"{one['id']} bukan yang disegel di luar", f"{one['id']} is not what was sealed outside")
    if many and report.broken == before:
        report.holds(f"Alat pengumpul: {many} sama dengan segel luar.", f"Collecting programs: {many} as sealed outside.")


def check_versions(package: Package, chain: Chain, held: Held, report: Report) -> None:
    before = report.broken
    sealed = words = withheld = 0
    for one in package.json(VERSIONS):
        key = str(one["id"])
        label = f"{VERSIONS} {key}"
        if key in held["versions"]:
            sealed += 1
            if held["versions"][key] != one["commitment"]:
                report.wrong(label, "bukan versi yang disegel", "it is not the version that was sealed")
        if one["words"] is None:
            withheld += 1
        elif chain.names("version", key):
            words += 1
            if not chain.holds("version", key, one["version"]) or one["version"]["commitment"] != one["commitment"]:
                report.wrong(label, "barisnya bukan yang disegel di luar", "its row is not what was sealed outside")
            if not chain.holds_words(key, one["words"]):
                report.wrong(label, "teksnya bukan yang disegel di luar", "its words are not what was sealed outside")
    if report.broken == before:
        report.holds(
            f"Versi unggahan: {sealed} disegel dalam log, {words} teks sama dengan segel luar.",
            f"Versions of posts: {sealed} sealed in the log, the words of {words} as sealed outside.",
        )
    if withheld:
        report.not_checked(
            f"{withheld} teks unggahan ditahan; yang ada dalam paket sudah disamarkan.",
            f"The words of {withheld} versions are withheld; what is in the package is masked.",
        )


# --- custody ----------------------------------------------------------------------------------------


def check_custody(package: Package, rows: dict[int, Any], report: Report) -> None:
    before, name = report.broken, "log/custody.json"
    custody = package.json(name)
    acts = custody["acts"]
    minutes = {}
    for one in custody["minutes"]:
        if sha256(canonical(one["content"])) != one["digest"] or one["content"]["number"] != one["number"]:
            report.wrong(name, f"kata-kata {one['number']} berubah", f"the words of {one['number']} were changed")
        minutes[one["number"]] = one["digest"]
    logged = {row["after"].get("custody") for row in rows.values()}
    entries = 0
    for act in acts:
        digest = act["digest"]
        entries += len(act["entries"])
        written = json.dumps([digest[:16], act["entries"]], separators=(",", ":"), ensure_ascii=False).encode()
        if digest[16:] != sha256(written)[:48]:
            report.wrong(name, f"catatan tindakan {digest[:16]} berubah", f"the entries of the act {digest[:16]} were changed")
        elif digest not in logged:
            report.wrong(name, f"tidak ada baris log untuk tindakan {digest[:16]}", f"no row of the log names the act {digest[:16]}")
        for entry in act["entries"]:
            named = entry[10]
            if named is not None and minutes.get(named[0], named[1]) != named[1]:
                report.wrong(name, f"{named[0]} bukan yang disebut catatannya", f"{named[0]} is not what its entry names")
    if report.broken == before:
        report.holds(
            f"Riwayat kustodi: {len(acts)} tindakan dengan {entries} catatan dan {len(minutes)} berita acara sama dengan log.",
            f"Custody log: {len(acts)} acts with {entries} entries and {len(minutes)} minutes are what the log says.",
        )
    if custody["withheld"]:
        report.not_checked(
            f"{custody['withheld']} baris log, tindakan kustodi, atau berita acara ditahan karena memuat kontak atau milik kantor lain.",
            f"{custody['withheld']} rows of the log, acts of custody or minutes are withheld: they hold a contact or are another's.",
        )


# --- all of it --------------------------------------------------------------------------------------


def check(folder: Path, paper: dict[str, str | None], report: Report) -> None:
    """`paper`: what whoever runs this read in the signed berita acara; None: not told."""
    package = Package(folder)
    contents = check_list(package, report)
    minutes = check_minutes(package, contents, report)
    for what, told, found in (("--contents", paper["contents"], package.sha256(CONTENTS)), ("--key", paper["key"], contents["key"])):
        if told is not None and told != found:
            report.wrong(what, "berbeda dari berita acara di atas kertas", "differs from the berita acara on paper")
    chain = check_chain(package, contents, report)
    rows = check_log(package, chain, report)
    held = check_seals(package, rows, report)
    check_records(package, minutes, chain, held, report)
    check_collectors(package, chain, report)
    check_versions(package, chain, held, report)
    check_custody(package, rows, report)
    print()
    variant = {"masked": "tersamar / masked", "whole": "lengkap / whole"}.get(contents["variant"], "?")
    print(f"Paket / package    {contents['case']} ({variant}), {contents['made_at']}")
    print("Bandingkan dengan berita acara yang ditandatangani di atas kertas / compare with the berita acara signed on paper:")
    print(f"  {CONTENTS:<24}{package.sha256(CONTENTS)}")
    print(f"  {SCRIPT:<24}{package.sha256(SCRIPT)}")
    print(f"  {KEY_NAME:<24}{contents['key'] or '-'}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="verify.py", description="Memeriksa paket perkara / checks a package of a case.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--contents", default=None)
    parser.add_argument("--key", default=None)
    told = parser.parse_args()
    report = Report()
    try:
        check(told.folder, {"contents": told.contents, "key": told.key}, report)
    except WrongError as error:
        report.wrong(error.name, error.said, error.english)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, subprocess.SubprocessError) as error:
        report.wrong(
            type(error).__name__, "paket tidak terbaca sebagaimana mestinya", f"the package cannot be read as it should be: {error}"
        )
    print()
    if report.broken:
        print(f"HASIL: GAGAL, {report.broken} hal tidak cocok. / RESULT: WRONG, {report.broken} things differ.")
        return 1
    print(
        f"HASIL: COCOK; {report.unlooked} hal tidak dapat diperiksa, tersebut di atas. /"
        f" RESULT: OK; {report.unlooked} things could not be checked, as said above."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
