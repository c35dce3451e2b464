"""Links that dial: WhatsApp's addresses in all their forms, queries that name a number, profiles named after one."""

from __future__ import annotations

import re

from patrol.engine.reading import accounts, dialling, folding

LONGEST_PATH = 400  # characters of an address looked at

_WA_PATH = re.compile(
    r"(?:^/|phone=|/send/?\?.{0,40}phone=)(?:\+|%2b|%20|\s)*(?P<number>[\doilz][\doilzsb\-%.()+ ]{6,24})(?!\w)", re.IGNORECASE
)
_DIAL_QUERY = re.compile(r"[?&](?:phone|wa|hp|telp|tel|no|nomor|number|whatsapp)=(?:\+|%2b)?(?P<number>\d{10,15})(?!\d)")
_NAMED_HOSTS = re.compile(
    r"(?:^|\.)(?:t\.me|telegram\.me|instagram\.com|facebook\.com|fb\.com|tiktok\.com|twitter\.com|x\.com|threads\.net|"
    r"linktr\.ee|line\.me|youtube\.com|zalo\.me)$"
)
_FULL_FORM = re.compile(r"(?<!\d)\+?(?:0|62)8[1-9]\d{7,10}(?!\d)")


_ABROAD = re.compile(r"8(?:52[235-79]\d{7}|53[26]\d{7}|55[1-9]\d{7,8}|5620\d{8}|801\d{9}|869\d{8})")  # mobiles
_LETTER_DIGITS = str.maketrans("oilzsb", "011258")
_INVITATIONS = ("/joinchat", "/+a", "/c/")


def dialled(link: accounts.Link) -> str | None:
    """E.164 of the number behind an address, None where there is none: a code in a path is no number."""
    if link.dials:
        return _whole(link.dials)
    path = folding.fold(link.path[:LONGEST_PATH]).plain
    if accounts.dials_at(link.host):
        written = _WA_PATH.search(path)
        if written is None:
            return None
        digits = written["number"].replace("%20", "").replace("%2b", "").translate(_LETTER_DIGITS)
        return _whole("".join(filter(str.isdecimal, digits)))
    asked = _DIAL_QUERY.search(path)
    if asked:
        return _whole(asked["number"])
    if path.startswith(_INVITATIONS) or not _NAMED_HOSTS.search(link.host):
        return None
    full = _FULL_FORM.search(path)
    return _whole(full.group().lstrip("+")) if full else None


def _whole(digits: str) -> str | None:
    """E.164 of what a link dials; "wa.me/840..." forgot the country, unless Vietnam (84) or another has such a number.

    A code of three digits before a mobile number of its country is taken at its word: a link dials no other way.
    """
    number = dialling.indonesian(digits)
    if number is None and _ABROAD.fullmatch(digits):
        number = dialling.international(digits)
    if number is None and not dialling.is_valid(digits):
        number = dialling.missing_zero(digits)
    return number or dialling.international(digits.removeprefix("00"))
