"""Countries named in a text, and in what role.

`destination` (named without a word against it, until `settle`), `transit`, `denied`, `mentioned` (a past, a nationality),
`sign` (its money or permits, where no country is named). Where a language, a dish or an airline is called by a country's
name no country is meant, and there is no claim.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from patrol.domain import NOTHING, Claim, ClaimKind, Route, TextKind
from patrol.engine import lazy
from patrol.engine.reading import folding, phrases, prefilter

_COUNTRIES = phrases.load("countries.toml")
_CONTEXT = phrases.load("country_context.toml")
CODES = frozenset(_COUNTRIES)
MOST = 400  # of one text: a list longer than any post's is a flood, and its head is enough
_BY_NAME: dict[str, str] = {
    name: code for code, entry in _COUNTRIES.items() for written in entry["names"] for name in phrases.variants(written)
}
_SIGNS = {sign: code for code, entry in _COUNTRIES.items() for each in entry.get("signs", ()) for sign in phrases.variants(each)}


def _words(group: str) -> str:
    return "|".join(sorted(_CONTEXT[group]["words"], key=len, reverse=True))


_SIGN = lazy.regex(rf"(?<![a-z])(?:{'|'.join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))})(?![a-z])")
_may_hold_signs = prefilter.glance(_SIGNS)
_ASIDE = lazy.regex(rf"\b(?:{_words('aside')}) $")
_PRODUCE = lazy.regex(rf"\b(?:{_words('produce')}) $")
_MADE = lazy.regex(rf"\b(?:{_words('made')}) (?:\w+ ){{1,2}}$")
# "Jakarta Korea House" is a place to meet, "job dubai house maid" a job.
_ASIDE_AFTER = lazy.regex(
    rf"^ (?!house (?:maids?|keep(?:er|ers|ing)|driver|girls?|boys?|helpers?|workers?|cook|clean(?:er|ing)|nurse)\b)"
    rf"(?:{_words('aside_after')})\b"
)
_PERSON = lazy.regex(rf"\b(?:{_words('mentioned')}) $")
_PAST = lazy.regex(
    rf"\b(?:{_words('past')})(?: \d{{1,2}}(?: ?(?:tahun|thn|th|bulan|bln))?)?"
    r"(?: (?:kerja|bekerja|kontrak|di|pmi|tki|tkw|dari|kapal|abk|longline|pabrik|hotel|resto|restoran|proyek|ladang|majikan))* $"
)
# Where somebody was refused: "yang ditolak HK coba Singapura", "nu kamari gagal ka Jepang".
_REFUSED = lazy.regex(
    r"\b(?:ditolak|gagal|gak lolos|ga lolos|nggak lolos|tidak lolos|tdk lolos|ora lolos|teu lolos|gugur)"
    r"(?: (?:ke|ka|menyang|nang|neng|di|terbang|berangkat|proses|seleksi|interview|wawancara|visa|tes|ujian|majikan|agency|agensi|job))"
    r"{0,3} $"
)
# An experience asked for, however much stands between it and where it was made: "pernah kerja proyek di Arab", "pengalaman hotel di Bali,
# Dubai". A word that leads on to the offer ends it.
_EXPERIENCE = lazy.regex(
    r"(?<!tanpa )(?<!tnp )(?<!non )(?<!no )(?<!belum )(?<!blm )\b"
    r"(?:pernah|pengalaman|pengalamannya|berpengalaman|experience|experienced|tau)"
    r"(?: (?!(?:ke|ka|menyang|maring|buka|dibuka|untuk|utk|tujuan|penempatan|butuh|cari|dicari|lowongan|loker|job|berangkat|"
    r"terbang|kirim|"
    r"sekarang|skrg|saiki|tidak|tdk|gak|ga|nggak|ora|teu|bukan|tanpa|menempatkan|nempatkan|memberangkatkan|mengirim|ngirim|"
    r"langsung|bisa|bs|"
    r"iso|boleh|tetap|masih|siap|pasti|lokasi|tempat|area|posisi|negara|kontrak|gaji|for|to|will)\b)[\w+-]+){0,7}"
    r" (?:di|in|neng|nang|ning|ing|teng|at)(?: (?!ke\b)\w+(?:/| atau| dan| utawa| or| and|(?P<comma>,))){0,3} $"
)
_LIST_GOES_ON = lazy.regex(r"^(?:,|/| atau| dan| utawa| or| and| nilai| lebih| diutamakan| welcome| jadi nilai)")
# Who one works with is of a country, the work is not: "kru campur Vietnam", "majikan cina melayu India".
_MIXED = lazy.regex(
    r"\b(?:kru|crew|abk|teman|temen|rekan|kawan|konco|majikan|mandor|bos|campur|campuran|mix|mixed)(?: \w+)?"
    r"(?: (?:asal|dari|orang|wong|urang|sama|bareng|campur|campuran|mix|chinese|cina|melayu|arab|lokal|tamil),?){1,4} $"
)
_MIXED_WITH = lazy.regex(r"\b(?:campur|campuran|mixed|mix) $")
_LANGUAGES = lazy.regex(r"\b(?:bahasa|bhs|basa|berbahasa|language)(?: \w+(?:,|/| dan| &| atau| n| sama| utawa| jeung| plus)){1,4} $")
_NOT = (
    r"\b(?:bukan|bkn|tidak|tdk|tak|gak|ga|nggak|ngga|enggak|ndak|kagak|jangan|jgn|selain|kecuali|except|not|no|non|ditutup|tutup|"
    r"anti|ojo|ora|"
    r"teu|dudu|mboten|sanes|stop|setop|batal)"
)
_DENIED = lazy.regex(
    _NOT + r"(?: (?:ke|di|untuk|utk|ada|kerja|terima|menerima|buka|lagi|negara|mau|yang|to|in|for|proses|berangkat|ka|nang|pernah|kirim|"
    r"mengirim|ngirim|kirim|memberangkatkan|berangkatin|berangkatkan|menempatkan|nempatin|nawarin|menawarkan|main|jual|jalan|"
    r"orang|job|rekrut|"
    r"merekrut|menyalurkan|nyalurin|melayani|menanyakan|nanyain|nanya|tanya|tawarkan|ditawarkan|"
    r"pabrik|kilang|ladang|kebun|kapal|hotel|restoran|prt|plrt|art|majikan|penempatan|tujuan|negara)){0,3} $"
)
# A sanction that holds for one country only: "sanksi sebagian, hanya utk Malaysia".
_CLOSED_FOR = lazy.regex(
    r"\b(?:sanksi|dibekukan|moratorium|larangan|dilarang|ditangguhkan|dihentikan|penghentian|ditutup|tutup|stop)"
    r"(?:,? (?!(?:buka|dibuka|selesai|berakhir|dicabut|lepas|bebas|kecuali|selain|tgl|tanggal|jam|ke)\b)\w+){0,5}"
    r" (?:utk|untuk|buat|kanggo|negara|tujuan|penempatan)(?: (?:ke|negara|tujuan|job))? $"
)
_CLOSED_NOW = (
    r"(?:(?:saat ini|untuk sementara|sementara|sekarang|skrg|skrang|saiki|masih|msh|isih|kami|kita|lagi|sudah|udah|sdh|dah|wis|uwis|"
    r"geus|ini|dulu|dlu|resmi|masih di|memang|emang|sedang|sdg|di kantor|di pt|tsb|tersebut|pun|juga) ){0,5}"
)
# A job that "closes on the 20th" is open.
_DENIED_AFTER = lazy.regex(
    rf"^(?: (?:rumah tangga|prt|plrt|lansia|pabrik|formal|informal|perkebunan|ladang|konstruksi)){{0,2}} "
    rf"(?:{_CLOSED_NOW}(?:ditutup|tutup|closed|distop|di stop|stop|dihentikan|hentikan|ditangguhkan|tangguhkan|ditunda|tunda|dibekukan|"
    rf"bekukan|diberhentikan|moratorium|libur dulu|"
    rf"(?<=lagi )libur|(?<=masih )libur|(?<=sedang )libur|"
    rf"(?:tidak|tdk|gak|ga|nggak|belum|blm|ora|durung|teu acan|mboten|dereng) (?:lagi )?(?:kami |kita )?(?:di)?(?:buka|layani|"
    rf"proses|kirim|tangani|"
    rf"berangkatkan)|(?:tidak|tdk|gak|ga|nggak|belum|blm|ora|durung|teu acan|mboten|dereng) (?:ada|ana|ono|aya|wonten) "
    rf"(?:job|jobnya|jobe|lowongan|lowongannya|permintaan|kuota|kuotanya|proses))"
    r"(?! (?:imlek|lebaran|nasional|tgl|tanggal|pada|hari|besok|akhir|jam|kalau|kalo|klo|jika|pendaftaran|"
    r"senin|selasa|rabu|kamis|jumat|sabtu|minggu|\d))"
    r"|no way|skip|ga dulu|gak dulu|\?{0,3} ?(?:salah|ralat)\b)\b|^ ?\?{1,3} ?(?:bukan|bkn|dudu|sanes|salah)\b"
)
_FROM = lazy.regex(r"(?<!pulang )(?<!berangkat )(?<!jauh )\b(?:dari|dr|from|saking|ti|soko|seko) $")
_LEFT = lazy.regex(r"\b(?:abis kontrak di|habis kontrak di|finish(?: kontrak)?(?: di)?|pulang dari|eks|kontrak di) $")
_OWNER = lazy.regex(rf"\b(?:{_words('owner')}) (?:\w+ )?$")
_MISSION = lazy.regex(r"\b(?:kbri|kjri|kdei|kedutaan besar|kedubes|konsulat|konjen) (?:\w+ )?$")
_TRANSIT = lazy.regex(
    r"\b(?:lewat|via|transit|transit di|transit(?: \w+){1,3} di|transit ke|melalui|singgah di|mampir|through|mampir di|masuk lewat|liwat|"
    r"visa di|medical di|dulu ke|ke) $"
)
_TRANSIT_AFTER = lazy.regex(r"^ (?:(?:dulu|dlu|baru|lalu lanjut|terus (?:lanjut|nyebrang|ke))\b|transit$|transit (?:saja|aja)\b)")
_CHANGED_AT = lazy.regex(r"^ \(transit\b")  # "Semarang - Kuala Lumpur (transit 5 jam) - Istanbul"
_TOWARDS = lazy.regex(r"\bke $")
_LEADS = lazy.regex(
    r"\b(?:di|ke|to|in|kerja|loker|lowongan|area|lokasi|penempatan|job|info|daerah|kota|wilayah|tim|team|otw|join|kaskus|buat|untuk)"
    r"[ :]{1,3}$"
)
_NAMESAKES = {name: frozenset(words) for name, words in _CONTEXT["at_home"].items()}
_NEEDS_LEAD = frozenset(_CONTEXT["needs_lead"]["words"])
_LED = lazy.regex(rf"\b(?:{'|'.join(_CONTEXT['needs_lead']['leads'])}) $")
_LISTED_WITH = lazy.regex(r"\s?(?:[/&+\-–]|,|,? ?(?:dan|atau|utawa|n|and|or|sama|sareng|maupun|karo|jeung)(?: di)?)\s?", re.IGNORECASE)
_TOGETHER = ("/", "-", "–", "&", "dan", "and", "karo", "sareng", "jeung", "maupun")  # what one word behind them denies as a whole
_FLAG = lazy.regex("[\U0001f1e6-\U0001f1ff]{2}")
_HASHTAG = lazy.regex(r"#([a-z0-9_]{6,60})")
_LONG_NAMES = lazy.regex("|".join(sorted((n for n in _BY_NAME if len(n) > 4 and n.isalpha()), key=len, reverse=True)))
# Codes of countries in small letters, as lists of jobs have them; `_WORDS_TOO` are everyday words as well.
_SMALL = {
    **dict.fromkeys(("tw", "twn"), "TW"),
    "hk": "HK",
    **dict.fromkeys(("kr", "kor"), "KR"),
    **dict.fromkeys(("jp", "jpn"), "JP"),
    **dict.fromkeys(("sg", "sgp", "spore"), "SG"),
    **dict.fromkeys(("my", "mys", "msia"), "MY"),
    **dict.fromkeys(("bn", "brn"), "BN"),
    "kh": "KH",
    "mm": "MM",
    "th": "TH",
    "vn": "VN",
    "ph": "PH",
    "mo": "MO",
    "ksa": "SA",
    "uae": "AE",
    **dict.fromkeys(("qtr", "qat"), "QA"),
    **dict.fromkeys(("kwt", "kuw"), "KW"),
    **dict.fromkeys(("omn", "oman"), "OM"),
    "bhr": "BH",
    "aus": "AU",
    "nz": "NZ",
    "pol": "PL",
    "pl": "PL",
    "tr": "TR",
    "trk": "TR",
    "rom": "RO",
    "ger": "DE",
    "jor": "JO",
}
_WORDS_TOO = frozenset({"my", "mo", "th", "ph", "pl", "tr", "mm", "rom", "pol", "kor", "oman", "spore", "msia"})
_FEWEST_CODES = 2
_ANY_CODE = "(?:" + "|".join(sorted(_SMALL, key=len, reverse=True)) + ")"
_CODE = lazy.regex(rf"(?<![a-z0-9]){_ANY_CODE}(?![a-z0-9])")
_CODE_ROWS = lazy.regex(
    rf"(?<![\w@./#\-])(?P<led>(?:open|opn|job|jobs|loker|lowongan|ready|rdy|buka|bukaan|tujuan|negara|proses|prosesan|gas|cari|"
    rf"ada)\s?:?\s)?"
    rf"(?P<codes>{_ANY_CODE}(?:(?:\s?[,/&+|]\s?|\s(?:dan|n|atau|sama)\s|\s){_ANY_CODE}){{1,9}})(?![\w.@])"
)
_CODE_HEADS = lazy.regex(rf"^[^\w\n]{{0,3}}(?P<code>{_ANY_CODE})(?=\s?[:\-]?\s[a-z0-9])", re.MULTILINE)
# A lone code right behind a job, where the text is hardly more: "operator tw, inbox". "my" is one before a sign only, and what means a
# year, a number or a "mau" is none.
_TELEGRAM = 18  # words
_LONE_CODE = lazy.regex(
    rf"\s(?P<code>(?!(?:mo|th|mm|ph|pl|tr|rom|pol)\b){_ANY_CODE})(?:\s?(?=[,;:!/|\n]|\.(?!\w)|-\s|$)|(?<!\bmy)\s(?=(?:inbo[xk]|inboks|ibx|japri|jpri|"
    r"pm|dm|wa|hub|hubungi|chat|call|telp|tlp|ready|rdy|gas|msg|komen)\b|\d))"
)
_IS_KIAI = lazy.regex(r"\.? (?!(?:Poipet|Bavet|Phnom|Sihanouk|Admin|Cs|Operator|Marketing)\b)[A-Z][a-z]")  # "KH Odang": a man of learning
_ASIDE_ROLE = "aside"
_COUNTED = frozenset({"destination", "transit"})
_AGAINST = frozenset({"mentioned", "denied"})
_TOLD = _COUNTED | {"mentioned", "denied"}


def code_of(text: str) -> str | None:
    """ISO alpha-2 of a country's code or Indonesian or English name, None where it is none. "ID" is one here.

    Names as a register writes them: neither slang nor misspellings, which could make one country of another unseen.
    """
    written = " ".join(text.split())
    if written.upper() in CODES or written.upper() == "ID":
        return written.upper()
    name = folding.fold(written).words.strip()
    if name == "indonesia":
        return "ID"
    return _BY_NAME.get(name) or _BY_NAME.get(re.sub(r"[^\w ]", "", name))


def claims(folded: folding.Folded, hits: phrases.Hits, source: str = "text") -> list[Claim]:
    """COUNTRY claims in order; the role `destination` means "named without a word against it" until `settle`."""
    made = list(_named(folded, hits.get("country", ())[:MOST], source))
    for hit in hits.get("country_caps", ())[:MOST]:
        start, end = folded.word_span(hit.start, hit.end)
        written = folded.text[start:end]
        neighbours = folded.text[max(0, start - 12) : start] + folded.text[end : end + 12]
        if written == "KH" and _IS_KIAI.match(folded.text, end):
            continue
        if written.isupper() and (any(c.islower() for c in neighbours) or len(written) > 2 or made):
            claim = _claim(folded, hit, source)
            made.extend([claim] if claim else ())
    made.extend(_codes(folded, made, source))
    if not made and (work := hits.get("position")):
        made.extend(_codes_behind_work(folded, work, source))
    made.extend(_rare(folded, hits.get("country_rare", ())[:MOST], made, source))
    made = _as_listed(folded, _abroad(folded, made))
    if "#" in folded.plain:
        made.extend(_in_hashtags(folded, source))
    if not folded.text.isascii():
        made.extend(_flags(folded, source))
    if not any(claim.role in _COUNTED for claim in made) and _may_hold_signs(folded.words):
        made.extend(_signs(folded, source))
    return sorted(made, key=lambda claim: claim.span)


def _abroad(folded: folding.Folded, made: Sequence[Claim]) -> list[Claim]:
    """Without names of places at home that are called as one abroad: "Batam Center & Nagoya", "Tanjung Perak"."""
    if _NAMESAKES.keys().isdisjoint(prefilter.letters(folded.plain)):
        return list(made)
    kept = []
    times = Counter(claim.value for claim in made)
    for claim in made:
        beside = _NAMESAKES.get(folded.text[slice(*claim.span)].casefold())
        alone = times[claim.value] == 1
        line = folded.text[max(0, claim.span[0] - 40) : claim.span[1] + 25].casefold()
        if beside is None or not alone or not beside.intersection(prefilter.letters(line)):
            kept.append(claim)
    return kept


def _as_listed(folded: folding.Folded, made: Sequence[Claim]) -> list[Claim]:
    """With codes and names of one list in one role: "pernah kerja Malaysia/HK", "Bangladesh-Vietnam? bukan"."""
    if all(claim.role not in _AGAINST for claim in made):
        return list(made)
    order = sorted(made, key=lambda claim: claim.span)
    for at in range(1, len(order)):
        before, claim = order[at - 1], order[at]
        if claim.role == "destination" and before.role in _AGAINST and _listed(folded, before, claim):
            order[at] = replace(claim, role=before.role)
    for at in range(len(order) - 1, 0, -1):
        before, claim = order[at - 1], order[at]
        if before.role == "destination" and claim.role == "denied" and _listed(folded, before, claim, _TOGETHER):
            order[at - 1] = replace(before, role="denied")
    return order


def _listed(folded: folding.Folded, before: Claim, claim: Claim, by: Collection[str] = ()) -> bool:
    between = folded.text[before.span[1] : claim.span[0]]
    return len(between) < 12 and (between.strip().casefold() in by if by else True) and _LISTED_WITH.fullmatch(between) is not None


def _named(folded: folding.Folded, found: Sequence[phrases.Hit], source: str) -> Iterator[Claim]:
    """Claims of names in a row; in a list each stands as the first ("ex Taiwan/Hongkong", "bahasa Inggris-Mandarin")."""
    before: tuple[phrases.Hit, Claim | None] | None = None
    for hit in found:
        claim = _claim(folded, hit, source)
        if before is not None and _LISTED_WITH.fullmatch(folded.words, before[0].end, hit.start):
            first = before[1]
            if first is None:
                claim = None
            elif claim is not None and claim.role == "destination" and first.role in {"mentioned", "denied"}:
                claim = replace(claim, role=first.role)
        before = hit, claim
        if claim is not None:
            yield claim


def _claim(folded: folding.Folded, hit: phrases.Hit, source: str) -> Claim | None:
    begin = max(0, hit.start - 48)
    before, after = folded.words[begin : hit.start], folded.words[hit.end : hit.end + 60]
    span = folded.word_span(hit.start, hit.end)
    role, confidence = _role(before, after)
    detail = {"mission": "yes"} if role == "mentioned" and _MISSION.search(before) else NOTHING
    if folded.words[hit.start : hit.end] in _NEEDS_LEAD and not _LED.search(before):
        return None
    if role == _ASIDE_ROLE or ("@" in folded.plain and _in_a_name(folded, hit)):
        return None
    if role == "destination" and folded.text[max(0, span[0] - 1) : span[0]] == "#":
        confidence = 0.5
    return Claim(ClaimKind.COUNTRY, hit.value, span, source, confidence, role, detail=detail)


def _role(before: str, after: str) -> tuple[str, float]:
    """Role and confidence by the words on both sides, the strongest word first."""
    led = _may_lead(before)
    role, confidence = "destination", 0.95
    if (
        (led & _DENIED_LEADS and _DENIED.search(before))
        or _DENIED_AFTER.match(after)
        or (led & _CLOSED_FOR_LEADS and _CLOSED_FOR.search(before))
    ):
        role = "denied"
    elif led & _MISSION_LEADS and _MISSION.search(before):
        role = "mentioned"
    elif (
        (led & _ASIDE_LEADS and _ASIDE.search(before))
        or _ASIDE_AFTER.match(after)
        or (led & _LANGUAGES_LEADS and _LANGUAGES.search(before))
    ):
        role = _ASIDE_ROLE
    elif _CHANGED_AT.match(after):
        role = "transit"
    elif not led:
        pass
    elif led & _PRODUCE_LEADS and _PRODUCE.search(before) and not _MADE.search(before):
        role = _ASIDE_ROLE
    elif (
        (led & _PERSON_LEADS and _PERSON.search(before))
        or (led & _PAST_LEADS and _PAST.search(before))
        or (led & _LEFT_LEADS and _LEFT.search(before))
        or (led & _REFUSED_LEADS and _REFUSED.search(before))
        or (led & _EXPERIENCE_LEADS and _is_experience(before, after))
        or (led & _MIXED_LEADS and _MIXED.search(before))
        or (led & _MIXED_WITH_LEADS and _MIXED_WITH.search(before))
    ):
        role = "mentioned"
    elif led & _TRANSIT_LEADS and _TRANSIT.search(before) and (_TRANSIT_AFTER.match(after) or not _TOWARDS.search(before)):
        role = "transit"
    elif (led & _OWNER_LEADS and _OWNER.search(before)) or (led & _FROM_LEADS and _FROM.search(before)):
        confidence = 0.5
    return role, confidence


def _is_experience(before: str, after: str) -> bool:
    said = _EXPERIENCE.search(before)
    return said is not None and (said["comma"] is None or _LIST_GOES_ON.match(after) is not None)


_BEFORE_A_NAME = (
    _DENIED,
    _MISSION,
    _ASIDE,
    _PRODUCE,
    _PERSON,
    _PAST,
    _LEFT,
    _REFUSED,
    _TRANSIT,
    _OWNER,
    _FROM,
    _EXPERIENCE,
    _MIXED,
    _MIXED_WITH,
    _LANGUAGES,
    _CLOSED_FOR,
)
_LED_BY: dict[str, int] = {}  # a bit for each of the patterns that a word can begin
for _number, _pattern in enumerate(_BEFORE_A_NAME):
    for _word in prefilter.first_words(_pattern):
        _LED_BY[_word] = _LED_BY.get(_word, 0) | 1 << _number
(
    _DENIED_LEADS,
    _MISSION_LEADS,
    _ASIDE_LEADS,
    _PRODUCE_LEADS,
    _PERSON_LEADS,
    _PAST_LEADS,
    _LEFT_LEADS,
    _REFUSED_LEADS,
    _TRANSIT_LEADS,
    _OWNER_LEADS,
    _FROM_LEADS,
    _EXPERIENCE_LEADS,
    _MIXED_LEADS,
    _MIXED_WITH_LEADS,
    _LANGUAGES_LEADS,
    _CLOSED_FOR_LEADS,
) = (1 << number for number in range(len(_BEFORE_A_NAME)))


def _may_lead(before: str) -> int:
    """The bits of the patterns whose first word stands there, and a space before the name: no other can find anything."""
    led = 0
    if before.endswith(" "):
        for word in prefilter.letters(before):
            if word in _LED_BY:
                led |= _LED_BY[word]
    return led


def _in_a_name(folded: folding.Folded, hit: phrases.Hit) -> bool:
    """Whether the hit is a part of a handle or an address ("@kerja.taiwan")."""
    start, end = folded.plain_span(hit.start, hit.end)
    plain = folded.plain
    first = max(plain.rfind(" ", 0, start), plain.rfind("\n", 0, start)) + 1
    return "@" in plain[first:end]


def _codes(folded: folding.Folded, beside: Sequence[Claim], source: str) -> Iterator[Claim]:
    """Codes in small letters as telegraphic offers list them: "job tw, kr, hk", "ksa / uae / omn", or one at the head of each line."""
    plain = folded.plain
    if len(_SMALL.keys() & set(prefilter.letters(plain))) < _FEWEST_CODES:
        return
    known = {claim.span for claim in beside}
    heads = list(islice(_CODE_HEADS.finditer(plain), MOST))
    rows = [match for match in islice(_CODE_ROWS.finditer(plain), MOST) if _is_row(match)]
    if len({match["code"] for match in heads} - _WORDS_TOO) >= _FEWEST_CODES:
        rows.extend(heads)
    told = set()
    for row in rows:
        role, _ = _role(plain[max(0, row.start() - 48) : row.start()], plain[row.end() : row.end() + 60])
        for match in () if role == _ASIDE_ROLE else _CODE.finditer(plain, *row.span("codes" if "codes" in row.re.groupindex else "code")):
            span = folded.span(*match.span())
            if span not in known and span not in told:
                told.add(span)
                yield Claim(ClaimKind.COUNTRY, _SMALL[match.group()], span, source, 0.8, role)


def _codes_behind_work(folded: folding.Folded, work: Sequence[phrases.Hit], source: str) -> Iterator[Claim]:
    """Lone codes in small letters of a telegraphic offer: "operator tw, inbox", "ladang my, japri"."""
    if _SMALL.keys().isdisjoint(prefilter.letters(folded.words)) or len(folded.words.split()) > _TELEGRAM:
        return
    for hit in work:
        _, end = folded.plain_span(hit.start, hit.end)
        code = _LONE_CODE.match(folded.plain, end)
        if code is not None:
            yield Claim(ClaimKind.COUNTRY, _SMALL[code["code"]], folded.span(*code.span("code")), source, 0.8, "destination")


def _is_row(row: re.Match[str]) -> bool:
    """Whether a row of codes is one: joined by signs, or three and more, or behind a word that leads to a job; not of words alone."""
    codes = _CODE.findall(row["codes"])
    surely = set(codes) - _WORDS_TOO
    signs = any(sign in row["codes"] for sign in ",/&+|")
    return len(set(codes)) >= _FEWEST_CODES and bool(surely) and (signs or len(codes) > _FEWEST_CODES or row["led"] is not None)


def _rare(folded: folding.Folded, found: Sequence[phrases.Hit], beside: Sequence[Claim], source: str) -> Iterator[Claim]:
    """Capitals that mean something else as well: behind a word that leads to a place, or beside their country."""
    for hit in found:
        start, end = folded.word_span(hit.start, hit.end)
        if not folded.text[start:end].isupper() or folded.text[end : end + 1] in {".", "/"}:
            continue
        near = any(c.value == hit.value and abs(c.span[0] - start) < 30 for c in beside)
        if near or _LEADS.search(folded.words, max(0, hit.start - 16), hit.start):
            claim = _claim(folded, hit, source)
            if claim is not None:
                yield claim


def _in_hashtags(folded: folding.Folded, source: str) -> Iterator[Claim]:
    """Names inside joined hashtags ("#lokertaiwan"): weaker than any name in the text itself."""
    for tag in _HASHTAG.finditer(folded.plain):
        name = _LONG_NAMES.search(tag[1])
        if name is not None and name.group() != tag[1]:
            start = tag.start(1) + name.start()
            span = folded.span(start, start + len(name.group()))
            yield Claim(ClaimKind.COUNTRY, _BY_NAME[name.group()], span, source, 0.5, "destination")


def _flags(folded: folding.Folded, source: str) -> Iterator[Claim]:
    for match in islice(_FLAG.finditer(folded.text), MOST):
        code = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in match.group())
        if code in CODES and code != "MC":  # red over white as Indonesia's, and picked for it
            yield Claim(ClaimKind.COUNTRY, code, match.span(), source, 0.8, "destination", detail={"flag": "yes"})


def _signs(folded: folding.Folded, source: str) -> Iterator[Claim]:
    """What shows a country without naming it: its money, its permits, words of its trade."""
    for match in islice(_SIGN.finditer(folded.words), MOST):
        span = folded.word_span(*match.span())
        yield Claim(ClaimKind.COUNTRY, _SIGNS[match.group()], span, source, 0.4, "sign")


def settle(found: Sequence[Claim], text_kind: str, route: str = Route.AGENCY) -> list[Claim]:
    """Roles seen from the whole text; as many claims as were given, in their order.

    Outside overseas offers every country is only mentioned. Where one country is plainly the place of work, a
    nationality ("majikan arab") is none. Where an offer names no place at all, the mission it speaks of or the money it
    pays in tells where it leads.
    """
    offer = text_kind == TextKind.OFFER_ABROAD
    plain = any(claim.role == "destination" and claim.confidence > 0.5 for claim in found)
    named = any(claim.role in _COUNTED for claim in found)
    shown = Counter(claim.value for claim in found if claim.role == "sign")
    missions = offer and not plain and (route == Route.EXEMPT or not named)
    by_sign = shown.most_common(1)[0][0] if offer and shown and not any(_leads(claim, missions) for claim in found) else ""
    settled = []
    for claim in found:
        role = _settled(claim, offer=offer, plain=plain, missions=missions, by_sign=by_sign)
        settled.append(claim if role == claim.role else replace(claim, role=role))
    return settled


def _leads(claim: Claim, missions: bool) -> bool:
    return claim.role in _COUNTED or (missions and "mission" in claim.detail)


def _settled(claim: Claim, *, offer: bool, plain: bool, missions: bool, by_sign: str) -> str:
    role = claim.role
    if role == "denied":
        return role
    if role == "sign":
        return "destination" if claim.value == by_sign else role
    if missions and "mission" in claim.detail:
        return "destination"
    if not offer or (plain and claim.confidence <= 0.5):
        return "mentioned"
    return role


def summary(found: Iterable[Claim], text_kind: str) -> tuple[str, ...]:
    """Codes without doubles, in order: of an offer destinations and transit, else all that are named."""
    wanted = _COUNTED if text_kind == TextKind.OFFER_ABROAD else _TOLD
    return tuple(dict.fromkeys(claim.value for claim in found if claim.role in wanted and claim.value != "ID"))
