"""A case with posts, files, decisions and anchors as far as a test needs it, its package, and its own script run as a stranger would."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from patrol import cases, models
from patrol.cases import attachments
from patrol.cases.packages import exporting
from patrol.evidence.anchors import making
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories
from tests.cases import asked, objected
from tests.evidence.anchors import sealed
from tests.factories import NOW

LATER = NOW + timedelta(days=1)
PURPOSE = "Permintaan penyidik"
PHONE, WRITTEN, HANDLE, LINK, BANK, MAIL = (
    *("+6284055509377", "0840-5550-9377", "kursi_taiwan77", "https://wa.me/6284055509377", "8830099123", "loker.kursi@pos.example"),
)
TEXT = (
    f"Lowongan ART Taiwan gaji 15 juta tanpa ijazah, biaya 5 juta. WA {WRITTEN} atau {LINK}, telegram @{HANDLE}."
    f" Transfer BCA {BANK}, surel {MAIL}."
)
# No byte of these stands in a masked package, in any file of it.
CONTACTS = (PHONE, PHONE[1:], PHONE[3:], WRITTEN, HANDLE, LINK, "wa.me/6284055509377", BANK, MAIL, "penulis_rekaan", "Nama Penulis Rekaan")


@dataclass(frozen=True)
class Packed:
    case: models.Case
    by: models.Person
    package: exporting.Package

    def unpacked(self, folder: Path) -> Path:
        """Its own folder in this one."""
        with zipfile.ZipFile(io.BytesIO(self.package.content)) as opened:
            opened.extractall(folder)
        return folder / self.case.number


def case(by: models.Person | None = None, *, count: int = 2, text: str = TEXT) -> tuple[models.Case, models.Person]:
    """Of confirmed posts with a screenshot each, a page of text and a plain attachment."""
    factories.offices()
    by = by or factories.person(Role.OFFICER, asked.OWN)
    told = {"author": "penulis_rekaan", "author_name": "Nama Penulis Rekaan"}
    posts = [factories.raw_post(factories.illegal().text + " " + text, **told) for _ in range(count)]
    kept = factories.stored(posts, of=factories.watch(asked.OWN))
    assessing.read_due(now=NOW, limit=500)
    found = models.Flag.objects.filter(post__in=kept).order_by("id")
    flags = [objected.decided(flag, by=by) for flag in found]
    for number, flag in enumerate(flags):
        asked.copied(flag, asked.picture(number))
    made = cases.open_case(flag_ids=[flag.pk for flag in flags], title="Calo rute Taiwan", by=by, now=NOW)
    attach(made, by, b"Catatan kronologi tanpa kontak.")
    attach(made, by, f"Nomor pelaku {WRITTEN}".encode())
    return made, by


def attach(of: models.Case, by: models.Person, content: bytes) -> None:
    attachments.attach_file(case_id=of.pk, content=content, title="Catatan", seen_by=attachments.BOTH, by=by, now=NOW)


def anchored(folder: Path, turns: int = 2, now: datetime = NOW) -> None:
    """Key and folder, and manifests: what there is, and an act behind it each."""
    sealed.key(folder)
    for turn in range(turns):
        sealed.acts(2, start=turn * 10 + 1)
        making.seal(now=now + turn * sealed.STEP)


def masked(of: models.Case, by: models.Person, now: datetime = LATER, **given: Any) -> Packed:
    return Packed(of, by, exporting.export(case_id=of.pk, purpose=PURPOSE, by=by, now=now, making=exporting.Making(**given)))


PROGRAMS = "/usr/bin:/usr/local/bin:/bin"


def checked(folder: Path, script: Path | None = None, *options: str, path: str = PROGRAMS) -> tuple[int, str]:
    """Its own script in an empty environment, with the Python of the system; `script`: another one, run on this folder; `path`: where
    it looks for openssl."""
    python = shutil.which("python3", path=PROGRAMS)
    assert python
    told = [python, "-I", str(script or folder / "verify.py"), *([str(folder)] if script else []), *options]
    done = subprocess.run(told, cwd=folder, env={"PATH": path}, capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, done.stdout + done.stderr
