"""Migrations in a tenth of Django's time: of the models it builds for an operation, those that the operation does not look at are left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import router
from django.db.migrations.operations import AlterField, RenameField, RenameModel, RunPython
from django.db.migrations.state import ProjectState
from django.utils.functional import SimpleLazyObject


def _alone(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    if "apps" in state.__dict__:
        state.is_delayed = True
        state._reload({(app_label, model_name)})  # noqa: SLF001 -- Django has no other door


def _when_asked(step: Any, app_label: str, editor: Any, before: Any, after: Any) -> None:
    """RunPython, whose step gets every model anew, as always; but most steps are SQL, and ask for none."""
    before.clear_delayed_apps_cache()
    if router.allow_migrate(editor.connection.alias, app_label, **step.hints):
        step.code(SimpleLazyObject(lambda: before.apps), editor)


def _anew(forwards: Callable[..., None]) -> Callable[..., None]:
    """The operation may look for what refers to the model."""

    def among_all(change: Any, app_label: str, editor: Any, before: Any, after: Any) -> None:
        if not isinstance(change, AlterField) or any(_may_be_referred_to(change, app_label, state) for state in (before, after)):
            before.clear_delayed_apps_cache()
            after.clear_delayed_apps_cache()
        forwards(change, app_label, editor, before, after)

    return among_all


def _may_be_referred_to(change: AlterField, app_label: str, state: Any) -> bool:
    field = state.models[app_label, change.model_name_lower].fields[change.name]
    return bool(field.unique or field.many_to_many)  # a key is unique


@contextmanager
def few_models() -> Iterator[None]:
    """While it is open, an operation builds the model it changes alone, and a step in Python all of them when it asks for one.

    Django builds all that hang together, most of the time of a first start. What is left is of the state before and marked as such
    (`is_delayed`). Who refers to a model that is renamed, or to a field that can be referred to and changes, is found: there all
    models are built anew.
    """
    changed = [
        (ProjectState, "reload_model", _alone),
        (RunPython, "database_forwards", _when_asked),
        *((kind, "database_forwards", _anew(kind.database_forwards)) for kind in (AlterField, RenameField, RenameModel)),
    ]
    with ExitStack() as stack:
        for kind, name, new in changed:
            stack.callback(setattr, kind, name, vars(kind)[name])
            setattr(kind, name, new)
        yield
