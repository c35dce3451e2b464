"""Migrating with few models built: what is left of the state before, and that a step in Python sees nothing of that."""

from __future__ import annotations

from typing import Any

from django.db import models
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


def test_django_is_as_it_was_afterwards() -> None:
    before = ProjectState.reload_model, ProjectState.alter_field
    with migrating.few_models():
        assert (ProjectState.reload_model, ProjectState.alter_field) != before
    assert (ProjectState.reload_model, ProjectState.alter_field) == before
    state = chained()
    person = state.apps.get_model("x", "person")
    state.alter_model_options("x", "office", {"verbose_name": "office"})
    assert state.apps.get_model("x", "person") is not person
