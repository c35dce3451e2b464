"""The small changes that `bench.mutants` makes: one expression of a file, or one condition in a text of SQL, turned into another."""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Change:
    """`start` to `end`: places in the source, in characters. `inside`: within a function."""

    module: str
    function: str
    line: int
    last_line: int
    start: int
    end: int
    instead: str
    about: str  # before -> after, on one line
    inside: bool
    number: int = 1  # of those of this function that are told alike

    @property
    def name(self) -> str:
        """Says the change without its line, so that it stays the same when lines move."""
        return f"{self.module}:{self.function}: {self.about}{f' #{self.number}' if self.number > 1 else ''}"

    def made(self, source: str) -> str:
        return source[: self.start] + self.instead + source[self.end :]


_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_NARROWING = {"filter", "exclude", "get", "update", "Q", "get_or_create"}
_SQL = re.compile(r"\b(?:SELECT|UPDATE|DELETE FROM|INSERT INTO|WHERE)\b")
_IN_SQL = (
    (re.compile(r"(?<![<>!=])<="), "<"),
    (re.compile(r"(?<![<>!=\-])<(?![=>@])"), "<="),
    (re.compile(r"(?<![<>!=\-])>="), ">"),
    (re.compile(r"(?<![<>!=\-@])>(?![=>])"), ">="),
    (re.compile(r"<>"), "="),
    (re.compile(r"\bNOT (?=EXISTS|IN\b)"), ""),
    (re.compile(r" DESC\b"), ""),
    (re.compile(r"\bAND (?!interval)"), "OR "),
    (re.compile(r"\bGREATEST\b"), "LEAST"),
    (re.compile(r"\bmin\("), "max("),
    (re.compile(r"\bmax\("), "min("),
    # One condition less.
    (re.compile(r"\bAND [\w.]+ (?:=|<>|<=|>=|<|>) (?:%\(\w+\)s|'\w+'|[\w.]+\b(?!\())"), ""),
    (re.compile(r"\bAND [\w.]+ IS (?:NOT )?NULL"), ""),
)


def of(module: str, source: str) -> list[Change]:
    """Every change of a file, in the order of their places."""
    finder = _Finder(module, source)
    finder.visit(ast.parse(source))
    every = {(one.start, one.end, one.instead): one for one in finder.found if one.made(source) != source}
    found = []
    alike: Counter[str] = Counter()
    for one in sorted(every.values(), key=lambda one: (one.start, one.end, one.instead)):
        alike[one.name] += 1
        found.append(replace(one, number=alike[one.name]))
    return found


class _Finder(ast.NodeVisitor):
    def __init__(self, module: str, source: str) -> None:
        self.module, self.source = module, source
        self.found: list[Change] = []
        self.scope: list[str] = []
        self.functions = 0
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.lines = source.splitlines(keepends=True)

    def place(self, line: int, column: int) -> int:
        """ast counts columns in bytes."""
        return self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode())

    def change(self, node: ast.expr | ast.stmt, instead: str, about: str = "") -> None:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start, end = self.place(node.lineno, node.col_offset), self.place(node.end_lineno, node.end_col_offset)
        about = about or f"{_short(self.source[start:end])} -> {_short(instead)}"
        self.found.append(
            Change(
                self.module,
                ".".join(self.scope) or "(module)",
                node.lineno,
                node.end_lineno,
                start,
                end,
                instead,
                about,
                bool(self.functions),
            )
        )

    def expression(self, node: ast.expr, turned: ast.expr) -> None:
        self.change(node, f"({ast.unparse(ast.fix_missing_locations(turned))})")

    def _scoped(self, node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        function = not isinstance(node, ast.ClassDef)
        self.scope.append(node.name)
        self.functions += function
        for child in [*node.body, *node.bases] if isinstance(node, ast.ClassDef) else node.body:
            self.visit(child)
        if not isinstance(node, ast.ClassDef):
            for default in filter(None, node.args.kw_defaults):
                self.visit(default)
        self.functions -= function
        self.scope.pop()

    visit_ClassDef = visit_FunctionDef = visit_AsyncFunctionDef = _scoped  # noqa: N815 -- ast's names; annotations are left out

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """What is put into a text for people is left out."""

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if ast.unparse(node.test) == "TYPE_CHECKING":
            return
        if isinstance(node.body[-1], ast.Raise | ast.Return | ast.Continue | ast.Break) and not node.orelse:
            self.change(node.test, "False", f"guard dropped: if {_short(ast.unparse(node.test))}")
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        for number, operator in enumerate(node.ops):
            turned = copy.deepcopy(node)
            turned.ops[number] = _TURNED[type(operator)]()
            self.expression(node, turned)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        turned = copy.deepcopy(node)
        turned.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self.expression(node, turned)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.Invert):
            self.expression(node, node.operand)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        swapped = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd}
        other = swapped.get(type(node.op))
        if other is not None and not any(isinstance(part, ast.JoinedStr) for part in ast.walk(node)):
            turned = copy.deepcopy(node)
            turned.op = other()
            self.expression(node, turned)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.expression(node, node.body)
        self.expression(node, node.orelse)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in _NARROWING:
            for number, keyword in enumerate(node.keywords):
                if keyword.arg is None:
                    continue
                turned = copy.deepcopy(node)
                del turned.keywords[number]
                self.change(node, ast.unparse(turned), f"argument dropped: {name}(… {keyword.arg}=)")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self.change(node, str(not node.value))
        elif isinstance(node.value, int | float):
            self.change(node, repr(node.value + 1))
        elif isinstance(node.value, str) and _SQL.search(node.value):
            self._sql(node)

    def _sql(self, node: ast.Constant) -> None:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start, end = self.place(node.lineno, node.col_offset), self.place(node.end_lineno, node.end_col_offset)
        written = self.source[start:end]
        for sought, instead in _IN_SQL:
            for hit in sought.finditer(written):
                if "--" in written[written.rfind("\n", 0, hit.start()) + 1 : hit.start()]:
                    continue  # a comment of the query
                around = _short(written[max(0, hit.start() - 25) : hit.end() + 25])
                self.change(
                    node,
                    written[: hit.start()] + instead + written[hit.end() :],
                    f"SQL …{around}… : {hit.group().strip()} -> {instead.strip() or 'dropped'}",
                )


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 90 else folded[:89] + "…"
