"""Where posts come from. One platform, one file, one line in the table.

A source knows the network only through the fetcher it is handed, and neither Django nor the database. Beside the
platforms stand what they share: the client (http, bodies, refusals, addresses) and the markup of pages.
"""

from collections.abc import Mapping
from types import MappingProxyType

from patrol import domain
from patrol.sources import ad_library, bluesky, facebook, feed, instagram, mastodon, telegram, tiktok, web, x, youtube
from patrol.sources.shared import closed

SOURCES: Mapping[str, domain.Source] = MappingProxyType(
    {
        domain.Platform.TELEGRAM.value: telegram,
        domain.Platform.FEED.value: feed,
        domain.Platform.BLUESKY.value: bluesky,
        domain.Platform.MASTODON.value: mastodon,
        domain.Platform.YOUTUBE.value: youtube,
        domain.Platform.X.value: x,
        domain.Platform.TIKTOK.value: tiktok,
        domain.Platform.FACEBOOK.value: facebook,
        domain.Platform.INSTAGRAM.value: instagram,
        domain.Platform.AD_LIBRARY.value: ad_library,
        domain.Platform.WEB.value: web,
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
