"""The number of a report: 15 random digits and a check digit of Damm, given once. Whoever has it reads and writes; there is no PIN.

Kept is scrypt of the digits under a key that the database does not hold. Not recoverable: nobody can be told the number again.
10^15 numbers, so that a million guesses at an installation with a hundred thousand open reports hit one with a chance of 1 in 10,000;
what slows them is the limit of the door. Who has the database and the key besides would try 10^15 numbers at COST each: 32 MB
and a tenth of a second, three million years of one processor.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import json
import re
import secrets
import uuid
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LENGTH: Final = 16
COST: Final = 2**15  # of scrypt, with blocks of 8: 32 MB, about a tenth of a second
# A quasi-group of order 10 without fixed points (H. M. Damm, 2004): every wrong digit and every swap of neighbours is caught.
_DAMM: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def check_digit(digits: str) -> str:
    return functools.reduce(lambda row, digit: _DAMM[int(row)][int(digit)], digits, "0")


def draw() -> str:
    """A new number: 16 digits."""
    digits = f"{secrets.randbelow(10 ** (LENGTH - 1)):0{LENGTH - 1}d}"
    return digits + check_digit(digits)


def of_form(form: uuid.UUID, *said: object) -> tuple[uuid.UUID, str]:
    """The key and the number of what one form was sent with. The same `said` gives the same ones, anything else others; nobody knows them
    before, since `form` is random and kept nowhere, and RECEIPT_KEY goes in besides."""
    sent = json.dumps([form.hex, *said]).encode()
    key, number = (
        hmac.new(settings.RECEIPT_KEY.encode(), f"sipatrol form {what}".encode() + sent, hashlib.sha256).digest()
        for what in ("key", "number")
    )
    digits = f"{int.from_bytes(number) % 10 ** (LENGTH - 1):0{LENGTH - 1}d}"
    return uuid.UUID(bytes=key[:16], version=4), digits + check_digit(digits)


def bare(typed: str) -> str:
    """What somebody typed, without what may stand between the digits."""
    return re.sub(r"[\s\-–.]", "", typed[:100])


def read(typed: str) -> str:
    """The 16 digits somebody typed, without spaces and dashes; "" where they are no number of a report. Asks nobody."""
    digits = bare(typed)
    return digits if re.fullmatch(f"[0-9]{{{LENGTH}}}", digits) and check_digit(digits) == "0" else ""


def spaced(digits: str) -> str:
    """4821 7703 9156 0288"""
    return " ".join(digits[place : place + 4] for place in range(0, LENGTH, 4))


def ready() -> bool:
    return bool(settings.RECEIPT_KEY)


def hashed(digits: str) -> str:
    """What is kept of a number. Slow on purpose, and equally slow for each. Raises ImproperlyConfigured without RECEIPT_KEY."""
    if not ready():
        raise ImproperlyConfigured("RECEIPT_KEY is not set: no report can be taken or opened.")
    key = settings.RECEIPT_KEY.encode()
    # The key goes in twice: as the salt, and around what comes out, so that rows are no scrypt hashes of anything by themselves.
    salt = hmac.new(key, b"sipatrol receipt salt", hashlib.sha256).digest()
    slow = hashlib.scrypt(digits.encode(), salt=salt, n=COST, r=8, p=1, maxmem=64 * 1024 * 1024, dklen=32)
    return hmac.new(key, slow, hashlib.sha256).hexdigest()
