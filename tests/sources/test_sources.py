from __future__ import annotations

import ast
import inspect
from pathlib import Path
from types import ModuleType
from typing import Any, get_origin, get_type_hints

import pytest

from patrol import domain, sources
from patrol.engine import masks

SHARED = {"shared", "transport", "availability", "short_links"}  # folders that are no platform

CLOSED = {"threads", "whatsapp", "noted"}  # nobody may fetch from them: posts come by capture, import and by hand


def members(protocol: type) -> set[str]:
    return {name for name in {*protocol.__annotations__, *vars(protocol)} if not name.startswith("_")}


def test_every_folder_has_its_line_and_every_line_its_folder() -> None:
    platforms = {path.parent.name for path in Path(sources.__file__).parent.glob("*/__init__.py")} - SHARED
    assert list(sources.PLATFORMS) == list(domain.Platform)
    assert set(sources.PLATFORMS) == platforms
    assert set(sources.SOURCES) == platforms - CLOSED


@pytest.mark.parametrize("platform", sorted(sources.PLATFORMS))
def test_a_folder_says_all_that_is_asked_of_a_platform(platform: Any) -> None:
    """As mypy would, were the folders imported by their names: each name, each of the type the protocol gives it."""
    module = sources.PLATFORMS[platform]
    assert isinstance(module, ModuleType)
    assert platform == module.PLATFORM
    protocols = [domain.Named] if platform in CLOSED else [domain.Named, domain.Source]
    for protocol in protocols:
        for name, kind in get_type_hints(protocol).items():
            assert isinstance(getattr(module, name), get_origin(kind) or kind), name
        for name in members(protocol) - set(protocol.__annotations__):
            said, wanted = inspect.signature(getattr(module, name)), inspect.signature(getattr(protocol, name))
            given = [(one.name.lstrip("_"), one.default) for one in said.parameters.values()]
            assert given == [(one.name, one.default) for one in wanted.parameters.values()][1:]
    assert {one.lower() for one in (*module.HOSTS, *module.CALLED)} == {*module.HOSTS, *module.CALLED}


def test_no_two_platforms_have_a_host_or_a_word_in_common() -> None:
    hosts = [host for module in sources.PLATFORMS.values() for host in module.HOSTS]
    called = [word for platform, module in sources.PLATFORMS.items() for word in (platform, *module.CALLED)]
    assert (len(set(hosts)), len(set(called))) == (len(hosts), len(called))


@pytest.mark.parametrize("platform", sorted(sources.SOURCES))
def test_a_source_says_what_it_is(platform: Any) -> None:
    source = sources.SOURCES[platform]
    kinds = [sentence for shape in source.QUERIES for sentence in (shape.asks,)]
    for sentence in (source.TITLE, source.TERMS, source.HEALTHY, source.LIMITS, source.ROBOTS, source.PROVEN, *kinds):
        assert isinstance(sentence, domain.Sentence)
        assert sentence.id != sentence.en


@pytest.mark.parametrize("platform", sorted(sources.SOURCES))
def test_each_way_to_ask_says_what_to_write_and_takes_its_own_example(platform: Any) -> None:
    source = sources.SOURCES[platform]
    for shape in source.QUERIES:
        assert shape.example
        assert source.check_query(shape.example, shape.key) is None, shape.key
        asks = [("Tulis ", shape.asks.id), ("Write ", shape.asks.en)]
        assert [(said.startswith(verb), shape.example in said) for verb, said in asks] == [(True, True)] * 2, shape.key


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://t.me/c/1840017733/5", ("telegram", "1840017733/5")),
        ("https://t.me/loker_seberang/5", ("telegram", "name:loker_seberang/5")),
        ("https://kabar.example/2026/11/berita", None),
        ("bukan alamat", None),
    ],
)
def test_each_source_is_asked_for_the_identity_of_an_address(url: str, known: Any) -> None:
    assert sources.identity(url) == known


def told(path: Path) -> list[str]:
    """Every sentence that a file of problems holds, with an x for what it quotes."""
    tree = ast.parse(path.read_text())
    parts = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            found.append("".join(str(one.value) if isinstance(one, ast.Constant) else "x" for one in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts | notes:
            found.append(node.value)
    return [one for one in found if " " in one]


@pytest.mark.parametrize("path", sorted(Path(sources.__file__).parent.glob("*/problems.py")), ids=lambda path: path.parent.name)
def test_no_mask_cuts_what_a_source_itself_says(path: Path) -> None:
    """A page masks these sentences, since they quote: an example with an @ or an address would be seen as dots."""
    sentences = told(path)
    assert len(sentences) > 1
    assert [one for one in sentences if masks.text(one, []) != one] == []
