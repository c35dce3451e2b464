"""A new key in front of the old ones: everything moves under it, and what nobody opens is named."""

from __future__ import annotations

import io
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from patrol import models
from patrol.watches import credentials
from tests import factories

pytestmark = pytest.mark.django_db


def told() -> Any:
    out = io.StringIO()
    call_command("reseal_credentials", stdout=out)
    return out.getvalue().strip()


def test_what_is_kept_moves_under_the_new_key(settings: Any) -> None:
    sealed = Fernet(settings.CREDENTIAL_KEYS[0]).encrypt(b'{"key": "nilai"}').decode()
    one = models.Credential.objects.create(platform="youtube", name="Kunci", sealed=sealed, changed_at=factories.NOW)
    new = Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [new, *settings.CREDENTIAL_KEYS]
    assert told() == "Credentials: 1 sealed with the first key."
    settings.CREDENTIAL_KEYS = [new]
    one.refresh_from_db()
    assert dict(credentials.unseal(one.sealed)) == {"key": "nilai"}
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match=r"^No key opens 1 of them; enter their values anew: Kunci\.$"):
        told()


def test_without_keys_it_says_so(settings: Any) -> None:
    settings.CREDENTIAL_KEYS = []
    with pytest.raises(CommandError, match=r"^CREDENTIAL_KEYS is not set"):
        told()
