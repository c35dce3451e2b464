"""Each verb of the product that a test calls runs for whoever acts."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import Any

import pytest

import patrol
from patrol import models
from patrol.infra import wall
from tests import factories, walling

PRODUCT = Path(patrol.__file__).resolve().parent


def named() -> set[str]:
    """The verbs that stand in the files of the product: public, keyword-only `by`."""
    found = set()
    for path in PRODUCT.rglob("*.py"):
        module = ".".join(("patrol", *path.relative_to(PRODUCT).with_suffix("").parts)).removesuffix(".__init__")
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name[0] != "_" and any(one.arg == "by" for one in node.args.kwonlyargs):
                found.add(f"{module}.{node.name}")
    return found


def test_every_verb_is_walled_wherever_it_stands() -> None:
    verbs = named()
    assert len(verbs) > 200
    stood = {name: getattr(importlib.import_module(name.rpartition(".")[0]), name.rpartition(".")[2]) for name in verbs}
    acted = walling.walled(scoped).__code__
    assert {name for name, verb in stood.items() if verb.__code__ is not acted} == set()


def scoped(*, by: Any) -> str:
    del by
    return wall.scope()


@pytest.mark.django_db
def test_it_runs_for_its_person_and_for_everything_where_the_product_says_so() -> None:
    verb = walling.walled(scoped)
    officer, registrar = factories.person(), factories.person("registrar")
    assert [verb(by=one) for one in (officer, registrar, factories.person("analyst"), None)] == [
        str(officer.office_id),
        wall.STAFF,
        wall.EVERYTHING,
        wall.EVERYTHING,
    ]
    with wall.everything("a task"):
        assert verb(by=officer) == wall.EVERYTHING
    assert wall.scope() == wall.EVERYTHING


@pytest.mark.django_db
def test_what_the_wall_alone_holds_is_a_fault() -> None:
    """A verb that asks for no right: behind the wall it finds nothing, without it it would go through."""
    officer = factories.person("officer", "bp3mi-ntb")
    case = models.Case.objects.create(
        number="PKR-26-0001", title="x", office=factories.office(), opened_by=factories.person(), opened_at=factories.NOW
    )
    forgetful = walling.walled(lambda *, by: models.Case.objects.get(pk=case.pk))
    with pytest.raises(AssertionError, match="the wall alone"):
        forgetful(by=officer)
    with pytest.raises(models.Case.DoesNotExist):
        walling.walled(lambda *, by: models.Case.objects.get(pk=0))(by=officer)
