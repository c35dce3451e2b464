"""docs/security/files.md: the sizes it tells are those of the code, and each form that takes a file has its row."""

from __future__ import annotations

import re

import pytest

from patrol.cases import attachments, law, objections, referrals
from patrol.engine.licences import tables
from patrol.intake import captures, sent, uploads
from patrol.intake.formats import files
from patrol.intake.tips import drafts, following
from patrol.public import uploads as strangers
from patrol.register import manual
from reports import heads
from tests.docs import documents

PAGE = (documents.ROOT / "docs/security/files.md").read_text()
MB, MIB = 1_000_000, 2**20
SIZES = {
    "import of posts": [files.MAX_BYTES // MIB, files.MAX_MEMBERS, files.MAX_UNPACKED // MIB, files.MAX_RATIO],
    "upload of a post": [uploads.MAX_PICTURES, uploads.MAX_PICTURE // MB],
    "browser extension": [sent.MAX_JSON // MB, captures.MAX_SCREENSHOT // MB],
    "file of a case": [attachments.MOST_BYTES // MB, attachments.MOST_FILES],
    "objection, entered by staff": [objections.FILE_MOST // MB],
    "receipt or answer of a referral": [referrals.FILE_MOST // MB],
    "register": [tables.MAX_BYTES // MB],
    "change of the register by hand, letter about an article": [manual.MOST_BYTES // MB],
    "logo of a summary": [heads.MOST_BYTES // MB],
    "*Cek*": [strangers.MOST // MB],
    "*Lapor*, *Status*": [drafts.MOST, drafts.MOST_BYTES // MB, drafts.BODY / MB, following.MOST_PICTURES],
}
ROWS = dict(re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE))


@pytest.mark.parametrize("form", SIZES)
def test_a_size_is_that_of_the_code(form: str) -> None:
    said = [float(found.replace(",", "")) for found in re.findall(r"\d[\d,.]*\d|\d", ROWS[form])]
    assert said == SIZES[form]


def test_each_row_has_its_sizes() -> None:
    assert set(ROWS) - {"form", "---"} == set(SIZES)
    assert law.MOST_BYTES == manual.MOST_BYTES


# Where a form of the product takes a file -> its row.
FORMS = {
    "patrol/admin/registrar/register_files.py": "register",
    "patrol/admin/registrar/manual_forms.py": "change of the register by hand, letter about an article",
    "patrol/admin/analyst/law_forms.py": "change of the register by hand, letter about an article",
    "patrol/admin/analyst/referral_forms.py": "receipt or answer of a referral",
    "patrol/admin/officer/objection_forms.py": "objection, entered by staff",
    "patrol/admin/officer/captures.py": "upload of a post",
    "patrol/admin/officer/import_form.py": "import of posts",
    "patrol/admin/officer/case_attachments.py": "file of a case",
    "patrol/api/captures.py": "browser extension",
    "patrol/public/report.py": "*Lapor*, *Status*",
    "patrol/public/status.py": "*Lapor*, *Status*",
    "patrol/public/uploads.py": "*Lapor*, *Status*",
    "patrol/public/check/page.py": "*Cek*",
    "reports/head_page.py": "logo of a summary",
}


def test_each_form_that_takes_a_file_has_its_row() -> None:
    taking = re.compile(r"forms\.(?:FileField|ImageField)\b|request\.FILES\.get|in request\.FILES\b")
    found = {
        path.relative_to(documents.ROOT).as_posix()
        for folder in ("patrol", "reports")
        for path in (documents.ROOT / folder).rglob("*.py")
        if taking.search(path.read_text())
    }
    assert found == set(FORMS)
    assert set(FORMS.values()) == set(SIZES)
