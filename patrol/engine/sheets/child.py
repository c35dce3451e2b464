"""The child of `patrol.engine.sheets`: one workbook on standard input, its first sheet as lines of JSON on standard output.

Arguments: rows, columns, cells, letters, letters of a cell, bytes of memory, seconds. Says first the titles of the sheets, then
[number, cell, …] for each row with a value, and at last {"code": ""}, or why it ends before.
"""

import codecs
import contextlib
import ctypes
import json
import os
import resource
import sys
import warnings
from datetime import date, datetime

import openpyxl
from openpyxl.reader import excel  # noqa: F401 -- loaded before no file can be opened any more

_NO_NEW_PRIVILEGES = 38  # prctl(2)


class _CostlyError(Exception):
    pass


def _shut_in(memory: int, seconds: int) -> None:
    """Takes away what reading a sheet does not need. Some kernels do not let us take the network."""
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    with contextlib.suppress(OSError):
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWIPC)
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),  # what is open stays open, no file and no socket comes to it
    ):
        resource.setrlimit(limit, (most, most))


def _said(value: object, most: int) -> object:
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)[:most]


def _say(what: object) -> int:
    line = json.dumps(what)
    sys.stdout.write(line + "\n")
    return len(line)


def _read(rows: int, columns: int, cells: int, letters: int, most: int) -> None:
    book = openpyxl.load_workbook(sys.stdin.buffer, read_only=True, data_only=False, keep_links=False)
    _say([sheet.title for sheet in book.worksheets])
    if not book.worksheets:
        return
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # the file's own claim about its size is no limit
    # Without a width, a gap of a million rows is a million empty tuples and not a million rows of empty cells.
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > rows:
            return
        cells -= len(values)
        if cells < 0:
            raise _CostlyError
        kept = [_said(value, most) for value in values[:columns]]
        while kept and kept[-1] is None:
            kept.pop()
        if not kept:
            continue
        letters -= _say([number, *kept])
        if letters < 0:
            raise _CostlyError


def main(arguments: list[str]) -> None:
    rows, columns, cells, letters, most, memory, seconds = map(int, arguments)
    codecs.lookup("cp437")  # of names in archives; loaded before no file can be opened any more
    _shut_in(memory, seconds)
    warnings.simplefilter("ignore")  # what openpyxl cannot show (styles, validations, extensions) is nothing that is read here
    code = ""
    try:
        _read(rows, columns, cells, letters, most)
    except (_CostlyError, MemoryError):
        code = "too_costly"
    except Exception:  # noqa: BLE001 -- a parser of hostile files raises what it likes
        code = "broken"
    with contextlib.suppress(OSError):
        _say({"code": code})
        sys.stdout.flush()
    os._exit(0)  # nothing is left to tidy, and tidying wants files


if __name__ == "__main__":
    main(sys.argv[1:])
