from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from patrol import sources, vocabulary

SHARED = {
    "__init__",
    "addresses",
    "api",
    "beginnings",
    "bodies",
    "canonical",
    "closed",
    "file_names",
    "followed",
    "graph",
    "http",
    "markup",
    "places",
    "progress",
    "refusals",
    "robots",
    "times",
    "walks",
}

CLOSED = {"threads", "whatsapp", "noted"}  # nobody may fetch from them: posts come by capture, import and by hand


def test_the_table_lists_every_platform_in_the_folder():
    folder = {path.stem for path in Path(sources.__file__).parent.glob("*.py")}
    platforms = {
        stem for stem in folder - SHARED if not stem.endswith(("_shape", "_problems", "_profile", "_selectors"))
    }
    assert set(sources.SOURCES) == platforms == {platform.value for platform in vocabulary.Platform} - CLOSED


@pytest.mark.parametrize("platform", sorted(sources.SOURCES))
def test_a_source_says_what_it_is(platform):
    source = sources.SOURCES[platform]
    assert isinstance(source, ModuleType)
    assert platform == source.PLATFORM
    kinds = [sentence for shape in source.QUERIES for sentence in (shape.asks,)]
    for sentence in (source.TITLE, source.TERMS, source.HEALTHY, source.LIMITS, source.ROBOTS, source.PROVEN, *kinds):
        assert isinstance(sentence, vocabulary.Sentence)
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
