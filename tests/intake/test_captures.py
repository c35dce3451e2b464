"""From the extension into the same store as every fetch: once, whole, with its evidence."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from patrol import models
from patrol.evidence import custody, raw
from patrol.evidence.pictures import REFUSALS
from patrol.infra.refusals import RefusedError
from patrol.intake import captures
from patrol.pipeline import assessing, storing
from tests import factories
from tests.factories import NOW
from tests.intake import sending

database = pytest.mark.django_db


def take(device: models.Device, value: dict[str, Any], picture: bytes | None = None) -> models.Intake:
    return captures.take(device=device, body=sending.written(value), screenshot=picture, now=NOW)


def counted() -> dict[str, int]:
    tables = (models.Intake, models.Capture, models.Post, models.PostVersion, models.Seen)
    return {table.__name__: table.objects.count() for table in tables}


@database
def test_a_group_post_with_comments_and_screenshot() -> None:
    station = models.Station.objects.create(office=factories.office("bp3mi-jabar"), name="P4MI Contoh")
    device, picture = sending.paired(factories.person(station=station)).device, sending.png()
    value = sending.capture(
        picture=picture, comments=[sending.comment("Minat kak"), sending.comment("Berapa biayanya?")], note="Grup tertutup"
    )
    intake = take(device, value, picture)
    assert (intake.state, intake.items, intake.posts_new, intake.note) == ("done", 3, 3, "Grup tertutup")
    assert (intake.person, intake.office, intake.device, intake.station) == (device.person, device.person.office, device, station)
    post = models.Post.objects.get(thread="")
    assert (post.platform, post.url, post.origin) == ("facebook", sending.GROUP_POST, "Loker Luar Negeri Contoh")
    assert post.due_at is not None
    comments = models.Post.objects.exclude(thread="")
    assert {comment.thread for comment in comments} == {post.external_id}
    sent, shot = models.Capture.objects.filter(intake=intake).order_by("kind")
    assert (sent.kind, sent.media_type, sent.person, sent.office) == ("page", "application/json", device.person, intake.office)
    assert (shot.kind, shot.post, shot.truncated) == ("screenshot", post, False)
    assert shot.options == {"width": 120, "height": 90, "complete": True}
    with raw.open_bytes(sent.sha256) as file:
        assert file.read() == sending.written(value)
    with raw.open_bytes(shot.sha256) as file:
        assert file.read() == picture
    entry = models.AuditEntry.objects.get(verb="capture.sent")
    assert (entry.actor_id, entry.target_id) == (device.person_id, str(intake.pk))
    assert sending.TEXT not in str(entry.after)


@database
def test_it_goes_the_way_of_every_post_and_the_flag_is_the_officer_s_office() -> None:
    device = sending.paired(factories.person(code="bp3mi-sulsel")).device
    take(device, sending.capture())
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    flag = models.Flag.objects.select_related("office").get()
    assert (flag.office.code, flag.level) == ("bp3mi-sulsel", "high")


@database
def test_the_same_capture_twice_is_one_with_the_same_answer() -> None:
    device, picture = sending.paired().device, sending.png()
    value = sending.capture(picture=picture)
    first = take(device, value, picture)
    before = counted()
    second = take(device, value, picture)
    assert (second.pk, second.posts_new) == (first.pk, 1)
    assert counted() == before
    assert models.AuditEntry.objects.filter(verb="capture.sent").count() == 1


@database
def test_a_key_stands_for_one_content_of_one_person() -> None:
    value = sending.capture()
    mine, other = sending.paired().device, sending.paired().device
    take(mine, value)
    for device, changed in ((mine, value | {"note": "lain"}), (other, value)):
        with pytest.raises(RefusedError) as refused:
            take(device, changed)
        assert refused.value.code == "capture.key"


@database
def test_two_officers_who_capture_one_post_meet() -> None:
    take(sending.paired().device, sending.capture())
    mobile = sending.GROUP_POST.replace("www.", "m.").replace("/posts/", "/permalink/") + "?__tn__=%2As"
    intake = take(sending.paired().device, sending.capture(post=sending.post(url=mobile)))
    assert (intake.posts_new, intake.posts_repeated) == (0, 1)
    assert models.Seen.objects.count() == 2


@database
def test_a_capture_meets_the_fetched_post() -> None:
    address = "https://www.tiktok.com/@akun.contoh/video/7300000000000000042"
    [fetched] = factories.stored([factories.raw_post(sending.TEXT, platform="tiktok", external_id="7300000000000000042", url=address)])
    intake = take(sending.paired().device, sending.capture(platform="tiktok", post=sending.post(url=address)))
    assert (intake.posts_new, intake.posts_repeated) == (0, 1)
    assert models.Post.objects.get() == fetched


@database
@pytest.mark.parametrize("url", ["", "https://www.facebook.com/groups/100000000000123/"])
def test_a_post_without_an_address_of_its_own_is_known_by_its_words(url: str) -> None:
    """The address of a group shows another post tomorrow: two posts of it never become one."""
    device = sending.paired().device
    first = take(device, sending.capture(post=sending.post(url=url)))
    again = take(device, sending.capture(post=sending.post(url=url)))
    other = take(device, sending.capture(post=sending.post(url=url, text="Lowongan lain ke Taiwan, kuota 20 orang.")))
    assert [(one.posts_new, one.posts_repeated) for one in (first, again, other)] == [(1, 0), (0, 1), (1, 0)]
    assert {post.external_id[:5] for post in models.Post.objects.all()} == {"said:"}


@database
def test_a_page_of_the_web_is_its_canonical_address() -> None:
    url = "https://loker.example/abroad/?utm_source=fb&id=7#atas"
    take(sending.paired().device, sending.capture(platform="web", post=sending.post(url=url)))
    assert models.Post.objects.get().external_id == "https://loker.example/abroad?id=7"


@database
def test_two_comments_of_the_same_words_are_two_and_stay_two() -> None:
    device = sending.paired().device
    comments = [sending.comment("Minat"), sending.comment("Minat")]
    assert take(device, sending.capture(comments=comments)).posts_new == 3
    assert take(device, sending.capture(comments=comments)).posts_repeated == 3


@database
def test_pictures_of_the_post_are_asked_for() -> None:
    pictures = [{"url": "https://gambar.example/a.jpg?oh=1", "words": "Brosur"}]
    take(sending.paired().device, sending.capture(post=sending.post(pictures=pictures)))
    assert models.Media.objects.get().state == "waiting"
    assert models.Job.objects.get().kind == "media"


# --- the screenshot -------------------------------------------------------------------------------


@database
@pytest.mark.parametrize(
    ("told", "sent", "code"),
    [
        (sending.png(), None, "capture.screenshot_incomplete"),
        (None, sending.png(), "capture.screenshot_incomplete"),
        (sending.png(), sending.png(shade=1), "capture.screenshot_damaged"),
        (sending.png(), sending.png()[:-20], "capture.screenshot_damaged"),
    ],
)
def test_a_screenshot_that_is_not_the_one_spoken_of(told: bytes | None, sent: bytes | None, code: str) -> None:
    device, before = sending.paired().device, counted()
    with pytest.raises(RefusedError) as refused:
        take(device, sending.capture(picture=told), sent)
    assert refused.value.code == code
    assert counted() == before


@database
def test_a_screenshot_that_cannot_be_opened_is_refused_with_the_reader_s_sentence() -> None:
    broken = sending.png(400, 400)[:200]
    value = sending.capture(picture=sending.png())
    value["screenshot"]["sha256"] = __import__("hashlib").sha256(broken).hexdigest()
    with pytest.raises(RefusedError) as refused:
        take(sending.paired().device, value, broken)
    assert refused.value.said("en") == REFUSALS["broken"].en


# --- what breaks in between -----------------------------------------------------------------------


class Killed(BaseException):
    """Stands for a SIGKILL: nothing catches it."""


@pytest.mark.parametrize("place", ["before the file", "after the file", "after the row", "after the posts", "before the audit"])
def test_wherever_it_breaks_the_next_try_finds_nothing_or_everything(place: str, committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    device, picture = sending.paired().device, sending.png()
    value, before = sending.capture(picture=picture, comments=[sending.comment()]), counted()
    with monkeypatch.context() as broken:
        _break(broken, place)
        with pytest.raises(Killed):
            take(device, value, picture)
    assert counted() == before
    assert take(device, value, picture).posts_new == 2
    after = counted()
    assert take(device, value, picture).posts_new == 2
    assert counted() == after == {"Intake": 1, "Capture": 2, "Post": 2, "PostVersion": 2, "Seen": 2}
    assert all(raw.intact(capture.sha256) for capture in models.Capture.objects.all())


def _break(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    def kill(*_: Any, **__: Any) -> Any:
        raise Killed

    def after(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            real(*arguments, **named)
            raise Killed

        return run

    match place:
        case "before the file":
            monkeypatch.setattr(raw, "put", kill)
        case "after the file":
            monkeypatch.setattr(raw, "put", after(raw.put))
        case "after the row":
            monkeypatch.setattr(custody, "capture_file", kill)
        case "after the posts":
            monkeypatch.setattr(storing, "store", after(storing.store))
        case "before the audit":
            monkeypatch.setattr("patrol.access.audit.write", kill)


def test_the_same_capture_from_two_tries_at_once_is_one(committed: None) -> None:
    device = sending.paired().device
    body = sending.written(sending.capture())
    answers: list[int] = []
    gate = threading.Barrier(2)

    def send() -> None:
        gate.wait(120)
        try:
            answers.append(captures.take(device=device, body=body, screenshot=None, now=NOW).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(answers) == 2
    assert len(set(answers)) == 1
    assert counted() == {"Intake": 1, "Capture": 1, "Post": 1, "PostVersion": 1, "Seen": 1}
