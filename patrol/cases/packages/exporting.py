"""The verb: a case as one ZIP, with its berita acara, its entries of custody and its row of the log, all of them or nothing.

The masked package is whoever's who may hand a case on, for a purpose they type; the one with originals takes a request and another
person (`requests`). What stands in the berita acara is written before the ZIP is: the digest over all other files, the script's, the key's.
Files are read and drawn before the transaction; at its end the case is looked at again, and where anything came, went or was closed
meanwhile nothing is made.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit, looks
from patrol.cases import packets
from patrol.cases.packages import anchoring, cutting, dossier, gathering, going, renditions, tying
from patrol.cases.packages.cutting import Cut
from patrol.cases.packages.gathering import Gathered, Kept, Standing
from patrol.cases.packages.tying import Unsealed
from patrol.cases.peers import requests as peers
from patrol.domain import Sentence
from patrol.engine import masks
from patrol.evidence import custody, custody_log, kinds, minutes, raw
from patrol.infra import printing
from patrol.infra.refusals import RefusedError
from patrol.models import CustodyFound

FORMAT: Final = 1
MOST_BYTES: Final = 512 * 1024 * 1024  # of preserved files: a package is put together in memory
# From a page, where a worker waits for it: each file is hashed, and of a masked one drawn again.
MOST_ON_PAGE, MOST_BYTES_ON_PAGE = 300, 128 * 1024 * 1024
LONGEST_PURPOSE: Final = 200
PURPOSE: Final = "case"  # of its entries of custody
VERB: Final = "case.exported"
CONTENTS, SCRIPT, SUMS = "contents.json", "verify.py", "SHA256SUMS"
MINUTES, MINUTES_PDF = "berita-acara.json", "berita-acara.pdf"
KEY_NAME: Final = "kunci publik segel luar"
STAMPS: Final = "evidence/stamps/"  # of archives
AUTHORITY, AUTHORITY_NAME = "anchors/authority.pem", "sertifikat otoritas stempel waktu"
CERTIFICATE_NAME: Final = "sidik jari sertifikat otoritas"  # and its place in that file
_ENDINGS: Final = {
    **kinds.ENDINGS,
    "application/json": "json",
    "text/html": "html",
    "application/xml": "xml",
    "text/xml": "xml",
    "image/gif": "gif",
    "application/wacz": "wacz",
    "application/wacz+zip": "wacz",
    "application/zip": "zip",
    "video/mp4": "mp4",
}
NOT_SEALED: Final = (
    "Sebelum paket ini dibuat, yang baru tidak dapat disegel di luar basis data. {why} Yang lebih baru daripada segel terakhir hanya"
    " terikat pada berita acara ini."
)
_READ_ME: Final = """Paket perkara {number} ({variant})

1. Buka ZIP ini ke folder kosong, lalu masuk ke folder {number} di dalamnya.
2. Sebelum menjalankan apa pun, hitung hash dua berkas dan bandingkan dengan berita acara yang ditandatangani di atas kertas:

    openssl dgst -sha256 verify.py contents.json

   (PowerShell: Get-FileHash verify.py, contents.json). Bila berbeda, berhenti: skrip yang ditukar mencetak apa saja.
3. Sesudah itu, dengan hash contents.json dari kertas di tempat HASH:

    python3 -I verify.py --contents HASH

Kontak disamarkan dalam paket tersamar; nama orang tidak, dalam paket mana pun: baca sebelum diserahkan lebih lanjut.

Perlu Python 3.9 atau lebih baru dan program openssl 3.0 atau lebih baru; tidak perlu jaringan. Skrip itu mengatakan apa yang diperiksa dan
apa yang tidak dapat diperiksa. Hasilnya 0 bila tidak ada yang berbeda dan paket terikat pada segel luar atau kertas, 3 bila demikian tetapi
ada stempel waktu yang sertifikat otoritasnya tidak ada di sini (minta dari otoritasnya, beri --authority), 1 bila tidak. Simpan hasil
dan pindaian kertas di folder lain: berkas yang ditambahkan ke folder ini disebut GAGAL.

1. Unpack this ZIP into an empty folder and enter the folder {number} in it. 2. Before you run anything, compute the hashes of the two files
by the first line above and compare them with the berita acara that was signed on paper. Stop where they differ: an exchanged script prints
anything. 3. Then run the second line, with the hash of contents.json from the paper in place of HASH. It says what was checked and what
could not be, and ends with 0 where nothing differs and an anchor or the paper holds the package, 3 where that is so but the certificate of
a time stamp's authority is not here (ask the authority for it, give --authority), 1 otherwise. Keep the output and a scan of the paper
in another folder: a file that was added to this one is WRONG. Contacts are masked in a masked package; names of people are masked in
none: read it before you hand it on.
"""


@dataclass(frozen=True, slots=True)
class Making:
    """How a package is made, whatever is in it."""

    ran_by: str = ""  # the account of the server, of a command
    keep: Callable[[bytes], object] | None = None  # puts the bytes where they go, before it is written down that they went
    # Told why, before anything is read, where what is new could not be sealed; what it raises stops the package.
    unsealed: Unsealed | None = None
    agreed: str = ""  # the code of the reason that was told before: a worker is not waited for once more


USUAL: Final = Making()


@dataclass(frozen=True, slots=True)
class Package:
    case: models.Case
    minutes: models.Minutes
    content: bytes
    name: str
    withheld: int
    files: int


@dataclass(frozen=True, slots=True)
class _Made:
    """A package but for its berita acara."""

    stood: Standing  # as it was before the first file was read
    found: Gathered
    rows: list[dossier.Row]
    files: dict[str, bytes]
    key: str
    cut: Cut
    bare: int  # records whose row is left out of one with originals, since a login stands in it
    unsealed: Sentence | None  # why what is new was not sealed before


def may_export(person: models.Person, case: models.Case) -> bool:
    return access.may(person, Action.CASE_EXPORT, office_id=case.office_id)


def export(*, case_id: int, purpose: str, by: models.Person, now: datetime, making: Making = USUAL) -> Package:
    """The masked package, put together. `purpose`: typed, without a contact.

    Raises RefusedError, PermissionDenied, Case.DoesNotExist, and what `making` raises: then nothing was written but the seal.
    """
    return _export(case_id, purposed(purpose), making, by=by, now=now)


def export_whole(
    *,
    case_id: int,
    request: models.PeerExport,
    reason: str,
    rests_on: Sequence[str],
    by: models.Person,
    now: datetime,
    making: Making = USUAL,
) -> Package:
    """The package with originals, of a request whose approval the caller has looked at (requests.take). As `export`."""
    return _export(case_id, reason, making, by=by, now=now, request=request, rests_on=rests_on)


def purposed(purpose: str) -> str:
    """Raises RefusedError."""
    purpose = " ".join(purpose.split())
    if not purpose or len(purpose) > LONGEST_PURPOSE or masks.text(purpose) != purpose:
        raise contact_in_purpose()
    return purpose


def contact_in_purpose() -> RefusedError:
    text = _("No package was made: write what it is for, without a number, an account or an address.")
    return RefusedError("package.purpose", text, "reason")


def empty() -> RefusedError:
    return RefusedError("package.empty", _("No package was made: there is no post and no file in this case."))


def _export(
    case_id: int,
    purpose: str,
    making: Making,
    *,
    by: models.Person,
    now: datetime,
    request: models.PeerExport | None = None,
    rests_on: Sequence[str] = (),
) -> Package:
    case = models.Case.objects.select_related("office", "opened_by__office", "responsible__office", "merged_into").get(pk=case_id)
    access.require(by, Action.CASE_EXPORT if request is None else Action.PEER_ASK, office_id=case.office_id)
    going.require_whole(case)
    if not printing.available():
        raise RefusedError("package.no_pdf", _("No package was made: this server prints no PDF (Pango is missing). Ask whoever runs it."))
    why = tying.sealed(now=now, waits=not making.agreed)
    if why is not None and making.unsealed is not None:
        making.unsealed(why)
    printed = tying.printed(why.code) if why else None
    made = _made(case, purpose, by=by, now=now, masked=request is None, on_page=not making.ran_by, unsealed=printed)
    with transaction.atomic():
        if request is not None:
            peers.require_ready(request.pk, now)
            going.unchanged(case, request.digest)
        package = _written(made, purpose, by=by, now=now, ran_by=making.ran_by, request=request, rests_on=rests_on)
        _require_same(made.stood)
        if making.keep:
            making.keep(package.content)
    return package


# --- put together ---------------------------------------------------------------------------------


def _require_same(stood: Standing) -> None:
    """Raises RefusedError where posts or files came, went or were closed since, but for time stamps."""
    if gathering.standing(models.Case.objects.get(pk=stood.case.pk), originals=stood.originals).without_stamps() != stood.without_stamps():
        text = _("No package was made: posts or files of the case changed while it was put together. Try again.")
        raise RefusedError("package.moved", text)


def _require_room(stood: Standing, *, on_page: bool) -> None:
    """Before any file is read. Raises RefusedError."""
    if not stood.listed and not stood.flags:
        raise empty()
    if len(stood.listed) > gathering.MOST or stood.size > MOST_BYTES:
        raise RefusedError("package.too_large", _("No package was made: the preserved files of this case are more than one package holds."))
    if on_page and (len(stood.listed) > MOST_ON_PAGE or stood.size > MOST_BYTES_ON_PAGE):
        text = _("No package was made: the case is too large for a page. Whoever runs the server makes it: manage.py export_case.")
        raise RefusedError("package.too_large_here", text)


def _made(
    case: models.Case, purpose: str, *, by: models.Person, now: datetime, masked: bool, on_page: bool, unsealed: Sentence | None
) -> _Made:
    """Reads and draws everything; writes nothing."""
    stood = gathering.standing(case, originals=not masked)
    _require_room(stood, on_page=on_page)
    cut = cutting.of([flag.post_id for flag in stood.flags], masked=masked)
    if not cut.names_none(purpose):  # an account that is a plain word, which the mask by itself does not know
        raise contact_in_purpose()
    found = gathering.gather(stood, with_looks=access.may(by, Action.AUDIT_VIEW))
    anchors = anchoring.anchors(row.seq for row in found.rows)
    rows, files, bare = _evidence(found, cut)
    log, acts = _log(found, cut)
    files |= log | anchors.files
    told = dossier.context(found, rows, acts, cut, by=by, purpose=purpose, now=now, unsealed=unsealed)
    files["dossier.pdf"] = dossier.pdf(told)
    files[SCRIPT] = (Path(__file__).parent / SCRIPT).read_bytes()
    variant = "tersamar / masked" if masked else "lengkap / with originals"
    files["BACA-DULU.txt"] = _READ_ME.format(number=case.number, variant=variant).encode()
    return _Made(stood, found, rows, files, anchors.key, cut, bare, unsealed)


def _evidence(found: Gathered, cut: Cut) -> tuple[list[dossier.Row], dict[str, bytes], int]:
    """What is preserved; how many rows of it are left out of a package with originals."""
    versions = {one.pk: one for one in found.versions if one.pk not in found.erased and one.post_id not in found.harmed}
    readings = renditions.readings_of(list(versions.values()))
    rows, files, told, bare = [], dict[str, bytes](), [], 0
    for one in found.kept:
        row, own = _kept(one, found, versions, readings, cut)
        rows.append(row)
        files |= own
        record = gathering.columns(one.capture)
        secret = custody.holds_login(one.capture)  # a digest stands over the row: it goes whole or not at all
        bare += secret and not cut.masked and not one.withheld
        plain = not one.withheld and not secret and cut.shows_none(record)
        closed = one.withheld == gathering.HARMED
        told.append(
            {
                "id": str(one.capture.pk),
                "of": str(one.capture.of_id) if one.stamp else None,
                "kind": None if closed else one.capture.kind,
                "media_type": None if closed else one.capture.media_type,
                "received_at": None if closed else gathering.plain(one.capture.received_at),
                "sha256": one.capture.sha256,
                "sha3_512": one.capture.sha3_512,
                "length": one.capture.length,
                "salt": one.capture.salt,
                "commitment": one.capture.commitment,
                "flags": [] if closed else [flag.number for flag in found.flags if flag.post_id in one.posts],
                "file": row.file or None,
                "withheld": row.withheld or None,
                "masked": _tied(row, own),
                "record": record if plain else None,
            }
        )
    files["evidence/records.json"] = gathering.lines(told)
    files["evidence/versions.json"] = gathering.lines(
        [_version(one, found, versions, readings, cut) for one in found.versions if one.post_id not in found.harmed]
    )
    keys = [one.capture.collecting_id for one in found.kept if one.withheld != gathering.HARMED]
    begun = models.Collector.objects.filter(pk__in={key for key in keys if key is not None}).order_by("id")
    files["evidence/collectors.json"] = gathering.lines([gathering.columns(one) for one in begun])
    return rows, files, bare


def _kept(
    one: Kept, found: Gathered, versions: Mapping[int, models.PostVersion], readings: Mapping[int, models.ReadingClaims], cut: Cut
) -> tuple[dossier.Row, dict[str, bytes]]:
    """A preserved file in the package: itself, or what comes instead. No original is in a masked one: of none can be said that no contact
    and no person is named in it."""
    if one.withheld:
        return dossier.Row(one, withheld=one.withheld), {}
    capture = one.capture
    try:
        content = raw.whole(capture.sha256)
    except raw.EvidenceMissingError:  # gone since it was looked at, a moment ago
        return dossier.Row(one, withheld=str(CustodyFound.MISSING)), {}
    ending = _ENDINGS.get(capture.media_type, "bin")
    if one.stamp:  # a hash, a moment and whose certificate: it shows nothing of a page
        name = f"{STAMPS}{capture.pk}.tsr"
        return dossier.Row(one, file=name), {name: content}
    if not cut.masked:
        name = f"evidence/original/{capture.pk}.{ending}"
        return dossier.Row(one, file=name), {name: content}
    # Words that somebody attached may tell of whoever was harmed; no reader finds names of people.
    about_harmed = bool(found.harmed) and capture.kind == "attachment"
    drawn = None if about_harmed else renditions.masked(one, versions, readings, cut)
    if drawn is None:
        return dossier.Row(one, withheld=gathering.MASKED), {}
    name = f"evidence/masked/{capture.pk}.{drawn.ending}"
    return dossier.Row(one, withheld=gathering.MASKED, masked=name, how=drawn.how), {name: drawn.content}


def _tied(row: dossier.Row, own: Mapping[str, bytes]) -> dict[str, Any] | None:
    """The masked rendition in the row of its original."""
    if not row.masked:
        return None
    content = own[row.masked]
    return {"name": row.masked, "how": row.how, "sha256": hashlib.sha256(content).hexdigest(), "length": len(content)}


def _version(
    one: models.PostVersion,
    found: Gathered,
    versions: Mapping[int, models.PostVersion],
    readings: Mapping[int, models.ReadingClaims],
    cut: Cut,
) -> dict[str, Any]:
    shown = one.pk in versions
    return {
        "id": one.pk,
        "flag": next(flag.number for flag in found.flags if flag.post_id == one.post_id),
        "number": one.number,
        "seen_at": gathering.plain(one.seen_at),
        "capture": str(one.capture_id),
        "commitment": one.commitment,
        "masked": renditions.said(one, readings.get(one.pk), cut) if shown and cut.masked else None,
        "version": gathering.columns(one) if shown and not cut.masked else None,
        "words": gathering.columns(one.content) if shown and not cut.masked else None,
    }


def _log(found: Gathered, cut: Cut) -> tuple[dict[str, bytes], list[dossier.Act]]:
    """What the log and the entries of custody say, and which acts of custody those are. A row with a contact in it is left out whole: its
    hash stands over all of it."""
    rows: list[dict[str, Any]] = [{"row": audit.row_of(row, prev_hash=row.prev_hash), "hash": row.hash} for row in found.rows]
    kept = [row for row in rows if cut.names_none(row)]
    logged = {row["row"]["after"].get(custody_log.KEY) for row in kept}
    acts, own, named = [], list[dossier.Act](), dict[str, models.Minutes]()
    for digest, entries in found.acts:
        said = custody_log.said(entries)
        hidden = any(entry.minutes_id and entry.minutes is None for entry in entries)  # another office's, behind the wall
        if not hidden and digest in logged and cut.shows_none([entry[6] for entry in said]) and cut.names_none(said):
            acts.append({"digest": digest, "entries": said})
            own.append((digest, entries))
            named |= {entry.minutes.number: entry.minutes for entry in entries if entry.minutes is not None}
    papers = [{"number": one.number, "digest": one.digest, "content": one.content} for _number, one in sorted(named.items())]
    shown = [one for one in papers if cut.names_none(one)]
    left_out = len(rows) - len(kept) + len(found.acts) - len(acts) + len(papers) - len(shown)
    counted = {"withheld": left_out + found.elsewhere + found.looks, "elsewhere": found.elsewhere, "looks": found.looks}
    files = {
        "log/rows.json": gathering.lines(kept),
        "log/seals.json": gathering.lines(found.seals),
        "log/custody.json": gathering.lines({"acts": acts, "minutes": shown, **counted}),
    }
    return files, own


# --- written --------------------------------------------------------------------------------------


def _remarks(made: _Made) -> list[str]:
    """What else goes, and what does not, for the berita acara."""
    told = [] if made.unsealed is None else [NOT_SEALED.format(why=made.unsealed.id)]
    if made.cut.masked:
        return told
    going = [one for one in made.stood.listed if not one.withheld]
    if may := sum(one.may for one in going):
        known = sum(one.others > 0 for one in going)
        also = f"; pada {known} di antaranya hal itu tercatat" if known else ""
        told.append(
            f"{may} berkas (data mentah, halaman, atau kiriman) dapat memuat juga unggahan lain di luar perkara, beserta kontak di"
            f" dalamnya{also}."
        )
    if made.bare:
        told.append(f"{made.bare} catatan kustodi tidak dimuat karena di dalamnya ada kuki atau kunci masuk; hash berkasnya dimuat.")
    return told


def _certificates(content: bytes) -> list[str]:
    """Their fingerprints, as whoever they are of publishes them: SHA-256 of the certificate in DER."""
    return [one.fingerprint(SHA256()).hex() for one in x509.load_pem_x509_certificates(content)]


def _written(
    made: _Made, purpose: str, *, by: models.Person, now: datetime, ran_by: str, request: models.PeerExport | None, rests_on: Sequence[str]
) -> Package:
    """Minutes, ZIP, entries and the log's row. Inside a transaction."""
    masked = request is None
    case, files = made.found.case, dict(made.files)
    count, year = minutes.reserve(by.office, now=now)
    number = minutes.numbered(by.office, count, year)
    files[CONTENTS] = gathering.lines(
        {
            "format": FORMAT,
            "case": case.number,
            "variant": "masked" if masked else "whole",
            "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
            "minutes": number,
            "key": made.key,
            "unsealed": None if made.unsealed is None else {"id": made.unsealed.id, "en": made.unsealed.en},
            "files": [
                {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "length": len(content)}
                for name, content in sorted(files.items())
            ],
        }
    )
    listed: list[dict[str, Any]] = [
        {"name": name, "sha256": hashlib.sha256(files[name]).hexdigest(), "length": len(files[name])} for name in (CONTENTS, SCRIPT)
    ]
    if made.key:
        listed.append({"name": KEY_NAME, "sha256": made.key})
    if AUTHORITY in files:
        listed.append({"name": AUTHORITY_NAME, "sha256": hashlib.sha256(files[AUTHORITY]).hexdigest()})
        listed += [{"name": f"{CERTIFICATE_NAME} {place}", "sha256": name} for place, name in enumerate(_certificates(files[AUTHORITY]), 1)]
    pieces = [one.piece for one in made.found.kept]
    withheld = sum(not row.file for row in made.rows)
    content = minutes.of_package(
        number,
        pieces,
        files=listed,
        reason=purpose,
        case=case.number,
        withheld=withheld,
        masked=masked,
        closed=made.found.closed,
        cut=made.cut.known_out,
        remarks=_remarks(made),
        by=by,
        now=now,
        rests_on=rests_on,
    )
    paper = minutes.exported((count, year), content, by=by, now=now)
    files[MINUTES] = gathering.lines(paper.content)
    files[MINUTES_PDF] = minutes.pdf(paper.content)
    files[SUMS] = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())).encode()
    package = packets.zipped(case.number, sorted(files.items()))
    sha256 = hashlib.sha256(package).hexdigest()
    told = custody_log.exported(pieces, made=paper, after=sha256, purpose=PURPOSE, by=by, now=now)
    after = {"number": case.number, "masked": masked, "withheld": withheld, "captures": len(made.rows), "sha256": sha256, **told}
    after |= {"ran_by": ran_by} if ran_by else {}
    asked = {} if request is None else {"request": request.number}
    audit.write(VERB, by=by, now=now, target=case, after={"reason": purpose} | after | asked)
    if request is not None:
        of_it = {
            "case": case.number,
            "number": request.number,
            "kind": request.kind,
            "purpose": request.purpose,
            "sharing": request.sharing,
        }
        looks.log("contact.shown", by=by, now=now, target=request, after=of_it | {"sha256": sha256, "went": request.indicators})
    name = f"{re.sub(r'[^A-Z0-9-]', '', case.number)}-{'tersamar' if masked else 'lengkap'}.zip"
    return Package(case, paper, package, name, withheld, len(made.rows))
