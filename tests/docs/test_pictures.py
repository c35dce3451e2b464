"""The pictures of the documents: each page of the product has its own on a desk, in the dark and on a telephone, or says why not."""

from __future__ import annotations

import re
from collections import Counter

from django.urls import URLPattern

from docs.shots import pages, stories
from patrol.public import urls as public_urls
from tests.admin import test_access_walk as walk
from tests.docs import documents

IMAGES = documents.ROOT / "docs/img"
NO_PAGE = [address for why in pages.NO_PAGE.values() for address in why]
SHOWN = {row.address for row in pages.rows()}


def answered() -> set[str]:
    """What somebody is shown something at, opened or sent to: as the walk over every address says, and all of the public desk."""
    workbench = {name for name, row in walk.MATRIX.items() if any(200 in told for told in [*row.get.values(), *(row.post or {}).values()])}
    beside = {str(one.name) for one in public_urls.urlpatterns if isinstance(one, URLPattern)}
    return workbench | beside | {f"public:{one.name}" for one in public_urls.PAGES}


def test_each_page_has_its_pictures_or_says_why_not() -> None:
    assert answered() - SHOWN - set(NO_PAGE) == set()


def test_no_row_is_left_over() -> None:
    assert set(NO_PAGE) <= answered()
    assert set(NO_PAGE) & SHOWN == set()
    assert SHOWN - set(walk.MATRIX) - answered() == set()


def test_a_page_without_a_row_is_seen() -> None:
    assert answered() | {"admin:patrol_new_changelist"} - SHOWN - set(NO_PAGE) != set()
    assert "admin:patrol_flag_decide" not in answered()  # takes what is sent, and leads on
    assert "admin:patrol_flag_change" in answered()


def test_the_pictures_are_those_of_the_table() -> None:
    assert sorted(file.name for file in IMAGES.iterdir()) == sorted(pages.files())
    assert {row.name: row.kinds for row in pages.rows() if row.name in {"queue", "check"}} == {
        "queue": ("dark", "phone"),
        "check": ("phone",),
    }


def test_the_gallery_is_that_of_the_table() -> None:
    assert (documents.ROOT / "docs/pictures.md").read_text() == pages.gallery()


def test_the_pictures_stay_small() -> None:
    """One opens quickly, and all of them together leave the repository light."""
    sizes = [file.stat().st_size for file in IMAGES.iterdir()]
    assert max(sizes) <= 150_000
    assert sum(sizes) <= 12_000_000


def test_each_way_leads_from_a_row_or_an_address() -> None:
    assert [name for name, times in Counter(row.name for row in pages.rows()).items() if times > 1] == []
    for group in pages.GROUPS:
        names = {row.name for row in group.rows}
        assert [row.name for row in group.rows if row.way not in {"", pages.STORY} | names | set(walk.MATRIX)] == []
        assert group.account in stories.DAY or not any(row.way == pages.STORY for row in group.rows)


def test_each_step_of_installing_the_extension_has_its_picture() -> None:
    page = (documents.ROOT / "templates/workbench/capture_install.html").read_text()
    shown = re.findall(r"'extension-steps/(\w+)\.png'", page)
    assert len(shown) == page.count("<li>") == len(set(shown))
    taken = re.findall(r'_keep\("(\w+)", ', (documents.ROOT / "docs/extension_steps.py").read_text())
    assert set(shown) == set(taken) == {path.stem for path in (documents.ROOT / "static/extension-steps").iterdir()}
