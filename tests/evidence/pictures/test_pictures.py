"""A stranger's picture is drawn anew in a child that has nothing to lose, or refused with a sentence."""

from __future__ import annotations

import importlib.util
import io
import json
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image, ImageFile

from patrol.evidence import pictures


def _hostile() -> ModuleType:
    place = Path(__file__).with_name("hostile.py")
    spec = importlib.util.spec_from_file_location("hostile_pictures", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hostile = _hostile()


def opened(content: bytes) -> ImageFile.ImageFile:
    return Image.open(io.BytesIO(content))


def grey(picture: Image.Image, place: tuple[int, int]) -> int:
    value = picture.convert("L").getpixel(place)
    assert isinstance(value, int)
    return value


@pytest.mark.parametrize("form", hostile.FORMATS)
def test_what_people_post_becomes_a_jpeg_of_its_pixels(form: str) -> None:
    shown = pictures.shrunk(hostile.picture((320, 240), form))
    assert (shown.width, shown.height, shown.media_type) == (320, 240, f"image/{form.lower()}")
    thumbnail = opened(shown.thumbnail)
    assert (thumbnail.format, thumbnail.size) == ("JPEG", (320, 240))
    assert grey(thumbnail, (20, 120)) < 40
    assert grey(thumbnail, (300, 120)) > 200


def test_a_large_one_is_shrunk_and_its_true_size_is_known() -> None:
    shown = pictures.shrunk(hostile.picture((4000, 3000), "JPEG"))
    assert (shown.width, shown.height, pictures.size_of(shown.thumbnail)) == (4000, 3000, (1280, 960))


def test_a_picture_is_turned_as_its_exif_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    shown = pictures.shrunk(hostile.picture((320, 240), "JPEG", exif=exif))
    assert (shown.width, shown.height) == (240, 320)
    assert grey(opened(shown.thumbnail), (120, 20)) < 40  # the bar is above now


def test_nothing_but_pixels_comes_through() -> None:
    exif = Image.Exif()
    exif[0x010E] = "nama orang"
    body = hostile.picture((320, 240), "JPEG", exif=exif, comment=b"nomor telepon") + b"PK\x03\x04<script>alert(1)</script>"
    shown = pictures.shrunk(body)
    for trace in (b"nama orang", b"nomor telepon", b"script", b"PK\x03\x04", b"Exif"):
        assert trace in body
        assert trace not in shown.thumbnail


def test_a_screenshot_is_drawn_anew_without_a_loss_and_without_what_stood_behind_it() -> None:
    content = hostile.picture((1_366, 5_000), "PNG")
    drawn = pictures.redrawn(content + b"<script>behind</script>")
    assert b"behind" not in drawn
    with opened(drawn) as new, opened(content) as old:
        assert (new.format, new.size) == ("PNG", (1_366, 5_000))
        assert new.convert("RGB").tobytes() == old.convert("RGB").tobytes()


@pytest.mark.parametrize(
    ("size", "part", "paper"), [((300, 420), 100, (300, 420)), ((300, 421), 99, (300, 420)), ((300, 1_200), 35, (300, 420))]
)
def test_of_a_long_page_the_upper_part_is_printed_and_it_is_said_how_much(size: tuple[int, int], part: int, paper: tuple[int, int]) -> None:
    shown = pictures.printed(hostile.picture(size, "PNG"))
    assert (shown.part, opened(shown.content).size) == (part, paper)


@pytest.mark.parametrize("content", [b"", b"<html>", b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_what_is_no_screenshot_is_refused(content: bytes) -> None:
    with pytest.raises(pictures.UnreadableError):
        pictures.redrawn(content)


def test_clear_parts_are_white() -> None:
    shown = pictures.shrunk(hostile.picture((200, 100), "PNG", mode="RGBA"))
    assert grey(opened(shown.thumbnail), (180, 50)) > 240


def test_of_a_moving_picture_the_first_frame_is_shown() -> None:
    assert pictures.size_of(pictures.shrunk(hostile.many_frames()).thumbnail) == (200, 200)


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_what_is_no_picture_is_refused_with_its_reason(name: str) -> None:
    body, code = hostile.REFUSED[name]
    with pytest.raises(pictures.UnreadableError) as refused:
        pictures.shrunk(body)
    assert refused.value.problem.code == code
    assert refused.value.problem.permanent
    assert refused.value.problem.sentence == pictures.REFUSALS[code]


def test_a_file_too_large_is_refused_before_a_child_is_made() -> None:
    with pytest.raises(pictures.UnreadableError) as refused:
        pictures.shrunk(b"\xff\xd8\xff" + bytes(pictures.MOST_BYTES))
    assert refused.value.problem.code == "too_large"


def test_the_largest_picture_stays_within_its_memory() -> None:
    shown = pictures.shrunk(hostile.picture((6000, 3999), "PNG", mode="RGBA"))
    assert shown.memory < pictures.MEMORY_BYTES


def test_a_child_that_takes_too_long_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "slow.py"
    outlived = tmp_path / "outlived"
    slow.write_text(f"import os, pathlib, time\nos.fork()\ntime.sleep(60)\npathlib.Path({str(outlived)!r}).touch()\n")
    monkeypatch.setattr(pictures, "_CHILD", slow)
    with pytest.raises(pictures.UnreadableError) as refused:
        pictures.shrunk(hostile.picture(), seconds=0.5)
    assert refused.value.problem.code == "too_costly"
    assert not outlived.exists()  # the child's own child held the pipe open, and went with it


@pytest.mark.parametrize(
    "answer", ["b''", "b'no json\\n'", "b'[]\\n'", "b'{}\\n'", 'b\'{"width": 1, "height": 1, "memory": 1, "alone": 1}\\n<html>\'']
)
def test_an_answer_that_is_not_our_program_s_is_not_believed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: str) -> None:
    taken_over = tmp_path / "child.py"
    taken_over.write_text(f"import sys\nsys.stdout.buffer.write({answer})\n")
    monkeypatch.setattr(pictures, "_CHILD", taken_over)
    with pytest.raises(pictures.UnreadableError):
        pictures.shrunk(hostile.picture())


def test_what_a_taken_over_child_may_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The walls around the decoder, tried from inside: no file and no socket. (A process it starts dies with it, above.)"""
    source = pictures._CHILD.read_text("utf-8")
    trial = """
    import errno, json, socket
    tried = {}
    for name, act in (("file", lambda: open("/etc/hostname")), ("socket", socket.socket)):
        try:
            act()
            tried[name] = "allowed"
        except OSError as error:
            tried[name] = errno.errorcode[error.errno]
    sys.stdout.buffer.write(json.dumps(tried).encode()); sys.stdout.buffer.flush(); os._exit(0)
"""
    marker = "    Image.MAX_IMAGE_PIXELS = most_pixels\n"
    assert marker in source
    tampered = tmp_path / "child.py"
    tampered.write_text("import socket, errno\n" + source.replace(marker, trial))
    monkeypatch.setattr(pictures, "_CHILD", tampered)
    said = pictures._asked(hostile.picture(), "JPEG", pictures.LONGEST_SIDE, pictures.MOST_THUMBNAIL, 20.0)
    told = json.loads(said)
    assert told["file"] == told["socket"] == "EMFILE"


def test_hostile_bodies_end_in_a_thumbnail_or_a_sentence() -> None:
    ends = set()
    for body in hostile.bodies(25):
        try:
            ends.add(pictures.media_type(pictures.shrunk(body).thumbnail))
        except pictures.UnreadableError as refused:
            ends.add(refused.problem.code)
    assert ends <= {"image/jpeg", *pictures.REFUSALS}
    assert {"image/jpeg", "broken"} <= ends


# --- washing --------------------------------------------------------------------------------------


def stripes() -> bytes:
    """Black and white columns: any writing left under a box would show."""
    image = Image.new("L", (400, 200), 255)
    for column in range(0, 400, 4):
        image.paste(0, (column, 0, column + 2, 200))
    kept = io.BytesIO()
    image.convert("RGB").save(kept, "JPEG", quality=95)
    return kept.getvalue()


def unrest(content: bytes, area: tuple[int, int, int, int]) -> int:
    values = opened(content).convert("L").crop(area).tobytes()
    return max(values) - min(values)


def test_under_a_box_nothing_can_be_read_and_beside_it_everything() -> None:
    shown = pictures.washed(stripes(), [(100, 50, 120, 40)])
    assert unrest(shown, (105, 55, 215, 85)) < 40
    assert unrest(shown, (0, 120, 90, 190)) > 200


def test_a_box_past_the_edge_is_cut_at_the_edge() -> None:
    shown = pictures.washed(stripes(), [(380, 180, 500, 500), (900, 900, 10, 10), (0, 0, 0, 0)])
    assert opened(shown).size == (400, 200)
    assert unrest(shown, (385, 185, 400, 200)) < 40


@pytest.mark.parametrize(
    ("box", "given", "size", "wanted"),
    [((100, 200, 300, 40), (2560, 1920), (1280, 960), (50, 100, 152, 22)), ((0, 0, 10, 10), (10, 10), (10, 10), (0, 0, 12, 12))],
)
def test_boxes_follow_the_thumbnail(
    box: tuple[int, int, int, int], given: tuple[int, int], size: tuple[int, int], wanted: tuple[int, int, int, int]
) -> None:
    assert pictures.scaled(box, given, size) == wanted
