"""Why a verb does not do what somebody asked: one exception for all of them.

A refusal is shown once and never stored, so its sentence is gettext and comes in the language of whoever reads it. What is stored (the
reason of a flag, the problem of a watch, a frozen week) is a `domain.Sentence`, in both languages as rendered that day (ADR 10).
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from patrol.domain import Sentence

# Of every form and of what reaches the database without one.
NUL = _("What was typed or pasted holds a character that cannot be kept (NUL). Nothing was changed; type it again without it.")

# Where a preserved file is not what its record says (evidence.custody_log).
BROKEN = _("The file no longer matches its hash, or is gone: its content is not shown. The supervisors were told.")


class RefusedError(Exception):
    """Nothing was done. `code` never changes and stands once in the code: tests, and doors that speak to machines, go by it.

    `words`: gettext_lazy or ngettext_lazy, with `values` by name; or the Sentence a pure part found (a source, a reader of pictures).
    `place`: the field that the sentence stands beside, "" for the page. `register.mistakes` has the rows in its values, too.
    """

    def __init__(self, code: str, words: Any, place: str = "", /, **values: Any) -> None:
        super().__init__(f"{code} {place}".rstrip())
        self.code = code
        self.words = words
        self.place = place
        self.values = values

    @property
    def sentence(self) -> str:
        """In the language that is active."""
        if isinstance(self.words, Sentence):
            return self.words.en if (translation.get_language() or "id").startswith("en") else self.words.id
        # A lazy plural chooses its form from the values, so it is filled before it is made text.
        return str(self.words % self.values if self.values else self.words)

    def said(self, language: str) -> str:
        """In this language: for doors whose reader has none, and for commands, which speak English."""
        with translation.override(language):
            return self.sentence
