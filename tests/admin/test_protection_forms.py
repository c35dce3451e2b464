"""What the forms of a protection read. What is missing the verb says: test_protections.py."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from patrol.admin.officer import protection_forms as ours
from patrol.admin.shared.forms import VerbForm

STEP = {"note": "", "seen_version": 0}


@pytest.mark.parametrize(
    ("form", "sent", "told"),
    [
        (ours.NeedForm, "need=reach", {"need": "reach"}),
        (ours.NeedForm, "", {"need": ""}),
        (ours.NoteForm, "note=+Paspor+ditahan.+", {"text": "Paspor ditahan."}),
        (ours.NoteForm, "text=Paspor", {"text": ""}),
        (ours.StepForm, "note=Ya.&seen_version=3", {"note": "Ya.", "seen_version": 3}),
        (ours.StepForm, "seen_version=3.0&desk=own", STEP),
        (ours.DeskForm, "desk=mission&handed_to=+KJRI+&seen_version=1", STEP | {"seen_version": 1, "desk": "mission", "handed_to": "KJRI"}),
        (ours.DeskForm, "", STEP | {"desk": "", "handed_to": ""}),
        (ours.OfficeForm, "office=7", STEP | {"office_id": 7}),
        (ours.OfficeForm, "office=Aceh", STEP | {"office_id": 0}),
        (ours.CloseForm, "ending=returned", STEP | {"ending": "returned"}),
        (ours.CloseForm, "ending=%00", STEP | {"ending": "\0"}),
    ],
)
def test_each_step_is_told_its_fields_in_the_shapes_of_its_verb(form: type[VerbForm], sent: str, told: dict[str, Any]) -> None:
    assert form(QueryDict(sent)).told() == told


@pytest.mark.parametrize("form", [ours.NoteForm, ours.StepForm, ours.DeskForm, ours.OfficeForm, ours.CloseForm])
def test_a_note_that_cannot_be_kept_is_said_beside_it(form: type[VerbForm]) -> None:
    assert set(form(QueryDict("note=a%00b")).errors) == {"note"}
