"""What was written in those weeks, in pieces (adverts.toml), and by whom. All of it is invented."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TOWNS: Final = {
    "sulteng": ("Palu", "Donggala", "Poso", "Parigi Moutong", "Tolitoli", "Luwuk", "Morowali", "Ampana"),
    "jabar": ("Sukabumi", "Cianjur", "Indramayu", "Cirebon", "Karawang", "Subang", "Majalengka", "Garut", "Tasikmalaya"),
    "anywhere": ("",),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of text, and how a careful officer decides a flag of it: see adverts.toml."""

    key: str
    outcome: str
    reason: str
    often: int
    texts: tuple[str, ...]
    article: str = ""
    title: str = ""


def _kinds() -> tuple[Kind, ...]:
    listed = tomllib.loads((Path(__file__).parent / "adverts.toml").read_text(encoding="utf-8"))["kind"]
    return tuple(Kind(**{**row, "texts": tuple(row["texts"])}) for row in listed)


KINDS: Final = _kinds()
BY_KEY: Final = {kind.key: kind for kind in KINDS}

_NAMES: Final = (
    ("Bang", "Kak", "Pak", "Bu", "Mas", "Mbak"),
    ("Contoh", "Rekaan", "Misal", "Umpama", "Andai", "Ibarat", "Seumpama", "Perumpamaan"),
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a text says to write to: a phone number and a name, both invented (0840 is nobody's prefix)."""

    phone: str
    name: str


def sender(number: int) -> Sender:
    titles, names = _NAMES
    return Sender(f"0840 77{number // 100:02d} {number % 100:02d}{number * 7 % 100:02d}", f"{titles[number % 6]} {names[number % 8]}")


def write(kind: Kind, place: str, by: Sender, dice: random.Random) -> str:
    """One text of this kind."""
    text = dice.choice(kind.texts).format(
        place=place or "daerah", phone=by.phone, name=by.name, count=dice.randint(3, 40), pay=dice.randint(8, 20), fee=dice.randint(2, 9)
    )
    return f"{text} {dice.choice(_TAILS)}".strip()


_TAILS: Final = ("", "Yang serius saja.", "Info lengkap lewat pesan.", "Bagikan ke saudara.", "Cepat ya, tempat terbatas.", "Terima kasih.")
