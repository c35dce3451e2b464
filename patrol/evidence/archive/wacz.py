"""A page archive as one file that other programs open: WACZ 1.1.1 with an anonymous signature of WACZ-AUTH 0.1.0 (docs/adr/0075).

    archive/data.warc.gz     what the page and its parts answered
    indexes/index.cdx        CDXJ: a line for each answer, with its place in the WARC and the SHA-256 of its record
    pages/pages.jsonl        the page itself
    datapackage.json         length and SHA-256 of each of the three
    datapackage-digest.json  SHA-256 of datapackage.json, and the signature over it

Signed are the 71 ASCII bytes `sha256:` and the SHA-256 of datapackage.json in hex: ECDSA on P-384 with SHA-256, as r and s of 48 bytes
each, in base64; `publicKey` is the key as SubjectPublicKeyInfo (DER) in base64. That is what ReplayWeb.page and ArchiveWeb.page write and
check. A key goes by its name, the SHA-256 of that DER in hex. The ZIP compresses nothing. No Django; who calls gives key and times.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key, load_pem_private_key
from warcio.archiveiterator import ArchiveIterator

from patrol.domain import Sentence

MEDIA_TYPE: Final = "application/wacz"
WARC: Final = "archive/data.warc.gz"
INDEX: Final = "indexes/index.cdx"
PAGES: Final = "pages/pages.jsonl"
PACKAGE: Final = "datapackage.json"
DIGEST: Final = "datapackage-digest.json"
VERSION: Final = "1.1.1"
_AUTH: Final = "0.1.0"
_ALGORITHM: Final = ec.ECDSA(hashes.SHA256())
_HALF: Final = 48  # bytes of r and of s
_SIGNED: Final = frozenset({"hash", "created", "software", "version", "signature", "publicKey"})
_PORTS: Final = {"http": 80, "https": 443}

UNREADABLE: Final = Sentence("Berkasnya bukan arsip WACZ yang dapat dibaca.", "The file is no WACZ archive that can be read.")
LISTED: Final = Sentence(
    "Isi arsip tidak sama dengan daftar isinya: {name}.", "What is in the archive is not what its list of contents says: {name}."
)
UNLIKE: Final = Sentence(
    "Daftar isi arsip tidak sama dengan hash yang tercatat di dalamnya.",
    "The archive's list of contents is not that of the hash beside it.",
)
FALSE: Final = Sentence("Tanda tangannya tidak cocok dengan isi arsip.", "Its signature does not hold for what is in the archive.")


class KeyFileError(Exception):
    """Why a file holds no key that archives are signed with, in English."""


class BrokenError(Exception):
    """Why an archive does not hold, as a sentence."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Checked:
    """An archive whose parts are what its list says. `key`: the name of the key whose signature holds; "" where it has none."""

    created: str
    software: str
    key: str


# --- keys -----------------------------------------------------------------------------------------


def private_key(content: bytes) -> ec.EllipticCurvePrivateKey:
    """Of a file (PEM, no password). Raises KeyFileError."""
    try:
        found = load_pem_private_key(content, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileError("it holds no private key (PEM, without a password)") from error
    if not isinstance(found, ec.EllipticCurvePrivateKey) or not isinstance(found.curve, ec.SECP384R1):
        raise KeyFileError("its key is none of P-384")
    return found


def name(key: ec.EllipticCurvePublicKey) -> str:
    return hashlib.sha256(_der(key)).hexdigest()


def _der(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


# --- written --------------------------------------------------------------------------------------


def pack(
    warc: bytes, *, url: str, at: datetime, title: str, software: str, created: datetime, key: ec.EllipticCurvePrivateKey | None
) -> bytes:
    """`url`, `at`: of the page's own answer, which a player shows first. Without a key it is not signed. Raises what warcio raises where
    `warc` is none."""
    made, seen = _time(created), _time(at)
    page = {"id": hashlib.sha256(f"{seen} {url}".encode()).hexdigest()[:12], "url": url, "ts": seen, "title": title}
    parts = {
        WARC: warc,
        INDEX: "".join(sorted(_index(warc))).encode(),
        PAGES: "".join(_line(one) for one in ({"format": "json-pages-1.0", "id": "pages", "title": "Pages"}, page)).encode(),
    }
    package = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": title or url,
        "created": made,
        "software": software,
        "mainPageUrl": url,
        "mainPageDate": seen,
        "resources": [
            {"name": path.rpartition("/")[2], "path": path, "hash": _hash(content), "bytes": len(content)}
            for path, content in parts.items()
        ],
    }
    listed = json.dumps(package, indent=2).encode()
    digest: dict[str, Any] = {"path": PACKAGE, "hash": _hash(listed)}
    if key is not None:
        digest["signedData"] = _signed(digest["hash"], made, software, key)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as file:
        for path, content in {**parts, PACKAGE: listed, DIGEST: json.dumps(digest, indent=2).encode()}.items():
            file.writestr(zipfile.ZipInfo(path, created.astimezone(UTC).timetuple()[:6]), content)
    return kept.getvalue()


def _signed(said: str, created: str, software: str, key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    r, s = decode_dss_signature(key.sign(said.encode("ascii"), _ALGORITHM))
    return {
        "hash": said,
        "created": created,
        "software": software,
        "version": _AUTH,
        "signature": _base64(r.to_bytes(_HALF) + s.to_bytes(_HALF)),
        "publicKey": _base64(_der(key.public_key())),
    }


def _index(warc: bytes) -> Iterator[str]:
    """A line for each answer: how it is found, when it came, and where it lies."""
    read = ArchiveIterator(io.BytesIO(warc))
    for record in read:
        record.raw_stream.read()  # or its length is not known
        if record.rec_type != "response":
            continue
        url = record.rec_headers.get_header("WARC-Target-URI")
        when = re.sub(r"\D", "", record.rec_headers.get_header("WARC-Date"))
        offset, length = read.get_record_offset(), read.get_record_length()
        told = {
            "url": url,
            "mime": (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip(),
            "status": record.http_headers.get_statuscode(),
            "digest": record.rec_headers.get_header("WARC-Payload-Digest"),
            "length": str(length),
            "offset": str(offset),
            "filename": WARC.rpartition("/")[2],
            "recordDigest": _hash(warc[offset : offset + length]),
        }
        yield f"{_sortable(url)} {when} {_line({key: value for key, value in told.items() if value})}"


def _sortable(url: str) -> str:
    """SURT: the host from its end, so that pages of one host stand together. https://www.laman.example/a?b is `example,laman)/a?b`."""
    parts = urlsplit(url)
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    port = f":{parts.port}" if parts.port and parts.port != _PORTS.get(parts.scheme) else ""
    query = "&".join(sorted(parts.query.lower().split("&")))
    path = parts.path.lower().rstrip("/") or "/"
    return f"{','.join(reversed(host.split('.')))}{port}){path}{'?' + query if query else ''}"


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told) + "\n"


# --- checked --------------------------------------------------------------------------------------


def check(content: bytes) -> Checked:
    """That every part is there, none beside them, each as the list says, and the signature over the list. Raises BrokenError. Whose key
    signed is for the caller to compare."""
    parts = _parts(content)
    package, digest = _read(parts, PACKAGE), _read(parts, DIGEST)
    try:
        listed = {str(one["path"]): (one["hash"], one["bytes"]) for one in package["resources"]}
        whole = package["wacz_version"] == VERSION and len(listed) == len(package["resources"]) and {WARC, INDEX, PAGES} <= listed.keys()
        created, software = str(package["created"]), str(package["software"])
    except (KeyError, TypeError) as error:
        raise BrokenError(UNREADABLE) from error
    if not whole:
        raise BrokenError(UNREADABLE)
    if digest.get("path") != PACKAGE or digest.get("hash") != _hash(parts[PACKAGE]):
        raise BrokenError(UNLIKE)
    for path in sorted((parts.keys() - {PACKAGE, DIGEST}) | listed.keys()):
        if path not in parts or listed.get(path) != (_hash(parts[path]), len(parts[path])):
            raise BrokenError(Sentence(LISTED.id.format(name=path), LISTED.en.format(name=path)))
    signed = digest.get("signedData")
    return Checked(created, software, "" if signed is None else _signer(signed, digest["hash"], created))


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            found = file.infolist()
            if len({one.filename for one in found}) != len(found) or any(one.compress_type != zipfile.ZIP_STORED for one in found):
                raise BrokenError(UNREADABLE)
            return {one.filename: file.read(one) for one in found}
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise BrokenError(UNREADABLE) from error


def _read(parts: Mapping[str, bytes], path: str) -> dict[str, Any]:
    try:
        found = json.loads(parts[path])
    except (KeyError, ValueError, RecursionError) as error:
        raise BrokenError(UNREADABLE) from error
    if not isinstance(found, dict):
        raise BrokenError(UNREADABLE)
    return found


def _signer(signed: Any, said: str, created: str) -> str:
    """The name of the key that signed. Raises BrokenError."""
    try:
        if signed.keys() != _SIGNED or signed["hash"] != said or signed["created"] != created:
            raise BrokenError(FALSE)
        key = load_der_public_key(base64.b64decode(signed["publicKey"], validate=True))
        halves = base64.b64decode(signed["signature"], validate=True)
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP384R1) or len(halves) != 2 * _HALF:
            raise BrokenError(FALSE)
        key.verify(encode_dss_signature(int.from_bytes(halves[:_HALF]), int.from_bytes(halves[_HALF:])), said.encode("ascii"), _ALGORITHM)
    except (AttributeError, KeyError, TypeError, ValueError, InvalidSignature, UnsupportedAlgorithm) as error:
        raise BrokenError(FALSE) from error
    return name(key)


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
