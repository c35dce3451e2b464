"""The fields that forms of verbs share: what each reads, and what it says of anything else."""

from __future__ import annotations

import uuid

import pytest
from django import forms
from django.http import QueryDict

from patrol import models
from patrol.admin.shared.forms import AnswerForm, KeyField, NumberField, NumbersField, PersonForm, SaidField, SeenForm, VerbForm, WordField
from patrol.infra.refusals import NUL, RefusedError
from tests import factories

KEY = uuid.UUID("0e1f0d7c-2b53-4b07-9d3a-7f2f10a1c001")
NEW = uuid.UUID("0e1f0d7c-2b53-4b07-9d3a-7f2f10a1c002")


class _Form(VerbForm):
    seen = NumberField()
    counted = NumberField(otherwise=0)
    other = NumbersField()
    key = KeyField()
    new = KeyField(otherwise=lambda: NEW)
    purpose = WordField()
    laid = WordField(otherwise="k")
    said = SaidField()


def told(query: str) -> dict[str, object]:
    return _Form(QueryDict(query)).told()


NOTHING: dict[str, object] = {
    "seen": None,
    "counted": 0,
    "other": [],
    "key": None,
    "new": NEW,
    "purpose": "",
    "laid": "k",
    "said": ("", ""),
}


def test_what_a_page_wrote_is_read_in_the_shape_the_verb_asks_for() -> None:
    sent = f"seen=7&counted=0&other=3&other=5&key={KEY}&new={KEY}&purpose=triage&laid=j&said=dismissed:other"
    assert told(sent) == {
        "seen": 7,
        "counted": 0,
        "other": [3, 5],
        "key": KEY,
        "new": KEY,
        "purpose": "triage",
        "laid": "j",
        "said": ("dismissed", "other"),
    }


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "seen=&counted=&other=&key=&new=&purpose=&said=",
        f"seen=-7&counted=1.5&other=x&other=-1&key={str(KEY)[:-1]}&new=1",
        "seen=%00&key=%00",
    ],
)
def test_what_is_missing_or_no_such_thing_is_nothing(sent: str) -> None:
    assert told(sent) == NOTHING


def test_of_several_numbers_only_what_is_none_falls_out() -> None:
    assert told("other=3&other=x&other=5&other=")["other"] == [3, 5]


def test_a_word_that_was_emptied_is_not_one_that_was_not_asked() -> None:
    assert told("laid=")["laid"] == ""


@pytest.mark.parametrize(
    ("sent", "pair"), [("confirmed", ("confirmed", "")), (":fraud", ("", "fraud")), ("confirmed:fraud:more", ("confirmed", "fraud:more"))]
)
def test_half_an_answer_stays_half(sent: str, pair: tuple[str, str]) -> None:
    assert told(f"said={sent}")["said"] == pair


class _Refusing(VerbForm):
    verb_names = {"note": "text"}
    note = forms.CharField(error_messages={"required": "Write a note."})


def test_a_form_that_lacks_something_refuses_as_a_verb_does() -> None:
    with pytest.raises(RefusedError, match=r"^form\.field note$") as refused:
        _Refusing(QueryDict("note=+")).told()
    assert refused.value.sentence == "Write a note."
    assert _Refusing(QueryDict("note=+x+")).told() == {"text": "x"}


def test_the_first_field_that_lacks_something_is_the_one_that_says_it() -> None:
    class Two(VerbForm):
        one = forms.CharField(error_messages={"required": "One."})
        other = forms.CharField(error_messages={"required": "Other."})

        def clean(self) -> None:
            if self.cleaned_data.get("one") == self.cleaned_data.get("other"):
                raise forms.ValidationError("They are the same.")

    for sent, place, sentence in (("", "one", "One."), ("one=x", "other", "Other."), ("one=x&other=x", "", "They are the same.")):
        with pytest.raises(RefusedError) as refused:
            Two(QueryDict(sent)).told()
        assert (refused.value.place, refused.value.sentence) == (place, sentence)
    assert Two(QueryDict("one=x&other=y")).told() == {"one": "x", "other": "y"}


class _Row:
    version = 3


@pytest.mark.parametrize(("sent", "version"), [("seen_version=2", 2), ("seen_version=0", 0), ("seen_version=x", 3), ("", 3)])
def test_a_page_that_did_not_say_which_version_it_showed_means_the_newest(sent: str, version: int) -> None:
    assert SeenForm(QueryDict(sent)).told(_Row()) == {"seen_version": version}


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("said=dismissed:other&note=+Bukan.+", {"note": "Bukan.", "outcome": "dismissed", "reason": "other"}),
        ("", {"note": "", "outcome": "", "reason": ""}),
    ],
)
def test_an_answer_is_an_outcome_a_reason_and_a_note(sent: str, told: dict[str, str]) -> None:
    assert AnswerForm(QueryDict(sent)).told() == told


def test_what_the_verb_says_stands_beside_its_field_or_above_the_form() -> None:
    form = _Refusing(QueryDict("note=x"))
    form.refused(RefusedError("a.b", "Not this one.", "note"))
    form.refused(RefusedError("a.c", "Not now.", "elsewhere"))
    assert form.errors == {"note": ["Not this one."], "__all__": ["Not now."]}


def test_a_nul_in_typed_text_is_said_in_one_sentence() -> None:
    assert _Refusing(QueryDict("note=a%00b")).errors == {"note": [str(NUL)]}


@pytest.mark.django_db
def test_a_person_of_an_office_that_closed_stays_there_on_the_form() -> None:
    bali, person = factories.office("bp3mi-bali"), factories.person("officer", "bp3mi-bali")
    models.Office.objects.filter(code__in=["bp3mi-bali", "bp3mi-ntb"]).update(active=False)
    sent = {"name": "Orang Contoh", "role": "officer", "office": bali.pk}
    form = PersonForm(sent, person=person)
    offered = {one.choice_label for one in form["office"]}
    assert ("BP3MI Bali (ditutup)" in offered, "BP3MI Nusa Tenggara Barat (ditutup)" in offered) == (True, False)
    assert form.is_valid()
    assert (form.told()["office_id"], form.told()["active"]) == (bali.pk, False)
    assert list(PersonForm(sent | {"username": "orang.lain"}).errors) == ["office"]
