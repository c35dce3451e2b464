"""The lexicon: complete, and every example hits its group."""

from __future__ import annotations

import pytest

from patrol.reading import folding, phrases
from patrol.vocabulary import PhraseGroup

LEXICON = {**phrases.load("phrases.toml"), **phrases.load("threats.toml")}


def groups(text: str) -> set[str]:
    folded = folding.fold(text)
    return {claim.value for claim in phrases.claims(folded, phrases.search(folded))}


def test_every_group_has_its_words() -> None:
    assert set(LEXICON) == set(PhraseGroup)


@pytest.mark.parametrize("group", sorted(PhraseGroup))
def test_every_example_hits_its_group(group: PhraseGroup) -> None:
    assert group in groups(LEXICON[group]["example"])


@pytest.mark.parametrize(
    ("text", "group", "hit"),
    [
        ("pakai visa turis", PhraseGroup.VISIT_VISA, True),
        ("tidak pakai visa turis", PhraseGroup.VISIT_VISA, False),
        ("bayar dp dulu", PhraseGroup.UPFRONT_MONEY, True),
        ("tanpa bayar dp dulu", PhraseGroup.UPFRONT_MONEY, False),
        ("loker", PhraseGroup.RECRUITS, True),
        ("lokernya", PhraseGroup.RECRUITS, True),
        ("blokernya", PhraseGroup.RECRUITS, False),
        ("bukan calo", PhraseGroup.DENIES_BROKER, True),
        ("Visa\nTuris", PhraseGroup.VISIT_VISA, True),
        ("v-i-s-a t-u-r-i-s", PhraseGroup.VISIT_VISA, True),
    ],
)
def test_word_borders_denials_and_disguise(text: str, group: PhraseGroup, hit: bool) -> None:
    assert (group in groups(text)) is hit


def test_an_entry_reads_as_all_its_variants() -> None:
    assert phrases.variants("bayar|byr dp dulu|") == ["bayar dp", "bayar dp dulu", "byr dp", "byr dp dulu"]
    assert phrases.variants("ke+luar negeri") == ["ke luar negeri"]


def test_an_entry_with_too_many_variants_is_refused() -> None:
    with pytest.raises(ValueError, match="4096 variants"):
        phrases.variants(" ".join(["a|b|c|d"] * 6))


def test_of_hits_inside_one_another_the_longest_stays() -> None:
    folded = folding.fold("Korea Selatan")
    assert [(hit.value, hit.start, hit.end) for hit in phrases.search(folded)["country"]] == [("KR", 0, 13)]
