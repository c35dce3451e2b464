"""Whether two addresses lead to the same picture, told from the addresses alone: what stays while signatures, servers and sizes change.

Platforms sign the addresses of pictures anew for each answer and serve them from whichever machine is near; pages offer one picture
in many sizes. What stays is the file's name. Two files taken for one cost an edit that is not seen, one file taken for two costs an
edit nobody made at each fetch, so a name too short to be a file's own takes its folders along, and an address without the ending of a
file its parameters, without those that are known to sign or to shrink.
"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

_TELLING = 12  # characters: shorter names ("1", "original", "cover") stand in many folders
_ENDING = re.compile(r"\.(jpe?g|jfif|png|webp|gif|avif|heic|bmp|svg|mp4|m4v|mov|webm|mkv|m3u8|mp3|ogg|oga|opus|m4a|pdf)$", re.IGNORECASE)
# `photo-300x200` of a site's own sizes, `@2x`, `name~tplv-...` of TikTok's renditions, `cid@jpeg` of Bluesky's.
_RENDITION = re.compile(r"(-\d{2,5}x\d{2,5}|@\dx|~[\w.:-]*|@(jpe?g|png|webp))$", re.IGNORECASE)
# Signs, dates or shrinks: Meta, Amazon, Google, Akamai, Azure, Telegram, TikTok, and the words sites use for themselves.
_PASSING = re.compile(
    r"oh|oe|stp|ccb|efg|ig_cache_key|edm|_nc_\w+|x-(amz|goog|oss)-[\w-]+|x-(expires|signature)|awsaccesskeyid|googleaccessid|policy|"
    r"key-pair-id|(access_?)?token|sig(nature)?|sign|hmac|hash|hdnts|exp(ires?|iry)?|expiration|auth(_key)?|se|sp|sv|sr|st|ts|t|time(stamp)?|"
    r"nonce|rand(om)?|_|v|ver(sion)?|w|h|width|height|sz|size|s|q|quality|dpr|fit|crop|resize|fm|format|auto|name|tag|a|br|bt|cs|ds|ft|mime_type|"
    r"rc|l|lr|bti|cd|cv|dr|er|vl|btag|refresh_token|shp|shcp|sc|idc|biz_tag|s_id",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def named(url: str) -> str:
    """What names the file behind an address for as long as it is the same file; the address itself where it is no web address."""
    try:
        parts = urlsplit(url)
        given = parse_qsl(parts.query)
    except ValueError:
        return url
    if parts.scheme not in {"http", "https"}:
        return url
    for _key, value in given:  # a detour over the platform's own machine: whose picture it is, says the parameter
        if value.startswith(("http://", "https://")) and len(value) < len(url):
            return named(value)
    path = parts.path.rstrip("/")
    has_ending = _ENDING.search(path) is not None
    path = _RENDITION.sub("", _ENDING.sub("", path))
    stem = path.rpartition("/")[2]
    if len(stem) >= _TELLING:
        return stem
    kept = [] if has_ending else sorted(f"{key}={value}" for key, value in given if not _PASSING.fullmatch(key))
    return "?".join(filter(None, (path, "&".join(kept)))) or url
