"""Reports as their tests make them."""

from __future__ import annotations

import os
import threading
import uuid
from datetime import datetime
from typing import Any

import psycopg2
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection

from patrol.intake.tips import identity, keyholding, receipts, receiving
from patrol.models import IdentityRequest, Person, Tip
from tests.factories import NOW

OFFER = "Dicari admin toko daring ke luar negeri, gaji 14 juta, tiket ditanggung, hubungi nomor di bawah sebelum minggu depan ya kak"
KEYHOLDER_URL = os.environ["SIPATROL_TEST_KEYHOLDER_URL"]
CONTACT = "wa 0812-0000-9911 ibu kenari"


def told(**given: Any) -> receiving.Told:
    return receiving.Told(**({"kind": "advert", "words": OFFER, "where": "Bandung"} | given))


def report(*, number: str = "", now: datetime = NOW, pictures: tuple[bytes, ...] = (), **given: Any) -> Tip:
    return receiving.receive(told=told(**given), pictures=pictures, key=uuid.uuid4(), number=number or receipts.draw(), now=now)


def private_key() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(os.environ["SIPATROL_TEST_IDENTITY_KEY"]))


def as_keyholder(act: Any) -> Any:
    """What a function returns as the process with the key runs it: on a connection of its own role, in a thread of its own."""
    answer: list[Any] = []

    def inside() -> None:
        own = connection.settings_dict.copy()
        try:
            parts = psycopg2.extensions.parse_dsn(KEYHOLDER_URL)
            connection.settings_dict |= {"USER": parts["user"], "PASSWORD": parts["password"]}
            connection.close()
            answer.append(act())
        except BaseException as error:  # noqa: BLE001 -- told to the test
            answer.append(error)
        finally:
            connection.close()
            connection.settings_dict.update(own)

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    if isinstance(answer[0], BaseException):
        raise answer[0]
    return answer[0]


def opened(tip: Tip, by: Person, at: datetime, many: int = 1) -> None:
    """Asked for so often, past the verb, and answered by the process with the key: committed, and at most twenty an hour for a person."""
    reply_to = identity.public(X25519PrivateKey.generate().public_key())
    asked = {"tip": tip, "by": by, "office": by.office, "purpose": "ask", "reply_to": reply_to, "at": at}
    IdentityRequest.objects.bulk_create(IdentityRequest(**asked) for _ in range(many))
    as_keyholder(lambda: keyholding.answer_waiting(private_key(), now=at))
