"""`sh .ci/steps lock`: the libraries of requirements.txt as a bill of materials (CycloneDX 1.5), into docs/security/sbom.cdx.json.

uv makes it, from a lock of its own for exactly these versions, and so knows which library is there for which other one (needs the network).
What changes with each run and the addresses of the files are left out: the hashes of all files stand in requirements.txt.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
BILL = PROJECT / "docs" / "security" / "sbom.cdx.json"


def locked() -> list[str]:
    """Each line of requirements.txt that names a library, without its hashes."""
    lines = (PROJECT / "requirements.txt").read_text().splitlines()
    return [line.removesuffix("\\").strip() for line in lines if re.match(r"\w", line)]


def made() -> dict[str, Any]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    with tempfile.TemporaryDirectory() as folder:
        named = {key: project[key] for key in ("name", "version", "requires-python")} | {"dependencies": locked()}
        lines = [f"{key} = {json.dumps(value)}" for key, value in named.items()]
        Path(folder, "pyproject.toml").write_text("\n".join(["[project]", *lines]) + "\n")
        export = ["export", "-q", "--no-cache", "--preview-features=sbom-export", "--format=cyclonedx1.5", f"--python={sys.executable}"]
        done = subprocess.run([sys.executable, "-m", "uv", *export], cwd=folder, capture_output=True, check=True)  # noqa: S603 -- our own
    found: dict[str, Any] = json.loads(done.stdout)
    for part in (found, found["metadata"], *found["components"]):
        for key in ("serialNumber", "timestamp", "externalReferences"):
            part.pop(key, None)
    return found


if __name__ == "__main__":
    BILL.write_text(json.dumps(made(), indent=1) + "\n")
