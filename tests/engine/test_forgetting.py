"""What was read is remembered nowhere once it is forgotten: every memory of a function of ours is looked through."""

from __future__ import annotations

import functools
import gc
import sys

from patrol import domain
from patrol.engine import assess, forgetting, reading
from patrol.engine.licences import Book
from tests.engine.test_assess import NOW, REGISTER

WORD, DIGITS = "kenarixyz", "62217788990"
TEXT = f"""Lowongan kerja ke Taiwan, PT Kenarixyz Contoh Jaya, perawat lansia di rumah {WORD}, gaji 20 juta.
Telp 0{DIGITS[2:]}, +{DIGITS}, {WORD}3mp4t, nol delapan empat kenarixyzempat, SIP B.417/{WORD}/III/2026"""


def remembering(book: Book) -> set[str]:
    """Names of our functions that remember something of the text, and what else is kept of it."""
    kept = {"texts": reading._kept, "names": book.names._remembered}
    found = {name for name, memory in kept.items() if WORD in str(memory).lower()}
    ours = [module for name, module in sys.modules.items() if name.startswith("patrol.")]
    for one in {one for module in ours for one in vars(module).values() if isinstance(one, functools._lru_cache_wrapper)}:
        held = " ".join(str(part) for memory in gc.get_referents(one) if isinstance(memory, dict) for part in memory.items())
        if WORD in held or DIGITS[2:] in held:
            found.add(f"{one.__module__.rpartition('.')[2]}.{one.__name__}")
    return found


def test_nothing_of_a_text_is_remembered() -> None:
    book = assess.book(REGISTER)
    forgetting.forget(book)
    assess.assess([domain.Content(text=TEXT)], [None], book, now=NOW)
    assert remembering(book) >= {"texts", "names", "learned.glossed", "voters._word", "folded.misread", "dialling.international"}
    forgetting.forget(book)
    assert remembering(book) == set()
