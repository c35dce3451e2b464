"""What may be a password here, beside Django's own rules (settings.AUTH_PASSWORD_VALIDATORS): enough must be left of it without the words
that anybody would think of here, and it must not stand in the list of breached ones, where the office has one."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from patrol import models

# As docs/offices/signing-in.md lists them. In small letters, the longer ones first where one holds another.
COMMON: Final = (
    *("perlindungan", "pelindungan", "kementerian", "direktorat", "katasandi", "indonesia", "sipatrol", "merdeka", "password", "patroli"),
    *("pekerja", "rahasia", "sandi", "migran", "bnp2tki", "kp2mi", "bp2mi", "bp3mi", "p4mi", "garuda", "kantor", "admin", "balai", "pmi"),
    *("tki", "qwertyuiop", "qwerty", "123456789", "12345678", "1234567", "123456", "12345"),
)
_SHORTEST: Final = 3  # letters of a word of a name or an office that counts as one
_ALIKE: Final = str.maketrans("013457@$!", "oieastasi")


class ContextWords:
    """Refuses a password that is too short without the words of COMMON, the names of its owner and those of their office. `min_length`:
    how many characters are to be left."""

    def __init__(self, min_length: int = 12) -> None:
        self.min_length = min_length

    def validate(self, password: str, user: models.Person | None = None) -> None:
        """Raises ValidationError."""
        left = without(password, words(user))
        if len(left) < self.min_length <= len(password):  # a shorter one has its own sentence
            raise ValidationError(self.get_help_text(), code="password_context")

    def get_help_text(self) -> str:
        return _("Without names, and without words such as the office or SIPatrol, at least %(count)s characters must be left.") % {
            "count": self.min_length
        }


def words(person: models.Person | None) -> list[str]:
    """All that count for this person, the longest first."""
    said = [person.username, person.name, person.office.name, person.office.short_name, person.office.code] if person else []
    own = {word for one in said for word in re.findall(r"\w+", one.casefold()) if len(word) >= _SHORTEST}
    return sorted({*COMMON, *own}, key=lambda word: (-len(word), word))


def without(password: str, barred: list[str]) -> str:
    """What is left of it. Digits and signs that stand for a letter are read as that letter, where it so becomes such a word."""
    left = password.casefold()
    for word in barred:
        for asked in (left, left.translate(_ALIKE)):
            for found in reversed([one.span() for one in re.finditer(re.escape(word), asked)]):
                if left[slice(*found)].translate(_ALIKE) == word.translate(_ALIKE):
                    left = left[: found[0]] + left[found[1] :]
    return left


class Breached:
    """Refuses one that stands in the office's list of breached passwords (settings.BREACHED_PASSWORDS): lines of a SHA-1 in hexadecimal
    digits, sorted, with anything behind a colon. It is looked up in the file; nothing of a password leaves this machine."""

    def validate(self, password: str, user: models.Person | None = None) -> None:
        """Raises ValidationError."""
        if holds(Path(settings.BREACHED_PASSWORDS), password):
            text = _("This password stands in a list of passwords that were stolen somewhere. Choose another one.")
            raise ValidationError(text, code="password_breached")

    def get_help_text(self) -> str:
        return _("It must not stand in the list of stolen passwords.")


def holds(path: Path, password: str) -> bool:
    """Some forty small reads in a file of any size. Raises OSError."""
    asked = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size  # the line is one that begins from `low` on and before `high`
        while low < high:
            middle = (low + high) // 2
            file.seek(max(middle - 1, low))
            if middle > low:
                file.readline()  # the rest of a line that begins before `middle`
            at = file.tell()
            line = file.readline().partition(b":")[0].strip().upper()
            if at >= high or not line:
                high = middle
            elif line == asked:
                return True
            elif line < asked:
                low = file.tell()
            else:
                high = middle
    return False
