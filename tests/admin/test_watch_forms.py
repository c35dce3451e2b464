"""The form of a watch: what is said of hours that are missing, and of hours that cannot be read."""

from __future__ import annotations

import pytest

from patrol.admin.analyst.watch_forms import WatchForm, Way
from tests import factories

pytestmark = pytest.mark.django_db
UNREAD, BOTH, ALL = (
    "Tulis jamnya seperti 14.30.",
    "Isi kedua jam, atau kosongkan keduanya.",
    "Isi hari dan kedua jam, atau kosongkan semuanya.",
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"quiet_from": "22.00", "quiet_to": "05.00"}, {}),
        ({"quiet_from": "22.00"}, {"quiet_to": [BOTH]}),
        ({"quiet_to": "05.00"}, {"quiet_to": [BOTH]}),
        ({"quiet_from": "25.00", "quiet_to": "05.00"}, {"quiet_from": [UNREAD]}),
        ({"days_1": ["0"], "from_1": "08.00", "to_1": "16.00"}, {}),
        ({"days_1": ["0"], "from_1": "08.00"}, {"days_1": [ALL]}),
        ({"days_1": ["0"], "from_1": "08.00", "to_1": "sore"}, {"to_1": [UNREAD]}),
    ],
)
def test_an_hour_that_cannot_be_read_is_not_called_missing(typed: dict[str, str | list[str]], said: dict[str, list[str]]) -> None:
    way = Way.of("feed/feed")
    assert way is not None
    office = factories.office()
    sent = {"ask": "feed/feed", "name": "Uji", "query": "https://kabar.example/umpan.xml", "office": office.pk, "every_minutes": "60"}
    assert dict(WatchForm(sent | typed, way=way).errors) == said
