"""Logins as Django keeps them in the database, each with whose it is, read and written in statements that are kept: each page reads its
own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.utils import timezone

from patrol import models
from patrol.infra import prepared

_KEY, _NOW = "the key", datetime.min.replace(tzinfo=UTC)  # stand for what is asked for
_ROWS: Final = prepared.Rows(
    lambda: models.Session.objects.filter(session_key=_KEY, expire_date__gt=_NOW).order_by(), {_KEY: "key", _NOW: "now"}
)
# What is kept between two pages, lost with the machine, is an offer to undo or a filter, or ends the login: its commit does not wait for
# the disk. That of a login that begins or ends does.
_SAVE: Final = """
UPDATE patrol_session SET session_data = %(kept)s, expire_date = %(until)s, person_id = NULLIF(%(person)s, 0) WHERE session_key = %(key)s
RETURNING set_config('synchronous_commit', CASE WHEN %(alone)s THEN 'off' ELSE current_setting('synchronous_commit') END, true)
"""


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[models.Session]:
        return models.Session

    def create_model_instance(self, data: dict[str, Any]) -> models.Session:
        row = super().create_model_instance(data)
        assert isinstance(row, models.Session)
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def _get_session_from_db(self) -> models.Session | None:
        found = next(iter(_ROWS(key=str(self.session_key), now=timezone.now())), None)
        if found is None:
            self._session_key = None
        return found

    def save(self, must_create: bool = False) -> None:
        """Raises UpdateError where the session is gone: one that ended meanwhile is not made anew."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]  # Django's own, which its stubs leave out
        told = {"kept": row.session_data, "until": row.expire_date, "person": row.person_id or 0, "key": str(row.session_key)}
        with connection.cursor() as cursor:
            prepared.execute(cursor, _SAVE, {**told, "alone": not connection.in_atomic_block})
            if not cursor.rowcount:
                raise UpdateError
