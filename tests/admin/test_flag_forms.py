"""What the forms of a flag read, and what each lacks. What a verb then does or refuses is tested with its page, in test_acts.py."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from patrol import models
from patrol.admin.officer import flag_forms
from tests import factories

KEY = uuid.UUID("0e1f0d7c-2b53-4b07-9d3a-7f2f10a1c001")
WHOLE = {"outcome": "dismissed", "reason": "lawful", "note": " Ada SIP. ", "decision_key": str(KEY), "seen_version": "3"}


def sent(**fields: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in fields.items()})
    return query


def errors(form: forms.Form) -> dict[str, list[str]]:
    with translation.override("en"):
        return {name: list(map(str, said)) for name, said in form.errors.items()}


def test_a_decision_is_told_in_the_shapes_of_the_verb() -> None:
    form = flag_forms.DecideForm(sent(**WHOLE))
    assert errors(form) == {}
    assert form.cleaned_data == WHOLE | {"note": "Ada SIP.", "decision_key": KEY, "seen_version": 3}


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": ""},
        {"reason": "several"},  # of another outcome
        {"reason": "law\0ful"},
        {"outcome": "reversed"},
        {"decision_key": str(KEY)[:-1]},
        {"seen_version": "3.0"},
    ],
)
def test_a_decision_that_lacks_something_says_so_once_above_the_page(changed: dict[str, str]) -> None:
    assert errors(flag_forms.DecideForm(sent(**WHOLE | changed))) == {"__all__": ["Nothing was decided: choose a reason first."]}


def test_a_note_that_cannot_be_kept_is_said_beside_it() -> None:
    assert set(errors(flag_forms.DecideForm(sent(**WHOLE | {"note": "a\0b"})))) == {"note"}


@pytest.mark.django_db
def test_an_office_that_works_takes_a_flag_over() -> None:
    office, closed = factories.office("bp3mi-aceh"), factories.office("bp3mi-ntb")
    type(closed).objects.filter(pk=closed.pk).update(active=False)
    form = flag_forms.HandOverForm(sent(office=office.pk, note=" Milik Aceh. "))
    assert errors(form) == {}
    assert form.told() == {"office_id": office.pk, "note": "Milik Aceh.", "seen_version": -1}
    asks = ["Choose an office and write why it is theirs."]
    assert errors(flag_forms.HandOverForm(sent(office=closed.pk, note="Milik NTB."))) == {"office": asks}
    assert errors(flag_forms.HandOverForm(sent(office=office.pk, note=" "))) == {"note": asks}


@pytest.mark.parametrize(("before", "told"), [("7", 7), ("x", None)])
def test_undoing_tells_its_key_and_what_lies_on_the_desk(before: str, told: int | None) -> None:
    assert flag_forms.UndoForm(sent(decision_key=KEY, **{"from": before})).told() == {"decision_key": KEY, "from": told}
    assert flag_forms.UndoForm(sent()).told()["decision_key"] != flag_forms.UndoForm(sent()).told()["decision_key"]


def test_taking_back_takes_a_reason() -> None:
    form = flag_forms.ReverseForm(sent(note=" Salah baca. ", decision_key=KEY))
    assert (errors(form), form.told()) == ({}, {"reason_note": "Salah baca.", "decision_key": KEY})
    assert errors(flag_forms.ReverseForm(sent(note=" ", decision_key=KEY))) == {"note": ["Write why the decision is taken back."]}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": " Kursi "}, ("Kursi", None)),
        ({"title": "Kursi", "case": "7"}, ("Kursi", 7)),
        ({"title": "", "case": "7"}, ("", 7)),
        ({"case": "7"}, ("", 7)),
        ({"title": "Kursi", "case": "x"}, ("Kursi", None)),
    ],
)
def test_a_case_is_one_of_the_office_or_has_a_title(fields: dict[str, str], told: tuple[str, int | None]) -> None:
    form = flag_forms.OpenCaseForm(sent(**fields, reason="fraud", decision_key=KEY))
    title, case_id = told
    assert errors(form) == {}
    told_all = {"title": title, "case_id": case_id, "kind": "other", "reason": "fraud", "decision_key": KEY, "seen_version": 4}
    assert form.told(models.Flag(version=4)) == told_all


@pytest.mark.parametrize("fields", [{}, {"title": " "}, {"title": "", "case": "x"}])
def test_a_new_case_without_a_title_is_said_beside_the_title(fields: dict[str, str]) -> None:
    asks = {"title": ["Give the case a title that names no person and no number."]}
    assert errors(flag_forms.OpenCaseForm(sent(**fields))) == asks


def test_a_title_that_cannot_be_kept_has_one_sentence() -> None:
    said = errors(flag_forms.OpenCaseForm(sent(title="a\0b")))
    assert [(name, len(sentences)) for name, sentences in said.items()] == [("title", 1)]


def test_escalating_tells_its_article_and_leaves_the_rest_to_the_verb() -> None:
    form = flag_forms.EscalateForm(sent(article="fraud", note=" Tiga kantor. ", decision_key=KEY, seen_version="0"))
    told = {"title": "", "article": "fraud", "note": "Tiga kantor.", "decision_key": KEY, "seen_version": 0}
    assert (errors(form), form.cleaned_data) == ({}, told)
    assert errors(flag_forms.EscalateForm(sent())) == {}
    assert set(errors(flag_forms.EscalateForm(sent(note="a\0b")))) == {"note"}
