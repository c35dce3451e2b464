"""Migrations in a third of Django's time: of the models it builds for an operation, those that the operation does not look at are left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState


@contextmanager
def few_models() -> Iterator[None]:
    """While it is open, a new constraint, index or option builds its model alone, a new model or relation the models beside it.

    Django builds all that hang together, two thirds of the time of a first start. What is left is of the state before and marked as
    such (`is_delayed`): a step in Python gets every model anew, as always. A changed field may concern the fields that refer to it, so
    there all is as Django has it.
    """
    whole, altering = ProjectState.reload_model, ProjectState.alter_field

    def few(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
        if "apps" in state.__dict__:
            state.is_delayed = True
            state._reload(  # noqa: SLF001 -- Django has no other door
                {(app_label, model_name)} if delay else state._find_reload_model(app_label, model_name, delay=True)  # noqa: SLF001
            )

    def all_of_them(state: Any, *changed: Any) -> None:
        ProjectState.reload_model = whole  # type: ignore[method-assign]
        try:
            altering(state, *changed)
        finally:
            ProjectState.reload_model = few  # type: ignore[method-assign, assignment]

    ProjectState.reload_model, ProjectState.alter_field = few, all_of_them  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        ProjectState.reload_model, ProjectState.alter_field = whole, altering  # type: ignore[method-assign]
