"""Contacts that are almost an agency's: what somebody gives who wants to be taken for it.

Pure comparison of a post's contacts with those the register lists (`contacts.Contacts`). One slip is a near copy, two
are another contact: numbers and names lie close together by nature, and a false accusation costs more than a miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from patrol import domain
from patrol.domain import ClaimKind
from patrol.engine.licences import contacts

# Shorter names are like many others.
_SHORTEST_NAME = 6
_SHORTEST_NUMBER = 10

# What is put around a real name to make one's own of it: "admin_", "-id", ".official".
_TRIMMING = (
    r"(?:official|resmi|admin|adm|cs|hrd|indonesia|indo|id|pusat|real|asli|rekrut|rekrutmen|recruitment|loker|career|"
    r"karir|karier|daftar|pendaftaran|p3mi|pmi|new|baru|online|web|site|jobs|job|kerja)"
)
_FRONT, _END = re.compile("^" + _TRIMMING), re.compile(_TRIMMING + "$")
_SEPARATORS = re.compile(r"[\W_]+")
_LOOKALIKES = str.maketrans("0135", "oies")


def of(claims: Iterable[domain.Claim], known: Iterable[contacts.Contacts]) -> tuple[domain.Claim, ...]:
    """The claims whose contact is none of the agencies', but almost one of them."""
    listed = [each for each in known if each]
    if not listed:
        return ()
    return tuple(claim for claim in claims if _is_near(claim, listed))


def _is_near(claim: domain.Claim, listed: list[contacts.Contacts]) -> bool:
    if claim.kind == ClaimKind.PHONE:
        digits = contacts.phone_digits(claim.value)
        own = [number for each in listed for number in each.phones]
        return digits not in own and any(_numbers_near(digits, number) for number in own)
    if claim.kind == ClaimKind.ACCOUNT:
        account = contacts.account_name(claim.value)
        own = [name for each in listed for name in each.accounts]
        return bool(account) and account not in own and any(_accounts_near(account, name) for name in own)
    if claim.kind == ClaimKind.LINK:
        host = contacts.host_of(claim.value)
        own = [name for each in listed for name in each.hosts]
        if not host or any(host == name or host.endswith("." + name) for name in own):
            return False
        return any(_hosts_near(host, name) for name in own)
    return False


def _numbers_near(one: str, other: str) -> bool:
    """One digit exchanged, left out or added, or two neighbours swapped. Series of an exchange (0101, 0102) are one
    company's: a difference in the last two digits of a landline is no near copy."""
    if min(len(one), len(other)) < _SHORTEST_NUMBER or OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    mobile = one.startswith("628") and other.startswith("628")
    return mobile or one[:-2] != other[:-2]


def _accounts_near(one: str, other: str) -> bool:
    platform, _, name = one.partition(":")
    mine, _, listed = other.partition(":")
    return platform == mine and _names_near(name, listed)


def _hosts_near(one: str, other: str) -> bool:
    """The same name under another ending, with something put around it, or with one letter changed."""
    name, listed = _label(one), _label(other)
    return (name == listed and len(name) >= _SHORTEST_NAME) or _names_near(name, listed)


def _label(host: str) -> str:
    """The part of a host its owner chose: "rekaanjaya" of "www.rekaanjaya.co.id"."""
    parts = host.split(".")
    while len(parts) > 1 and (len(parts[-1]) <= 3 or parts[-1] in {"info", "site", "online", "shop", "example"}):
        parts.pop()
    return parts[-1]


def _names_near(one: str, other: str) -> bool:
    plain, listed = _plain(one), _plain(other)
    if min(len(plain), len(listed)) < _SHORTEST_NAME:
        return False
    if plain == listed or OSA.distance(plain, listed, score_cutoff=1) == 1:
        return True
    return _trimmed(plain) == _trimmed(listed)


def _plain(name: str) -> str:
    return _SEPARATORS.sub("", name.casefold().translate(_LOOKALIKES))


def _trimmed(name: str) -> str:
    """A name without what is put around it, as long as enough of it is left to know it by."""
    for pattern in (_FRONT, _END):
        shorter = pattern.sub("", name)
        if len(shorter) >= _SHORTEST_NAME:
            name = shorter
    return name
