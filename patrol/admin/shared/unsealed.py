"""A package that could not be sealed first: the page says why, and makes it where it is asked for once more and that is still why."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest

from patrol.admin.shared import words
from patrol.cases.packages import exporting, tying

NAME: Final = "unsealed"  # of the field, and of what the page is asked with
_CODE: Final = re.compile(r"[a-z_]{1,40}")


def was_said(request: HttpRequest) -> dict[str, str] | None:
    """The reason that the page asks about, `code` and `said`, where it does."""
    code = _code(request.GET.get(NAME, ""))
    return {"code": code, "said": words.sentence(tying.printed(code))} if code else None


def _code(given: str) -> str:
    return given if _CODE.fullmatch(given) else ""


class Asked:
    """What one act of making a package was told. `agreed`: the code of the reason that was said before; `again`: of the one that the page
    has to say now."""

    def __init__(self, request: HttpRequest) -> None:
        self.agreed = _code(request.POST.get(NAME, ""))
        self.again = ""

    @property
    def making(self) -> exporting.Making:
        return exporting.Making(unsealed=self.told, agreed=self.agreed)

    def told(self, why: tying.Why) -> None:
        if why.code != self.agreed:
            self.again = why.code
            tying.refused(why)
