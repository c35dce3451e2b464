"""The law of an example run with letters of a legal unit, all invented and saying so: an installation ships with none.

An article without elements stays unconfirmed, so that both marks can be seen.
"""

from __future__ import annotations

from datetime import datetime

from patrol import models
from patrol.cases import law

SUPERVISOR = "penyelia-siber"


def confirm(now: datetime) -> int:
    """Confirms what came with the product and nobody has confirmed yet. Returns how many editions."""
    by = models.Person.objects.get(username=SUPERVISOR)
    waits = models.ArticleEdition.objects.filter(by=None, confirmation=None).exclude(elements=[]).order_by("id")
    for edition in waits:
        number = f"B.{edition.pk}/CONTOH/REKAAN"
        law.confirm(edition_id=edition.pk, letter_number=number, letter_date=law.today(now), scan=scan(number), by=by, now=now)
    return len(waits)


def scan(number: str) -> bytes:
    """One page of PDF that says what it is."""
    said = f"BT /F1 16 Tf 60 760 Td (CONTOH: surat rekaan {number}) Tj 0 -24 Td (Bukan surat lembaga mana pun.) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(said), said),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    whole, places = b"%PDF-1.4\n", []
    for place, part in enumerate(parts, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (place, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return whole + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(parts) + 1,
        table,
        len(parts) + 1,
        len(whole),
    )
