"""The numbers that this desk prints itself: the hotline and its WhatsApp. Scams quote them as well, so that they clear nothing; and whoever
asks for one is not told that it stands in no register.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.conf import settings

from patrol import domain
from patrol.domain import ClaimKind
from patrol.engine.licences import contacts
from patrol.public.check import answer, spoken, words

_BETWEEN: Final = r"[ ().\-\u00a0]{0,3}"  # digits of a number as people write it


def numbers() -> dict[str, str]:
    """Their digits with the country's code -> as the pages print them. One of fewer than seven digits has no code: as it is."""
    printed = filter(None, (settings.PUBLIC_HOTLINE, settings.PUBLIC_WHATSAPP))
    return {_digits(one): one for one in printed}


def named(claim: domain.Claim) -> str:
    """What one of `claims` is on the pages, in the language that is active. A number that is both is the hotline."""
    hotline = claim.value == f"+{_digits(settings.PUBLIC_HOTLINE)}"
    return spoken.say(words.OUR_HOTLINE if hotline else words.OUR_WHATSAPP)


def _digits(printed: str) -> str:
    return contacts.phone_digits(printed) or re.sub(r"\D", "", printed)


def claims(text: str) -> tuple[domain.Claim, ...]:
    """Where they stand in a text, in its order. A short one only where the text is nothing else: 110 is also a sum."""
    found = []
    for digits in numbers():
        if len(digits) < _SHORTEST:
            found += [domain.Claim(ClaimKind.PHONE, f"+{digits}", (0, len(text)))] if re.sub(r"[\s.\-]", "", text) == digits else []
            continue
        core = digits.removeprefix("62")
        code = rf"(?:(?:\+|00)?{_BETWEEN}6{_BETWEEN}2{_BETWEEN}(?:\(?0\)?)?|0)?" if core != digits else r"(?:\+|00)?"
        written = rf"(?<![\d+]){code}{_BETWEEN}{_BETWEEN.join(core)}(?!{_BETWEEN}\d)"
        found += [domain.Claim(ClaimKind.PHONE, f"+{digits}", one.span()) for one in re.finditer(written, text)]
    return tuple(sorted(found, key=lambda claim: claim.span))


_SHORTEST: Final = 7


def left_out(text: str, ours: Sequence[domain.Claim]) -> str:
    """The text as it is judged, every other letter at its place: such a number is a ground for nothing."""
    for claim in ours:
        start, end = claim.span
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def noted(result: answer.Result, text: str, ours: Sequence[domain.Claim]) -> answer.Result:
    """A result of something else, in which such a number stands: said of the number alone."""
    each = {claim.value: claim for claim in ours}.values()
    lines = dict.fromkeys(f"{answer.as_written(claim, text)}: {spoken.say(words.OUR_ROW, OUR=named(claim))}" for claim in each)
    return replace(result, lines=(*result.lines, *lines))
