"""Logins as Django keeps them in the database, read and written in statements that are kept: each page reads its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from patrol.infra import prepared

_KEY, _NOW = "the key", datetime.min.replace(tzinfo=UTC)  # stand for what is asked for
_ROWS: Final = prepared.Rows(lambda: Session.objects.filter(session_key=_KEY, expire_date__gt=_NOW).order_by(), {_KEY: "key", _NOW: "now"})
# What is kept between two pages, lost with the machine, is an offer to undo or a filter, or ends the login: its commit does not wait for
# the disk. That of a login that begins or ends does.
_SAVE: Final = """
UPDATE django_session SET session_data = %(kept)s, expire_date = %(until)s WHERE session_key = %(key)s
RETURNING set_config('synchronous_commit', CASE WHEN %(alone)s THEN 'off' ELSE current_setting('synchronous_commit') END, true)
"""


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
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
        told = {"kept": row.session_data, "until": row.expire_date, "key": str(row.session_key)}
        with connection.cursor() as cursor:
            prepared.execute(cursor, _SAVE, {**told, "alone": not connection.in_atomic_block})
            if not cursor.rowcount:
                raise UpdateError
