"""The database and the preserved files of one moment, in one file, encrypted to a public key; and back into an empty place.

The file is an age file (age-encryption.org, X25519) around a tar: `about.json` (release, migrations, tables with their columns, series),
one `database/<table>` each as COPY writes it, one `evidence/<sha256>` each, and `manifest.json` with the SHA-256 of all before it.

All tables are read in one snapshot. A preserved file is written before the row that names it, so every row of the snapshot finds its
file, unless it was erased meanwhile. Sessions stay behind: people log in again. SECRET_KEY and CREDENTIAL_KEYS are not in it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

import pyrage
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from patrol import models
from patrol.access import audit
from patrol.domain.states import ErasedState
from patrol.evidence import raw
from patrol.infra import migrating, wall

FORMAT: Final = 1
EMPTIED: Final = frozenset({"patrol_session"})  # tables whose rows stay behind
_IN_MEMORY: Final = 8 << 20
# Every file that a row names by its hash. Those of the register are named by their edition and by the log.
_NAMED: Final = """
SELECT sha256 FROM patrol_capture
UNION SELECT sha256 FROM patrol_intake WHERE sha256 <> ''
UNION SELECT file ->> 'sha256' FROM patrol_registeredition, jsonb_array_elements(files) file
ORDER BY 1
"""
# Whoever read changes by a cursor is told that it is none of this database (changes.stream).
_RESTORED: Final = """
INSERT INTO patrol_reached (name, row) VALUES ('restored', extract(epoch FROM clock_timestamp())::bigint)
ON CONFLICT (name) DO UPDATE SET row = GREATEST(EXCLUDED.row, patrol_reached.row + 1)
"""
# What is restored for a drill would go on sending to the real systems of offices: somebody resumes it where it is meant. Its office is
# told that it is paused, also where it was told before that nothing arrives. A backup of before 0134 has no column of that.
_PAUSED: Final = "UPDATE patrol_webhook SET state = 'paused' WHERE state = 'active'"
_PAUSED_AND_TOLD: Final = "UPDATE patrol_webhook SET state = 'paused', told_at = NULL WHERE state = 'active'"
_DAMAGED: Final = "The backup is damaged, or it is not encrypted to this key."


class BackupError(Exception):
    """Why nothing was written, or nothing restored; a sentence for who typed the command."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a backup holds. `missing`: hashes whose file was not there, though nobody erased it."""

    file: Path
    rows: int
    files: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    at: str
    rows: int
    files: int


def new_key(file: Path) -> str:
    """Writes a private key that opens backups, mode 0600, and returns its public one. Raises BackupError where the file exists."""
    made = pyrage.x25519.Identity.generate()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}.") from error
    with os.fdopen(handle, "w") as written:
        written.write(f"# public key: {made.to_public()}\n{made}\n")
    return str(made.to_public())


def write(folder: Path, *, keys: Sequence[str], now: datetime) -> Written:
    """One backup in the folder, read back and compared before it gets its name. Raises BackupError; nothing half-written stays."""
    try:
        recipients = [pyrage.x25519.Recipient.from_str(key.strip()) for key in keys]
    except pyrage.RecipientError as error:
        raise BackupError("The public key is none of age: it begins with age1.") from error
    if not recipients:
        raise BackupError("No public key: give one with --key or BACKUP_KEY; --new-key makes a pair.")
    for key in keys:  # before, so that the backup knows its own key: who restores it is told to destroy that one too
        models.BackupKey.objects.update_or_create(
            key=key.strip(), defaults={"last_at": now}, create_defaults={"first_at": now, "last_at": now}
        )
    # Only who holds a private key can read the file. To read it back once it is encrypted to a key of this process too, soon forgotten.
    ours = pyrage.x25519.Identity.generate()
    file = folder / f"sipatrol-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar.age"
    part = file.with_name(f".{file.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            with _piped(lambda pipe: _fill(pipe, now)) as (pipe, filled):
                pyrage.encrypt_io(pipe, out, [*recipients, ours.to_public()])
            rows, files, missing = filled()
            out.flush()
            os.fsync(out.fileno())
        with part.open("rb") as kept:
            looked = _read(kept, ours, lambda *_: None)
        if (looked.rows, looked.files) != (rows, files):
            raise BackupError(f"What was read back is not what was written: {looked.rows} of {rows} rows.")  # noqa: TRY301 -- what is half-written is removed below
        part.rename(file)
    except (OSError, pyrage.EncryptError) as error:
        part.unlink(missing_ok=True)
        raise BackupError(f"The backup could not be written: {error}.") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Written(file, rows, files, missing)


def forget_key(key: str, *, now: datetime) -> None:
    """Its private key was destroyed, and what was written to it opens no more. Raises BackupError where no backup was."""
    with transaction.atomic():
        gone, _rows = models.BackupKey.objects.filter(key=key.strip()).delete()
        if not gone:
            raise BackupError("No backup was written to this key.")
        audit.write("backup.key_destroyed", by=None, now=now, target=("backupkey", key.strip()[:60]))


def restore(file: Path, *, identity: str) -> Restored:
    """Into a database without people and a folder without files; all of it or nothing. Raises BackupError.

    The tables are made as they were when the backup was written, filled, and only then brought up to date.
    """
    try:
        key = pyrage.x25519.Identity.from_str(identity.strip().splitlines()[-1] if identity.strip() else "")
    except pyrage.IdentityError as error:
        raise BackupError("The private key is none of age: its line begins with AGE-SECRET-KEY-1.") from error
    _require_empty()
    owner = connections["owner" if "owner" in connections.settings else "default"]
    cursor: Any = None
    at_once: list[tuple[str, str]] = []

    def take(name: str, content: IO[bytes], about: dict[str, Any]) -> None:
        nonlocal cursor, at_once
        if name == "about.json":
            _make_tables(owner, about)
            stack.enter_context(transaction.atomic(using=owner.alias))
            cursor = stack.enter_context(owner.cursor())
            at_once = _open(cursor, about)
        elif name.startswith("database/"):
            table = name.removeprefix("database/")
            columns = ", ".join(f'"{column}"' for column in about["tables"][table])
            cursor.copy_expert(f'COPY "{table}" ({columns}) FROM STDIN', content)
        elif raw.put(content.read()) != name.removeprefix("evidence/"):
            raise BackupError(f"{name} is not what its name says.")

    try:
        with ExitStack() as stack, file.open("rb") as kept:
            _read(kept, key, lambda *_: None)  # all of it once, before anything is touched
            kept.seek(0)
            done = _read(kept, key, take)
            _close(cursor, done.about, at_once)
    except BaseException as error:
        for left in Path(settings.EVIDENCE_DIR).glob("*"):  # it was empty before
            shutil.rmtree(left, ignore_errors=True)
        if isinstance(error, OSError):
            raise BackupError(f"{file} cannot be read: {error.strerror}.") from error
        if isinstance(error, DatabaseError):  # what follows its first line are values
            raise BackupError(f"The database refused it, and no row was kept: {str(error).partition('\n')[0]}") from error
        raise
    return Restored(str(done.about["at"]), done.rows, done.files)


# --- writing --------------------------------------------------------------------------------------


@wall.everything("a backup is whole, whichever process makes it")
def _fill(pipe: IO[bytes], now: datetime) -> tuple[int, int, tuple[str, ...]]:
    """The tar, into the pipe. How many rows and files it holds, and which files were not there."""
    manifest: dict[str, str] = {}
    rows = files = 0
    missing = []
    connection = connections["default"]
    with tarfile.open(fileobj=pipe, mode="w|") as tar, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        about = _about(cursor, now)
        _add(tar, manifest, "about.json", io.BytesIO(json.dumps(about).encode()))
        for table, columns in about["tables"].items():
            with tempfile.SpooledTemporaryFile(_IN_MEMORY) as text:
                if table not in EMPTIED:
                    listed = ", ".join(f'"{column}"' for column in columns)
                    # Of a partitioned table COPY takes a query only; where it is put back, each row finds its part.
                    cursor.copy_expert(f'COPY (SELECT {listed} FROM "{table}") TO STDOUT', text)
                    rows += cursor.rowcount
                _add(tar, manifest, f"database/{table}", text)
        cursor.execute(_NAMED)
        for (sha256,) in cursor.fetchall():
            try:
                with raw.open_bytes(sha256) as file:
                    _add(tar, manifest, f"evidence/{sha256}", file)
                    files += 1
            except raw.EvidenceMissingError:
                missing.append(sha256)
        _add(tar, {}, "manifest.json", io.BytesIO(json.dumps({"rows": rows, "hashes": manifest}).encode()))
    # By what the database says now: what was erased while the backup ran is not missing.
    gone = models.ErasedFile.objects.filter(sha256__in=missing).exclude(state=ErasedState.KEPT)
    erased = set(gone.values_list("sha256", flat=True))
    return rows, files, tuple(sha256 for sha256 in missing if sha256 not in erased)


def _about(cursor: Any, now: datetime) -> dict[str, Any]:
    cursor.execute(
        "SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) FROM information_schema.columns"
        " JOIN pg_class ON relname = table_name AND relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
        # Numbers of transactions mean something on this server alone: what is restored gets the one that restores it.
        " WHERE table_schema = 'public' AND is_generated = 'NEVER' AND column_default IS DISTINCT FROM 'txid_current()'"
        " GROUP BY table_name ORDER BY table_name"
    )
    tables = dict(cursor.fetchall())
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    migrations = [list(row) for row in cursor.fetchall()]
    cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL")
    return {
        "format": FORMAT,
        "at": now.astimezone(UTC).isoformat(),
        "by": settings.USER_AGENT,
        "migrations": migrations,
        "tables": tables,
        "series": dict(cursor.fetchall()),
    }


def _add(tar: tarfile.TarFile, manifest: dict[str, str], name: str, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, io.SEEK_END)
    content.seek(0)
    manifest[name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    content.seek(0)
    tar.addfile(member, content)


@contextmanager
def _piped[Made](fill: Callable[[IO[bytes]], Made]) -> Iterator[tuple[IO[bytes], Callable[[], Made]]]:
    """What `fill` writes in a thread of its own is read here; afterwards the callable gives its result, or raises what it raised."""
    reading, writing = os.pipe()
    made: list[Made] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            with os.fdopen(writing, "wb") as pipe:
                made.append(fill(pipe))
        except BaseException as error:  # noqa: BLE001 -- raised again where it is waited for
            raised.append(error)
        finally:
            connections.close_all()  # of this thread

    def result() -> Made:
        if raised:
            raise raised[0]
        return made[0]

    worker = threading.Thread(target=run, name="backup")
    worker.start()
    try:
        with os.fdopen(reading, "rb") as pipe:
            yield pipe, result
    finally:
        worker.join()


# --- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Looked:
    about: dict[str, Any]
    rows: int
    files: int


class _Hashing(io.RawIOBase):
    """Reads on from another stream and hashes what passes."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.hash = source, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(size)
        self.hash.update(piece)
        return piece


def _decrypt(kept: IO[bytes], pipe: IO[bytes], key: Any) -> None:
    """Raises BackupError, also where the file ends too early, which pyrage calls an OSError."""
    try:
        pyrage.decrypt_io(kept, pipe, [key])
    except (pyrage.DecryptError, OSError) as error:
        raise BackupError(_DAMAGED) from error


def _read(kept: IO[bytes], key: Any, take: Callable[[str, Any, dict[str, Any]], None]) -> _Looked:
    """Hands each part to `take` in its order and compares all of them with the manifest. Raises BackupError."""
    about: dict[str, Any] = {}
    hashes: dict[str, str] = {}
    told: dict[str, Any] = {}
    try:
        with _piped(lambda pipe: _decrypt(kept, pipe, key)) as (pipe, decrypted):
            with tarfile.open(fileobj=pipe, mode="r|") as tar:
                for member in tar:
                    part = tar.extractfile(member)
                    if part is None:
                        raise BackupError(f"{member.name} is no file.")
                    stream = _Hashing(part)
                    if member.name == "manifest.json":
                        told = json.loads(stream.read())
                        continue
                    if member.name == "about.json":
                        text = stream.read()
                        about = json.loads(text)
                        if about.get("format") != FORMAT:
                            raise BackupError("The backup is of another format than this release reads.")
                        _require_names(about)
                        take(member.name, io.BytesIO(text), about)
                    else:
                        take(member.name, stream, about)
                    while stream.read(1 << 20):
                        pass
                    hashes[member.name] = stream.hash.hexdigest()
            while pipe.read(1 << 20):
                pass
        decrypted()
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(_DAMAGED) from error
    if not told or told["hashes"] != hashes:
        raise BackupError("The backup is not whole: its parts are not those it lists.")
    return _Looked(about, told["rows"], sum(name.startswith("evidence/") for name in hashes))


def _require_names(about: dict[str, Any]) -> None:
    """What becomes part of statements. Whoever has the public key can write a file that this one opens: a name may be no more than that."""
    names = [*about["tables"], *(column for columns in about["tables"].values() for column in columns), *about["series"]]
    if wrong := [name for name in names if not re.fullmatch(r"[a-z_][a-z0-9_]*", name)]:
        raise BackupError(f"The backup names what is no table and no column: {wrong[0]!r}.")


def _require_empty() -> None:
    connection = connections["owner" if "owner" in connections.settings else "default"]
    with connection.cursor() as cursor:
        if models.Person._meta.db_table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT EXISTS (SELECT FROM {models.Person._meta.db_table})")
            if cursor.fetchone()[0]:
                raise BackupError("The database has people in it: a backup is restored into an empty one.")
    folder = Path(settings.EVIDENCE_DIR)
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} has files in it: a backup is restored into an empty folder.")


def _make_tables(connection: Any, about: dict[str, Any]) -> None:
    """As they were when the backup was written, by the migrations of then."""
    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, name in about["migrations"] if app in executor.loader.migrated_apps}
    nodes = executor.loader.graph.node_map
    if unknown := wanted - nodes.keys():
        raise BackupError(f"The backup is of a newer release: it knows {min(unknown)[1]}.")
    if set(executor.loader.applied_migrations) - wanted:
        raise BackupError("The database is of a newer release than the backup: restore into one without tables.")
    last = [key for key in wanted if not any(child.key in wanted and child.key[0] == key[0] for child in nodes[key].children)]
    with migrating.few_models():
        executor.migrate(sorted(last))


def _open(cursor: Any, about: dict[str, Any]) -> list[tuple[str, str]]:
    """Returns the foreign keys that ask at each statement, as (table, name). Until `_close` they ask at the end as the others do: tables
    are filled in the order of their names, and people stand before the P4MI they work at.
    """
    tables = list(about["tables"])
    for table in (*tables, *_parts(cursor)):
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY')  # COPY goes into no walled table
    cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables))
    cursor.execute(
        "SELECT relname, conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
        " WHERE contype = 'f' AND NOT condeferrable AND conparentid = 0 AND relnamespace = 'public'::regnamespace"
    )
    at_once: list[tuple[str, str]] = cursor.fetchall()
    for table, name in at_once:
        cursor.execute(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" DEFERRABLE')
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return at_once


def _parts(cursor: Any) -> list[str]:
    """Of the partitioned tables: emptied and filled through their table, guarded each by triggers of its own."""
    cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relispartition")
    return [name for (name,) in cursor.fetchall()]


def _close(cursor: Any, about: dict[str, Any], at_once: Sequence[tuple[str, str]]) -> None:
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, name in at_once:
        cursor.execute(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" NOT DEFERRABLE')
    for table in (*about["tables"], *_parts(cursor)):
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
    cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace")
    for (table,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    for name, last in about["series"].items():
        cursor.execute("SELECT setval(%s::regclass, %s)", [f'public."{name}"', last])
    if models.Reached._meta.db_table in about["tables"]:
        cursor.execute(_RESTORED)
    if columns := about["tables"].get(models.Webhook._meta.db_table):
        cursor.execute(_PAUSED_AND_TOLD if "told_at" in columns else _PAUSED)
