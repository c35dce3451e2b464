"""What a public channel says about itself: its card at https://t.me/NAME."""

from patrol import domain
from patrol.sources.shared import markup


def read(name: str, answer: domain.RawAnswer) -> domain.Profile | None:
    """Title, description and the addresses in it; None where the page is no card. Never raises for what the page holds."""
    text, _all_utf8 = markup.decode(answer.body, truncated=answer.truncated)
    soup = markup.parse(text)
    title = markup.first(soup, "tgme_page_title")
    description = markup.first(soup, "tgme_page_description")
    free = description is not None and markup.first(description, "tgme_username_link") is not None
    if title is None or free:
        return None  # of a name nobody has: Telegram's own words stand in the description's place
    return domain.Profile(
        platform=domain.Platform.TELEGRAM.value,
        account=name,
        name=" ".join(markup.text_of(title).split()),
        text=markup.text_of(description) if description is not None else "",
        links=markup.links_of(description, "https://t.me/") if description is not None else (),
        url=f"https://t.me/{name}",
        answer=answer,
    )
