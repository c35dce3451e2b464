"""One form for the many ways to write what a watch asks for: two watches of one form watch one source.

What a platform calls by a name has the form its own module reads from it. Here stands what several share: words, a place, an address.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from patrol.sources.shared import canonical, places


def words(query: str) -> str:
    return " ".join(query.split()).casefold()


def placed(query: str, of: Callable[[str], str] = words) -> str:
    """Words at a place; `of`: the form of the words."""
    where, what = places.asked(query)
    return f"{words(str(where))}; {of(what)}" if where else of(query)


def address(url: str) -> str:
    """An address as `canonical` has it, without scheme and `www.`: for a post these stay apart, a person who watches a page means one
    page. "" for none."""
    form = canonical.canonical(url)
    parts = urlsplit(form)
    return form.removeprefix(f"{parts.scheme}://").removeprefix("www.").removesuffix("/") if form else ""
