"""All the forms of one contact: a link that dials a number is that number, one that leads to an account is that account.

What bars a contact bars it in each of its forms. Two contacts are one where they share a form; a form is text for comparing alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from patrol.domain import ClaimKind
from patrol.engine.licences import contacts
from patrol.engine.reading import accounts, folding, phone_links

# Paths that many share: nobody's name, whatever a platform's page is called.
_NO_NAMES: Final = frozenset(
    "profile.php groups people pages p reel reels stories tv explore share story.php watch channel c user s joinchat hashtag i".split()  # noqa: SIM905
)
_MOBILE: Final = re.compile(r"(?<!\d)(?:\+|%2b)?(?:0|62)8[1-9]\d{7,10}(?!\d)", re.IGNORECASE)
_DIALS: Final = re.compile(r"\+?\d{8,15}")
_LONGEST: Final = 2_000


def of(kind: str, value: str, own_id: str = "", names: Iterable[str] = ()) -> frozenset[str]:
    """`value` and `own_id` as an indicator has them, `names`: what an account with an id of its own was called, too."""
    value = value[:_LONGEST]
    if kind == ClaimKind.PHONE:
        return _phone(value)
    if kind == ClaimKind.ACCOUNT:
        return frozenset().union(*(_account(name) for name in (value, own_id, *names) if name))
    if kind == ClaimKind.LINK:
        return _link(value)
    if kind == ClaimKind.EMAIL:
        return _mail(value)
    if kind == ClaimKind.BANK_ACCOUNT:
        return frozenset({f"bank:{digits}"}) if (digits := re.sub(r"\D", "", value)) else frozenset()
    return frozenset()


def written(place: str) -> frozenset[str]:
    """Of an account as a register has it: `platform:name`, short or long, or an address. A path that many share names nobody."""
    place = place.strip()
    if "/" in place:
        return _link(place if "//" in place else f"https://{place}")
    return _account(name) if (name := contacts.account_name(place)) else frozenset()


def _phone(value: str) -> frozenset[str]:
    return frozenset({f"phone:{digits}"}) if (digits := contacts.phone_digits(value)) else frozenset()


def _mail(value: str) -> frozenset[str]:
    """The whole address, and the same without the tag behind a plus, which reaches the same mailbox."""
    name, _at, host = value.strip().casefold().rpartition("@")
    return frozenset({f"mail:{name}@{host}", f"mail:{name.partition('+')[0]}@{host}"})


def _account(named: str) -> frozenset[str]:
    """WhatsApp's accounts are numbers; elsewhere a name that is a whole mobile number is one as well."""
    platform, _colon, name = named.strip().casefold().partition(":")
    name = name.strip().removeprefix("id:").lstrip("@")
    if not name:
        return frozenset()
    found = {f"account:{contacts.account_name(f'{platform}:{name}') or f'{platform}:{name}'}"}
    plain = re.sub(r"[\s().\-]", "", name)
    if platform in {"whatsapp", "wa"} and _DIALS.fullmatch(plain):
        found |= _phone(plain if plain.startswith(("+", "0")) else f"+{plain}")
    elif plain.startswith("+") or _MOBILE.fullmatch(plain):
        found |= _phone(plain)
    return frozenset(found)


def _link(value: str) -> frozenset[str]:
    plain = re.sub(r"^[a-z]+://(?:www\.)?", "", value.strip().casefold()).rstrip("/")
    found = {f"link:{plain}"}
    folded = folding.fold(value)
    links = accounts.links(folded)
    for link in links:
        if number := phone_links.dialled(link):
            found |= _phone(number)
    for claim in accounts.claims(folded, links, platform=""):
        if claim.kind == ClaimKind.ACCOUNT and claim.value.partition(":")[2] not in _NO_NAMES:
            found |= _account(claim.value)
    for number in _MOBILE.findall(value):
        found |= _phone(re.sub(r"^%2b", "+", number, flags=re.IGNORECASE))
    return frozenset(found)
