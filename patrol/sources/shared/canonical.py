"""One form for the many ways to write one address: the identity of pages no platform numbers.

Lower-case host without its default port, no user name, no fragment, no tracking parameters, the rest of them sorted, no dots and
no slash at the path's end, one way to escape. Nothing is asked of the network, so two addresses that redirect to each other stay
two. http and https stay apart, and so do `www.` and the bare host: they may show different pages, and one page too many costs less
than two pages taken for one.
"""

import hashlib
import re
from urllib.parse import quote, urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_ADDRESS6 = re.compile(r"[0-9a-f:.]+")
_LONGEST = 400  # characters; the identity of a longer address is a hash

# Say who sent the reader, never which page: Google, Meta, Microsoft, Yandex, TikTok, X, mail campaigns, share buttons.
_TRACKING = re.compile(
    r"utm_\w+|_g[al]|[dgw]clid|gclsrc|gbraid|wbraid|gad_source|fbclid|fb_(action_ids|action_types|source|ref)|igshi?d?|"
    r"mibextid|__cft__(\[\d+\])?|__tn__|__xts__(\[\d+\])?|paipv|eav|_rd[rc]|rdid|share_url|refid|_ft_|"
    r"msclkid|yclid|ysclid|ttclid|twclid|li_fat_id|mc_[ce]id|_hs(enc|mi)|mkt_tok|vero_id|wickedid|s_cid|"
    r"ref_src|ref_url|si|is_from_webapp|is_copy_url|sender_device|share_(id|app_id|link_id|item_id)|_[rt]|xmt|slof",
    re.IGNORECASE,
)
_STEP = re.compile(r"%[0-9A-Fa-f]{2}|.", re.DOTALL)
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


def canonical(url: str) -> str:
    """The one form of a web address; "" for what is none. Never raises, and is its own canonical form."""
    try:
        parts = urlsplit(url.strip())
        scheme, port = parts.scheme, parts.port
        host = _host(parts.hostname or "")
    except ValueError:
        return ""
    if scheme not in _PORTS or not host:
        return ""
    if port is not None and port != _PORTS[scheme]:
        host = f"{host}:{port}"
    path = _without_dots(_escaped(parts.path, "/:@!$&'()*+,;=")).rstrip("/") or "/"
    pieces = [_escaped(piece, "/:@!$'()*+,;=?[]") for piece in parts.query.split("&")]
    kept = [piece for piece in pieces if piece and not _TRACKING.fullmatch(piece.partition("=")[0])]
    return urlunsplit((scheme, host, path, "&".join(sorted(kept)), ""))


def identity(url: str) -> str:
    """What may stand in `RawPost.external_id` for a page: its canonical address, or a hash of a very long one. "" for no address."""
    form = canonical(url)
    return form if len(form) <= _LONGEST else "sha256:" + hashlib.sha256(form.encode()).hexdigest()


def _host(name: str) -> str:
    """Lower case, ASCII, without the dot of the root; "" for what no name server would be asked. Raises ValueError."""
    name = name.rstrip(".")
    if ":" in name:
        return f"[{name.lower()}]" if _ADDRESS6.fullmatch(name.lower()) else ""
    if not name.isascii():
        name = name.encode("idna").decode("ascii")
    name = name.lower()
    return name if _HOST.fullmatch(name) else ""


def _escaped(text: str, allowed: str) -> str:
    """Escapes that are not needed undone, the others written with capitals, and everything else that needs one escaped."""

    def step(match: re.Match[str]) -> str:
        found = match.group()
        if len(found) == 3:
            plain = chr(int(found[1:], 16))
            return plain if _UNRESERVED.fullmatch(plain) else found.upper()
        return quote(found, safe=allowed, errors="surrogatepass")

    return _STEP.sub(step, text)


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4, by segments."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept)
