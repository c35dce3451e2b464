"""Another system asks: a token of an office, and the calls it makes."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from patrol import models
from patrol.access import tokens
from patrol.models import Role, Scope
from tests import factories
from tests.factories import NOW


def made(*scopes: str, code: str = "bp3mi-jabar", by: models.Person | None = None, **given: Any) -> tokens.Made:
    """A token with these scopes, with all where none is named."""
    told = {"name": "Sistem pengaduan contoh", "scopes": scopes or list(Scope), "days": 90, "now": NOW}
    return tokens.make(**told | given, by=by or factories.person(Role.SUPERVISOR, code))


class Asks:
    """`answer` is the last one; each call gives its JSON."""

    def __init__(self, token: str = "", language: str = "en") -> None:
        self.headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {token}"} if token else {})
        self.client = Client(enforce_csrf_checks=True)

    def __call__(self, method: str, path: str, told: Any = None, *, status: int = 200, **query: Any) -> Any:
        more: dict[str, Any] = {} if told is None else {"data": json.dumps(told), "content_type": "application/json"}
        self.answer = self.client.generic(method, f"/api/v1/{path}", headers=self.headers, query_params=query or None, **more)
        assert self.answer.status_code == status, self.answer.content
        assert self.answer.headers["Content-Type"].startswith("application/json")
        assert self.answer.cookies == {}
        return self.answer.json()

    def get(self, path: str, *, status: int = 200, **query: Any) -> Any:
        return self("GET", path, status=status, **query)

    def post(self, path: str, told: Any, *, status: int = 200) -> Any:
        return self("POST", path, told, status=status)


def asks(*scopes: str, language: str = "en", **given: Any) -> Asks:
    return Asks(made(*scopes, **given).token, language)
