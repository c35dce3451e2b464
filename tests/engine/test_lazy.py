import re

import pytest

from patrol.engine import lazy


def test_a_pattern_is_compiled_at_its_first_use() -> None:
    wrong = lazy.regex("(")
    with pytest.raises(re.error, match="missing"):
        wrong.search("")


def test_from_then_on_it_is_the_pattern() -> None:
    pattern = lazy.regex(r"(?P<word>[a-z]+)\d", re.IGNORECASE)
    found = pattern.search("x AB1")
    assert found is not None
    assert found["word"] == "AB"
    assert vars(pattern)["search"] == re.compile(r"(?P<word>[a-z]+)\d", re.IGNORECASE).search
    assert (pattern.fullmatch("ab"), pattern.sub("-", "a1b2"), pattern.groups) == (None, "--", 1)


def test_before_a_fork_all_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lazy, "_made", [])
    patterns = [lazy.regex("a"), lazy.regex("b")]
    assert ["search" in vars(pattern) for pattern in patterns] == [False, False]
    lazy.prepare()
    assert ["search" in vars(pattern) for pattern in patterns] == [True, True]
