"""Archives of pages for tests: a page of words and a picture, signed or not, and the hands of whoever spoils one."""

from __future__ import annotations

import base64
import functools
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from PIL import Image

from patrol import models
from patrol.evidence import custody
from patrol.evidence.archive import record, wacz
from tests import factories

NOW = factories.NOW
URL: Final = "https://www.laman.example/lowongan/1?b=2&a=1"
PICTURE: Final = "https://gambar.example/Brosur.png"
WORDS: Final = "Lowongan kerja di luar negeri"
SOFTWARE: Final = "SIPatrol/test"
KEY: Final = ec.generate_private_key(ec.SECP384R1())
STRANGER: Final = ec.generate_private_key(ec.SECP384R1())


def key_file(place: Path, key: ec.EllipticCurvePrivateKey = KEY) -> str:
    """The key in a file; its name."""
    place.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return wacz.name(key.public_key())


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 0, 0)).save(kept, "PNG")
    return kept.getvalue()


@functools.cache
def warc() -> bytes:
    """The same each time: a record has a number of its own."""
    written = record.Record(SOFTWARE, {})
    body = f"<!doctype html><title>Lowongan</title><p>{WORDS}</p><img src='{PICTURE}'>".encode()
    written.exchange(factories.answer(body, asked_url=URL, final_url=URL))
    written.exchange(factories.answer(picture(), asked_url=PICTURE, final_url=PICTURE, headers=(("Content-Type", "image/png"),)))
    moved = "http://laman.example:8080/Lama/"
    written.exchange(factories.answer(b"", asked_url=moved, final_url=moved, status=302, headers=(("Location", URL),)))
    written.note(URL, {"refused": "method"}, NOW)
    return written.content()


def packed(key: ec.EllipticCurvePrivateKey | None = KEY, **given: Any) -> bytes:
    told: dict[str, Any] = {"url": URL, "at": NOW, "title": "Lowongan", "software": SOFTWARE, "created": NOW, "key": key} | given
    return wacz.pack(warc(), **told)


def kept(post: models.Post, content: bytes, *, signed_by: str, media_type: str = wacz.MEDIA_TYPE) -> models.Capture:
    """As the job of the page keeps it."""
    job, _made = models.Job.objects.get_or_create(
        kind="page", key=f"{post.pk}:asked", defaults={"created_at": NOW, "due_at": NOW, "state": "done", "ended_at": NOW}
    )
    given: dict[str, Any] = {"platform": "telegram", "kind": "page", "job": job, "post_id": post.pk, "now": NOW, "url": post.url}
    return custody.capture_file(content, media_type, options={"signed_by": signed_by, "partial": []}, purpose="evidence", **given)


# --- spoiled --------------------------------------------------------------------------------------


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(found: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as file:
        for name, content in found.items():
            file.writestr(name, content)
    return kept.getvalue()


def _with(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    found = parts(content)
    return zipped({**found, name: change(found[name])})


def _flip(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def _other_page(content: bytes) -> bytes:
    return content.replace(b"lowongan/1", b"lowongan/2")


def _digest(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        said = json.loads(content)
        change(said)
        return json.dumps(said).encode()

    return lambda content: _with(content, wacz.DIGEST, changed)


def _other_signature(said: dict[str, Any]) -> None:
    """Of another archive, by the right key."""
    said["signedData"]["signature"] = json.loads(parts(packed(title="Lain"))[wacz.DIGEST])["signedData"]["signature"]


def _other_key(said: dict[str, Any]) -> None:
    der = STRANGER.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    said["signedData"]["publicKey"] = base64.b64encode(der).decode()


def listed_anew(content: bytes) -> bytes:
    """Another page, and list and hash computed anew: all but the signature."""
    found = parts(content)
    found[wacz.PAGES] = _other_page(found[wacz.PAGES])
    package = json.loads(found[wacz.PACKAGE])
    for one in package["resources"]:
        one |= {"hash": wacz._hash(found[one["path"]]), "bytes": len(found[one["path"]])}
    found[wacz.PACKAGE] = json.dumps(package).encode()
    digest = json.loads(found[wacz.DIGEST])
    digest["hash"] = digest["signedData"]["hash"] = wacz._hash(found[wacz.PACKAGE])
    return zipped({**found, wacz.DIGEST: json.dumps(digest).encode()})


def signed_anew(content: bytes) -> bytes:
    """The same by somebody with a key of their own, who signs it well."""
    found = parts(listed_anew(content))
    digest = json.loads(found[wacz.DIGEST])
    r, s = decode_dss_signature(STRANGER.sign(digest["hash"].encode(), ec.ECDSA(hashes.SHA256())))
    digest["signedData"]["signature"] = base64.b64encode(r.to_bytes(48) + s.to_bytes(48)).decode()
    _other_key(digest)
    return zipped({**found, wacz.DIGEST: json.dumps(digest).encode()})


def _longer(content: bytes) -> bytes:
    return content + gzip.compress(b"")


# Name -> how it is done. Parts first: any program that compares hashes finds them.
PARTS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "a bit of the WARC": lambda content: _with(content, wacz.WARC, _flip),
    "the WARC longer": lambda content: _with(content, wacz.WARC, _longer),
    "another page in the list of pages": lambda content: _with(content, wacz.PAGES, _other_page),
    "a line cut off the index": lambda content: _with(content, wacz.INDEX, lambda found: found[: found.rindex(b"\n", 0, -1) + 1]),
    "a part beside the list": lambda content: zipped({**parts(content), "archive/lain.warc.gz": b"lain"}),
    "another title in the list": lambda content: _with(content, wacz.PACKAGE, lambda found: found.replace(b"Lowongan", b"lowongan")),
    "another day of signing": _digest(lambda said: said["signedData"].update(created="2026-01-01T00:00:00Z")),
}
# Only who checks the signature finds these.
SIGNATURES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "the signature of another archive": _digest(_other_signature),
    "another key": _digest(_other_key),
    "list and hash computed anew": listed_anew,
}
