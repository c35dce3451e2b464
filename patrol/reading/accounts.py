"""Ways to be reached or paid that are no phone numbers: links (disguise undone), accounts, bank accounts and wallets.

`links` comes first in a reading: what lies inside a link is no number of its own (`phones` is told the places).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from patrol.reading import folding, phrases
from patrol.vocabulary import Claim, ClaimKind

_TLD = (
    r"(?:com|net|org|info|id|me|ly|io|co|xyz|site|online|shop|store|top|club|vip|live|link|page|dev|app|"
    r"my|sg|tw|hk|jp|kr|sa|ae|kh|"
    r"ph|us|uk|eu|biz|tk|ga|cf|ml|gle|gl|cc|pro|click|web|icu|asia|work|jobs|company|ee|be|gg|bio|example|test|invalid)"
)
_DOT = r"(?:\s?[\[({]\s?(?:\.|dot|titik)\s?[\])}]\s?|\s(?:dot|titik)\s|\.)"
_LINK = re.compile(
    rf"(?<![\w@.])(?P<scheme>(?:h(?:tt|"
    rf"xx)ps?)\s?:?\s?/{{1,2}}\s?)?(?P<host>[a-z0-9][a-z0-9\-]{{0,62}}(?:{_DOT}[a-z0-9\-]{{1,63}}){{0,6}}{_DOT}{_TLD})(?![\w\-])"
    r"(?P<port>:\d{2,5})?(?P<path>/[^\s<>\"'|]*)?(?P<query>\?[^\s<>\"'|]*)?"
)
_LINK_SIGN = re.compile(r"https?|hxxp|\.\s?[a-z]|\bdot\b|\btitik\b|[\[({]\s?\.")
_WA_SPOKEN = re.compile(
    r"(?<![\w./])(?!wa\.me/\+?\d{9})(?P<host>w\s?a\s?(?:\.|[\[({]\s?(?:\.|dot|titik)\s?[\])}]|\s?(?:dot|"
    r"titik)\s?|\s)\s?me)\s?(?:/|\\|garing|slash|garis miring|\s)\s?/?\s?"
    r"(?P<number>\+?\d[\d \-]{7,17}\d)"
)
_TRAILING = ".,;:!?)]}>\"'*_~"
_WA_HOSTS = frozenset(
    {
        "wa.me",
        "api.whatsapp.com",
        "web.whatsapp.com",
        "whatsapp.com",
        "www.whatsapp.com",
        "wasap.my",
        "chat.whatsapp.com",
    }
)
_WA_NUMBER = re.compile(r"(?:/|phone=)\+?(?:%2b)?(\d[\d\-]{7,16})(?![\d\w])")

_PLATFORMS = {
    "ig": "instagram",
    "insta": "instagram",
    "instagram": "instagram",
    "igku": "instagram",
    "instagramm": "instagram",
    "fb": "facebook",
    "facebook": "facebook",
    "fesbuk": "facebook",
    "fanpage": "facebook",
    "messenger": "facebook",
    "tele": "telegram",
    "telegram": "telegram",
    "tg": "telegram",
    "telegeram": "telegram",
    "tiktok": "tiktok",
    "tik tok": "tiktok",
    "tt": "tiktok",
    "twitter": "twitter",
    "x": "twitter",
    "line": "line",
    "id line": "line",
    "wechat": "wechat",
    "we chat": "wechat",
    "yt": "youtube",
    "youtube": "youtube",
    "threads": "threads",
    "kakao": "kakaotalk",
    "kakaotalk": "kakaotalk",
    "signal": "signal",
    "michat": "michat",
    "zalo": "zalo",
    "imo": "imo",
    "viber": "viber",
}
_HOSTS = {
    "t.me": "telegram",
    "telegram.me": "telegram",
    "telegram.dog": "telegram",
    "instagram.com": "instagram",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "m.facebook.com": "facebook",
    "web.facebook.com": "facebook",
    "fb.me": "facebook",
    "m.me": "facebook",
    "tiktok.com": "tiktok",
    "twitter.com": "twitter",
    "x.com": "twitter",
    "threads.net": "threads",
    "line.me": "line",
    "youtube.com": "youtube",
    "linktr.ee": "linktree",
}
_NO_NAMES = frozenset(
    {
        "p",
        "reel",
        "reels",
        "stories",
        "explore",
        "share",
        "groups",
        "group",
        "watch",
        "joinchat",
        "s",
        "c",
        "addstickers",
        "iv",
        "proxy",
        "ti",
        "story.php",
        "photo",
        "photo.php",
    }
    | {
        "permalink.php",
        "events",
        "hashtag",
        "search",
        "intent",
        "video",
        "t",
        "channel",
        "i",
        "home",
        "login",
        "profile.php",
        "pages",
        "marketplace",
        "posts",
        "r",
        "@",
    }
)
_NAMED = re.compile(
    r"(?<![\w@./])(?P<platform>ig|insta(?:gram)?|fb|facebook|fanpage|tele(?:gram)?|tg|tik ?tok|tt|"
    r"twitter|(?:id )?line|we ?chat|yt|youtube|threads|kakao(?:talk)?|michat|zalo)"
    r"(?:\s?(?:id|saya|kami|resmi|admin|official|akun|account))?\s?(?:[:=]\s?@?|\s?@|"
    r"(?<=id)\s)(?P<name>[a-z0-9][a-z0-9_.]{2,31})(?![\w@])"
)
_AT = re.compile(r"(?<![\w@./])@(?P<name>[a-z0-9_][a-z0-9_.]{2,31})(?![\w@])")
_ASKED = re.compile(
    r"\b(?:hub(?:ungi)?|wa|dm|pm|chat|inbox|kontak|contact|cp|admin|min|japri|tele(?:gram)?|ig|instagram|"
    r"tiktok|fb|follow|info|daftar|pendaftaran|langsung|ke|via|akun|id)\b[^\n@]{0,14}$"
)
_MAIL = re.compile(
    r"(?<![\w.+\-])(?P<name>[a-z0-9][a-z0-9._+\-]{1,40})\s?(?:@|[\[(]at[\])]|"
    r"\(a\))\s?(?P<host>[a-z0-9\-]+(?:\.[a-z0-9\-]+)+)(?![\w@])"
)


class Link(NamedTuple):
    """A link found: places in `Folded.plain`, its address, and the number it dials ("" for none)."""

    start: int
    end: int
    address: str
    host: str
    path: str
    dials: str


def dials_at(host: str) -> bool:
    """Whether addresses of a host hold the number they dial; an invitation to a group holds a code."""
    return host in _WA_HOSTS and host != "chat.whatsapp.com"


def _undisguised(host: str) -> str:
    return re.sub(_DOT, ".", host).replace(" ", "")


def links(folded: folding.Folded) -> list[Link]:
    """All links of a text in order, WhatsApp's spoken form included."""
    plain = folded.plain
    if not _LINK_SIGN.search(plain) and " me" not in plain:
        return []
    found: list[Link] = []
    for match in _WA_SPOKEN.finditer(plain):
        number = re.sub(r"\D", "", match["number"])
        found.append(Link(match.start(), match.end("number"), f"https://wa.me/{number}", "wa.me", f"/{number}", number))
    taken = [(link.start, link.end) for link in found]
    for match in _LINK.finditer(plain):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        link = _link(folded, match)
        if link is not None:
            found.append(link)
    return sorted(found)


def _link(folded: folding.Folded, match: re.Match[str]) -> Link | None:
    plain, end = folded.plain, match.end()
    start = match.start("host") if not match["scheme"] else match.start()
    while end > match.end("host") and plain[end - 1] in _TRAILING:
        end -= 1
    host = _undisguised(match["host"])
    if not match["scheme"] and not match["path"] and (len(host.split(".")[0]) < 2 or host.split(".")[0].isdigit()):
        return None  # "a.id", "1.co": a slip of the keyboard
    if not match["scheme"] and host.startswith(("jl.", "no.", "rp.", "pt.", "sdn.", "min.", "thn.", "tgl.")):
        return None
    scheme = "http" if match["scheme"] and re.match(r"h..p\s?:?\s?/", match["scheme"]) else "https"
    path = folded.original(match.end("host"), end) if end > match.end("host") else ""
    dials = ""
    if host in _WA_HOSTS:
        number = _WA_NUMBER.search(path.lower())
        dials = re.sub(r"\D", "", number[1]) if number else ""
    return Link(start, end, f"{scheme}://{host}{path}", host, path, dials)


def claims(folded: folding.Folded, found: list[Link], *, platform: str, source: str = "text") -> list[Claim]:
    """LINK and ACCOUNT claims. `platform`: where the post stands, for names written with @ only."""
    made: list[Claim] = []
    for link in found:
        span = folded.span(link.start, link.end)
        made.append(Claim(ClaimKind.LINK, link.address, span, source))
        account = _account_of(link)
        if account:
            made.append(Claim(ClaimKind.ACCOUNT, account, span, source))
    plain = folded.plain
    if "@" in plain or ":" in plain or "(at)" in plain or "=" in plain or "id" in plain:
        made.extend(_written_accounts(folded, found, platform, source))
    return made


def _account_of(link: Link) -> str:
    """`platform:name` behind a profile's address, "" for invitations, posts and other pages."""
    host = link.host.removeprefix("www.")
    platform = _HOSTS.get(host)
    if not platform:
        return ""
    parts = [part for part in re.split(r"[/?#]", link.path) if part]
    if not parts or parts[0].lower() in _NO_NAMES or parts[0].startswith("+"):
        return ""
    name = parts[0].lstrip("@~").lower().rstrip(_TRAILING)
    if not re.fullmatch(r"[a-z0-9_.\-]{3,64}", name):
        return ""
    return f"{platform}:{name}"


def _written_accounts(folded: folding.Folded, found: list[Link], platform: str, source: str) -> list[Claim]:
    plain = folded.plain
    made: list[Claim] = []
    taken = [(link.start, link.end) for link in found]

    def free(start: int, end: int) -> bool:
        return not any(first < end and start < last for first, last in taken)

    if "@" in plain or "at" in plain:
        for match in _MAIL.finditer(plain):
            taken.append(match.span())
            made.append(
                Claim(
                    ClaimKind.ACCOUNT,
                    f"email:{match['name']}@{match['host'].rstrip('.')}",
                    folded.span(*match.span()),
                    source,
                )
            )
    for match in _NAMED.finditer(plain):
        name = match["name"].rstrip(".")
        start, end = match.start("name"), match.start("name") + len(name)
        if (
            not free(start, end)
            or name.isdigit()
            or len(name) < 3
            or ("@" not in match.group() and not _looks_chosen(name))
        ):
            continue
        taken.append((start, end))
        known = _PLATFORMS.get(match["platform"].replace("tik tok", "tiktok")) or "telegram"
        made.append(Claim(ClaimKind.ACCOUNT, f"{known}:{name}", folded.span(start, end), source))
    for match in _AT.finditer(plain):
        name = match["name"].rstrip(".")
        start, end = match.start(), match.start("name") + len(name)
        before = _ASKED.search(plain, max(0, start - 40), start)
        if not free(start, end) or before is None:
            continue
        named = re.search(
            r"\b(ig|insta|instagram|tele|telegram|tg|tiktok|fb|facebook|twitter)\b[^\n]*$", before.group()
        )
        known = _PLATFORMS[named[1]] if named else (platform or "")
        if known:
            made.append(Claim(ClaimKind.ACCOUNT, f"{known}:{name}", folded.span(start, end), source, 0.9))
    return made


def _looks_chosen(name: str) -> bool:
    """ "ig: budi_kerja77" is a name, "fb: saya" an ordinary word: told apart by what words do not have."""
    return bool(re.search(r"[\d_.]", name)) or len(name) >= 9


# --- bank accounts ----------------------------------------------------------------------------------

_BANKS = phrases.load("banks.toml")
_WALLETS = {word: name for name, words in _BANKS["wallets"].items() for word in words}
_BANK_NAMES = {word: name for name, words in _BANKS["banks"].items() for word in words} | _WALLETS
_BANK = "|".join(sorted(map(re.escape, _BANK_NAMES), key=len, reverse=True))
_ACCOUNT_DIGITS = r"\d(?:[ .\-]?\d){6,19}"
_BANK_FIRST = re.compile(
    rf"(?<![\w@])(?P<bank>{_BANK})(?!\w)(?P<between>[^\d\n]{{0,30}}|"
    rf"[^\d\n]{{0,20}}\n[^\d\n]{{0,12}})(?<![\d+.])(?P<digits>\+?{_ACCOUNT_DIGITS})(?!\d)"
)
_NUMBER_FIRST = re.compile(
    rf"(?<![\w@])(?:no\.? ?)?(?:rek(?:ening)?|norek|account|acc|va|virtual "
    rf"account)\b[^\d\n]{{0,16}}(?P<digits>{_ACCOUNT_DIGITS})[^\w\n]{{0,3}}\(?\s?(?:bank "
    rf")?(?P<bank>{_BANK})(?!\w)"
)
_SAYS_ACCOUNT = re.compile(
    r"\b(?:rek(?:ening)?|norek|a/?n|atas nama|transfer|tf|trf|kirim ke|bayar|dp|va|virtual|account|acc|no|"
    r"nomor|setor)\b|[:=\-]\s*$|^\s*$"
)
_OTHER_CONTACT = re.compile(r"\b(?:wa|whatsapp|telp|tlp|hp|hub|hubungi|call|cs|0?8\d)\b")


def bank_claims(folded: folding.Folded, source: str = "text") -> list[Claim]:
    """BANK_ACCOUNT claims `BANK digits`; a wallet's number in national form. Places cover the digits."""
    plain = folded.plain
    made: list[Claim] = []
    seen: set[int] = set()
    for pattern in (_NUMBER_FIRST, _BANK_FIRST):
        for match in pattern.finditer(plain):
            bank, digits = _BANK_NAMES[match["bank"]], re.sub(r"\D", "", match["digits"])
            between = match.groupdict().get("between") or ""
            wallet = match["bank"] in _WALLETS
            if match.start("digits") in seen or not _is_account(digits, wallet, between):
                continue
            seen.add(match.start("digits"))
            if wallet and digits.startswith("62"):
                digits = "0" + digits[2:]
            made.append(
                Claim(
                    ClaimKind.BANK_ACCOUNT,
                    f"{bank} {digits}",
                    folded.span(match.start("digits"), match.end("digits")),
                    source,
                )
            )
    return made


def _is_account(digits: str, wallet: bool, between: str) -> bool:
    if _OTHER_CONTACT.search(between):
        return False
    if wallet:  # "dana 2025", "dana bantuan 150.000.000": only what can be dialled is a wallet
        return bool(re.fullmatch(r"(?:0|62)8\d{8,11}", digits)) and len(between) < 25
    return 8 <= len(digits) <= 20 and bool(_SAYS_ACCOUNT.search(between))
