"""Texts in an advertisement's words that ask nobody to come and work: journeys, explanations, advice, a name that was misused.

Each is asked only where the weights hold an offer (`kinds.settle`), and each is answered by what is done, not by the subject: who
travels comes back with the others, who explains says what a permit is, who advises says what not to do.
"""

from __future__ import annotations

import re

from patrol.engine import lazy

_JOURNEY = lazy.regex(
    r"\b(?:open trip|trip|tour leader|city tour|tour|(?<!visa )wisata|itinerary|ziarah|plesir|liburan|jamaah|jemaah|manasik|"
    r"muthowif|sakura|disneyland|"
    r"backpack\w*|umroh|umrah|\d+ ?d ?\d+ ?n|\d+ ?h ?\d+ ?m|\d+ ?(?:hari|hr|dina|dinten|poe) \d+ ?(?:malam|wengi|dalu|peuting))\b"
)
_ON_THE_WAY = lazy.regex(r"\b(?:hotel|rombongan|pembimbing|share cost|pax|all in|tiket pp|seat|\d+ ?(?:hari|hr|dina|dinten|poe))\b")
_PERHAPS, _SURELY = 2, 4
_BACK = lazy.regex(
    r"\b(?:(?:wajib|kudu|harus|kedah) )?(?:pulang|mulih|wangsul|bali|balik)(?: (?:dan|lan) \w+)? (?:bareng\w*|bersama|sareng|"
    r"rombongan|sesuai|"
    r"minggu|senin|\d)"
    r"|\b(?:bukan|dudu|sanes|ora|tidak)(?: keberangkatan)?(?: (?:buat|untuk|utk|kanggo|kangge|keur))? (?:kerja|kerjo|bekerja|"
    r"nyambut gawe)\b"
    r"|\bmurni (?:wisata|ibadah|liburan|ziarah)\b"
)
_WORK = lazy.regex(
    r"\b(?:majikan\w*|juragan|gaji\w*|upah|bayaran|sambil (?:kerja|bekerja)|(?:langsung|lanjut|sekalian|bisa|terus|mau|"
    r"ikut) (?:kerja|kerjo|bekerja)|"
    r"menetap|disalurkan|salurkan|penempatan|nampung|ditampung|petik|pemetik\w*|kebun|pabrik|kilang|ladang|housekeeping|"
    r"izin kerja|permit|"
    r"(?:ga|gak|nggak|ngga|tidak|tdk|ora|tak)(?: [a-z]+)? (?:pulang|mulih|balik))\b"
)


def is_a_journey(words: str) -> bool:
    """Whether people travel together and come back: four words of travel, or two and that they return or do not go to work."""
    named = {match.group() for match in _JOURNEY.finditer(words)}
    if not named or _WORK.search(words) is not None:
        return False
    beside = len(named) + len({match.group() for match in _ON_THE_WAY.finditer(words)})
    return beside >= _SURELY or (beside >= _PERHAPS and _BACK.search(words) is not None)


_ROOM = lazy.regex(
    r"\b(?:kongsi|sharing|share|teman|temen|kanca|sewa|disewakan|nyewa|kontrak|kontrakan|rent|oper) "
    r"(?:kongsi |sewa )?(?:kamar|kamaran|room|bilik|rumah|kos|kost|flat|unit|bed|katil|ranjang)\b"
)


def is_about_a_room(words: str) -> bool:
    """Whether a room is let or shared."""
    return _ROOM.search(words) is not None and _WORK.search(words) is None


_MEANS = lazy.regex(
    r"(?<![a-z0-9])(?P<what>e[- ]?\d{1,2}|c[- ]?3|d[- ]?(?:2|4|10)|h[- ]?2|tokutei(?: ginou)?|ssw|tg|ginou(?: ?jiss?h?uu?)?|"
    r"magang|gijinkoku|kenshusei|"
    r"g to g|p to p|au pair|ausbildung|whv|working holiday|arc|plks|dp10|pas lawatan|iqamah|iqomah|exit permit|huroob|huruf|p3mi|"
    r"lpk|kafalah|"
    r"visa(?: [a-z]+)?|jft[a-z -]{0,8}|skill test)(?: ?\([^()]{2,40}\))? ?(?:=|:|(?:itu|iku|niku|kuwi|yaitu|adalah|artinya|tegese|"
    r"untuk|cuma|mung)(?![a-z]))"
)
_EXPLAINED = 2
# Who opens a selection says what it is and what not to do, too.
_OPENS = lazy.regex(
    r"\b(?:daftar|pendaftaran|seleksi|job ?fair|bursa kerja|buka(?! (?:siskop|laman|web|situs|aplikasi))|dibuka|membuka|"
    r"kuota|lowongan|loker)\b"
)


def explains(words: str) -> bool:
    """Whether it is said of two kinds of permits or ways what each is: "E-9 itu lewat ujian, C-3 cuma kunjungan"."""
    return len({match["what"] for match in _MEANS.finditer(words)}) >= _EXPLAINED and _OPENS.search(words) is None


_FORBIDS = lazy.regex(
    r"\b(?:jangan|jgn|ojo|ojok|ampun|sampun ngantos|ulah|tong|sampunang|tidak boleh|ga boleh|gak boleh|ora oleh|mboten pareng|tak boleh|"
    r"sonde boleh)"
    r"(?: (?:pernah|mau|gelem|sampai|nganti|sekali-kali|dulu|langsung|gampang))? "
    r"(?P<what>bayar|mbayar|transfer|tf|kirim|ngirim|serahkan|menyerahkan|masrahaken|masrahke|pasrahke|kasih|ngasih|percaya|"
    r"percoyo|percados|"
    r"tanda ?tangan|teken|titip\w*|berangkat|mangkat|budal|ikut|melu|milu|tergiur|kegoda|terima|mau|gelem|kersa|pakai|pake|"
    r"nganggo|ngagem|ngangge)\b"
)
_ASKS_TO_CHECK = lazy.regex(
    r"\b(?:siskop2mi|disnaker\w*|bp[3e]mi|kp2mi|(?:cek|priksa|periksa|cocokkan|cari|goleki|tanya|takon|tanyakan)(?: [a-z]+){0,2} "
    r"(?:nama|jeneng|nomor|nomer|no|izin|sip|pt|perusahaan|job order|kontrak|alamat)|lapor\w*|pengaduan)\b"
)


def advises(words: str) -> bool:
    """Whether the reader is told two things not to do with money, papers or strangers, or two ways to check an offer."""
    if _OPENS.search(words) is not None:
        return False
    forbidden = {match["what"] for match in _FORBIDS.finditer(words)}
    if len(forbidden) >= _EXPLAINED:
        return True
    checks = {match.group() for match in _ASKS_TO_CHECK.finditer(words)}
    return len(checks) + len(forbidden) > _EXPLAINED


_COMPLAINTS = lazy.regex(
    r"^.{0,60}?\b(?:menerima|nampi|nampa|mendapat|terdapat|masuk|ada)(?: [a-z0-9]+){0,2} (?:pengaduan|aduan|laporan|keluhan)\b", re.DOTALL
)


def tells_of_complaints(words: str) -> bool:
    """Whether the text opens with the complaints that came in."""
    return _COMPLAINTS.search(words) is not None


_OURS = r"(?:nama|jeneng|asma|foto|poto|nomor|nomer|no|wa|akun|profil|izin|ijin|sip|logo|kop|stempel|seragam)"
_SOMEBODY = r"(?:orang|wong|uwong|tiyang|jalma|batur|nu sanes|oknum|penipu|calo|pihak|akun palsu|akun lain)"
_MISUSED = lazy.regex(
    rf"\b{_OURS}\b(?: [a-z0-9/.\-()]+){{0,9}}? (?:dicatut|dicuri|dicolong|disalahgunakan|dipalsu\w*|dijiplak)\b"
    rf"|\b{_OURS}\b(?: [a-z0-9/.\-()]+){{0,9}}? (?:dipakai|dipake|dipasang|dipun pasang|ditempel|digunakan|dianggo|"
    rf"dienggo|dipun angge|diangge|"
    rf"ditiru)(?: (?:oleh|ku|karo|dening|sama))? {_SOMEBODY}\b"
)
_NOT_MINE = lazy.regex(
    r"\b(?:bukan|dudu|sanes|bkn) (?:dari )?(?:saya|kami|aku|kita|kula|abdi|inyong|beta|gw|gue|sekolah kami|perusahaan kami)\b"
    r"|\b(?:saya|kami|aku|kula|kulo|abdi|inyong|beta|gw|gue|sekolah|perusahaan)(?: [a-z]+){0,3}? "
    r"(?:tidak|tdk|ga|gak|nggak|ora|mboten|boten|teu|henteu|nda|sonde)(?: (?:pernah|nate|kantos|tau|ada|punya))* "
    r"(?:memberangkatkan|mengirim|merekrut|menyalurkan|membuka|menerima|nampi|nawari|nawisan|menawarkan|mencari|minta|"
    r"meminta|ngurus|punya|job|kenal|"
    r"tahu|tau|ngerti)\b"
)


def is_misused(words: str) -> bool:
    """Whether somebody tells that others use his name, picture or number, and that he has no part in it."""
    return _MISUSED.search(words) is not None and _NOT_MINE.search(words) is not None
