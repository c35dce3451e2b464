"""Why a preserved file is not whole is said as its record has it, and nothing is said of one that is."""

from __future__ import annotations

from typing import Any

import pytest

from patrol import models
from patrol.evidence import archive, completeness

PARTIAL = archive.PARTIAL


@pytest.mark.parametrize(
    ("truncated", "options", "said"),
    [
        (False, {}, []),
        (False, {"partial": [], "complete": True}, []),
        (False, {"partial": ["login"]}, [PARTIAL["login"]]),  # nothing broke off, and it is not the post
        (True, {"partial": ["missing"]}, [PARTIAL["missing"]]),
        (True, {"partial": ["missing", "bytes"]}, [PARTIAL["missing"], PARTIAL["bytes"]]),
        (True, {"partial": ["of another release"]}, [completeness.CUT]),
        (True, {}, [completeness.CUT]),
        (True, {"complete": False}, [PARTIAL["height"]]),
    ],
)
def test_what_lacks_is_said_in_the_words_of_its_reason(truncated: bool, options: dict[str, Any], said: list[Any]) -> None:
    assert completeness.lacks(models.Capture(truncated=truncated, options=options)) == said
