"""Programs of other hands (tests/judges/setup.sh): the validator of WACZ, the player of web archives, schemathesis, MISP's schema."""

from __future__ import annotations

import json
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

PROJECT: Final = Path(__file__).resolve().parents[2]
PLACE: Final = PROJECT / ".venv" / "judges"
_PYTHON: Final = PLACE / "bin" / "python"
# The program's own entrance, for many files at once: it takes a second to start.
_VALIDATE: Final = """
import contextlib, io, sys
from wacz.main import main
for file in sys.argv[1:]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            code = main(["validate", "-f", file])
        except Exception as error:
            code = type(error).__name__
    print(code)
"""
# The schema and the values, as JSON.
_COMPLAIN: Final = """
import json, sys
import jsonschema
schema, *values = json.load(sys.stdin)
judge = jsonschema.validators.validator_for(schema)
judge.check_schema(schema)
found = [sorted(f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in judge(schema).iter_errors(value)) for value in values]
print(json.dumps(found))
"""
_OFF: Final = "sh tests/judges/setup.sh could not bring it"


def validated(archives: Mapping[str, bytes], folder: Path) -> dict[str, bool]:
    """Which of these archives `wacz validate` accepts."""
    if not _PYTHON.exists():
        pytest.skip(f"there is no validator of WACZ: {_OFF}")
    files = [folder / f"{place}.wacz" for place in range(len(archives))]
    for file, content in zip(files, archives.values(), strict=True):
        file.write_bytes(content)
    given: list[str | Path] = [_PYTHON, "-W", "ignore", "-c", _VALIDATE, *files]
    done = subprocess.run(given, capture_output=True, text=True, check=True)
    return {name: code == "0" for name, code in zip(archives, done.stdout.split(), strict=True)}


def indexed(warc: Path) -> str:
    """The index of a WARC, sorted, as `cdxj-indexer` writes it."""
    if not _PYTHON.exists():
        pytest.skip(f"there is no indexer of WARC: {_OFF}")
    given: list[str | Path] = [_PYTHON, "-W", "ignore", PLACE / "bin" / "cdxj-indexer", "-s", warc]
    return subprocess.run(given, capture_output=True, text=True, check=True).stdout


def schemathesis() -> str:
    """The program that makes calls out of a description."""
    if not (PLACE / "bin" / "schemathesis").exists():
        pytest.skip(f"there is no schemathesis: {_OFF}")
    return str(PLACE / "bin" / "schemathesis")


def complaints(schema: Any, *values: Any) -> list[list[str]]:
    """What a JSON schema says against each of these values, as "place: sentence"."""
    if not _PYTHON.exists():
        pytest.skip(f"there is no judge of JSON schemas: {_OFF}")
    given: list[str | Path] = [_PYTHON, "-c", _COMPLAIN]
    done = subprocess.run(given, input=json.dumps([schema, *values]), capture_output=True, text=True, check=True)
    found: list[list[str]] = json.loads(done.stdout)
    return found


def player() -> bytes:
    """The service worker of wabac.js that shows an archive in a browser."""
    name = (PROJECT / "tests" / "judges" / "player.sha512").read_text().split()[1]
    if not (PLACE / name).exists():
        pytest.skip(f"there is no player of web archives: {_OFF}")
    with tarfile.open(PLACE / name) as opened:
        file = opened.extractfile("package/dist/sw.js")
        assert file is not None
        return file.read()
