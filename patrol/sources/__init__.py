"""Where posts come from. One platform, one file, one line in the table.

A source knows the network only through the fetcher it is handed, and neither Django nor the database. Beside the
platforms stand what they share: the client (http, bodies, refusals, addresses) and the markup of pages.
"""

from collections.abc import Mapping
from types import MappingProxyType

from patrol import vocabulary
from patrol.sources import (
    ad_library,
    bluesky,
    closed,
    facebook,
    feed,
    instagram,
    mastodon,
    telegram,
    tiktok,
    web,
    x,
    youtube,
)

SOURCES: Mapping[str, vocabulary.Source] = MappingProxyType(
    {
        vocabulary.Platform.TELEGRAM.value: telegram,
        vocabulary.Platform.FEED.value: feed,
        vocabulary.Platform.BLUESKY.value: bluesky,
        vocabulary.Platform.MASTODON.value: mastodon,
        vocabulary.Platform.YOUTUBE.value: youtube,
        vocabulary.Platform.X.value: x,
        vocabulary.Platform.TIKTOK.value: tiktok,
        vocabulary.Platform.FACEBOOK.value: facebook,
        vocabulary.Platform.INSTAGRAM.value: instagram,
        vocabulary.Platform.AD_LIBRARY.value: ad_library,
        vocabulary.Platform.WEB.value: web,
    }
)


def identity(url: str) -> tuple[str, str] | None:
    """Platform and external_id behind an address, so that captures, imports and fetches of one post meet.

    None where no source knows the address: then its canonical form is the identity.
    """
    for platform, source in SOURCES.items():
        external_id = source.identity(url)
        if external_id:
            return platform, external_id
    return closed.identity(url)
