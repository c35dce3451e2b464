"""A manifest: what the log and the evidence held at one moment, signed. Knows neither database nor settings.

A manifest is one file in ASCII; each line ends with one \\n:

    line 1        the statement: one JSON object, keys sorted, no spaces, as json.dumps(sort_keys=True, separators=(",", ":")) writes it
    line 2        base64 of the Ed25519 signature over line 1 with its line end
    line 3 and on the list: what came since the manifest before

    number        1, 2, 3 and on; the file of number 42 is FOLDER/00000/00000042.seal, a thousand in each folder
    made_at       ISO 8601, UTC
    before        SHA-256 of line 1 (with its line end) of the manifest before; 64 zeros before the first
    log           from, rows: the first and the last row of the audit log that the list names, so that `rows` is the length of the log;
                  head: the hash of row `rows`
    evidence      seals, records, versions: how many the log had entered up to row `rows`; head: the digest of the newest seal
    readings      quarters: how many quarters of an hour of the reading log the log had entered; head: the digest of the newest
    columns       kind -> the columns that its digest is made of
    list          lines, sha256: of all of line 3 and on
    key           SHA-256 of the 32 bytes of the public key that signs, in hex; FOLDER/keys/KEY.pem is that key
    next_key      the same of the key that signs from the next one on, where one is announced; else ""
    key_lost      true: signed by a key that nobody announced, since the one of before is lost
    anew          true: the list begins at row 1 again, after a backup was restored or the folder was lost
    unsigned      true: the head of the log was not signed with SECRET_KEY, and whoever began anew went on all the same
    closes        true: with this one and those before it everything is named that was there at made_at, so that what the next ones name
                  came after it. Stands there only where it is true; manifests of before November 2026 do not have it

    row SEQ HASH                  a row of the audit log: SHA-256 as `hash` of the row itself (patrol.access.audit)
    record UUID DIGEST            a custody record
    collector UUID DIGEST         the program, commit, machine and clock that records of this list name
    version ID DIGEST WORDS       a version of a post, and its words (text, author, links, media, with the salt that is erased with them)

A digest is SHA-256 over one JSON object {column: value}, written as the statement is but with letters beyond ASCII as UTF-8; times in
ISO 8601, UTC, with six digits of a second.

By hand, for the file F:

    sed -n 1p F > s; sed -n 2p F | base64 -d > g; openssl pkeyutl -verify -rawin -pubin -inkey keys/KEY.pem -in s -sigfile g
    sed -n '3,$p' F | sha256sum
    openssl ts -verify -data F -in 00000042.tsr -CAfile AUTHORITY.pem     (where F has a time stamp beside it)
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

FORMAT: Final = 1
START: Final = "0" * 64


class ManifestError(Exception):
    """Why these bytes are no manifest, or no key; words without what they hold."""


@dataclass(frozen=True, slots=True)
class Evidence:
    head: str
    records: int
    seals: int
    versions: int


@dataclass(frozen=True, slots=True)
class Readings:
    head: str
    quarters: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Line 1, read. `first`, `rows`: the rows of the log that the list names."""

    number: int
    made_at: datetime
    before: str
    first: int
    rows: int
    head: str
    evidence: Evidence
    readings: Readings
    columns: Mapping[str, Sequence[str]]
    lines: int
    list_sha256: str
    key: str
    next_key: str = ""
    key_lost: bool = False
    anew: bool = False
    unsigned: bool = False
    closes: bool = False

    def line(self) -> bytes:
        return (
            _canonical(
                {
                    "format": FORMAT,
                    "number": self.number,
                    "made_at": _time(self.made_at),
                    "before": self.before,
                    "log": {"from": self.first, "rows": self.rows, "head": self.head},
                    "evidence": {name: getattr(self.evidence, name) for name in Evidence.__slots__},
                    "readings": {name: getattr(self.readings, name) for name in Readings.__slots__},
                    "columns": {kind: list(names) for kind, names in self.columns.items()},
                    "list": {"lines": self.lines, "sha256": self.list_sha256},
                    "key": self.key,
                    "next_key": self.next_key,
                    "key_lost": self.key_lost,
                    "anew": self.anew,
                    "unsigned": self.unsigned,
                    **({"closes": True} if self.closes else {}),
                }
            ).encode("ascii")
            + b"\n"
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """A whole file. `line`, `signature` and `listed` as they stand in it, whether or not they hold."""

    statement: Statement
    line: bytes
    signature: bytes
    listed: bytes

    @property
    def sha256(self) -> str:
        """Of the statement: what the next manifest and the log name."""
        return hashlib.sha256(self.line).hexdigest()

    def signed_by(self, key: Ed25519PublicKey) -> bool:
        try:
            key.verify(self.signature, self.line)
        except InvalidSignature:
            return False
        return True

    def list_holds(self) -> bool:
        said = self.statement
        return hashlib.sha256(self.listed).hexdigest() == said.list_sha256 and self.listed.count(b"\n") == said.lines

    def entries(self) -> Iterator[list[str]]:
        """The lines of the list, in words."""
        for line in self.listed.splitlines():
            yield line.decode("ascii").split(" ")

    def content(self) -> bytes:
        return self.line + base64.b64encode(self.signature) + b"\n" + self.listed


def signed(statement: Statement, listed: bytes, key: Ed25519PrivateKey) -> Manifest:
    line = statement.line()
    return Manifest(statement, line, key.sign(line), listed)


def read(content: bytes) -> Manifest:
    """Raises ManifestError where these bytes are no manifest, whoever signed them."""
    line, _end, rest = content.partition(b"\n")
    signature, _end, listed = rest.partition(b"\n")
    said = statement(line + b"\n")
    try:
        made = Manifest(said, line + b"\n", base64.b64decode(signature, validate=True), listed)
    except ValueError as error:
        raise ManifestError("it is no manifest") from error
    if made.content() != content:
        raise ManifestError("it is not written as a manifest is")
    return made


def statement(line: bytes) -> Statement:
    """Line 1, with its end. Raises ManifestError where it is none, whoever signed it."""
    try:
        said = json.loads(line.decode("ascii"))
        if said["format"] != FORMAT:
            raise ManifestError(f"its format is {said['format']!r}")
        made = Statement(
            number=int(said["number"]),
            made_at=datetime.fromisoformat(said["made_at"]),
            before=str(said["before"]),
            first=int(said["log"]["from"]),
            rows=int(said["log"]["rows"]),
            head=str(said["log"]["head"]),
            evidence=Evidence(**said["evidence"]),
            readings=Readings(**said["readings"]),
            columns={str(kind): tuple(map(str, names)) for kind, names in said["columns"].items()},
            lines=int(said["list"]["lines"]),
            list_sha256=str(said["list"]["sha256"]),
            key=str(said["key"]),
            next_key=str(said["next_key"]),
            key_lost=said["key_lost"] is True,
            anew=said["anew"] is True,
            unsigned=said["unsigned"] is True,
            closes=said.get("closes") is True,
        )
        whole = made.line() == line
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise ManifestError("it is no manifest") from error
    if not whole:
        raise ManifestError("it is not written as a manifest is")
    return made


# --- digests --------------------------------------------------------------------------------------


def digest(columns: Sequence[str], values: Mapping[str, Any]) -> str:
    """Of one row, by these columns."""
    said = {name: _plain(values[name]) for name in columns}
    return hashlib.sha256(_canonical(said, ascii_only=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return _time(value)
    return str(value) if isinstance(value, UUID) else value


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(said: Mapping[str, Any], *, ascii_only: bool = True) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=ascii_only)


# --- keys -----------------------------------------------------------------------------------------


def new_key() -> tuple[Ed25519PrivateKey, bytes]:
    """A key, and the file that keeps it (PEM)."""
    made = Ed25519PrivateKey.generate()
    return made, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def private_key(content: bytes) -> Ed25519PrivateKey:
    """Raises ManifestError."""
    if not content.strip():
        raise ManifestError("its file is empty")
    try:
        found = load_pem_private_key(content, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ManifestError("it holds no private key (PEM, without a password)") from error
    if not isinstance(found, Ed25519PrivateKey):
        raise ManifestError("its key is none of Ed25519")
    return found


def public_key(content: bytes) -> Ed25519PublicKey:
    """Raises ManifestError."""
    try:
        found = load_pem_public_key(content)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ManifestError("it holds no public key (PEM)") from error
    if not isinstance(found, Ed25519PublicKey):
        raise ManifestError("its key is none of Ed25519")
    return found


def pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()
