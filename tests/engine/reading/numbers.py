"""What the tests of contact numbers ask of every text."""

from __future__ import annotations

from patrol.engine.reading import accounts, countries, folding, phones, phrases

ONE = "+6284012345678"


def values(text: str) -> list[str]:
    """The numbers of a text as the reader sees it: with the countries it names."""
    folded = folding.fold(text)
    named = countries.claims(folded, phrases.search(folded))
    shown = [claim.value for claim in named if claim.value != "ID"]
    return [claim.value for claim in phones.claims(folded, accounts.links(folded), shown)]
