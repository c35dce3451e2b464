"""Without Chromium or Firefox: a failure under CI, elsewhere left out and said so."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from tests.browser import chromium, firefox


@pytest.fixture(params=[chromium, firefox], ids=["chromium", "firefox"])
def missing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The module of a browser that is not there."""
    browser: ModuleType = request.param
    monkeypatch.setattr(browser, "PROGRAM", tmp_path / "browser")
    return browser


def test_under_ci_a_missing_browser_fails(missing: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"tests (in Firefox )?are off"):
        missing.missing()


def test_elsewhere_it_is_off(missing: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert missing.missing() is True


def test_nothing_is_opened_without_chromium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(chromium, "PROGRAM", tmp_path / "chromium")
    with pytest.raises(pytest.skip.Exception, match="browser tests are off"), chromium.opened():
        pass


def test_where_it_is_there_nothing_is_off(missing: ModuleType) -> None:
    missing.PROGRAM.touch()
    assert missing.missing() is False
