"""Migrating with few models built: what is left of the state before, and that a step in Python sees nothing of that."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import models
from django.db.migrations import operations
from django.db.migrations.migration import Migration
from django.db.migrations.state import ModelState, ProjectState

from patrol.infra import migrating


def chained() -> ProjectState:
    """A case of a person of an office, built once."""
    state = ProjectState()
    for name, of in (("office", None), ("person", "office"), ("case", "person")):
        fields: list[tuple[str, Any]] = [("id", models.BigAutoField(primary_key=True))]
        if of:
            fields.append((of, models.ForeignKey(f"x.{of}", models.PROTECT)))
        state.add_model(ModelState("x", name, fields))
    assert len(state.apps.get_models()) == 3
    return state


def office_of(state: ProjectState) -> Any:
    """The model of the office as one finds it from the case."""
    found: Any = state.apps.get_model("x", "case")
    for name in ("person", "office"):
        found = found._meta.get_field(name).related_model
    return found


def names(model: Any) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def test_what_hangs_on_a_model_is_left_and_a_step_in_python_gets_all_anew() -> None:
    state = chained()
    with migrating.few_models():
        case = state.apps.get_model("x", "case")
        state.add_field("x", "office", "zone", models.TextField(default=""), True)
        assert names(state.apps.get_model("x", "office")) == {"id", "zone"}
        assert (state.apps.get_model("x", "case") is case, names(office_of(state)), state.is_delayed) == (True, {"id"}, True)
        state.clear_delayed_apps_cache()  # as RunPython does
        assert names(office_of(state)) == {"id", "zone"}


def test_a_changed_field_is_known_to_what_refers_to_it() -> None:
    state = chained()
    with migrating.few_models():
        state.alter_field("x", "office", "id", models.UUIDField(primary_key=True), True)
        assert isinstance(office_of(state)._meta.pk, models.UUIDField)


class Editor:
    """Notes at each step who refers to the model, before and after."""

    atomic_migration, connection = True, SimpleNamespace(alias="default")

    def __init__(self) -> None:
        self.seen: list[list[str]] = []

    def alter_field(self, model: Any, _old: Any, field: Any) -> None:
        self.seen += [[one.name for one in of._meta.related_objects] for of in (model, field.model)]

    def alter_db_table(self, model: Any, *_names: str) -> None:
        self.seen += [[one.name for one in model._meta.related_objects]]

    def add_index(self, *_given: Any) -> None: ...


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (operations.AlterField("office", "id", models.AutoField(primary_key=True)), [["person"], ["person"]]),
        (operations.RenameField("office", "id", "key"), [["person"], ["person"]]),
        # The table, and the column of the person that names it.
        (operations.RenameModel("office", "bureau"), [["person"], ["case"], ["case"]]),
    ],
)
def test_who_refers_to_what_is_changed_is_found_though_it_was_left(change: Any, seen: Any) -> None:
    """What was left still names the model of before: Django finds it by the name. Where it finds it otherwise, few models are too few."""
    migration: Any = Migration("one", "x")
    editor: Any = Editor()
    state = chained()
    migration.operations = [operations.AddIndex("office", models.Index(fields=["id"], name="x_office")), change]
    with migrating.few_models():
        migration.apply(state, editor)
    assert editor.seen == seen


def test_django_is_as_it_was_afterwards() -> None:
    before = ProjectState.reload_model, ProjectState.alter_field
    with migrating.few_models():
        assert (ProjectState.reload_model, ProjectState.alter_field) != before
    assert (ProjectState.reload_model, ProjectState.alter_field) == before
    state = chained()
    person = state.apps.get_model("x", "person")
    state.alter_model_options("x", "office", {"verbose_name": "office"})
    assert state.apps.get_model("x", "person") is not person
