"""The map of tiles: each province once, its number printed, framed where it is the office's, addresses only behind numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from patrol.admin.shared import tile_map, words
from patrol.admin.shared.tile_layouts import DESTINATIONS, PROVINCES, Layout
from patrol.engine.reading import titles


def drawn(counts: dict[str, int], **more: Any) -> tile_map.TileMap:
    return tile_map.tile_map(counts, names=words.PROVINCES, title="Tanda", **more)


@pytest.mark.parametrize("layout", [PROVINCES, DESTINATIONS])
def test_every_place_has_one_tile_of_its_own(layout: Layout) -> None:
    places = Counter((spot.column, spot.row) for spot in layout.spots.values())
    assert set(places.values()) == {1}
    assert all(0 <= column < layout.columns and 0 <= row < layout.rows for column, row in places)
    assert all(letters <= 9 for spot in layout.spots.values() for letters in map(len, (spot.name.id, spot.name.en)))
    assert layout.left + layout.columns * (layout.tile_width + 3) == 532


@pytest.mark.parametrize("paper", [False, True])
def test_letters_have_12_pixels_on_a_screen_and_fewer_on_paper(paper: bool) -> None:
    with translation.override("id"):
        provinces = drawn({"33": 7_000, "18": 9}, paper=paper)
        countries = tile_map.destinations({"MY": 7_000, "SG": 9}, title="Tanda", paper=paper)
    assert countries is not None
    for one in (provinces, countries):
        letters = {size for tile in one.tiles for size in (tile.name_size, tile.count_size)} | {one.region_size}
        assert min(letters) * one.shown_width / one.width >= (8 if paper else 11.9)
        assert one.shown_width == (532 if paper else 790 if one is provinces else 746)


def test_the_provinces_are_those_there_are_and_the_countries_have_names() -> None:
    assert set(PROVINCES.spots) == set(words.PROVINCES)
    assert all(titles.country(code).id != code for code in DESTINATIONS.spots)


def test_destinations_stand_by_region_and_those_without_a_tile_beside_the_map() -> None:
    counts = {"MY": 9, "TW": 3, "EC": 2, "GY": 5, "ZZ": 1}
    links = {code: f"/{code}" for code in counts}
    with translation.override("id"):
        drawn = tile_map.destinations(counts, title="Tanda", links=links)
        assert drawn is not None
        beside = tile_map.untiled(counts, links)
        assert [(one.name, one.shown, one.link) for one in beside] == [("Guyana", "5", "/GY"), ("Ekuador", "2", "/EC"), ("ZZ", "1", "/ZZ")]
        assert {tile.code: (tile.name, tile.said, tile.link) for tile in drawn.tiles if tile.count} == {
            "MY": ("Malaysia", "Malaysia: 9", "/MY"),
            "TW": ("Taiwan", "Taiwan: 3", "/TW"),
        }
        assert [[line for _y, line in region.lines] for region in drawn.regions][:3] == [
            ["Asia", "Tenggara"],
            ["Asia", "Timur"],
            ["Timur", "Tengah"],
        ]
    assert sum(tile.count for tile in drawn.tiles) + sum(int(one.shown) for one in beside) == sum(counts.values())
    with translation.override("en"):
        in_english = tile_map.destinations(counts, title="Flags")
        assert in_english is not None
        names = {tile.code: tile.name for tile in in_english.tiles}
    assert tile_map.destinations({"ZZ": 1}, title="Tanda") is None
    assert (names["KH"], names["GB"], names["DE"]) == ("Cambodia", "UK", "Germany")


@given(st.dictionaries(st.sampled_from(list(PROVINCES.spots)), st.integers(0, 30_000)))
def test_each_number_is_printed_and_a_larger_one_is_never_lighter(counts: dict[str, int]) -> None:
    tones = [tone for tone, _ink in (("#ffffff", ""), *tile_map._TONES)]
    tiles = {tile.code: tile for tile in drawn(counts).tiles}
    assert {code: tile.count for code, tile in tiles.items()} == {code: counts.get(code, 0) for code in PROVINCES.spots}
    ordered = sorted(tiles.values(), key=lambda tile: tile.count)
    assert [tones.index(tile.fill) for tile in ordered] == sorted(tones.index(tile.fill) for tile in ordered)
    assert all((tile.fill == "#ffffff") == (tile.count == 0) for tile in ordered)


def test_the_tones_go_by_how_many_there_are() -> None:
    with translation.override("id"):
        assert [step.range for step in drawn({"33": 47}).steps] == ["1–2", "3–5", "6–10", "11+"]
        assert [step.range for step in drawn({"33": 98}).steps] == ["1–9", "10–24", "25–49", "50+"]
        assert drawn({"33": 7_000}).steps[-1].range == "5.000+"
        assert next(tile.shown for tile in drawn({"33": 7_000}).tiles if tile.code == "33") == "7.000"


def test_own_provinces_are_framed_and_only_numbers_lead_somewhere() -> None:
    linked = drawn({"33": 2}, own=["34"], links={"33": "/a", "32": "/b"})
    assert ({tile.code for tile in linked.tiles if tile.own}, {tile.code: tile.link for tile in linked.tiles if tile.link}) == (
        {"34"},
        {"33": "/a"},
    )
    assert linked.tiles[-1].own


def test_the_drawing_speaks_without_a_style_sheet() -> None:
    svg = render_to_string("workbench/tile_map.svg", {"map": drawn({"33": 1_204, "32": 3}, own=["33"])})
    assert re.findall(r"style=|<style", svg) == []
    assert all(re.search(r"fill=|stroke=", shape) for shape in re.findall(r"<rect[^>]*>", svg))
    assert re.findall(r'font-weight="600">\s*<text [^>]*>([^<]+)<', svg) == ["3", "1.204"]
    assert 'role="img"' in svg
    assert svg.count('stroke-width="2.4"') == 1
    assert 'role="group"' in render_to_string("workbench/tile_map.svg", {"map": drawn({"33": 1}, links={"33": "/a"})})
