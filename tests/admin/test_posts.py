"""What marking a post as severe is told. What it does: test_veils.py."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from patrol.admin.shared.posts import SevereForm


@pytest.mark.parametrize(("sent", "severe"), [("severe=0", False), ("severe=1", True), ("severe=", True), ("severe=00", False), ("", True)])
def test_only_a_nought_is_not_severe(sent: str, severe: bool) -> None:
    assert SevereForm(QueryDict(sent)).told() == {"is_severe": severe}
