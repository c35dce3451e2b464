"""docs/offices/public-desk.md: the limits it gives nginx let through what the product takes, and keep a stranger's body in memory."""

from __future__ import annotations

import re

from patrol.frame import bodies
from patrol.intake.tips import drafts
from patrol.public import uploads
from tests.docs import documents

PAGE = (documents.ROOT / "docs/offices/public-desk.md").read_text()
MIB = 2**20  # nginx's m


def test_a_body_of_the_desk_is_let_through_and_fits_into_memory() -> None:
    said = {name: [int(size) * MIB for size in re.findall(rf"`client_{name}_size (\d+)m;`", PAGE)] for name in ("max_body", "body_buffer")}
    desk, workbench = said["max_body"]
    assert said["body_buffer"] == [desk]
    assert max(drafts.BODY, uploads.BODY) <= desk < max(drafts.BODY, uploads.BODY) + MIB
    assert workbench == bodies.LARGEST
