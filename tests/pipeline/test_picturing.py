"""The pictures of a post: fetched by job, kept, read after the text, washed; each misbehaviour of a platform has its end."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from PIL import Image, ImageDraw, ImageFont

from patrol import domain, models, pipeline, tasks
from patrol.evidence import custody, pictures, raw
from patrol.infra import jobs, locks, pace
from patrol.pipeline import assessing, picture_reads, picturing
from patrol.sources.shared import refusals
from tests import factories

pytestmark = pytest.mark.django_db
NOW = factories.NOW
OFFER = ("DIBUTUHKAN CS CHAT KAMBOJA", "gaji 15 juta tiket ditanggung", "tanpa ijazah berangkat", "WA 0840 5551 0001")


def flyer(lines: Any = OFFER, form: str = "PNG") -> Any:
    image = Image.new("RGB", (1000, 110 + 90 * len(lines)), "white")
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        pen.text((40, 50 + number * 90), line, font=ImageFont.load_default(48), fill="black")
    kept = io.BytesIO()
    image.save(kept, form)
    return kept.getvalue()


@dataclass
class Platform:
    """A fake of the outside world: address -> body, or what to raise. Remembers what was asked."""

    holds: dict[str, Any]
    asked: list[str] = field(default_factory=list)

    def get(self, url: Any, *, headers: Any = domain.NOTHING) -> Any:
        self.asked.append(url)
        held = self.holds[url]
        if isinstance(held, Exception):
            raise held
        answer = held if isinstance(held, domain.RawAnswer) else image_answer(url, held)
        return refusals.unless_refused(answer)


def image_answer(url: Any, body: bytes = b"", **given: Any) -> Any:
    given = {"headers": (("Content-Type", "image/png"),)} | given
    return factories.answer(body, asked_url=url, final_url=url, **given)


def post(*addresses: Any, text: str = "Info di gambar.", kind: str = "photo") -> Any:
    media = tuple(domain.MediaReference(kind, address) for address in addresses)
    (one,) = factories.stored([factories.raw_post(text, media=media)])
    return one


def run(platform: Any, now: Any = NOW) -> Any:
    """One job, as the worker does it."""
    return jobs.run({"media": lambda job, *, now: picturing.fetch_pictures(job, now=now, fetcher=platform)}, now=now)


def read_text() -> None:
    while assessing.read_due(now=NOW, limit=50).read:
        pass


def states(one: Any) -> Any:
    rows = models.Media.objects.filter(version__post=one).order_by("position")
    return [(row.state, row.problem and row.problem["code"]) for row in rows]


def stored_bytes(capture: Any) -> Any:
    with raw.open_bytes(capture.sha256) as file:
        return file.read()


def later() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_job SET due_at = due_at - interval '7 hours' WHERE state = 'waiting'")


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a test is not about what stands on a picture, nobody needs to read it."""
    monkeypatch.setattr(assessing, "_opened", lambda item: item.content)


# --- fetching -------------------------------------------------------------------------------------


def test_a_picture_is_kept_as_it_came_and_drawn_anew() -> None:
    one = post("https://cdn.example/1.png")
    body = flyer()
    run(Platform({"https://cdn.example/1.png": body}))
    media = models.Media.objects.select_related("capture", "thumbnail").get()
    assert (media.state, media.width, media.height, media.masked, media.problem) == ("kept", 1000, 470, None, None)
    assert stored_bytes(media.capture) == body
    assert stored_bytes(media.thumbnail) == pictures.shrunk(body).thumbnail
    job = models.Job.objects.get()
    assert media.capture is not None
    assert media.thumbnail is not None
    assert (job.kind, job.state, media.capture.job_id, media.capture.post_id) == ("media", "done", job.pk, one.pk)
    assert (media.capture.kind, media.capture.relation, media.thumbnail.relation, media.thumbnail.of) == (
        "media",
        "original",
        "rendition",
        media.capture,
    )


def test_a_post_without_pictures_asks_for_nothing() -> None:
    factories.stored([factories.raw_post()])
    assert run(Platform({})) is None


def test_a_video_is_noted_and_left() -> None:
    one = post("https://cdn.example/1.mp4", kind="video")
    assert (states(one), run(Platform({}))) == ([("left", None)], None)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (image_answer("u", status=404), ("missing", "not_found")),
        (image_answer("u", status=410), ("missing", "not_found")),
        (image_answer("u", status=403), ("missing", "refused")),
        (b"<!doctype html><p>Login", ("refused", "no_picture")),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ("refused", "no_picture")),
        (b"", ("refused", "empty")),
        (flyer()[:3000], ("refused", "broken")),
        (refusals.private_address("cdn.example", "10.0.0.1"), ("refused", "private_address")),
        (refusals.bad_address(), ("refused", "bad_address")),
    ],
)
def test_what_is_no_picture_or_gone_is_told_and_not_asked_for_again(held: Any, wanted: Any) -> None:
    one = post("u")
    run(Platform({"u": held}))
    assert states(one) == [wanted]
    problem = models.Media.objects.get().problem
    assert problem is not None
    assert problem["id"]
    assert problem["en"]
    assert (models.Job.objects.get().state, models.Capture.objects.filter(kind="media").count()) == ("done", 0)


@pytest.mark.parametrize(
    "held",
    [
        image_answer("u", status=500),
        image_answer("https://cdn.example/1.png", status=429),
        image_answer("u", flyer(), truncated=True),
        refusals.dns("cdn.example"),
    ],
)
def test_a_platform_in_trouble_is_asked_again_and_after_the_last_try_the_picture_is_missing(held: Any) -> None:
    one = post("u")
    platform = Platform({"u": held})
    for attempt in range(1, jobs.TRIES):
        run(platform)
        job = models.Job.objects.get()
        assert (states(one), job.state, job.attempts) == ([("waiting", None)], "waiting", attempt)
        assert job.problem is not None
        assert job.problem["en"]
        assert run(platform) is None  # not before its pause is over
        later()
    run(platform)
    assert (models.Job.objects.get().state, states(one)[0][0]) == ("done", "missing")


def test_a_retry_after_closes_the_host_for_everybody() -> None:
    post("https://cdn.example/1.png")
    held = image_answer("https://cdn.example/1.png", status=429, headers=(("Retry-After", "900"),))
    run(Platform({"https://cdn.example/1.png": held}))
    with pytest.raises(pace.Paced):
        pace.SharedPace(sleep=lambda _seconds: None).wait("cdn.example")


def test_our_own_pace_is_nobody_s_failure() -> None:
    one = post("u")
    platform = Platform({"u": pace.Paced("cdn.example", 30)})
    for _ in range(jobs.TRIES + 2):
        run(platform)
        later()
    assert (states(one), models.Job.objects.get().attempts) == ([("waiting", None)], 0)
    platform.holds["u"] = flyer()
    run(platform)
    assert states(one) == [("kept", None)]


def test_an_album_goes_on_where_it_was_stopped() -> None:
    one = post("a", "b", "c")
    platform = Platform({"a": flyer(), "b": image_answer("b", status=503), "c": flyer(("SATU",))})
    run(platform)
    assert [state for state, _code in states(one)] == ["kept", "waiting", "kept"]
    later()
    platform.holds["b"] = flyer(("DUA",))
    platform.asked.clear()
    run(platform)
    assert ([state for state, _code in states(one)], platform.asked) == (["kept"] * 3, ["b"])


def test_more_pictures_than_anybody_looks_at_are_left() -> None:
    one = post(*(f"u{n}" for n in range(picturing.MOST_PICTURES + 2)))
    run(Platform({f"u{n}": image_answer("u", status=404) for n in range(picturing.MOST_PICTURES)}))
    assert states(one)[-3:] == [("missing", "not_found"), ("left", "too_many_pictures"), ("left", "too_many_pictures")]


def test_a_worker_that_lost_its_job_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    one = post("u")
    shrunk = pictures.shrunk

    def slow(body: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE patrol_job SET lease_token = gen_random_uuid()")
        return shrunk(body)

    monkeypatch.setattr(pictures, "shrunk", slow)
    run(Platform({"u": flyer()}))
    assert (states(one), models.Capture.objects.filter(kind="media").count()) == ([("waiting", None)], 0)


@pytest.mark.parametrize("where", ["keep", "capture"])
def test_a_crash_between_the_disk_and_the_row_costs_a_second_try_only(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    one = post("u")

    def dies(*_args: Any, **_given: Any) -> None:
        raise RuntimeError("crash")

    with monkeypatch.context() as crash:
        crash.setattr(*((picturing, "keep") if where == "keep" else (custody, "capture")), dies)
        run(Platform({"u": flyer()}))
    assert (states(one), models.Capture.objects.filter(kind="media").count()) == ([("waiting", None)], 0)
    later()
    run(Platform({"u": flyer()}))
    assert (states(one), models.Capture.objects.filter(kind="media").count()) == ([("kept", None)], 2)


# --- reading --------------------------------------------------------------------------------------


def test_the_text_is_read_at_once_and_the_picture_makes_the_flag() -> None:
    factories.offices()
    one = post("u")
    read_text()
    assert (models.Reading.objects.get().pictures_key, models.Flag.objects.count()) == ("", 0)
    run(Platform({"u": flyer()}))
    assert (pipeline.due().posts, pipeline.due().pictured) == (0, 1)
    assert assessing.read_due(now=NOW, limit=50).read == 0
    done = assessing.read_pictured(now=NOW)
    assert (done.read, done.flagged, pipeline.due().pictured) == (1, 1, 0)
    flag = models.Flag.objects.select_related("current_check__reading__content").get()
    said = flag.current_check.reading
    assert (flag.post_id, flag.level, said.version.post_id) == (one.pk, "high", one.pk)
    assert said.pictures_key == picture_reads.key(picture_reads.of_versions([said.version_id])[said.version_id])
    assert "KAMBOJA" in said.content.picture_texts[0]
    assert said.content.places[0].keys() == {"source", "start", "end", "box", "confidence"}
    (number,) = [claim for claim in said.content.claims if claim["kind"] == "phone"]
    assert (number["source"], number["value"]) == ("image:0", "+6284055510001")
    left, top, width, height = number["box"]
    assert 0 <= left < left + width <= 1000
    assert 300 < top < top + height < 420  # the fourth line


def test_a_level_that_rises_by_the_picture_is_told_on_the_flag() -> None:
    factories.offices()
    post("u", text="Loker Malaysia langsung berangkat tanpa PT, gaji RM 2000")
    read_text()
    before = models.Flag.objects.get()
    run(Platform({"u": flyer()}))
    assessing.read_pictured(now=NOW)
    after = models.Flag.objects.get()
    assert after.level_rank > before.level_rank
    assert [event.kind for event in after.events.all()] == ["raised", "pictures_read"]
    assert models.Reading.objects.count() == 2  # the reading of the text stays as it was


def test_who_has_its_pictures_before_its_text_was_read_is_read_by_its_text_first(no_reader: Any) -> None:
    factories.offices()
    post("u", text=factories.ILLEGAL.format(phone="0840 5551 0002"))
    run(Platform({"u": flyer(("SELAMAT PAGI",))}))
    assert (pipeline.due().posts, pipeline.due().pictured) == (1, 0)
    assert assessing.read_due(now=NOW, limit=50).flagged == 1
    assert (pipeline.due().posts, pipeline.due().pictured) == (0, 1)


def test_a_picture_that_comes_while_the_others_are_read_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.offices()
    one = post("a", "b")
    read_text()
    platform = Platform({"a": flyer(("SATU",)), "b": image_answer("b", status=503)})
    run(platform)
    later()
    platform.holds["b"] = flyer()
    opened = assessing._opened

    def meanwhile(item: Any) -> Any:
        monkeypatch.undo()
        run(platform)
        return opened(item)

    monkeypatch.setattr(assessing, "_opened", meanwhile)
    assessing.read_pictured(now=NOW)
    assert ([state for state, _ in states(one)], pipeline.due().pictured) == (["kept", "kept"], 1)
    assert assessing.read_pictured(now=NOW).flagged == 1


def test_a_newer_register_judges_text_and_pictures_together(no_reader: Any) -> None:
    factories.offices()
    one = post("u")
    read_text()
    run(Platform({"u": flyer()}))
    assessing.read_pictured(now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_post SET due_at = clock_timestamp() WHERE id = %s", [one.pk])
    assert (pipeline.due().posts, pipeline.due().pictured) == (0, 1)


def test_the_same_pixels_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.offices()
    first, second = post("u"), post("v")
    read_text()
    body = flyer()
    other = io.BytesIO()
    Image.open(io.BytesIO(body)).save(other, "PNG", compress_level=1)
    assert other.getvalue() != body
    run(Platform({"u": body, "v": other.getvalue()}))
    run(Platform({"u": body, "v": other.getvalue()}))
    assessing.read_pictured(now=NOW)
    monkeypatch.setattr("patrol.engine.reading.pictures.reader._read", None)  # nobody reads it a second time
    assert assessing.read_pictured(now=NOW).flagged == 1
    assert models.PictureRead.objects.exclude(said="").count() == 1
    assert {flag.post_id for flag in models.Flag.objects.all()} == {first.pk, second.pk}


def test_a_picture_that_breaks_the_reader_sets_its_own_post_aside_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.offices()
    one, other = post("u"), post("v")
    read_text()
    for _ in range(2):
        run(Platform({"u": flyer(), "v": flyer()}))
    opened = assessing._opened
    monkeypatch.setattr(assessing, "_opened", lambda item: opened(item) if item.post_id == other.pk else 1 / 0)
    assert assessing.read_pictured(now=NOW).quarantined == 1
    assert assessing.read_pictured(now=NOW).read == 1
    set_aside = models.Post.objects.exclude(quarantined_at=None).get()
    assert (set_aside.pk, set_aside.quarantine_reason) == (one.pk, "ZeroDivisionError")


def test_erasure_forgets_what_was_read_of_the_picture() -> None:
    factories.offices()
    post("u")
    read_text()
    run(Platform({"u": flyer()}))
    assessing.read_pictured(now=NOW)
    version = models.PostVersion.objects.get()
    assert models.PictureRead.objects.count() == 2
    factories.erase(version)
    assert models.PictureRead.objects.count() == 0
    content = models.ReadingClaims.objects.exclude(reading__pictures_key="").get()
    assert (content.claims, content.picture_texts, content.places) == ([], [], [])


# --- washing --------------------------------------------------------------------------------------


def test_the_shown_picture_has_its_number_washed_out_and_its_offer_not() -> None:
    factories.offices()
    post("u")
    read_text()
    run(Platform({"u": flyer()}))
    assessing.read_pictured(now=NOW)
    media = models.Media.objects.select_related("masked", "thumbnail").get()
    shown = Image.open(io.BytesIO(stored_bytes(media.masked))).convert("L")
    clear = Image.open(io.BytesIO(stored_bytes(media.thumbnail))).convert("L")
    number, offer = (150, 325, 480, 375), (40, 50, 700, 110)

    def unrest(image: Any, area: Any) -> Any:
        values = image.crop(area).tobytes()
        return max(values) - min(values)

    assert unrest(clear, number) > 200
    assert unrest(shown, number) < 60
    assert unrest(shown, offer) > 200
    assert media.masked is not None
    assert (media.masked.relation, media.masked.of_id) == ("rendition", media.capture_id)


@pytest.mark.parametrize(
    ("claims", "text", "wanted"),
    [
        ((), "WA 0840 5551 0003", 1),  # no reader claimed it: it looks like a number and is washed all the same
        ((), "GAJI 15.000.000", 0),
        ((domain.Claim("phone", "+6284055510003", (3, 17), "image:0"),), "WA 0840 5551 0003", 1),
        ((domain.Claim("phone", "+6284055510003", (3, 17), "image:1"),), "halo", 0),
    ],
)
def test_every_way_to_a_person_is_washed(claims: Any, text: str, wanted: int) -> None:
    place = domain.Place("image:0", (0, len(text)), (5, 6, 70, 8))
    read = domain.Reading("other", claims, (), (), picture_texts=(text,), places=(place,))
    assert picture_reads.contact_boxes(0, read) == [(5, 6, 70, 8)] * wanted


def test_a_number_over_two_lines_is_one_box_a_line_without_gaps() -> None:
    words = ((0, 4, (10, 20, 60, 30)), (5, 9, (80, 24, 60, 28)), (10, 14, (10, 80, 60, 30)))
    places = tuple(domain.Place("image:0", (start, end), box) for start, end, box in words)
    said = (domain.Claim("phone", "+6284055510003", (0, 14), "image:0"),)
    read = domain.Reading("other", said, (), (), picture_texts=("0840 5551 0003",), places=places)
    assert picture_reads.contact_boxes(0, read) == [(10, 20, 130, 32), (10, 80, 60, 30)]


def test_a_code_is_covered_whatever_it_holds() -> None:
    place = domain.Place("qr:0", (0, 4), (1, 2, 30, 30))
    read = domain.Reading("other", (), (), (), picture_texts=("",), code_texts=("halo",), places=(place,))
    assert picture_reads.contact_boxes(0, read) == [(1, 2, 30, 30)]
    assert picture_reads.contact_boxes(1, read) == []


def test_one_process_reads_pictures_at_a_time() -> None:
    with locks.only_one("pictures") as first:
        assert first
    with locks.only_one("pictures") as again:
        assert again


def test_the_listed_handlers_are_of_known_kinds() -> None:
    assert set(tasks.HANDLERS) <= set(jobs.KINDS)
