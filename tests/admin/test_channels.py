"""Pages of channels: where referrals go, editions with what each changed, and the forms of a supervisor of the directorate."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from patrol import models
from patrol.cases import channels
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door

pytestmark = pytest.mark.django_db


def page(client: Any, name: str, *parts: str) -> str:
    text: str = client.get(reverse(f"admin:patrol_referral_{name}", args=parts)).content.decode()
    return " ".join(text.split())


def test_an_edition_is_entered_by_its_form_and_shown_with_what_it_changed(door: Door) -> None:
    client = door(factories.person(Role.SUPERVISOR, "directorate"))
    shown = page(client, "enter", "police")
    assert ("Yang diminta ditindak | Nilai" in shown, ">Seen<" in shown) == (True, False)
    told = {"seen": 1, "columns": "no | No\nvalue | Nilai <b>", "hours_usual": 48, "hours_urgent": 4, "source": "Surat (contoh)"}
    to = reverse("admin:patrol_referral_enter", args=["police"])
    wrong = client.post(to, told | {"addresses": "Polda contoh | bukan surel"}).content.decode()
    assert "bukan surel bukan alamat surel" in wrong
    assert models.ChannelEdition.objects.filter(number=2).count() == 0
    client.post(to, told | {"addresses": "Polda contoh | unit@polda.example\n\nsemua@polda.example"})
    made = channels.newest("police")
    assert made is not None
    assert made.addresses == [{"target": "Polda contoh", "mail": "unit@polda.example"}, {"target": "", "mail": "semua@polda.example"}]
    shown = page(client, "channel", "police")
    assert "− Periksa | Periksa (8 karakter SHA-256)" in shown
    assert "+ Polda contoh | unit@polda.example" in shown
    assert "+ Yang diminta ditindak | Nilai &lt;b&gt;" in shown
    assert "Edisi 2" in page(client, "channels")
    assert "unit@polda.example" in page(client, "channels")
    assert "edisi yang lebih baru" in client.post(to, told).content.decode()


def test_a_confirmation_is_of_the_edition_that_was_seen(door: Door) -> None:
    client = door(factories.person(Role.SUPERVISOR, "directorate"))
    to = reverse("admin:patrol_referral_confirm", args=["police"])
    client.post(to, {"letter": "B.1/2026", "day": "2026-11-20", "seen": 2})
    assert models.ChannelConfirmation.objects.count() == 0
    client.post(to, {"letter": "B.1/2026", "day": "2026-11-20", "seen": 1})
    assert "kolom dikonfirmasi" in page(client, "channel", "police")


@pytest.mark.parametrize(("name", "parts", "queries"), [("channels", (), 6), ("channel", ("police",), 6)])
def test_the_pages_cost_the_same_however_many_editions(
    name: str, parts: tuple[str, ...], queries: int, door: Door, django_assert_num_queries: Any
) -> None:
    by = factories.person(Role.SUPERVISOR, "directorate")
    told: dict[str, Any] = {"columns": [], "hours_usual": 24, "hours_urgent": 4, "source": "x", "by": by, "at": factories.NOW}
    models.ChannelEdition.objects.bulk_create(models.ChannelEdition(channel="police", number=n, **told) for n in range(2, 31))
    client = door(by)
    with django_assert_num_queries(queries):
        assert client.get(reverse(f"admin:patrol_referral_{name}", args=parts)).status_code == 200
