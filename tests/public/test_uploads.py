"""What is said of files that strangers sent and that were not kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy

from patrol.infra.refusals import RefusedError
from patrol.public import uploads

BAD = RefusedError("contoh", gettext_lazy("A picture is larger than 10 MB. Send a smaller one."))


@pytest.mark.parametrize(
    ("names", "bad", "said"),
    [
        (["besar.jpg"], [0], "besar.jpg: A picture is larger than 10 MB. Send a smaller one."),
        (
            ["a.jpg", "besar.jpg"],
            [1],
            "besar.jpg: A picture is larger than 10 MB. Send a smaller one. This picture was not taken either; choose it again: a.jpg.",
        ),
        (
            ["image.jpg", "image.jpg", "c.jpg"],
            [0],
            (
                "image.jpg (1): A picture is larger than 10 MB. Send a smaller one."
                " These pictures were not taken either; choose them again: image.jpg (2), c.jpg."
            ),
        ),
    ],
)
def test_which_is_bad_and_which_to_choose_again(names: list[str], bad: list[int], said: str) -> None:
    with translation.override("en"):
        assert uploads.refused(names, dict.fromkeys(bad, BAD)) == said


@pytest.mark.parametrize(
    ("names", "most", "said"),
    [
        ([], None, ""),
        (["a.jpg"], None, "Then choose this picture again: a.jpg."),
        (["a.jpg", "b.jpg"], None, "Then choose these pictures again: a.jpg, b.jpg."),
        (["a.jpg", "b.jpg"], 1, "Choose at most 1 of these again: a.jpg, b.jpg."),
        (["a.jpg", "b.jpg"], 0, ""),
    ],
)
def test_nobody_is_told_to_choose_what_has_no_room(names: list[str], most: int | None, said: str) -> None:
    with translation.override("en"):
        assert uploads.again(names, most=most) == said


def test_files_are_named_whether_they_came_or_not() -> None:
    came = RequestFactory().post("/", {"pictures": [SimpleUploadedFile("b.jpg", b"x"), SimpleUploadedFile("c.jpg", b"")]})
    alone = RequestFactory().post("/", {"pictures": ["", "a\u202e.jpg", "x" * 70 + ".jpg", *(str(number) for number in range(20))]})
    assert uploads.chosen(came, "pictures") == ["b.jpg", "c.jpg"]
    assert uploads.chosen(alone, "pictures") == ["a .jpg", "x" * 56 + ".jpg", *(str(number) for number in range(8))]
    assert [uploads.chosen(one, "photo") for one in (came, alone)] == [[], []]
