"""What an officer writes down by hand goes the way of every fetched post."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models
from patrol.evidence import raw
from patrol.infra.refusals import RefusedError
from patrol.intake import noted
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories

pytestmark = pytest.mark.django_db
NOW = factories.NOW


def take(words: str, *, by: models.Person | None = None, key: uuid.UUID | None = None, **given: str) -> models.Intake:
    form = noted.Noted(words, **({"note": "", "place": "", "way": "telephone"} | given))
    return noted.take(noted=form, key=key or uuid.uuid4(), by=by or factories.person(), now=NOW)


def read() -> None:
    while assessing.read_due(now=NOW, limit=100).read:
        pass


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("0840 5550 0001", "phone", "+6284055500001"),
        ("nol delapan empat nol, 5550 0002", "phone", "+6284055500002"),
        ("ig: laksita_kerja_contoh", "account", "instagram:laksita_kerja_contoh"),
        ("BCA 8830012345", "bank_account", "BCA 8830012345"),
        ("https://contoh.example/daftar", "link", "https://contoh.example/daftar"),
        ("Loker+Taiwan@Contoh.example", "email", "loker+taiwan@contoh.example"),
    ],
)
def test_a_bare_contact_becomes_a_sighting_with_its_note(words: str, kind: str, value: str) -> None:
    assert (kind, value) in noted.recognise(words).contacts
    intake = take(words, note="Menelepon ibu-ibu, menawarkan Taiwan.", place="Indramayu")
    read()
    sighting = models.Sighting.objects.get(indicator__kind=kind, indicator__value=value)
    assert list(models.Seen.objects.filter(post=sighting.post_id).values_list("intake", flat=True)) == [intake.pk]
    assert (intake.note, intake.options) == (
        "Menelepon ibu-ibu, menawarkan Taiwan.",
        {"way": "telephone", "place": "Indramayu", "province": "32"},
    )


def test_an_advertisement_is_flagged_for_the_office_of_who_wrote_it_down() -> None:
    take(factories.ILLEGAL.format(phone="0840 5550 0003"), by=factories.person(code="bp3mi-ntb"))
    read()
    flag = models.Flag.objects.get()
    assert (flag.office.code, flag.post.platform) == ("bp3mi-ntb", "noted")


@pytest.mark.parametrize(
    ("place", "words", "code"),
    [
        ("Terminal Cilacap", "", "bp3mi-jateng"),
        ("kab. Cilacap, Jateng", "Khusus warga Mataram, NTB.", "bp3mi-jateng"),  # who was told it knows better than the advertisement
        ("", "Khusus warga Mataram, NTB.", "bp3mi-ntb"),
        ("Pasar Rekaan", "", "bp3mi-jabar"),
        ("Bogor dan Cilacap", "", "bp3mi-jabar"),  # two provinces: nobody says which
        ("Papua Nugini", "", "bp3mi-jabar"),
    ],
)
def test_the_place_that_was_given_says_whose_flag_it_is(place: str, words: str, code: str) -> None:
    factories.offices()
    take(f"{factories.ILLEGAL.format(phone='0840 5550 0003')} {words}", place=place, by=factories.person(code="bp3mi-jabar"))
    read()
    assert models.Flag.objects.get().office.code == code
    assert (office.code if (office := noted.office_of(place)) else "") == (code if code == "bp3mi-jateng" else "")


def test_a_place_moves_no_flag_that_is_there() -> None:
    factories.offices()
    for place in ("Cilacap", "Mataram"):
        take(factories.ILLEGAL.format(phone="0840 5550 0003"), place=place)
        read()
    assert models.Flag.objects.get().office.code == "bp3mi-jateng"


def test_the_same_words_again_are_one_post_that_came_twice() -> None:
    first, second = take("0840 5550 0001"), take("0840 5550 0001", note="Lagi.")
    assert (first.posts_new, second.posts_new, second.posts_repeated) == (1, 0, 1)
    assert models.Seen.objects.count() == 2


def test_the_same_form_sent_twice_is_one_note() -> None:
    person, key = factories.person(), uuid.uuid4()
    assert take("0840 5550 0001", by=person, key=key) == take("0840 5550 0001", by=person, key=key)
    assert models.Intake.objects.count() == 1


def test_an_address_is_the_post_behind_it() -> None:
    (post,) = factories.stored([factories.raw_post(external_id="https://contoh.example/a", platform="web", url="https://contoh.example/a")])
    take("contoh.example/a?utm_source=wa")
    assert models.Seen.objects.filter(post=post, intake__isnull=False).count() == 1


def test_what_was_typed_is_kept_and_the_log_holds_none_of_it() -> None:
    intake = take("0840 5550 0001", note="Dari warga.")
    with raw.open_bytes(intake.sha256) as kept:
        assert b"0840 5550 0001" in kept.read()
    line = models.AuditEntry.objects.get(verb="note.taken")
    assert set(line.after) == {"way", "commitment"}


@pytest.mark.parametrize(
    ("words", "way", "field"), [(" \n", "telephone", "words"), ("a" * 20_001, "telephone", "words"), ("0840 5550 0001", "surat", "way")]
)
def test_what_cannot_be_taken_is_refused_beside_its_field(words: str, way: str, field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        take(words, way=way)
    assert refused.value.place == field
    assert not models.Intake.objects.exists()


def test_who_may_not_send_writes_nothing_down() -> None:
    with pytest.raises(PermissionDenied):
        take("0840 5550 0001", by=factories.person(Role.REGISTRAR))


@pytest.mark.parametrize("words", ["\x00", "\ud800 0840 5550 0001", "https://[", "@" * 500, "=1+1", "<b>tebal</b>"])
def test_hostile_words_are_stored_or_refused(words: str) -> None:
    take(words)
    read()
