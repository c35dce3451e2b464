"""Django's PostgreSQL, with connections that tell their session for whom a statement runs (patrol.infra.wall)."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from patrol.infra import wall


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        return super().get_new_connection({**conn_params, "connection_factory": wall.Connection, "cursor_factory": wall.Cursor})
