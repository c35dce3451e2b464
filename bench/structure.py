"""How the code hangs together: its packages, the imports between them, and circles.

    python -m bench.structure [--imports]

A package is a folder or loose module directly below `patrol`, or `reports`; migrations and what the tests hold are left out.
`--imports` also lists each pair of packages with the number of modules that import across it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from typing import Final

import grimp

# What Django, Celery and the server ask for at fixed names.
LOOSE: Final = ("settings", "urls", "wsgi", "asgi", "celery", "apps", "tasks")


def package(module: str) -> str | None:
    """The package a module belongs to: "patrol.triage.queue" -> "triage"; None for the root and for migrations."""
    first, _, rest = module.partition(".")
    if first == "reports":
        return "reports"
    name = rest.partition(".")[0]
    return name if name and name != "migrations" else None


def imports() -> Counter[tuple[str, str]]:
    """(importing package, imported package) -> how many imports of modules cross there."""
    graph = grimp.build_graph("patrol", "reports", cache_dir=None)
    found: Counter[tuple[str, str]] = Counter()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            pair = package(module), package(imported)
            if pair[0] and pair[1] and pair[0] != pair[1] and ".migrations" not in module:
                found[pair] += 1  # type: ignore[index]
    return found


def circle(pairs: Counter[tuple[str, str]]) -> list[str]:
    """One circle of packages, its first name also last; empty where there is none."""
    order: TopologicalSorter[str] = TopologicalSorter()
    for above, below in pairs:
        order.add(above, below)
    try:
        order.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def main() -> None:
    parser = argparse.ArgumentParser(description="The packages of patrol and reports, and the imports between them.")
    parser.add_argument("--imports", action="store_true")
    wanted = parser.parse_args()
    pairs = imports()
    names = sorted({name for pair in pairs for name in pair})
    loose = [name for name in names if name in LOOSE]
    folders = [name for name in names if name not in LOOSE]
    print(f"{len(folders)} packages: {', '.join(folders)}")
    print(f"{len(loose)} loose modules: {', '.join(loose)}")
    print(f"{len(pairs)} pairs of them import each other in one direction, by {pairs.total()} imports of modules")
    found = circle(pairs)
    print(f"circle: {' -> '.join(found)}" if found else "no circle")
    if wanted.imports:
        for (above, below), count in sorted(pairs.items()):
            print(f"  {above} -> {below}: {count}")


if __name__ == "__main__":
    main()
