"""An edit is what its author changed, not an address that was signed anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.pipeline import edits
from tests import factories

SIGNED = "https://cdn.example/v/t39/481234567_1012345678901234_n.jpg?oh=00_{}&oe=65{}"


def photo(token: str = "AA", **given: str) -> domain.MediaReference:
    return domain.MediaReference(**({"kind": "photo", "url": SIGNED.format(token, token)} | given))


def alike(first: domain.MediaReference, second: domain.MediaReference) -> bool:
    one, other = (edits.shown(factories.raw_post(media=(media,))) for media in (first, second))
    assert edits.alike(other, one) == edits.alike(one, other)
    return edits.alike(one, other)


@pytest.mark.parametrize(
    ("second", "same"),
    [
        (photo("BB"), True),
        (photo(url=SIGNED.format("AA", "AA").replace("1234_n", "1235_n")), False),
        (photo(words="poster"), False),
        (photo(kind="video"), False),
        (photo(file="telegram:1"), True),  # a row from before its platform's files had names
    ],
)
def test_a_picture_is_the_same_by_what_lasts(second: domain.MediaReference, same: bool) -> None:
    assert alike(photo(), second) == same


@pytest.mark.parametrize(("file", "same"), [("telegram:1", True), ("telegram:2", False)])
def test_where_the_platform_names_its_files_the_address_does_not_count(file: str, same: bool) -> None:
    assert alike(photo(file="telegram:1"), photo(url="https://cdn.example/file/lain.jpg", file=file)) == same


@pytest.mark.parametrize(
    ("second", "same"),
    [
        ("https://situs.example/lowongan?fbclid=2&id=7", True),
        ("https://situs.example/lowongan?fbclid=1&id=8", False),
        ("https://situs.example/lain?fbclid=1&id=7", False),
    ],
)
def test_a_link_is_the_same_whoever_is_said_to_have_followed_it(second: str, same: bool) -> None:
    first: edits.Beside = (["https://situs.example/lowongan?fbclid=1&id=7"], [])
    assert edits.alike(first, ([second], [])) == same


def test_one_picture_more_or_less_is_no_repeat() -> None:
    one, two = (edits.shown(factories.raw_post(media=(photo(),) * count)) for count in (1, 2))
    assert not edits.alike(one, two)
    assert not edits.alike(two, one)


MEDIA = st.builds(
    domain.MediaReference,
    st.sampled_from(["photo", "video"]),
    st.sampled_from(["", SIGNED.format("AA", "AA"), "https://cdn.example/1.jpg?token=a", "evidence:" + "a" * 64]),
    st.sampled_from(["", "poster"]),
    st.sampled_from(["", "telegram:1"]),
)


@given(st.lists(MEDIA, max_size=3), st.lists(st.sampled_from(["https://a.example/?b=1&a=2", "bukan alamat?"]), max_size=2))
def test_what_lasts_lasts_and_every_post_is_like_itself(media: list[domain.MediaReference], links: list[str]) -> None:
    post = replace(factories.raw_post(), media=tuple(media), links=tuple(links))
    shown = edits.shown(post)
    assert edits.alike(shown, shown)
    lasting = edits.lasting(*shown)
    assert len(lasting[1]) == len(media)
    assert edits.lasting(*edits.lasting(*shown)) == lasting


@given(st.lists(MEDIA, max_size=4), st.data())
def test_what_shows_more_holds_all_its_parts_and_what_shows_less_holds_it_not(
    media: list[domain.MediaReference], data: st.DataObject
) -> None:
    places = data.draw(st.sets(st.sampled_from(range(len(media))))) if media else set()
    whole, part = (
        edits.shown(factories.raw_post(media=tuple(chosen), links=links))
        for chosen, links in (
            (media, ("https://a.example/", "https://b.example/")),
            ([media[place] for place in sorted(places)], ("https://b.example/",)),
        )
    )
    assert edits.holds(whole, part)
    assert not edits.holds(part, whole)
    assert edits.holds(whole, whole)


@pytest.mark.parametrize(
    ("part", "held"),
    [
        ((), True),
        ((domain.MediaReference("document"),), True),  # of which only is known that there was one
        ((domain.MediaReference("document"),) * 2, False),
        ((photo("BB"),), True),
        ((photo(words="poster"),), False),
    ],
)
def test_a_picture_nobody_can_name_is_held_by_any_other(part: tuple[domain.MediaReference, ...], held: bool) -> None:
    one, other = (edits.shown(factories.raw_post(media=media)) for media in ((photo(),), part))
    assert edits.holds(one, other) == held
