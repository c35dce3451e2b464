"""Logins as Django keeps them in the database, each with whose it is, read and written in statements that are kept: each page reads its
own.

What two requests of one login write at once is all kept: a session is written over what was read of it, and where another request wrote
meanwhile, what changed here is put into what stands there. The same name written by both is that of the later one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection, transaction
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
UPDATE patrol_session SET session_data = %(kept)s, expire_date = %(until)s, person_id = NULLIF(%(person)s, 0)
WHERE session_key = %(key)s AND session_data = %(read)s
RETURNING set_config('synchronous_commit', CASE WHEN %(alone)s THEN 'off' ELSE current_setting('synchronous_commit') END, true)
"""


class SessionStore(db.SessionStore):
    _read = ""  # the text as the row had it when this was read or last written
    _made = ""

    @classmethod
    def get_model_class(cls) -> type[models.Session]:
        return models.Session

    def create_model_instance(self, data: dict[str, Any]) -> models.Session:
        row = super().create_model_instance(data)
        assert isinstance(row, models.Session)
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        self._made = row.session_data
        return row

    def _get_session_from_db(self) -> models.Session | None:
        found = next(iter(_ROWS(key=str(self.session_key), now=timezone.now())), None)
        if found is None:
            self._session_key = None
        else:
            self._read = found.session_data
        return found

    def save(self, must_create: bool = False) -> None:
        """Raises UpdateError where the session is gone: one that ended meanwhile is not made anew."""
        if must_create or self.session_key is None:
            super().save(must_create)
        elif not self._written():
            self._merge()
        self._read = self._made

    def _written(self) -> bool:
        """Whether the row still was as it was read."""
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]  # Django's own, which its stubs leave out
        told = {"kept": row.session_data, "until": row.expire_date, "person": row.person_id or 0, "key": str(row.session_key)}
        with connection.cursor() as cursor:
            prepared.execute(cursor, _SAVE, {**told, "read": self._read, "alone": not connection.in_atomic_block})
            return bool(cursor.rowcount)

    def _merge(self) -> None:
        """Two statements more, where another request of this login wrote meanwhile. Raises UpdateError."""
        with transaction.atomic():
            row = models.Session.objects.select_for_update(no_key=True).filter(session_key=self.session_key).first()
            if row is None:
                raise UpdateError
            here, before, kept = self.decode(self._made), self.decode(self._read), row.get_decoded()
            for name in {*here, *before}:
                if name not in here:
                    kept.pop(name, None)
                elif name not in before or here[name] != before[name]:
                    kept[name] = here[name]
            self._session_cache = kept
            self._read = row.session_data
            if not self._written():
                raise UpdateError  # held above: it is ours to write
