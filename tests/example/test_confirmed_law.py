"""The example run's letters say that they are invented, and are entered once."""

from __future__ import annotations

import pytest

from example import confirmed_law
from patrol import models
from patrol.models import Role
from tests import factories
from tests.factories import NOW


@pytest.mark.django_db
def test_what_came_with_the_product_is_confirmed_by_letters_that_say_they_are_none() -> None:
    factories.person(Role.SUPERVISOR, "directorate", username=confirmed_law.SUPERVISOR)
    assert confirmed_law.confirm(NOW) == 14
    assert confirmed_law.confirm(NOW) == 0
    letters = models.LawConfirmation.objects.select_related("scan")
    assert all(one.letter_number.endswith("/CONTOH/REKAAN") and one.scan.media_type == "application/pdf" for one in letters)
    assert models.ArticleEdition.objects.get(confirmation=None).article.key == "kuhp-455"
    assert b"CONTOH: surat rekaan B.1" in confirmed_law.scan("B.1")
