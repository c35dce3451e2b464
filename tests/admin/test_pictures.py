"""Pictures on the page: ours, redrawn, contacts washed out by default, clear for who holds the flag; what is read stands below."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse
from PIL import Image

from patrol import models, triage
from patrol.admin.shared import pictures as page
from patrol.evidence import raw
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories
from tests.admin.conftest import Door
from tests.markup import only, read, value_of

pytestmark = pytest.mark.django_db
NOW = factories.NOW


def drawn(colour: str = "white", size: tuple[int, int] = (800, 600)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, "JPEG")
    return kept.getvalue()


def capture(content: bytes, post: models.Post, **given: Any) -> models.Capture:
    return factories.file_capture(content, post_id=post.pk, **given)


WORDS = "LOKER KAMBOJA CS CHAT\nWA 0840 5550 4321\nDAFTAR <b>SEKARANG</b>"
CODE = "https://wa.me/6284055504321"


@pytest.fixture
def flag() -> models.Flag:
    """A flag whose picture was read: what the reader says of it is written here by hand."""
    (flag,) = factories.flags(1)
    version = flag.current_check.reading.version
    original = capture(drawn("red"), flag.post)
    models.Media.objects.create(
        version=version,
        position=0,
        kind="photo",
        state="kept",
        capture=original,
        width=800,
        height=600,
        thumbnail=capture(drawn("green"), flag.post),
        masked=capture(drawn("blue"), flag.post),
    )
    models.Media.objects.create(
        version=version,
        position=1,
        kind="photo",
        state="missing",
        problem={"code": "not_found", "id": "Sudah dihapus di sana.", "en": "It is gone there.", "permanent": True},
    )
    models.Media.objects.create(version=version, position=2, kind="video", state="left")
    told = factories.pictured(version, WORDS, CODE)
    check = models.LicenceCheck.objects.get(pk=flag.current_check_id)
    check.pk, check.reading = None, told
    check.save(force_insert=True)
    models.Finding.objects.create(
        check_of=check,
        rule="scam_compound_job",
        rule_version=1,
        points=30,
        reason_id="Pekerjaan kompleks penipuan.",
        reason_en="Scam compound job.",
        spans=[[6, 13], [0, 4]],
        sources=["image:0", "text"],
    )
    models.Flag.objects.filter(pk=flag.pk).update(current_check=check)
    return flag


def media_of(flag: models.Flag) -> models.Media:
    """The picture that was read."""
    return models.Media.objects.get(version__post=flag.post, position=0)


def shown(client: Client, flag: models.Flag) -> Any:
    return client.get(reverse("admin:patrol_flag_change", args=[flag.pk]))


def soup(answer: Any) -> Tag:
    return only(BeautifulSoup(answer.content, "html.parser"), "section.card:has(.pic)")


def picture(name: str, flag: models.Flag, media: models.Media | None = None) -> str:
    return reverse(f"admin:patrol_post_{name}", args=[(media or media_of(flag)).pk])


def colour(answer: Any) -> str:
    pixel = Image.open(io.BytesIO(answer.content)).convert("RGB").getpixel((5, 5))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return max(("red", red), ("green", green), ("blue", blue), key=lambda pair: pair[1])[0]


def test_whoever_may_see_posts_gets_the_washed_picture(door: Door, flag: models.Flag) -> None:
    client = door(Role.OFFICER)
    card = soup(shown(client, flag))
    (image,) = card.select("img")
    assert image["src"] == picture("picture", flag)
    answer = client.get(value_of(image, "src"))
    assert (answer.status_code, colour(answer)) == (200, "blue")
    assert "5550" not in card.text
    assert "4321" not in card.text
    assert client.get(picture("picture_clear", flag)).status_code == 403


def test_who_holds_the_flag_gets_the_clear_one_and_that_is_logged(door: Door, flag: models.Flag) -> None:
    officer = factories.person(Role.OFFICER)
    client = door(officer)
    assert client.get(picture("picture_clear", flag)).status_code == 403
    client.post(reverse("admin:patrol_flag_take", args=[flag.pk]))
    assert models.AuditEntry.objects.filter(verb="contact.shown").count() == 1
    card = soup(shown(client, flag))
    assert only(card, "img")["src"] == picture("picture_clear", flag)
    assert colour(client.get(picture("picture_clear", flag))) == "green"
    assert "0840 5550 4321" in card.text
    triage.release(flag.pk, by=officer, now=NOW)
    assert client.get(picture("picture_clear", flag)).status_code == 403


def test_who_holds_the_flag_gets_no_clear_picture_of_another_version(door: Door, flag: models.Flag) -> None:
    client = door(Role.OFFICER)
    client.post(reverse("admin:patrol_flag_take", args=[flag.pk]))
    other = models.PostVersion.objects.get(post=flag.post)
    other.pk, other.number = None, other.number + 1
    other.save(force_insert=True)
    newer = media_of(flag)
    newer.pk, newer.version = None, other
    newer.save(force_insert=True)
    assert client.get(picture("picture_clear", flag, newer)).status_code == 403
    assert colour(client.get(picture("picture", flag, newer))) == "blue"


def test_the_file_as_it_came_is_never_sent(door: Door, flag: models.Flag) -> None:
    client = door(Role.OFFICER)
    for name in ("picture", "picture_clear"):
        answer = client.get(picture(name, flag))
        assert answer.status_code == 403 or colour(answer) != "red"


def test_a_picture_can_do_nothing_in_a_browser_and_is_kept_nowhere(door: Door, flag: models.Flag) -> None:
    answer = door(Role.OFFICER).get(picture("picture", flag))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'inline; filename="gambar.jpg"'


def test_places_stand_over_the_picture_in_its_own_pixels_and_reasons_lead_there(door: Door, flag: models.Flag) -> None:
    answer = shown(door(Role.OFFICER), flag)
    card = soup(answer)
    drawing = only(card, "svg")
    assert drawing["viewbox"] == "0 0 800 600"
    assert [(g["class"], *(only(g, "rect")[key] for key in ("x", "y", "width", "height"))) for g in drawing.select("g")] == [
        (["ck"], "90", "110", "500", "40"),
        (["cv"], "200", "20", "210", "40"),
    ]
    (link,) = BeautifulSoup(answer.content, "html.parser").select(".rs .rw a")
    assert re.findall(r"\d+", value_of(link, "href"))[:1] == [read(card.select_one(f"g{link['href']}"))]
    assert not re.search(r"<g[^>]*style", str(drawing))


def test_the_writing_stands_below_as_text(door: Door, flag: models.Flag) -> None:
    card = soup(shown(door(Role.OFFICER), flag))
    written, coded = (one.text for one in card.select(".ptx"))
    assert "LOKER KAMBOJA" in written
    assert "<b>SEKARANG</b>" in written  # as text: no element came of it
    assert not card.select(".ptx b")
    assert "wa.me/" in coded
    assert "62840" not in coded


def test_what_became_of_the_others_is_said(door: Door, flag: models.Flag) -> None:
    text = soup(shown(door(Role.OFFICER), flag)).text
    assert "Sudah dihapus di sana." in text
    assert len(soup(shown(door(Role.OFFICER), flag)).select(".pic")) == 3


def test_a_picture_that_came_after_the_reading_moves_no_box(door: Door, flag: models.Flag) -> None:
    version = media_of(flag).version
    models.Media.objects.filter(version=version, position=1).update(
        state="kept", capture=capture(drawn("white"), flag.post), width=800, height=600
    )
    card = soup(shown(door(Role.OFFICER), flag))
    assert card.select("g") == []
    assert len(card.select("img")) == 1  # the new one is not read yet: its contacts could not be masked


def test_after_erasure_no_picture_is_shown(door: Door, flag: models.Flag) -> None:
    client = door(Role.OFFICER)
    models.Erasure.objects.create(version=media_of(flag).version, by=factories.person(), reason="uji", at=NOW)
    assert client.get(picture("picture", flag)).status_code == 404


def test_bytes_that_are_gone_are_a_missing_page(door: Door, flag: models.Flag) -> None:
    client = door(Role.OFFICER)
    masked = media_of(flag).masked
    assert masked is not None
    place = raw.path_of(masked.sha256)
    place.unlink()
    assert client.get(picture("picture", flag)).status_code == 404


def test_a_post_without_a_flag_shows_its_pictures_washed(door: Door) -> None:
    (post,) = factories.stored([factories.raw_post()])
    while assessing.read_due(now=NOW, limit=9).read:
        pass
    version = models.PostVersion.objects.get(post=post)
    models.Media.objects.create(
        version=version,
        position=0,
        kind="photo",
        state="kept",
        capture=capture(drawn(), post),
        width=800,
        height=600,
        thumbnail=capture(drawn("green"), post),
        masked=capture(drawn("blue"), post),
    )
    factories.pictured(version, WORDS, "")
    card = soup(door(Role.OFFICER).get(reverse("admin:patrol_post_change", args=[post.pk])))
    assert len(card.select("img")) == 1
    assert "5550" not in card.text
    assert "KAMBOJA" in card.text


def test_a_reading_that_says_nothing_shows_nothing() -> None:
    assert page.box_of(page.Said(), "image:0", (0, 5)) is None
