"""An author who says that he has no work to give: he recruits nobody, sends nobody, is no broker."""

from __future__ import annotations

import re

_NO = (
    r"(?:tidak|tdk|ga|gak|gk|nggak|ngga|enggak|bukan|bkn|belum|ora|mboten|boten|sanes|dudu|teu|"
    r"henteu|sanes|ndak|ndek|endek|tak|not|no|stop|jangan|jgn|ojo|ulah)"
)
_RECRUITS = (
    r"(?:menyalurkan|nyalurin|nyalurke|nyalurkeun|merekrut|ngerekrut|rekrut|ngrekrut|menempatkan|memberangkatkan|mberangkatke|"
    r"ngirim (?:tki|tkw|pmi|orang|wong)|"
    r"(?:membuka|buka|mbikak|mbukak|muka|mengadakan|menerima|nampa|nerima|melayani|ngurus|mengurus) (?:pendaftaran|pendaptaran|"
    r"lowongan|loker|rekrutmen|perekrutan|"
    r"titipan berkas|berkas|lamaran|tenaga kerja|calon tki|calon pmi|cpmi)|"
    r"(?:punya|duwe|gadhah|gaduh|boga|ada|ana|ono|wonten|aya|megang|pegang|bagi|buat dibagi|menyediakan|sedia|kenal|have)(?: [a-z]+)? "
    r"(?:job|lowongan|loker|kerjaan|gawean|gaweyan|pagawean|padamelan|pekerjaan|majikan|info loker|jobs)|"
    r"(?:minta|njaluk|nyuwun|menta|mintak)(?: tolong)? (?:di)?(?:bawa|cari|masuk|ajak|gawa|gowo|teang)[a-z]*|"
    r"(?:nanya|tanya|tanglet|takon|naros|nanyain)(?: [a-z]+){0,2} (?:job|lowongan|loker|kerjaan|gawean|padamelan|pekerjaan))"
)
_BROKER = (
    r"(?:agen|agensi|agent|sponsor|pl|perekrut|penyalur|tekong|pjtki|p3mi|perusahaan penyalur|petugas pl|recruiter|agen tki|lpk|"
    r"yang (?:rekrut|nyalurin))"
)
_DENIES = re.compile(
    rf"\b{_NO}(?: (?:pernah|nate|tau|akan|lagi|bisa|iso|saged|tiasa|usah|perlu|ada|ingkang|yang|yg|sing)){{0,2}} {_RECRUITS}\b"
    rf"|\b(?:saya|aku|kami|kula|kulo|abdi|inyong|nyong|sy|gw|gue|di ?sini|kene)(?:,? (?!{_NO}\b)[a-z]+){{0,10}},? {_NO} {_BROKER}\b"
    r"|\b(?:cuma|cuman|hanya|mung|namung) (?:cerita|berbagi|sharing|share|crita) (?:pengalaman|pengalaman2|wae|aja|saja)\b"
)
_CALLS = re.compile(
    r"\b(?:minat|berminat|merapat|gabung|buruan|segera daftar|daftar sekarang|silakan daftar|siap berangkat|masih buka|masih dibuka|"
    r"masih ada|isih|"
    r"butuh|dibutuhkan|dicari|pados|goleki|golek|nggoleki|sisa \d|tinggal \d|"
    r"(?:kuota|slot|kursi|batch)(?: [a-z]+)? (?:terbatas|tinggal|sisa|masih|baru|depan|lagi|\d)|"
    r"kecuali|tapi ada|tapi (?:bisa|kenal|"
    r"punya)|cuma (?:punya|bantu)|cuman bantu|bantu (?:urus|proses))\b"
)


def disclaims(words: str) -> bool:
    """Whether the author says so in the text (`Folded.words`) and calls nobody all the same: "bukan agen, cuma bantu" is a cover."""
    return _DENIES.search(words) is not None and _CALLS.search(words) is None
