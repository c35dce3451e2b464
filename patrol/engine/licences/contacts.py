"""Whether the contacts in a post are the agency's own, as far as the register lists any."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from patrol import domain
from patrol.domain import ClaimKind
from patrol.engine import everybodys

_PREFIXES = {
    "ig": "instagram",
    "insta": "instagram",
    "fb": "facebook",
    "tt": "tiktok",
    "tg": "telegram",
    "wa": "whatsapp",
    "yt": "youtube",
    "x": "twitter",
    "tw": "twitter",
}
_SITES = {
    "instagram.com": "instagram",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "m.facebook.com": "facebook",
    "tiktok.com": "tiktok",
    "t.me": "telegram",
    "telegram.me": "telegram",
    "youtube.com": "youtube",
    "twitter.com": "twitter",
    "x.com": "twitter",
    "wa.me": "whatsapp",
    "api.whatsapp.com": "whatsapp",
}
_INVITE = re.compile(r"chat\.whatsapp\.com/|(?:t|telegram)\.me/(?:\+|joinchat/)", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:ext|extension|pes|pesawat)\b.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contacts:
    """An agency's contacts in comparable form."""

    phones: frozenset[str]
    accounts: frozenset[str]
    hosts: frozenset[str]
    pages: frozenset[str] = frozenset()  # on a host of everybody's, without scheme and "www."

    def __bool__(self) -> bool:
        return bool(self.phones or self.accounts or self.hosts or self.pages)


def of(agency: domain.Agency) -> Contacts:
    """The contacts the register lists for an agency."""
    return Contacts(
        frozenset(digits for phone in agency.phones if (digits := phone_digits(phone))),
        frozenset(account for written in agency.accounts if (account := account_name(written))),
        _hosts(agency.websites),
        frozenset(
            plain for site in agency.websites if "@" not in site and "/" in (plain := _plain(site)) and everybodys.is_host(host_of(site))
        ),
    )


def _hosts(websites: Iterable[str]) -> frozenset[str]:
    # A mailbox or a page of links in the column of sites is none: its host is everybody's.
    links = [host for site in websites if "@" not in site and (host := host_of(site))]
    return frozenset(host for host in links if not everybodys.is_host(host))


def has_site(websites: Iterable[str], address: str) -> bool:
    """Whether a link or an e-mail address is of one of these sites: on a host of the agency's own, or the very address listed.

    A listed mailbox or page of a platform or of links says nothing of the other mailboxes and pages of its host.
    """
    websites, host = tuple(websites), host_of(address)
    if any(host == mine or host.endswith("." + mine) for mine in _hosts(websites)):
        return True
    plain = _plain(address)
    return ("@" in plain or "/" in plain) and plain in map(_plain, websites)


def _plain(address: str) -> str:
    """An address without what writers leave out: its scheme, "www.", a slash at its end."""
    return re.sub(r"^(?:mailto:|https?://)?(?:www\.)?", "", address.strip().casefold()).rstrip("/")


def own(claims: Iterable[domain.Claim], known: Iterable[Contacts]) -> bool | None:
    """False: a contact that none of the agencies lists. True: all are listed. None: nothing to compare.

    A link counts where an agency lists a website, or where it invites into a chat group; addresses of public bodies
    are nobody's contact. Bank accounts are in no register and say nothing here.
    """
    listed = [contacts for contacts in known if contacts]
    if not listed:
        return None
    compared = False
    for claim in claims:
        verdict = _own(claim, listed)
        if verdict is False:
            return False
        compared = compared or verdict is True
    return True if compared else None


def _own(claim: domain.Claim, listed: list[Contacts]) -> bool | None:
    if claim.kind == ClaimKind.PHONE:
        return any(phone_digits(claim.value) in contacts.phones for contacts in listed)
    if claim.kind == ClaimKind.ACCOUNT:
        return any(account_name(claim.value) in contacts.accounts for contacts in listed)
    if claim.kind == ClaimKind.LINK:
        host = host_of(claim.value)
        listed_page = any(_plain(claim.value) in contacts.pages for contacts in listed)
        if listed_page or _INVITE.search(claim.value):
            return listed_page
        if not host or host in _SITES or host.endswith(".go.id") or not any(contacts.hosts for contacts in listed):
            return None
        return any(host == mine or host.endswith("." + mine) for contacts in listed for mine in contacts.hosts)
    return None


def phone_digits(written: str) -> str:
    """A number as its international digits: "(021) 555-0101" and "+62 21 5550101" are one. "" for what is no number."""
    short = _EXTENSION.sub("", written)
    digits = re.sub(r"\D", "", short)
    if not short.lstrip(" (").startswith("+"):
        if digits.startswith("00"):
            digits = digits[2:]
        elif digits.startswith("0"):
            digits = "62" + digits[1:]
        elif digits.startswith("8"):
            digits = "62" + digits
    if digits.startswith("620"):  # +62 (0)21 ...
        digits = "62" + digits[3:]
    return digits if len(digits) >= 7 else ""


def account_name(written: str) -> str:
    """`platform:name` in small letters, from a prefix (short or long) or an address; "" without a platform."""
    plain = written.strip().casefold()
    if "/" in plain and (site := _SITES.get(host_of(plain))):
        name = urlsplit(plain if "//" in plain else "//" + plain).path.strip("/").split("/")[0]
        return f"{site}:{name.lstrip('@')}" if name else ""
    platform, colon, name = plain.partition(":")
    platform, name = platform.strip(), name.strip().lstrip("@")
    if not colon or not name or "/" in name:
        return ""
    return f"{_PREFIXES.get(platform, platform)}:{name}"


def host_of(address: str) -> str:
    """The host of an address or site, without "www."; "" for what is none."""
    plain = address.strip().casefold()
    try:
        host = urlsplit(plain if "//" in plain else "//" + plain).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").rstrip(".")
