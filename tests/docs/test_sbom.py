"""docs/security/sbom.cdx.json: the libraries that are installed, as `sh .ci/steps lock` wrote them with requirements.txt."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.docs import documents


def bill() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((documents.ROOT / "docs/security/sbom.cdx.json").read_text())
    return found


def test_the_bill_names_each_library_that_is_installed() -> None:
    pinned = re.findall(r"^([\w.-]+)(?:\[.*\])?==([^\s;]+)", (documents.ROOT / "requirements.txt").read_text(), re.MULTILINE)
    named = [(one["name"], one["version"], one["purl"]) for one in bill()["components"]]
    assert named == [(name, version, f"pkg:pypi/{name}@{version}") for name, version in pinned]
    assert len(pinned) > 90


def test_the_bill_says_for_which_other_one_each_is_there() -> None:
    found = bill()
    names = {one["bom-ref"]: one["name"] for one in [found["metadata"]["component"], *found["components"]]}
    needs = {names[one["ref"]]: {names[part] for part in one.get("dependsOn", ())} for one in found["dependencies"]}
    assert {"asgiref", "sqlparse"} <= needs["django"]
    assert set(names.values()) == set(needs)
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.5")
