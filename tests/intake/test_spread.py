from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.intake import pending, spread
from patrol.intake.formats import shape

KEY = "0123"
_words = st.text(st.characters(exclude_categories=()), max_size=20)  # half letters too
_moments = st.none() | st.datetimes(timezones=st.just(UTC) | st.just(timezone(timedelta(hours=7))))
_media = st.builds(domain.MediaReference, kind=_words, url=_words, words=_words, file=_words)
_posts = st.builds(
    domain.RawPost,
    platform=_words,
    external_id=_words,
    url=_words,
    text=_words,
    posted_at=_moments,
    collected_at=_moments,
    edited=st.booleans(),
    links=st.lists(_words, max_size=2).map(tuple),
    also=st.lists(_words, max_size=2).map(tuple),
    media=st.lists(_media, max_size=2).map(tuple),
    locator=_words,
    unknown=st.just(domain.NOTHING) | st.dictionaries(_words, _words | st.integers(), max_size=2).map(MappingProxyType),
)
_sentences = st.builds(domain.Sentence, id=_words, en=_words)
_problems = st.builds(domain.Problem, code=_words, sentence=_sentences, permanent=st.booleans(), where=_words)
_items = st.lists(_posts | _problems | st.builds(shape.Left, kind=_sentences, where=_words), max_size=5)


@pytest.fixture(autouse=True, scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        place = tmp_path_factory.mktemp("pending")
        patch.setattr(pending, "folder", lambda: place)
        yield place


@given(_items, st.integers(0, 6))
def test_what_is_laid_out_comes_back_from_any_place(items: list[shape.Item], start: int) -> None:
    spread.lay_out(KEY, items)
    assert spread.count(KEY) == len(items)
    assert list(spread.items(KEY, start)) == items[start:]


@pytest.mark.parametrize("start", [0, 1, 2, 3])
def test_a_file_that_breaks_off_says_so_at_its_end_wherever_one_begins(start: int) -> None:
    posts = [domain.RawPost("web", str(n), "", "teks") for n in range(2)]

    def broken() -> Iterator[shape.Item]:
        yield from posts
        raise shape.refused("archive_broken", "Rusak.", "Broken.")

    spread.lay_out(KEY, broken())
    assert spread.count(KEY) == 2
    found: list[shape.Item] = []
    with pytest.raises(shape.FileRefusedError) as caught:
        found.extend(spread.items(KEY, start))
    assert caught.value.problem == shape.problem("archive_broken", "Rusak.", "Broken.")


def test_a_kill_in_the_middle_leaves_nothing(folder: Path) -> None:
    spread.drop(KEY)

    def killed() -> Iterator[domain.RawPost]:
        yield domain.RawPost("web", "1", "", "teks")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        spread.lay_out(KEY, killed())
    assert spread.count(KEY) is None
    assert list(folder.iterdir()) == []


def test_what_was_dropped_is_gone() -> None:
    spread.lay_out(KEY, [domain.RawPost("web", "1", "", "teks", posted_at=datetime(2026, 11, 23, tzinfo=UTC))])
    spread.drop(KEY)
    spread.drop(KEY)
    assert spread.count(KEY) is None
    with pytest.raises(FileNotFoundError):
        list(spread.items(KEY, 0))
