"""manage.py verify_evidence: every preserved file against its rows, records, texts and the reading log against the log, and the log
against its head; with --anchors FOLDER also log, records and texts against the manifests that stand outside.

What this does not prove without --anchors: that database and files together were not taken back to an older day; anything against
somebody who has SECRET_KEY. Names of authors, and what else stands in records and versions beside their commitment, are compared with
--anchors alone. Not proved with it either: that what came since the last manifest was not changed, and what says so is printed; that a
row was not dated back by less than an hour; that a post's own row (its address, its time) is what it was, nor which record belongs to
which post: a file that no post names may be called erased.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from patrol import domain, models
from patrol.access import audit, consulting
from patrol.evidence import checking, custody_log, sealing, trust
from patrol.evidence.anchors import comparing, making, manifests
from patrol.infra import reached

UNLOOKED = 3  # the exit code; verify.py of a package ends with the same


class Command(BaseCommand):
    help = (
        "Hashes every preserved file again and compares it with all its custody records, checks the signatures of archives, the records'"
        " commitments and those of the texts and the reading log against the log, and walks the log's chain to its head. Prints what is"
        " broken; exit code 1 where anything is, 3 where nothing is but a time stamp was not looked at for want of its authority's"
        " certificate (TIMESTAMP_CA)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchors", type=Path, metavar="FOLDER", help="the folder of the manifests: compares the database with them too"
        )
        parser.add_argument(
            "--key",
            action="append",
            default=[],
            metavar="KEY",
            help="name (64 hexadecimal digits) or public key file of whoever signs the manifests, known from elsewhere; may be repeated."
            " Without it that of ANCHOR_KEY",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = timezone.now()
        self.unlooked = 0  # time stamps
        keys = _keys(options["anchors"], options["key"])
        files = rows = broken = erased = elsewhere = 0
        damaged: dict[str, None] = {}  # captures, by id
        removed = checking.removable()
        last = ""
        found: tuple[int, str] | str = ""
        # By hash: each file is read once, however many records name it.
        captures = models.Capture.objects.order_by("sha256", "received_at").only(
            "id", "sha256", "sha3_512", "length", "salt", "commitment", "kind", "media_type", "options"
        )
        for capture in captures.iterator(chunk_size=2_000):
            if capture.sha256 != last:
                last, found = capture.sha256, checking.looked_at(capture.sha256)
                files += 1
            rows += 1
            gone = found == checking.MISSING and capture.sha256 in removed
            erased += gone
            for why in checking.wrong(capture, "" if gone else found) or ([] if gone else trust.wrong(capture)):
                broken += 1
                damaged[str(capture.pk)] = None
                self.stdout.write(f"{capture.pk} ({capture.kind}, {capture.sha256[:12]}…): {why}")
        register = {
            file["sha256"]: edition.number for edition in models.RegisterEdition.objects.order_by("-number") for file in edition.files
        }
        for sha256, number in register.items():
            if isinstance(looked := checking.looked_at(sha256), str):
                broken += 1
                elsewhere += 1
                self.stdout.write(f"register edition {number} ({sha256[:12]}…): {looked}")
        for wrong in sealing.verify():
            broken += 1
            of_one = wrong.what == "capture" and bool(wrong.key)
            damaged |= {wrong.key: None} if of_one else {}
            elsewhere += not of_one
            self.stdout.write(f"{wrong.what} {wrong.key}: {wrong.why}".replace(" : ", ": "))
        for said in itertools.chain(self._log(options["anchors"]), self._anchors(options["anchors"], keys)):
            broken += 1
            elsewhere += 1
            self.stdout.write(said)
        _keep(begun, damaged, records=rows, files=files, broken=broken, elsewhere=elsewhere)
        told = f"{rows} records of {files} files, {models.AuditEntry.objects.count()} rows of the audit log"
        if register:
            told += f", {len(register)} files of the register"
        if waiting := sum(len(one.keys) for one in models.Unsealed.objects.all()):
            told += f"; {waiting} records and texts not yet entered into the log"
        if erased:
            told += f"; {erased} records of erased posts, whose files are gone"
        if broken:
            raise CommandError(f"{broken} broken, of {told}.")
        if self.unlooked:
            why = "no certificate of their authority is in TIMESTAMP_CA"
            raise CommandError(f"Nothing broken, but {self.unlooked} time stamps were not looked at, {why}: {told}.", returncode=UNLOOKED)
        self.stdout.write(f"All whole: {told}.")

    def _log(self, anchors: Path | None) -> Iterator[str]:
        for said in consulting.verify():
            yield f"reading log, {said}"
        for said in custody_log.verify():
            yield f"custody log, {said}"
        gap = audit.verify()
        if gap is None:
            return
        if gap.why == "signature" and anchors and not making.configured():  # looked at by somebody else, who has no SECRET_KEY of ours
            self.stdout.write(f"audit log, row {gap.seq}: its head was not signed with a SECRET_KEY of this machine")
        else:
            yield f"audit log, row {gap.seq}: {gap.why}"

    def _anchors(self, place: Path | None, keys: Sequence[str]) -> Iterator[str]:
        """What differs from the manifests; what is only to be known is printed."""
        for found in comparing.compare(place, keys, authorities=settings.TIMESTAMP_CA) if place else ():
            if found.broken:
                yield str(found)
            else:
                self.unlooked += found.unlooked
                self.stdout.write(str(found))


def _keys(anchors: Path | None, given: Sequence[str]) -> list[str]:
    """Their names. Raises CommandError."""
    if anchors is None:
        return []
    if not anchors.is_dir():
        raise CommandError(f"{anchors} is no folder.")
    try:
        if not given:
            return [manifests.fingerprint(making.private_key().public_key())]
        return [one if re.fullmatch(r"[0-9a-f]{64}", one) else _name(Path(one)) for one in given]
    except domain.SourceError as error:
        raise CommandError("Say with --key whose manifests are believed: there is no key on this machine.") from error


def _name(file: Path) -> str:
    """Of the public key in the file. Raises CommandError."""
    try:
        return manifests.fingerprint(manifests.public_key(file.read_bytes()))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except manifests.ManifestError as error:
        raise CommandError(f"{file}: {error}.") from error


def _keep(begun: datetime, damaged: Iterable[str], **counted: int) -> None:
    """That this run came to its end, and what it found: pages say of a copy only what the last one saw."""
    with transaction.atomic():
        there = list(models.Capture.objects.filter(pk__in=list(damaged)).values_list("pk", flat=True))
        counted["elsewhere"] += len(set(damaged)) - len(there)  # a record that was removed
        made = models.Verification.objects.create(begun_at=begun, ended_at=timezone.now(), covers=begun - reached.SETTLED, **counted)
        models.BrokenCapture.objects.bulk_create(models.BrokenCapture(verification=made, capture_id=key) for key in there)
