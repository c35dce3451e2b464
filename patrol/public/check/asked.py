"""What somebody sent to be checked, as one text and the day of the offer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from patrol.domain import LAW_ZONE, Claim, ClaimKind
from patrol.domain.keepable import keepable
from patrol.engine.reading import links
from patrol.infra.refusals import RefusedError
from patrol.public import pages

MOST = 20_000  # characters, as far as the reader reads
# Field of the form -> the word that stands before it in the text that is read.
_DETAILS = {"company": "Perusahaan", "country": "Negara", "job": "Pekerjaan", "licence": "Nomor SIP", "contact": "Kontak"}
DETAIL_MOST = 200
# What a field is asked about says what it holds, however it is written: "Maju Jaya Abadi", "4021".
_HOLDS = {"company": (ClaimKind.COMPANY, re.compile(r"[^\W\d_]{2}")), "licence": (ClaimKind.LICENCE_NUMBER, re.compile(r"\d"))}
_NAME = re.compile(r"(?=.*[^\W\d_])[\w.]{3,60}")  # letters in it: figures alone are a telephone number or a bank account
_DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")


@dataclass(frozen=True, slots=True)
class Asked:
    """`text`: all of it, as it is read and shown. `day`: None where nobody said it. `filled`: the company and the SIP number that stand
    in fields of their own, with their places in the text."""

    text: str
    day: date | None = None
    photo: bool = False  # part of the text was read from one
    cut: bool = False  # there was more than is read
    filled: tuple[Claim, ...] = ()


def of(request: HttpRequest, *, photo: str = "", now: datetime) -> Asked:
    """`photo`: the writing on a photograph. Raises RefusedError beside the field it is about.

    Details and photograph stand before what was typed: where that is too long, its end goes and not they.
    """
    typed = pages.posted(request, "text", most=2 * MOST)  # so that what is longer shows
    given = {name: " ".join(pages.posted(request, name, most=DETAIL_MOST).split()) for name in _DETAILS}
    given["contact"] = _signed(given["contact"])
    details = {name: written for name, written in given.items() if written}
    # One detail alone is asked for as if it were typed into the box: "Perusahaan:" would make an offer of a name.
    lone = len(details) == 1 and not typed and not photo
    lines = {name: written if lone else f"{_DETAILS[name]}: {written}" for name, written in details.items()}
    text = "\n".join(part for part in (*lines.values(), keepable(photo), typed) if part)
    if not text:
        raise RefusedError("check.empty", _("Paste or type something, or choose a photo."), "text")
    day = _day(pages.posted(request, "day", most=DETAIL_MOST), now=now)
    return Asked(text[:MOST], day, photo=bool(photo), cut=len(text) > MOST, filled=tuple(_filled(details, lines)))


def _signed(contact: str) -> str:
    """A name alone in the field of the contact is an account's, which many write without its sign: "budi.loker" is no site."""
    bare = _NAME.fullmatch(contact) is not None and not links.ends_as_a_site(contact)
    return f"@{contact}" if bare else contact


def _filled(details: Mapping[str, str], lines: Mapping[str, str]) -> Iterator[Claim]:
    """`lines`: the fields as they begin the text, one a line."""
    end = -1
    for name, line in lines.items():
        end += 1 + len(line)
        if name in _HOLDS:
            kind, needs = _HOLDS[name]
            if needs.search(details[name]):
                yield Claim(kind, details[name], (end - len(details[name]), end))


def _day(written: str, *, now: datetime) -> date | None:
    """18-11-2026, also with dots, slashes or blanks. Raises RefusedError for what is no day, or one that is not over."""
    if not written:
        return None
    found = _DAY.fullmatch(written)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        day = None
    if day is None or not day.year >= 1995 or day > now.astimezone(LAW_ZONE).date():
        raise RefusedError("check.no_day", _("Write the day as 18-11-2026, and not one that is still to come."), "day")
    return day
