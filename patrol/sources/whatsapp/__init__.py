"""WhatsApp: nobody may fetch from it. Its messages come by capture, upload and the export of a chat."""

from patrol import domain

PLATFORM: str = domain.Platform.WHATSAPP
NAME = domain.Sentence(id="WhatsApp", en="WhatsApp")
HOSTS: tuple[str, ...] = ()  # wa.me leads to a person, not to a message
CALLED: tuple[str, ...] = ("wa",)
SENT_IN = True


def identity(_url: str) -> str:
    """Always "": a message has no address."""
    return ""
