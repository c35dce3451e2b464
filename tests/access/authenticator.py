"""An authenticator without a browser: it makes one passkey and signs with it what the pages ask (WebAuthn, ES256, no attestation)."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

_HOST: Final = "testserver"  # as Django's client calls the place
_FLAG: Final = AuthenticatorData.FLAG
_CALLED: Final = b"kunci-contoh-0001"


class Passkey:
    """Belongs to whoever makes it; each answer is counted, as a real one counts."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._owner = ""
        self._counter = 0

    def made(self, client: Client) -> list[str]:
        """Set up in this login; returns the recovery codes."""
        where = reverse("admin:add_passkey")
        asked = json.loads(client.get(where).context["options"])["publicKey"]
        self._owner = asked["user"]["id"]
        key = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]
        holds = AttestedCredentialData.create(b"\0" * 16, _CALLED, key)
        attested = AttestationObject.create("none", self._data(_FLAG.AT, holds), {})
        parts = {"clientDataJSON": self._client("webauthn.create", asked), "attestationObject": attested}
        page = client.post(where, {"name": "Ponsel contoh", "credential": self._answer(parts)})
        return list(page.context["codes"])

    def opens(self, client: Client, **sent: Any) -> Any:
        """The door, by this alone."""
        where = reverse("admin:passkey")
        asked = client.get(where, **sent).json()["publicKey"]
        return client.post(where, {"credential": self._signed(asked)}, **sent)

    def shown(self, client: Client, **sent: Any) -> Any:
        """The second factor, after the password."""
        where = reverse("admin:second_factor")
        asked = json.loads(client.get(where, **sent).context["passkey_options"])["publicKey"]
        return client.post(where, {"credential": self._signed(asked)}, **sent)

    def _signed(self, asked: Any) -> str:
        data, said = self._data(), self._client("webauthn.get", asked)
        signature = self._key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({"clientDataJSON": said, "authenticatorData": data, "signature": signature}, userHandle=self._owner)

    def _data(self, flags: AuthenticatorData.FLAG = _FLAG.UP, holds: bytes = b"") -> AuthenticatorData:
        self._counter += 1
        place = hashlib.sha256(_HOST.encode()).digest()
        made: AuthenticatorData = AuthenticatorData.create(place, flags | _FLAG.UP | _FLAG.UV, self._counter, holds)
        return made

    @staticmethod
    def _client(kind: str, asked: Any) -> CollectedClientData:
        return CollectedClientData.create(kind, asked["challenge"], f"https://{_HOST}")

    @staticmethod
    def _answer(parts: dict[str, bytes], **words: str) -> str:
        named = websafe_encode(_CALLED)
        said = {name: websafe_encode(part) for name, part in parts.items()} | words
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": said, "clientExtensionResults": {}})
