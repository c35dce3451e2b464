"""A line of the log: JSON, without contacts: whoever reads a log has no purpose that shows one.

Exceptions quote what they failed on: a row, an address, a whole text. So the message, the traceback and everything beside them go
through the masks at the one place that writes lines. Price: a long run of digits that is no contact is cut too.
"""

from __future__ import annotations

import copy
import logging
from datetime import UTC, datetime
from typing import Any, Final

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError
from pythonjsonlogger.json import JsonFormatter

from patrol.engine import masks
from patrol.infra import doors

_OURS: Final = frozenset({"at", "level", "logger"})  # fields of settings.LOGGING that no caller writes
# Django's own: as text it is the whole address, with all that was searched for in percent signs, where no mask sees it. The message has
# the path.
_LEFT_OUT: Final = frozenset({"request"})


class Masked(JsonFormatter):
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 -- the name logging calls it by
        """With its zone: lines of processes and machines stand beside each other, and the process has Jakarta's clock (Django sets it)."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        kept = {key: value if key in _OURS else masks.nested(value) for key, value in log_data.items() if key not in _LEFT_OUT}
        # Whose request was refused: their number alone, and where it was read already. A line asks the database nothing.
        person = getattr(log_data.get("request"), "_cached_user", None)
        return kept if person is None or person.pk is None else {**kept, "account": person.pk}


_REFUSED: Final = (SuspiciousOperation, BadRequest, MultiPartParserError)  # a request that Django answers with 400


class Refusals(logging.Filter):
    """One line without traceback, at the level of any other bad request, of what Django refuses: a name of the server that is none of ours,
    a thousand fields. Django writes it as an error and quotes what was sent; anybody can send it, and nobody here has anything to mend."""

    def filter(self, record: logging.LogRecord) -> bool | logging.LogRecord:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, _REFUSED) or not record.name.startswith(("django.request", "django.security.")):
            return True
        line = copy.copy(record)  # other handlers have theirs as it came
        line.exc_info = line.exc_text = None
        line.levelno, line.levelname = logging.WARNING, "WARNING"
        if record.name.startswith("django.security."):
            line.msg, line.args = "a request was refused: %s", (type(error).__name__,)
        return line


class WithoutStrangers(logging.Filter):
    """Leaves out Django's lines of answers at the public desk: each holds the path, and a name may be typed behind a slash. What breaks
    there is said by patrol.public.door; what breaks even its page is left with its type alone."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None or not doors.is_public(request.path_info, request.META.get("HTTP_HOST", "")):
            return True
        if not record.exc_info or record.exc_info[0] is None:
            return False
        record.msg, record.args = "a public page failed: %s", (record.exc_info[0].__name__,)
        record.exc_info = record.exc_text = None
        return True
