"""A verb that a test calls runs for whoever acts, as on a page (ADR 71); what else a test does runs for everything.

What the product says itself stands: a page says for whom it runs, a task, a command and `wall.everything` say everything.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from types import FunctionType, ModuleType
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist

from patrol import access, models
from patrol.infra import wall

# Together they load every module with a verb (test_walling.py).
PAGES: Final = ("patrol.urls", "patrol.register.calibration")


def wall_verbs() -> None:
    """Puts each public verb (keyword-only `by=`) behind the wall of its person, wherever it was imported. Before tests are: theirs."""
    for page in PAGES:
        importlib.import_module(page)
    ours = [module for name, module in list(sys.modules.items()) if name.partition(".")[0] in {"patrol", "example", "tests"}]
    behind = {id(verb): walled(verb) for module in ours for verb in _verbs(module)}
    for module in ours:
        for name, value in list(vars(module).items()):
            if (instead := behind.get(id(value))) is not None:
                setattr(module, name, instead)


def _verbs(module: ModuleType) -> Iterator[Callable[..., Any]]:
    """Those that stand in this module."""
    if module.__name__.partition(".")[0] == "patrol":
        for name, value in vars(module).items():
            if isinstance(value, FunctionType) and value.__module__ == module.__name__ and name[0] != "_" and _acts(inspect.unwrap(value)):
                yield value


def _acts(function: Any) -> bool:
    code = function.__code__
    return "by" in code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]


def walled(verb: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(verb)
    def acted(*args: Any, **named: Any) -> Any:
        by = named.get("by")
        if wall._scope.get() is not None or not isinstance(by, models.Person):
            return verb(*args, **named)
        try:
            with wall.behind(access.behind_wall(by)):
                return verb(*args, **named)
        except ObjectDoesNotExist as hidden:
            verb(*args, **named)  # what is hidden is refused by Python, too
            raise AssertionError(f"{verb.__qualname__}: {by} is held by the wall alone") from hidden

    return acted
