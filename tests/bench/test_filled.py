"""The database that the benches of the desk and of the sweep fill."""

from __future__ import annotations

import pytest
from django.db import connection

from bench import filled
from patrol import models
from tests import factories
from tests.factories import NOW


@pytest.mark.django_db
@pytest.mark.parametrize("many", [5, 10])
def test_the_number_that_everybody_uses_is_one_with_as_many_sightings(many: int) -> None:
    flags = factories.flags(10)
    before = models.Sighting.objects.count()
    with connection.cursor() as cursor:
        # Of the flags' posts a fifth is taken for sure: of each thousand ids those below 400 are taken besides.
        common = filled.everybodys_number(cursor, now=NOW, behind=0, many=many)
    indicator = models.Indicator.objects.get(pk=common)
    sighted = set(indicator.sightings.values_list("post", flat=True))
    assert (indicator.kind, indicator.value) == ("phone", "+6284099999999")
    assert many / 5 <= len(sighted) <= many
    assert sighted <= {flag.post_id for flag in flags}
    assert models.Sighting.objects.count() == before + len(sighted)
