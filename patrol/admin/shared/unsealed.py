"""A package that could not be sealed first: the page says so the first time, and makes it where it is asked for once more."""

from __future__ import annotations

from django.http import HttpRequest

from patrol.cases.packages import tying
from patrol.domain import Sentence

NAME = "unsealed"  # of the field, and of what the page is asked with


def was_said(request: HttpRequest) -> bool:
    """Whether the page has just said it."""
    return request.GET.get(NAME) == "1"


class Asked:
    """What one act of making a package was told. `again`: "1" where the page asks once more."""

    def __init__(self, request: HttpRequest) -> None:
        self.agreed = request.POST.get(NAME) == "1"
        self.again = ""

    def told(self, why: Sentence) -> None:
        if not self.agreed:
            self.again = "1"
            tying.refused(why)
