"""No platform: what somebody said on the telephone or at the counter, written down by an officer."""

from patrol import domain

PLATFORM: str = domain.Platform.NOTED
NAME = domain.Sentence(id="Dicatat petugas", en="Noted by hand")
HOSTS: tuple[str, ...] = ()
CALLED: tuple[str, ...] = ()
SENT_IN = False  # it has a form of its own


def identity(_url: str) -> str:
    """Always "": what was said has no address."""
    return ""
