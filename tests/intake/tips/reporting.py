"""Reports as their tests make them."""

from __future__ import annotations

import os
import uuid
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from patrol.intake.tips import receipts, receiving
from patrol.models import Tip
from tests.factories import NOW

OFFER = "Dicari admin toko daring ke luar negeri, gaji 14 juta, tiket ditanggung, hubungi nomor di bawah sebelum minggu depan ya kak"
CONTACT = "wa 0812-0000-9911 ibu kenari"


def told(**given: Any) -> receiving.Told:
    return receiving.Told(**({"kind": "advert", "words": OFFER, "where": "Bandung"} | given))


def report(*, number: str = "", now: datetime = NOW, pictures: tuple[bytes, ...] = (), **given: Any) -> Tip:
    return receiving.receive(told=told(**given), pictures=pictures, key=uuid.uuid4(), number=number or receipts.draw(), now=now)


def private_key() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(os.environ["SIPATROL_TEST_IDENTITY_KEY"]))
