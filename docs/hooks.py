"""What mkdocs.yml cannot say: the decisions in the navigation, a new one without another line, and the language of a page."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page


def on_config(config: MkDocsConfig) -> None:
    """Adds docs/adr as the last part of the navigation."""
    files = sorted(file.name for file in Path(config.docs_dir, "adr").glob("0*.md"))
    assert config.nav is not None
    config.nav.append({"Decisions": ["adr/README.md", *(f"adr/{name}" for name in files)]})


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """The pages of the roles are Indonesian, and a screen reader has to know it."""
    del config
    indonesian = page.file.src_uri.startswith("roles/") and page.file.name != "index"
    return output.replace('<html lang="en"', '<html lang="id"', 1) if indonesian else output
