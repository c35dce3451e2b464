"""Accounts by which a text says one can be reached: `platform:name`, a name that can be looked up there.

A name counts where its platform is said ("ig agen_contoh", "tele: @agen"), where an address leads to it, or where a
text asks people to write to a bare @name. Who is tagged, thanked or addressed is no contact. Display names ("fb Budi
Santoso") cannot be looked up and are none. E-mail addresses are no accounts but contacts of their own; they are known so that their
halves are not taken for names or hosts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from patrol.domain import Claim, ClaimKind
from patrol.engine import lazy
from patrol.engine.reading import folding, phrases, prefilter
from patrol.engine.reading.bank_accounts import claims as bank_claims
from patrol.engine.reading.links import Link, dials_at
from patrol.engine.reading.links import find as links

__all__ = ["Link", "bank_claims", "claims", "dials_at", "links"]

_LISTED = phrases.load("platforms.toml")
_WORDS = phrases.load("names.toml")
_LANDS = (name for entry in phrases.load("countries.toml").values() for written in entry["names"] for name in phrases.variants(written))
_BODIES = ("bp3mi", "bp2mi", "kp2mi", "p3mi", "p2mi", "sip2mi", "sip3mi", "bnp2tki")
# "TG Jepang" is a programme, "telegram resmi BP3MI" the body's
_ORDINARY = frozenset((*_WORDS["ordinary"]["words"], *_LANDS, *_BODIES))
_NO_PROFILES = frozenset(_WORDS["no_profiles"]["words"])
_PLATFORM_OF = {
    name.replace("-", " "): platform
    for platform, entry in _LISTED.items()
    for name in (*entry.get("names", ()), *entry.get("cautious", ()))
}
_CAUTIOUS = frozenset(name for entry in _LISTED.values() for name in entry.get("cautious", ()))
_HOSTS = {host: platform for platform, entry in _LISTED.items() for host in entry.get("hosts", ())}
_ALTERNATIVES = "|".join(sorted((re.escape(name).replace("\\ ", r"[ \-]?") for name in _PLATFORM_OF), key=len)[::-1])

_SURELY = "(?:" + "|".join(sorted((name for name in _PLATFORM_OF if name not in _CAUTIOUS and " " not in name), key=len)[::-1]) + ")"

_BETWEEN = (
    r"(?:\s?(?:id|saya|sy|ku|kami|kita|nya|resmi|official|akun|account|acc|admin|username|user|name|aku|gue|gw|kantor|"
    r"di|adalah|yaitu|ialah|adl|is|kak|pribadi|only|aja|saja|kantor\s?kami|gua|gwe|ane|abang|baru|aktif|"
    r"masih|msh|tetap|tetep|isih|sekarang|skrg|bernama|dengan nama|dgn nama|bernick|nick)){0,3}"
)
_SPELLED_JOINT = r"\s?[\[(]?(?:underscore|underskor|underline|garis bawah|garbaw|titik|dot|strip bawah)[\])]?\s?"
_NAME = rf"[a-z0-9_](?:[a-z0-9_.]|{_SPELLED_JOINT}(?=[a-z0-9_])){{1,40}}"
_SEVERAL = rf"(?:{_ALTERNATIVES})(?:\s?(?:/|&|,|\+|dan|and|atau)\s?(?:{_ALTERNATIVES})){{0,4}}"
# "ig: agen", "tele kami @agen", "telegram-nya @ agen", "LINE ID agen", "dm ig agen"
_SAID = lazy.regex(
    rf"(?<![\w@./])(?P<platforms>{_SEVERAL})(?:nya|ku|ne|na|mu)?(?![a-z0-9])(?P<between>-?{_BETWEEN})"
    rf"(?P<sign>\s?(?:[:=>\-]{{1,2}}|[→➜➡👉]|\"(?=\s))\s?(?:@|~|\(at\))?\s?|\s?(?:[@~]|\(at\))\s?|\s[\"'(]?@?)(?P<name>{_NAME})(?![\w@])"
)
# "DM ae IG adikku @agen", "IG na @agen"
_SOMEBODYS = lazy.regex(
    rf"(?<![\w@./])(?P<platforms>{_SURELY})\s(?:na|ne|[a-z]{{3,10}}(?:ku|nya|ne|na|mu))\s@(?P<name>[a-z0-9_][a-z0-9_.]{{2,31}})(?![\w@])"
)
# "@agen (IG)", "@agen di tiktok"
_SAID_AFTER = lazy.regex(
    r"(?<![\w@./])@\s?(?P<name>[a-z0-9_][a-z0-9_.]{2,31})\s?"
    rf"(?:\((?:di |on |akun )?|(?:di|on|via|at|nang|ning|ing|neng|ka)\s|[\-/]\s?|(?={_SURELY}(?:nya|ku|ne)?\s?"
    r"(?:$|[.,;!)\n]|(?:ya|aja|saja|kak|bang|yo|atuh)\b)))"
    rf"(?P<platforms>{_ALTERNATIVES})(?:nya|ku|ne)?(?!\w)"
)
_QUOTES = frozenset("\"'")
# "agen.contoh (IG)": only what cannot be an ordinary word
_IN_BRACKETS = lazy.regex(
    rf"(?<![\w@./])(?P<name>[a-z0-9]{{2,20}}(?:[._][a-z0-9]{{1,20}}){{1,3}})\s\((?:di |on |akun )?(?P<platforms>{_ALTERNATIVES})\)"
)
# "cari agencontoh di instagram"
_LOOKED_UP = lazy.regex(
    rf"\b(?:cari|search|follow|add|username|user|akun)\s(?P<name>[a-z0-9_.]{{5,31}})\s(?:di|on|in|pada)\s(?P<platforms>{_ALTERNATIVES})(?!\w)"
)
# "ketuk pintu pan_contoh_id di tele": an underscore no word has
_MARKED_THERE = lazy.regex(
    rf"(?<![\w@./])(?P<name>[a-z][a-z0-9.]{{0,24}}(?:_[a-z0-9.]{{1,24}}){{1,3}})\s(?:di|on|in|via|lewat|nang|ning|neng|ka)\s(?P<platforms>{_ALTERNATIVES})(?!\w)"
)
_SAME_THERE = lazy.regex(rf"^\s?[,/&(]?\s?(?:dan\s|di\s)?(?P<platforms>{_SEVERAL})(?:nya)?\s?(?:juga|jg)?\s?(?:sama|same|idem)\b")
_AT = lazy.regex(r"(?<![\w@./])@\s?(?P<name>[a-z0-9_][a-z0-9_.]{2,31})(?![\w@])")
_ASKED = lazy.regex(
    r"\b(?:hub(?:ungi)?|wa|dm|pm|chat|inbox|kontak|contact|cp|admin|min|japri|follow|info|daftar|pendaftaran|"
    r"langsung|ke|via|akun|id|account|message|add|tambah|mention|cek|bio|username|user|lewat|melalui|sapa|colek|interview|interviu|wawancara|lamar|lamaran|tanya|tanya2|takon|konsultasi|order|pesan|"
    r"konfirmasi|hubungin|bot|klik|start|daftarkan|kirim|setor|kumpul|lapor|temui|samperin|kabari|ngobrol|hrd|recruiter|rekruter|koordinator|perekrut)\b"
    r"[^\n@]{0,14}$|(?:联系|聯繫|客服|咨询|飞机|电报|微信)[^\n@]{0,6}$"
)
# "tele: @agen / @agen2": one more of the same platform
_ONE_MORE = lazy.regex(r"\s?(?:[/|,&+]|atau\s|or\s|dan\s)\s?@(?P<name>[a-z0-9_][a-z0-9_.]{1,30}[a-z0-9_])(?![\w@])(?!\s?\()")
_GOES_ON = lazy.regex(r"\s?(?:[/|,&+]|\n|atau|or|dan|&)\s?")
_ONLY_FOLLOW = lazy.regex(r"\bfollow\b[^\n@]{0,14}$")
_TAGGED = lazy.regex(
    r"\b(?:cc|tag|tags|mention|makasih|terima ?kasih|thanks|thx|thank you|via|credit|kredit|by|repost|rp|sumber|source|"
    r"dari|from|bareng|bersama|with|ft|kata|foto|photo|video|vid)\s?[:.]?\s?$"
)
_PRICE = lazy.regex(r"\d[\d.]*(?:rb|ribu|k|jt|juta)")  # "lontong + ayam @18rb"
_TAGGING = lazy.regex(r"\b(?:cc|tag|tags|ngetag|tagin|men-tag)\s?[:.]?\s?$")
_SIGNED = lazy.regex(r"(?:^|[\n.!?…)\]]|[^\w\s@,.])\s*$")
_MAIL = lazy.regex(
    r"(?<![\w.+\-])(?P<name>[a-z0-9][a-z0-9._+\-]{1,63})(?:@|\s?[\[(]\s?(?:at|@)\s?[\])]\s?|\s?\(a\)\s?|\sat\s(?=[a-z0-9\-]{2,30}\s?dot\s))"
    r"(?P<host>[a-z0-9\-]{1,63}(?:(?:\.|\s?[\[(]?\s?dot\s?[\])]?\s?)[a-z0-9\-]{1,63}){1,3})(?![\w@])"
)
_MAIL_HOST = lazy.regex(
    r"\.(?:com|net|org|info|edu|gov|id|my|sg|tw|hk|jp|kr|ae|co|me|io|biz|xyz|example|test|invalid|us|uk|[a-z]{2,6}\.[a-z]{2})$"
)
_BEHIND_ONLY = frozenset({"line", "snapchat", "linkedin"})
_ADDRESSES_NAME = lazy.regex(r"[a-z0-9_.\-]{3,64}")


class _Named(NamedTuple):
    """A name in `Folded.plain` with its platforms."""

    start: int
    end: int
    name: str
    platforms: tuple[str, ...]
    confidence: float


def claims(folded: folding.Folded, found: list[Link], *, platform: str, author: str = "", source: str = "text") -> list[Claim]:
    """LINK and ACCOUNT claims. `platform`: where the post stands, for names written with @ only; `author`: its handle.

    A dotted name behind its platform ("line: agen.contoh") is no link, whatever its ending.
    """
    plain = folded.plain
    mails = _mails(plain)
    written = _written(folded, found, mails, platform, author) if _may_name(plain) else []
    inside = [(one.start, one.end) for one in written] + mails
    made: list[Claim] = []
    for link in found:
        if link.path == "" and any(start <= link.start and link.end <= end for start, end in inside):
            continue
        span = folded.span(link.start, link.end)
        made.append(Claim(ClaimKind.LINK, link.address, span, source))
        account = _account_of(link)
        if account:
            made.append(Claim(ClaimKind.ACCOUNT, account, span, source))
    for one in written:
        span = folded.span(one.start, one.end)
        made.extend(Claim(ClaimKind.ACCOUNT, f"{where}:{one.name}", span, source, one.confidence) for where in one.platforms)
    # What stands in a link is no mailbox: "https://bank.example@lain.example".
    free = [
        (start, end)
        for start, end in mails
        if plain[start - 2 : start] != "//" and not any(link.start <= start and end <= link.end for link in found)
    ]
    made += [Claim(ClaimKind.EMAIL, _address(plain, *place), folded.span(*place), source) for place in free]
    return made


def _account_of(link: Link) -> str:
    """`platform:name` behind a profile's address, "" for invitations, posts and other pages."""
    if link.address.startswith(("tg://", "line://")):
        asked = re.search(r"(?:domain=|/p/~?@?)([A-Za-z0-9_.]{3,64})", link.address)
        return f"{'telegram' if link.address[0] == 't' else 'line'}:{asked[1].lower()}" if asked else ""
    platform = _HOSTS.get(link.host.removeprefix("www."), "")
    name = _name_in_path(platform, link.path) if platform else ""
    return f"{platform}:{name}" if name else ""


def _name_in_path(platform: str, path: str) -> str:
    """The name of a profile, or the number of one without a name; "" where the path leads elsewhere."""
    number = re.search(r"^/(?:profile\.php\?(?:.*&)?id=|(?:people|pages)/[^/?#]+/)(\d{6,20})", path)
    if platform == "facebook" and number:
        return number[1]
    parts = [part.lower().replace("%40", "@") for part in re.split(r"[/?#]", path) if part]
    entry = _LISTED[platform]
    if parts[:1] == ["r"]:
        parts.pop(0)  # line.me/R/ti/p/...
    passed = False
    while parts and parts[0] in entry.get("behind", ()):
        parts.pop(0)
        passed = True
    if not parts or parts[0].startswith("+"):
        return ""
    signed = parts[0].startswith(("@", "~"))
    # line.me/ti/p/AbCd holds a code that stands for a name; tiktok.com/login is no name.
    if not signed and (entry.get("at", False) or platform in _BEHIND_ONLY) and (not passed or platform == "line"):
        return ""
    name = parts[0].lstrip("@~").rstrip(".,;:!?)")
    return name if name not in _NO_PROFILES and _ADDRESSES_NAME.fullmatch(name) else ""


def _may_name(plain: str) -> bool:
    if "@" in plain:
        return True
    return _names_platform(plain)


_names_platform = prefilter.sight(
    joint.join(name.split()) + clitic for name in _PLATFORM_OF for joint in ("", " ", "-") for clitic in ("", "nya", "ku", "ne", "na", "mu")
)
_PLATFORM_WORD = lazy.regex(rf"(?<![a-z0-9])(?:{_ALTERNATIVES})(?![a-z0-9])")


def addresses(folded: folding.Folded) -> list[tuple[str, int]]:
    """(name@host, where it begins in the text as it came) of each e-mail address, also of those written "(at)" and "dot"."""
    return [(_address(folded.plain, *place), folded.span(*place)[0]) for place in _mails(folded.plain)]


def _address(plain: str, start: int, end: int) -> str:
    """name@host of what `_mails` found. A tag ("+loker") stays: it is what the mail is sent to."""
    match = _MAIL.match(plain, start, end)
    assert match is not None
    return f"{match['name']}@{_host(match)}"


def _host(match: re.Match[str]) -> str:
    return re.sub(r"\s?[\[(]?\s?dot\s?[\])]?\s?", ".", match["host"])


def _mails(plain: str) -> list[tuple[int, int]]:
    """Where e-mail addresses stand."""
    if "@" not in plain and not any(sign in plain for sign in ("(at", "[at", "( at", "[ at", "(a)", " dot ")):
        return []
    return [match.span() for match in _MAIL.finditer(plain) if _is_mail(match)]


def _written(folded: folding.Folded, found: list[Link], mails: list[tuple[int, int]], platform: str, author: str) -> list[_Named]:
    plain = folded.plain
    taken = bytearray(len(plain))  # links with a path and e-mail addresses: no name begins in one
    lasting = [(link.start, link.end) for link in found if link.path or link.address.startswith("http:")]
    for start, end in (*lasting, *mails):
        taken[start:end] = b"\1" * (end - start)
    named: list[_Named] = []
    for one in _with_platform(folded, plain):
        if not any(taken[one.start : one.end]):
            named.append(one)
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            reach = one.end
            while other := _ONE_MORE.match(plain, reach):
                reach = other.end("name")
                named.append(one._replace(start=other.start("name"), end=reach, name=other["name"]))
                taken[other.start("name") : reach] = b"\1" * (reach - other.start("name"))
            same = _SAME_THERE.match(plain[one.end : one.end + 60])
            if same:
                named.append(one._replace(platforms=_platforms(same["platforms"])))
    here = _PLATFORM_OF.get(platform, platform)
    reach = -1  # where the last name to write to ended: another right behind it is one too
    for match in _AT.finditer(plain) if here in _LISTED else ():
        name = match["name"].rstrip(".")
        start, end = match.start(), match.start("name") + len(name)
        listed = reach > 0 and _GOES_ON.fullmatch(plain, reach, start) is not None
        if not any(taken[start:end]) and (listed or _is_contact(plain, start, end, own=name == author.lower().lstrip("@"))):
            named.append(_Named(start, end, name, (here,), 0.85))
            reach = end
    return named


def _is_mail(match: re.Match[str]) -> bool:
    """ "ig@agen.id" beside a platform is a name written without a space; "@a @b" are two."""
    if match["name"] in _PLATFORM_OF or match["name"] in {"akun", "dm", "wa", "id"}:
        return False
    return _MAIL_HOST.search(_host(match)) is not None


def _with_platform(folded: folding.Folded, plain: str) -> Iterator[_Named]:
    yield from _behind_an_at(_SOMEBODYS, plain, 0.9)
    for match in _SAID.finditer(plain):
        name, end = _name(plain, match)
        if _is_said(folded, match, name, end):
            yield _Named(match.start("name"), end, name, _platforms(match["platforms"]), 0.95)
    for match in _LOOKED_UP.finditer(plain):
        name = match["name"].rstrip(".")
        if name not in _ORDINARY and not name.isdigit():
            start = match.start("name")
            yield _Named(start, start + len(name), name, _platforms(match["platforms"]), 0.9)
    if "_" in plain:
        for match in _MARKED_THERE.finditer(plain):
            yield _Named(match.start(), match.end("name"), match["name"].rstrip("."), _platforms(match["platforms"]), 0.9)
    if "(" in plain:
        for match in _IN_BRACKETS.finditer(plain):
            if not match["name"].replace(".", "").isdigit():
                yield _Named(match.start(), match.end("name"), match["name"], _platforms(match["platforms"]), 0.9)
    yield from _behind_an_at(_SAID_AFTER, plain, 0.95)


def _behind_an_at(pattern: re.Pattern[str], plain: str, confidence: float) -> Iterator[_Named]:
    for match in pattern.finditer(plain) if "@" in plain else ():
        name = match["name"].rstrip(".")
        yield _Named(match.start(), match.start("name") + len(name), name, _platforms(match["platforms"]), confidence)


def _name(plain: str, match: re.Match[str]) -> tuple[str, int]:
    """The name as it is looked up, and where it ends; "underscore" and "titik" are signs only between its parts."""
    written, end = match["name"], match.end("name")
    spelled = re.sub(_SPELLED_JOINT, lambda joint: "." if re.search("titik|dot", joint.group()) else "_", written)
    name = spelled.rstrip(".")
    return name, end - (len(spelled) - len(name))


def _is_said(folded: folding.Folded, match: re.Match[str], name: str, end: int) -> bool:
    platforms, sign = match["platforms"], match["sign"]
    shown = sign[-1:] in _QUOTES and folded.plain[end : end + 1] not in _QUOTES  # "Budi Official": a display name
    if len(name) < 3 or name.isdigit() or name in _ORDINARY or name in _PLATFORM_OF or shown:
        return False
    if "@" in sign or "(at)" in sign or "~" in sign:
        return True
    marked = re.search(r"[\d_]|\w\.\w", name) is not None
    told = any(c in sign for c in ":=>→➜➡👉") or re.search(r"\bid\b|username|user|akun", f"{platforms} {match['between']}") is not None
    bare = re.split(r"[/&,+\s]", platforms)[0] in _CAUTIOUS
    if bare and not marked:
        return told and len(name) > 3 and re.match(r"\s?(?:$|[\n,.;|/()])", folded.plain[end : end + 3]) is not None
    if bare and not told:
        return not name[0].isdigit()
    if marked:
        return not re.fullmatch(r"\d[\d.]*[a-z]{0,3}", name)
    return _stands_alone(folded, match.start("name"), end, told=told, facebook="facebook" in _platforms(platforms))


def _stands_alone(folded: folding.Folded, start: int, end: int, *, told: bool, facebook: bool) -> bool:
    """A name of letters only: not the first word of a display name or of a sentence that goes on."""
    plain = folded.plain
    length = end - start
    if length < (4 if told else 6):
        return False
    capital = folded.original(start, start + 1).isupper() and not folded.original(start, end).isupper()
    following = re.match(r"\s(?P<word>[a-z]+)", plain[end : end + 20])
    if following is not None:
        next_capital = folded.original(end + 1, end + 2).isupper()
        if capital and next_capital:
            return False
        if not told and following["word"] not in _ORDINARY:
            return False
    its_own = not told and plain[:end].endswith("nya")  # "fb refundnya": something of somebody's, and no name
    return not its_own and not (facebook and (capital or length < 8))


def _platforms(written: str) -> tuple[str, ...]:
    found = []
    for match in _PLATFORM_WORD.finditer(written):
        word = match.group()
        platform = _PLATFORM_OF.get(word) or _PLATFORM_OF.get(word.replace("-", " ")) or _PLATFORM_OF.get(re.sub("[ -]", "", word))
        if platform and platform not in found:
            found.append(platform)
    return tuple(found)


def _is_contact(plain: str, start: int, end: int, *, own: bool) -> bool:
    """Whether a bare @name is one to write to: asked for before it, or the sign-off at the end of the text."""
    name = plain[start:end].lstrip("@ ")
    if name.isdigit() or _PRICE.fullmatch(name):
        return False
    before = plain[max(0, start - 48) : start]
    if _TAGGING.search(before):
        return False
    asked = _ASKED.search(before)
    if asked is not None:
        return not (own and _ONLY_FOLLOW.search(before))
    line_before = before.rsplit("\n", 1)[-1]
    alone = not plain[end:].strip(" .!\n") and plain.count("@", max(0, start - 80), end + 80) == 1
    return alone and bool(plain[:start].strip()) and bool(_SIGNED.search(before)) and not _TAGGED.search(line_before)
