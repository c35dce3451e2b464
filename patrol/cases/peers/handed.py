"""What a file for a peer is made from, and what every file says of itself.

Ids are UUIDv5 under a namespace of the installation (its SITE_URL): the same indicator handed over twice is one object at the peer. No name
that a person gave (of the case, the campaign, the peer) and no member of staff stands in a file.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from patrol.cases.peers.choosing import LASTS, Mark, bare_host
from patrol.domain import ClaimKind, Kind, Level
from patrol.domain.peers import Purpose, Sharing

HIGH, MEDIUM = 85, 50  # of 100, as STIX maps "high" and "medium"

PURPOSES: Final[Mapping[str, tuple[str, str]]] = {
    Purpose.BLOCK: ("to take numbers, accounts or addresses out of service", "pemblokiran nomor, akun, atau alamat"),
    Purpose.FUNDS: ("to stop or trace payments", "penghentian atau penelusuran pembayaran"),
    Purpose.INVESTIGATION: ("investigation", "penyelidikan"),
    Purpose.MATCHING: ("to compare with what the receiving body holds", "pencocokan dengan data penerima"),
}
_NOTE: Final = (
    "Handed over for one purpose: {0}. Each indicator stands in a post that a person confirmed as a suspected unlawful or deceitful"
    " offer to Indonesian migrant workers. That is a reason to look, no finding of guilt. Numbers and accounts change hands:"
    " check before acting. Personal data under Law 27/2022: use it for this purpose, share it as the marking says, delete it when"
    " the purpose is met, and tell us what is wrong."
)
_NOTE_ID: Final = (
    "Diserahkan untuk satu tujuan: {0}. Setiap indikator tercantum dalam unggahan yang dikonfirmasi petugas sebagai penawaran yang"
    " diduga melanggar hukum atau diduga menipu pekerja migran Indonesia. Ini alasan untuk memeriksa, bukan pernyataan bersalah."
    " Nomor dan akun dapat berpindah tangan: periksa sebelum bertindak. Data pribadi menurut UU 27/2022: gunakan hanya untuk"
    " tujuan ini, teruskan sesuai penandaan, hapus setelah tujuan tercapai, dan beri tahu kami bila ada yang keliru."
)
_BACK: Final = (
    "Taken back: each indicator in this file was handed over before and was found wrong since. We no longer stand by it. Take it out of use"
    " wherever it was put, and tell those it was shared with."
)
_BACK_ID: Final = (
    "Dicabut: setiap indikator dalam berkas ini pernah diserahkan dan kemudian dinyatakan keliru. Kami tidak lagi mempertahankannya."
    " Hentikan penggunaannya di mana pun dipasang, dan beri tahu pihak yang telah menerimanya."
)
TITLES: Final[Mapping[str, str]] = {
    ClaimKind.PHONE: "Telephone number",
    ClaimKind.ACCOUNT: "Account",
    ClaimKind.LINK: "Link",
    ClaimKind.BANK_ACCOUNT: "Bank account",
    ClaimKind.EMAIL: "E-mail address",
}
KINDS: Final[Mapping[str, str]] = {
    Kind.ILLEGAL_RECRUITMENT: "illegal-recruitment",
    Kind.FRAUD: "fraud",
    Kind.IMPERSONATION: "impersonation",
}


@dataclass(frozen=True, slots=True)
class Handed:
    """One approved request with what may go of it now. `first`: when each mark was approved for a file first, by id; `began`: the same of
    the case or campaign; `since`: of anything from here."""

    number: str
    subject: str  # number of the case or campaign
    campaign: bool
    marks: tuple[Mark, ...]
    first: Mapping[int, datetime]
    began: datetime
    since: datetime
    at: datetime  # taken
    sharing: Sharing
    purpose: Purpose
    organisation: str
    site: str
    turns: Mapping[int, int] = field(default_factory=dict)  # of marks that were revoked before and confirmed anew, by id

    @property
    def note(self) -> str:
        return _NOTE.format(PURPOSES[self.purpose][0])

    @property
    def note_id(self) -> str:
        return _NOTE_ID.format(PURPOSES[self.purpose][1])

    @property
    def back(self) -> tuple[str, str]:
        """What a file that takes back says, in English and Indonesian."""
        return _BACK, _BACK_ID

    @property
    def kinds(self) -> tuple[str, ...]:
        return labels({kind for mark in self.marks for kind in mark.kinds})

    @property
    def title(self) -> str:
        what = "campaign" if self.campaign else "case"
        return f"SIPatrol {what} {self.subject}: contacts in offers to Indonesian migrant workers that people confirmed"

    def id(self, *parts: str) -> uuid.UUID:
        """The same for the same parts, in this installation."""
        return _id(self.site, *parts)

    def id_of(self, mark: Mark, *within: str) -> uuid.UUID:
        return identity(self.site, mark, self.turns.get(mark.id, 0), *within)


def _id(site: str, *parts: str) -> uuid.UUID:
    return uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, site), json.dumps(parts))


def identity(site: str, mark: Mark, turn: int, *within: str) -> uuid.UUID:
    """Of the object that this mark is, in the turn after that many revocations."""
    return _id(site, "indicator", *within, mark.kind, key(mark), *([str(turn)] if turn else []))


def grouped(marks: Iterable[Mark]) -> list[tuple[Mark, list[int]]]:
    """What a peer compares in the same way is one object: each with the ids it stands for. A site by http and by https is one site."""
    groups: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        groups.setdefault((mark.kind, key(mark)), []).append(mark)
    return [(_one(those), [mark.id for mark in those]) for those in groups.values()]


def _one(marks: Sequence[Mark]) -> Mark:
    """Its posts are as many as the most of them stands in: the same post may give both."""
    return replace(
        marks[0],
        first_seen=min(mark.first_seen for mark in marks),
        last_seen=max(mark.last_seen for mark in marks),
        posts=max(mark.posts for mark in marks),
        level=max(mark.level for mark in marks),
        kinds=tuple(sorted({kind for mark in marks for kind in mark.kinds})),
    )


def key(mark: Mark) -> str:
    """What a peer compares in the same way has the same, within its kind."""
    return mark.own_id or (bare_host(mark.value) if mark.kind == ClaimKind.LINK else "") or mark.value


def labels(kinds: set[str]) -> tuple[str, ...]:
    return tuple(sorted(KINDS[kind] for kind in kinds if kind in KINDS))


def confidence(mark: Mark) -> int:
    """People confirmed each: high where the system saw a high level too, or they confirmed more than one post."""
    return HIGH if mark.posts > 1 or mark.level >= Level.HIGH.rank else MEDIUM


def good_until(mark: Mark) -> datetime:
    return mark.last_seen + LASTS


def parted(mark: Mark) -> tuple[str, str]:
    """An account as platform and name, a bank account as bank and digits."""
    if mark.kind == ClaimKind.BANK_ACCOUNT:
        bank, _, digits = mark.value.rpartition(" ")
        return bank, digits
    platform, _, name = mark.value.partition(":")
    return platform, name


def said(mark: Mark) -> str:
    posts = "a post" if mark.posts == 1 else f"{mark.posts} posts"
    return f"Stands in {posts} that a person confirmed. Last seen {mark.last_seen:%Y-%m-%d}."
