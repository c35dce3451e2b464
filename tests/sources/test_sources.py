from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from patrol import domain, sources

SHARED = {"shared", "transport"}  # folders that are no platform

CLOSED = {"threads", "whatsapp", "noted"}  # nobody may fetch from them: posts come by capture, import and by hand


def test_the_table_lists_every_platform_in_the_folder():
    platforms = {path.parent.name for path in Path(sources.__file__).parent.glob("*/__init__.py")} - SHARED
    assert set(sources.SOURCES) == platforms == {platform.value for platform in domain.Platform} - CLOSED


@pytest.mark.parametrize("platform", sorted(sources.SOURCES))
def test_a_source_says_what_it_is(platform):
    source = sources.SOURCES[platform]
    assert isinstance(source, ModuleType)
    assert platform == source.PLATFORM
    kinds = [sentence for shape in source.QUERIES for sentence in (shape.asks,)]
    for sentence in (source.TITLE, source.TERMS, source.HEALTHY, source.LIMITS, source.ROBOTS, source.PROVEN, *kinds):
        assert isinstance(sentence, domain.Sentence)
        assert sentence.id != sentence.en


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://t.me/c/1840017733/5", ("telegram", "1840017733/5")),
        ("https://t.me/loker_seberang/5", ("telegram", "name:loker_seberang/5")),
        ("https://kabar.example/2026/11/berita", None),
        ("bukan alamat", None),
    ],
)
def test_each_source_is_asked_for_the_identity_of_an_address(url, known):
    assert sources.identity(url) == known
