"""What mkdocs.yml cannot say: the decisions stand in the navigation in the order of their numbers, a new one without another line."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig


def on_config(config: MkDocsConfig) -> None:
    """Adds docs/adr as the last part of the navigation."""
    files = sorted(file.name for file in Path(config.docs_dir, "adr").glob("0*.md"))
    assert config.nav is not None
    config.nav.append({"Decisions": ["adr/README.md", *(f"adr/{name}" for name in files)]})
