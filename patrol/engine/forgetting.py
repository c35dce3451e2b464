"""Forgets what was read. The reader remembers words, numbers and its last texts, because most of a stream come again; what a stranger sent
to be checked may not stay in the memory of a process (patrol.public.check).
"""

from __future__ import annotations

from typing import Any, Final

from patrol.engine import licences, reading
from patrol.engine.licences import folded, real_words, slips
from patrol.engine.reading import dialling, learned, number_words, telling_words, voters

# Every bounded memory of these modules; those without a bound hold what our own files say. A test looks whether others hold a text.
_OF_TEXTS: Final[tuple[Any, ...]] = tuple(
    one
    for module in (folded, real_words, slips, dialling, learned, number_words, telling_words, voters)
    for one in vars(module).values()
    if hasattr(one, "cache_parameters") and one.cache_parameters()["maxsize"] is not None
)


def forget(book: licences.Book | None) -> None:
    """`book`: what the texts were checked against. Costs nothing by itself; the next text of this process is read a tenth slower."""
    reading.forget()
    if book is not None:
        book.names.forget()
    for memory in _OF_TEXTS:
        memory.cache_clear()
