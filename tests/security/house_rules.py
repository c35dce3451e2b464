"""House rules that neither ruff nor import-linter knows, as walks over the syntax tree: what breaks one is told with its line.

What those two do know is not said twice here (test_house_rules.py names it): lines of SQL put together from text, mark_safe, shared_task,
moments without a zone, which floor may import what.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

type Broken = Iterator[tuple[int, str]]

# What opens a connection, by itself or through a library; `ssl` alone opens none.
NETWORK = frozenset(
    {"requests", "urllib3", "urllib.request", "http.client", "httpx", "aiohttp", "socket", "smtplib", "ftplib", "imaplib", "poplib"}
    | {"telnetlib", "xmlrpc", "websocket", "websockets", "paramiko", "pycurl"}
)


def connections(tree: ast.AST) -> Broken:
    """Imports of what opens a connection."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if NETWORK.intersection(".".join(parts[:end]) for end in range(1, len(parts) + 1)):
                yield node.lineno, name
                break


def whole_rows(tree: ast.AST) -> Broken:
    """`row.save()` of all columns: what somebody else changed meanwhile would come back. A picture or a document is saved somewhere."""
    for call in _calls(tree):
        if (
            isinstance(call.func, ast.Attribute)
            and call.func.attr == "save"
            and all(isinstance(one, ast.Constant) and isinstance(one.value, bool) for one in call.args)
        ):
            given = {word.arg for word in call.keywords}
            if not given & {"update_fields", "force_insert"}:
                yield call.lineno, ast.unparse(call)


def sentences_of_sql(tree: ast.AST) -> Broken:
    """A statement that is put together, where it is executed or under a name of the same function, from anything but constants."""
    named = {call: names for function in _functions(tree) for call, names in _names_in(function)}
    for call in _calls(tree):
        if _called(call.func) in {"execute", "executemany", "raw", "extra", "RawSQL", "copy_expert", "mogrify"}:
            # all of them: the house's own `prepared.execute` has the cursor first
            stand_for = named.get(call, {})
            put = [one for given in call.args for one in (stand_for.get(given.id, []) if isinstance(given, ast.Name) else [given])]
            for part in [part for given in put for part in _put_in(given)]:
                if not re.fullmatch(r"_?[A-Z][A-Z0-9_]*", ast.unparse(part).rpartition(".")[2]):
                    yield call.lineno, ast.unparse(part)


def _functions(tree: ast.AST) -> list[ast.AST]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module)]


def _names_in(function: ast.AST) -> Iterator[tuple[ast.Call, dict[str, list[ast.expr]]]]:
    """Each call of a function, with all that its names are given there. A module comes first: of a name within, the innermost counts."""
    given: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign | ast.AugAssign) else []
        for one in targets:
            if isinstance(one, ast.Name) and isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
                given.setdefault(one.id, []).append(node.value)
    yield from ((call, given) for call in _calls(function))


def _put_in(statement: ast.expr) -> Iterator[ast.expr]:
    """What a text is made of beside its letters."""
    if isinstance(statement, ast.JoinedStr):
        yield from (part.value for part in statement.values if isinstance(part, ast.FormattedValue))
    elif isinstance(statement, ast.BinOp) and isinstance(statement.op, ast.Add | ast.Mod):
        for side in (statement.left, statement.right):
            if isinstance(side, ast.JoinedStr | ast.BinOp):
                yield from _put_in(side)
            elif not isinstance(side, ast.Constant):
                yield side
    elif isinstance(statement, ast.Call) and isinstance(statement.func, ast.Attribute) and statement.func.attr in {"format", "join"}:
        yield from (*statement.args, *(word.value for word in statement.keywords))


_CLOCKS = ("timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.localdate", "time.time")


def own_clocks(tree: ast.AST) -> Broken:
    """A verb (`by=`, `now=`) that asks for the time itself, or, where other modules call it, takes them by their place."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        named = {one.arg for one in node.args.kwonlyargs}
        placed = {one.arg for one in (*node.args.posonlyargs, *node.args.args)}
        if {"by", "now"} <= named | placed and not {"by", "now"} <= named and not node.name.startswith("_"):
            yield node.lineno, f"def {node.name}: by and now are keyword-only"
        if {"by", "now"} <= named:
            for call in _calls(node):
                asked = ast.unparse(call.func)
                if asked in _CLOCKS or (asked == "timezone.localtime" and not call.args):
                    yield call.lineno, ast.unparse(call)


def unprotected_forms(tree: ast.AST) -> Broken:
    """A view that takes a form from any page of any site."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from ((node.lineno, node.name) for one in node.decorator_list if _called(one) == "csrf_exempt")
        elif isinstance(node, ast.ClassDef):
            yield from ((node.lineno, node.name) for one in node.decorator_list if "csrf_exempt" in ast.unparse(one))
        elif isinstance(node, ast.Assign):
            yield from ((node.lineno, ast.unparse(one)) for one in node.targets if _called(one) == "csrf_exempt")
        elif isinstance(node, ast.Call) and _called(node.func) == "csrf_exempt":
            yield node.lineno, ast.unparse(node)


def made_markup(tree: ast.AST) -> Broken:
    """Markup that no template escaped: a template or a `format_html` made of other than what stands in the file, text called safe."""
    for call in _calls(tree):
        name = _called(call.func)
        made = name in {"Template", "from_string", "format_html", "format_html_join"} and bool(call.args)
        if made and not isinstance(call.args[name == "format_html_join"], ast.Constant):
            yield call.lineno, ast.unparse(call)
        if name in {"SafeString", "SafeText"} or (name == "mark_safe" and not isinstance(call.args[0], ast.Constant)):
            yield call.lineno, ast.unparse(call)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "__html__":
            yield node.lineno, "def __html__"


def unescaped(text: str) -> Broken:
    """Of a template: what is written to the page as it is."""
    for at, line in enumerate(text.splitlines(), 1):
        yield from ((at, found) for found in re.findall(r"\{\{[^}]*\|\s*safe(?:seq)?\b[^}]*\}\}|\{%\s*autoescape\s+off\s*%\}", line))


def without_reason(text: str) -> Broken:
    """A finding about safety that is switched off in its line without saying why."""
    for at, line in enumerate(text.splitlines(), 1):
        of_ruff = re.search(r"#\s*noqa:\s*(?:[A-Z]+[0-9]+,\s*)*S[0-9]{3}[A-Z0-9, ]*(?:#.*)?$", line.rstrip())
        if of_ruff or re.search(r"# nosec\b", line.partition(" -- ")[0]):
            yield at, line.strip()


def _called(function: ast.expr) -> str:
    """The last part of its name, "" where it has none. To write out a whole expression takes thirty times as long."""
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


OF_CODE: dict[str, Callable[[ast.AST], Broken]] = {
    "connections": connections,
    "whole_rows": whole_rows,
    "sentences_of_sql": sentences_of_sql,
    "own_clocks": own_clocks,
    "unprotected_forms": unprotected_forms,
    "made_markup": made_markup,
}
OF_TEXT: dict[str, Callable[[str], Broken]] = {"unescaped": unescaped, "without_reason": without_reason}
