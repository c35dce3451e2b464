"""Without Chromium: a failure under CI, elsewhere left out and said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import chromium


@pytest.fixture(autouse=True)
def no_chromium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(chromium, "PROGRAM", tmp_path / "chromium")


def test_under_ci_a_missing_chromium_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="browser tests are off"):
        chromium.missing()


def test_elsewhere_it_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert chromium.missing() is True
    with pytest.raises(pytest.skip.Exception, match="browser tests are off"), chromium.opened():
        pass


def test_where_it_is_there_nothing_is_off() -> None:
    chromium.PROGRAM.touch()
    assert chromium.missing() is False
