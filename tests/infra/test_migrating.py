"""Migrating with few models built: what is left of the state before, and that nothing is of it where somebody looks."""

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


def test_a_model_is_built_alone_and_what_hangs_on_it_is_left() -> None:
    state = chained()
    with migrating.few_models():
        case, person = (state.apps.get_model("x", name) for name in ("case", "person"))
        state.add_field("x", "office", "zone", models.TextField(default=""), True)
        state.add_field("x", "person", "of", models.ForeignKey("x.office", models.PROTECT, related_name="+"), True)
        assert names(state.apps.get_model("x", "office")) == {"id", "zone"}
        changed = state.apps.get_model("x", "person")
        assert (names(person), names(changed)) == ({"id", "office"}, {"id", "office", "of"})
        assert changed._meta.get_field("of").related_model is state.apps.get_model("x", "office")
        assert (state.apps.get_model("x", "case") is case, names(office_of(state)), state.is_delayed) == (True, {"id"}, True)


class Editor:
    """Notes at each step who refers to the model, before and after."""

    atomic_migration, connection = True, SimpleNamespace(alias="default")

    def __init__(self) -> None:
        self.seen: list[list[str]] = []

    def alter_field(self, model: Any, _old: Any, field: Any) -> None:
        self.seen += [[one.name for one in of._meta.related_objects] for of in (model, field.model)]

    def alter_db_table(self, model: Any, *_names: str) -> None:
        self.seen += [[one.name for one in model._meta.related_objects]]

    def create_model(self, *_given: Any) -> None: ...

    def add_index(self, *_given: Any) -> None: ...


def test_a_step_in_python_gets_all_anew_once_it_asks() -> None:
    state = chained()
    editor: Any = Editor()
    found: list[Any] = []
    with migrating.few_models():
        state.add_field("x", "office", "zone", models.TextField(default=""), True)
        assert names(office_of(state)) == {"id"}
        operations.RunPython(lambda _apps, _editor: None).database_forwards("x", editor, state, state)
        assert "apps" not in state.__dict__  # nothing was built
        operations.RunPython(lambda apps, _editor: found.append(apps.get_model("x", "case"))).database_forwards("x", editor, state, state)
        assert found == [state.apps.get_model("x", "case")]
        assert names(office_of(state)) == {"id", "zone"}


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (operations.AlterField("office", "id", models.AutoField(primary_key=True)), [["person", "task"], ["person", "task"]]),
        (operations.RenameField("office", "id", "key"), [["person", "task"], ["person", "task"]]),
        # The table, and the columns that name it.
        (operations.RenameModel("office", "bureau"), [["person", "task"], ["case"], ["case"], [], []]),
    ],
)
def test_who_refers_to_what_is_changed_is_found_though_it_was_left(change: Any, seen: Any) -> None:
    """Also who came after the model was built."""
    migration: Any = Migration("one", "x")
    editor: Any = Editor()
    state = chained()
    key, office = models.BigAutoField(primary_key=True), models.ForeignKey("x.office", models.PROTECT)
    migration.operations = [
        operations.AddIndex("person", models.Index(fields=["id"], name="x_person")),
        operations.CreateModel("task", [("id", key), ("office", office)]),
        change,
    ]
    with migrating.few_models():
        migration.apply(state, editor)
    assert editor.seen == seen
    of_a_person = state.apps.get_model("x", "person")._meta.get_field("office").related_model
    assert type(of_a_person._meta.pk) is (models.AutoField if isinstance(change, operations.AlterField) else models.BigAutoField)


def test_a_changed_field_that_nothing_can_refer_to_leaves_the_others() -> None:
    migration: Any = Migration("one", "x")
    editor: Any = Editor()
    state = chained()
    state.add_field("x", "office", "zone", models.TextField(default=""), True)
    case = state.apps.get_model("x", "case")
    migration.operations = [operations.AlterField("office", "zone", models.TextField(null=True))]
    with migrating.few_models():
        migration.apply(state, editor)
        assert state.apps.get_model("x", "case") is case
        assert state.apps.get_model("x", "office")._meta.get_field("zone").null
    assert [one.name for one in state.apps.get_model("x", "person")._meta.related_objects] == ["case"]


def test_django_is_as_it_was_afterwards() -> None:
    places = [(ProjectState, "reload_model"), *((kind, "database_forwards") for kind in (operations.RunPython, operations.AlterField))]

    def there() -> list[Any]:
        return [vars(kind)[name] for kind, name in places]

    before = there()
    with migrating.few_models():
        assert not set(there()) & set(before)
    assert there() == before
    state = chained()
    person = state.apps.get_model("x", "person")
    state.alter_model_options("x", "office", {"verbose_name": "office"})
    assert state.apps.get_model("x", "person") is not person
