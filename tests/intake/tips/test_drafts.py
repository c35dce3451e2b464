"""Pictures of a form: which of them cannot be taken is told of all at once."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from patrol.intake.tips import drafts


def file(content: bytes = b"") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 90), "white").save(out, "JPEG")
    return io.BytesIO(content or out.getvalue())


def test_each_file_that_cannot_be_taken_is_told_by_its_place() -> None:
    with pytest.raises(drafts.SomeRefusedError) as found:
        drafts.all_drawn([file(), file(b"GIF89a"), file(), file(b"x" * (drafts.MOST_BYTES + 1)), file(b"<script>")])
    told = {place: error.code for place, error in found.value.why.items()}
    assert told == {1: "tip.picture", 3: "tip.picture_too_large", 4: "tip.picture"}
    assert str(found.value) == "1 tip.picture, 3 tip.picture_too_large, 4 tip.picture"


def test_what_can_be_taken_keeps_its_order_and_a_refusal_keeps_no_place() -> None:
    with pytest.raises(drafts.SomeRefusedError):
        drafts.all_drawn([file(b"<script>")])
    assert [Image.open(io.BytesIO(one)).size for one in drafts.all_drawn([file(), file()])] == [(60, 90)] * 2
    assert (drafts.AT_ONCE.acquire(blocking=False), drafts.AT_ONCE.acquire(blocking=False)) == (True, True)
    drafts.AT_ONCE.release(2)
