"""For whom a statement runs: row-level security of the database asks (ADR 71), whatever a query filters by itself.

The second wall's policies read the setting `patrol.scope` of the session:

    ""            nobody: the walled tables are empty, and nothing can be written
    "staff"       whoever logs in: that a flag exists, its office and what became of it
    "17"          the staff of the office with this id, which sees and changes its own besides
    "everything"  the directorate's staff, the work behind the pages, and what `everything` is asked for by name

Code says for whom it runs by `behind`, `stand` or `everything`, a process without requests by `whole_process`. Each connection
(patrol.infra.postgresql) compares that with what it told its session last, and puts `SET patrol.scope` in front of the next statement
where they differ, in the same message: nothing is asked once more. What a rollback may have taken back counts as not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, cast

from psycopg2 import extensions

if TYPE_CHECKING:
    from contextlib import _GeneratorContextManager

NOBODY: Final = ""
STAFF: Final = "staff"
EVERYTHING: Final = "everything"
SETTING: Final = "patrol.scope"
SEES_EVERYTHING: Final = f"-c {SETTING}={EVERYTHING}"  # `options` of a connection that is none of the product's: tests, benches
_SCOPES: Final = re.compile(r"|staff|everything|[1-9]\d{0,17}")
# Sent bare, for in a transaction that failed nothing else is taken; the next statement says the scope. What ends a transaction, or a part
# of one, may take back what was said in it.
_BARE: Final = re.compile(r"\s*(?:(ROLLBACK|COMMIT|END|ABORT)|SAVEPOINT|RELEASE)\b", re.IGNORECASE)
# Runs in no transaction, and two statements in one message are one.
_ALONE: Final = re.compile(r"\s*(?:VACUUM|(?:CREATE|DROP)\s+DATABASE|\w+\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY)\b", re.IGNORECASE)


class _Process:
    scope = NOBODY


_scope: ContextVar[str | None] = ContextVar("patrol.scope", default=None)  # None: as its process


def scope() -> str:
    """For whom the next statement runs."""
    said = _scope.get()
    return _Process.scope if said is None else said


@contextmanager
def behind(scope: str) -> Iterator[None]:
    """Until the end of the block; what stands within ends with it. Raises ValueError for what is no scope."""
    before = _scope.set(_checked(scope))
    try:
        yield
    finally:
        _scope.reset(before)


def stand(scope: str) -> None:
    """From here to the end of the `behind` around it. Raises ValueError."""
    _scope.set(_checked(scope))


def everything(why: str) -> _GeneratorContextManager[None]:
    """`behind` for an act that crosses offices and is somebody's right all the same, or for work that is nobody's. `why` is for whoever
    reads the code; keep the block as small as the question. A decorator as well."""
    del why
    return behind(EVERYTHING)


def whole_process(why: str) -> None:
    """A process that serves no requests: it runs for everything, but where it says otherwise."""
    del why
    _Process.scope = EVERYTHING


def _checked(scope: str) -> str:
    if _SCOPES.fullmatch(scope) is None:
        raise ValueError(f"no scope: {scope!r}")
    return scope


class Connection(extensions.connection):
    # What the session holds; None where nobody knows, as at first: a role, a database and a pooler may have settings of their own.
    told: str | None = None

    def commit(self) -> None:
        failed = self.get_transaction_status() == extensions.TRANSACTION_STATUS_INERROR  # then it rolls back, and raises nothing
        told, self.told = self.told, None  # what is refused at the end is rolled back, too
        super().commit()
        self.told = None if failed else told

    def rollback(self) -> None:
        self.told = None
        super().rollback()

    def reset(self) -> None:
        self.told = None
        super().reset()


class Cursor(extensions.cursor):
    _ahead = ""

    def execute(self, query: Any, vars: Any = None) -> None:  # noqa: A002 -- psycopg2's name
        held = cast("Connection", self.connection)
        self._ahead, wanted = "", scope()
        if isinstance(query, str) and (bare := _BARE.match(query)):
            if bare[1]:
                held.told = None
        elif held.told != wanted:
            if isinstance(query, str) and self.name is None and not _ALONE.match(query):
                self._ahead = _setting(wanted)
                query, held.told = self._ahead + query, None
            else:
                self._tell()
        super().execute(query, vars)
        if self._ahead:
            held.told = wanted

    def executemany(self, query: Any, vars_list: Any) -> None:
        self._tell()
        super().executemany(query, vars_list)

    def callproc(self, procname: Any, parameters: Any = ()) -> Any:
        self._tell()
        return super().callproc(procname, parameters)

    def copy_expert(self, sql: Any, file: Any, size: int = 8192) -> None:
        self._tell()
        super().copy_expert(sql, file, size)

    @property
    def query(self) -> bytes | None:
        """What was asked, without the setting before it."""
        asked: bytes | None = super().query
        return asked.removeprefix(self._ahead.encode()) if asked else asked

    def _tell(self) -> None:
        """By a message of its own: nothing can be put in front of what follows."""
        held = cast("Connection", self.connection)
        if held.told != (wanted := scope()):
            held.told = None
            with extensions.cursor(held) as own:
                own.execute(_setting(wanted))
            held.told = wanted


def _setting(scope: str) -> str:
    return f"SET {SETTING} = '{scope}'; "
