"""An author who has no work to give: he says so, sets the rules of a group, looks for stories, or hires foreigners for Indonesia.

And the opposite: one who warns of others only to send his readers to himself.
"""

from __future__ import annotations

from patrol.engine import lazy

_NO = (
    r"(?:tidak|tdk|ga|gak|gk|nggak|ngga|enggak|bukan|bkn|belum|ora|mboten|boten|sanes|dudu|teu|"
    r"henteu|sanes|ndak|ndek|endek|tak|not|no|stop|jangan|jgn|ojo|ulah)"
)
_RECRUITS = (
    r"(?:menyalurkan|nyalurin|nyalurke|nyalurkeun|merekrut|ngerekrut|rekrut|ngrekrut|menempatkan|memberangkatkan|mberangkatke|"
    r"ngirim (?:tki|tkw|pmi|orang|wong)|"
    r"(?:membuka|buka|mbikak|mbukak|muka|mengadakan|menerima|nampa|nampi|nampani|nerima|melayani|ngurus|mengurus) (?:pendaftaran|"
    r"pendaptaran|"
    r"lowongan|loker|rekrutmen|perekrutan|"
    r"titipan berkas|berkas|lamaran|tenaga kerja|calon tki|calon pmi|cpmi)|"
    r"(?:punya|duwe|gadhah|gaduh|boga|ada|ana|ono|wonten|aya|megang|pegang|bagi|buat dibagi|menyediakan|sedia|kenal|have)(?: [a-z]+)? "
    r"(?:job|lowongan|loker|kerjaan|gawean|gaweyan|pagawean|padamelan|pedamelan|pekerjaan|majikan|info loker|jobs)|"
    r"(?:masukin|masukkan|masukke|masukan|nglebokke|nglebokne|lebokne|bawain|mbawa|ngajak|nyalurin|nglebetaken) (?:siapa|siapapun|"
    r"sapa|sopo|sinten|orang|"
    r"wong|kamu|kalian|sampeyan)[a-z0-9-]*|(?:menjanjikan|janjikan|njanjike|janji)(?: [a-z]+)? (?:kerja|pekerjaan|kerjaan|gawean|"
    r"pedamelan|padamelan)|"
    r"(?:minta|njaluk|nyuwun|menta|mintak)(?: tolong)? (?:di)?(?:bawa|cari|masuk|ajak|gawa|gowo|teang)[a-z]*|"
    r"(?:nanya|tanya|tanglet|takon|naros|nanyain)(?: [a-z]+){0,2} (?:job|lowongan|loker|kerjaan|gawean|padamelan|pekerjaan))"
)
_BROKER = (
    r"(?:agen|agensi|agent|sponsor|pl|perekrut|penyalur|tekong|pjtki|p3mi|perusahaan penyalur|petugas pl|recruiter|agen tki|lpk|"
    r"yang (?:rekrut|nyalurin))"
)
_DENIES = lazy.regex(
    rf"\b{_NO}(?: (?:pernah|nate|tau|akan|lagi|bisa|iso|saged|tiasa|usah|perlu|ada|ingkang|yang|yg|sing)){{0,2}} {_RECRUITS}\b"
    rf"|\b(?:saya|aku|kami|kula|kulo|abdi|inyong|nyong|sy|gw|gue|di ?sini|kene)(?:,? (?!{_NO}\b)[a-z]+){{0,10}},? {_NO} {_BROKER}\b"
    r"|\b(?:dilarang|larangan|haram)(?: keras)? (?:posting|post|ngepost|share|promosi|iklan|ngiklan|"
    r"menawarkan|nawarin|pasang|masang|sebar|nyebar)[a-z]*\b"
    r"|\b(?:cuma|cuman|hanya|mung|namung) (?:cerita|berbagi|sharing|share|crita) (?:pengalaman|pengalaman2|wae|aja|saja)\b"
)
_CALLS = lazy.regex(
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


_WITHOUT_COMPANIES = lazy.regex(
    rf"\b(?:{_NO}|tanpa|tanpo)(?: [a-z]+){{0,2}}? (?:melalui|lewat|liwat|ngaliwatan|via|mawi|medal|perantaraan) "
    r"(?:perusahaan(?: penempatan)?|p[e3]mi|pjtki|pt|swasta|agen|agensi|perantara|sponsor|calo)\b"
)


def without_companies(words: str) -> bool:
    """Whether it is said that the way leads through no placement company."""
    return _WITHOUT_COMPANIES.search(words) is not None


_SAMPLE = lazy.regex(
    r"\b(?:itu|iku|kuwi|niku|ini|iki|tadi|di ?atas|nah)(?: [a-z]+){0,3} (?:isi|isine|bunyi|unine|contoh|contone|tuladha|rupane|"
    r"rupa|wujud|wujude|model|modele|"
    r"gaya|ciri2?|skrip|naskah)(?:nya)? (?:[a-z]+ ){0,2}(?:loker|lowongan|iklan|brosur|selebaran|pamflet|poster|pesan|chat|tawaran|"
    r"penipu\w*|nipu|calo|modus|ngapusi|"
    r"palsu|bodong)\b"
    r"|\b(?:kayak|kaya|koyo|kados|seperti|model|modele|bentuk|contoh|rupane|wujude)(?: [a-z]+){0,3} (?:loker|lowongan|iklan|brosur|"
    r"tawaran|job)(?: [a-z]+)? "
    r"(?:ngapusi|penipu\w*|nipu|palsu|tipu\w*|bodong|abal\w*|hoaks|jebakan|modus|mbujuki)\b"
)
_AVOID = lazy.regex(
    r"\b(?:ngapusi|penipu\w*|nipu|palsu|tipu\w*|bodong|jebakan|modus|mustahil|copot|cabut|lapor\w*|laporkan|"
    r"jangan|ojo|ampun|ulah|aja|hapus|buang|hati2|hati hati|waspada|"
    r"tuduhno|tunjukkan)\b"
)
_TURNED_WITHIN = 260  # code points: a text that turns does so in its last sentences


def unmasks(words: str) -> bool:
    """Whether the last sentences say that what stands above is a fraud's wording, and, in other words, to avoid it: "ngono kuwi rupane
    loker ngapusi, ojo percoyo"."""
    last = max(0, len(words) - _TURNED_WITHIN)
    sample = _SAMPLE.search(words, last)
    if sample is None:
        return False
    return _AVOID.search(words, last, sample.start()) is not None or _AVOID.search(words, sample.end()) is not None


_SANCTIONED = lazy.regex(
    r"\b(?:(?:men)?cabut|dicabut|mencabut|menghentikan|dihentikan|membekukan|dibekukan|menyegel|disegel|menskors|diskors|menutup|"
    r"ditutup|menjatuhkan sanksi|"
    r"dijatuhi sanksi)(?: [a-z0-9]+){0,4} (?:izin|ijin|sip|sip[e3]mi|kegiatan|operasi\w*|layanan|kantor|usaha|perusahaan|pt)\b"
    r"|\b(?:izin|ijin|sip|sip[e3]mi|kegiatan)(?: [a-z0-9]+){0,6} (?:dicabut|dibekukan|dihentikan|ditutup)\b"
)
_OF_SOMEBODY = lazy.regex(
    r"\b(?:kementerian|kementrian|kemen\w*|kp2mi|bp2mi|bp[e3]mi|disnaker\w*|pemerintah|direktur\w*|perusahaan tersebut|perusahaan itu|"
    r"menurut|polisi|polda)\b"
)


def tells_of_a_sanction(words: str) -> bool:
    """Whether it is told that an office closed a company or took its licence."""
    return _SANCTIONED.search(words) is not None and _OF_SOMEBODY.search(words) is not None


_RESEARCHES = lazy.regex(
    r"\b(?:jurnalis|wartawan|reporter|peneliti|riset|penelitian|skripsi|tesis|disertasi|dokumenter|narasumber|nara sumber|responden|"
    r"journalist|researcher|survey|survei|kuesioner)\b"
)
_HEARS = lazy.regex(
    r"\b(?:bercerita|cerita|kisah|pengalaman|wawancara|diwawancara[a-z]*|mengisi|isi (?:kuesioner|survei|survey)|share|story|stories)\b"
)


def seeks_stories(words: str) -> bool:
    """Whether a journalist or student looks for people to tell of their work, not to do any."""
    return _RESEARCHES.search(words) is not None and _HEARS.search(words) is not None


_FOR_FOREIGNERS = lazy.regex(r"\b(?:kitas|kitap|imta|rptka|native speakers?|expats?|expatriates?|ekspat\w*|tenaga kerja asing|tka)\b")


def hires_foreigners(words: str) -> bool:
    """Whether a permit to stay in Indonesia, or a foreigner, is what is spoken of: the work then is here."""
    return _FOR_FOREIGNERS.search(words) is not None


_RUMOUR = lazy.regex(
    r"\b(?:tidak benar|tdk benar|ga bener|gak bener|ora bener|mboten leres|teu leres|hoaks|hoax|fitnah|difitnah|memfitnah|"
    r"bukan penipuan|bukan tipu\w*|"
    r"dudu penipuan|klarifikasi|nuduh|tuduhan|jangan percaya yang bilang)\b"
)
_STILL = lazy.regex(
    r"\b(?:tetap|tetep|berhak|cair|dicairkan|mencairkan|pencairan|mengganti|diganti|ganti rugi|pemulihan|pengembalian|penggantian|"
    r"dikembalikan|"
    r"terbukti|amanah|sudah (?:terima|dapat|cair))\b"
)
_PAYS = lazy.regex(
    r"\b(?:biaya|verifikasi|aktivasi|deposit|materai|meterai|materei|administrasi|admin|validasi|buka blokir|pendaftaran|jaminan|"
    r"registrasi)\b"
    r"[^.!?\n]{0,40}?\d[\d.,]* ?(?:rb|ribu|jt|juta|k|000)?"
)
_BLAMED = lazy.regex(
    r"\b(?:pelaku|oknum|modus\w*|penipu|meminta|mintak?|diminta|disuruh|jangan|jgn|ojo|waspada|hati|lapor\w*|korban|tidak|tdk|"
    r"tanpa|gratis|mboten|ora|"
    r"palsu|mengaku|ngaku)\b"
)


def asks_all_the_same(words: str) -> bool:
    """Whether a defence against rumours ends with a sum to pay for what is still given, in a sentence that blames nobody for it."""
    if _RUMOUR.search(words) is None or _STILL.search(words) is None:
        return False
    return any(_PAYS.search(sentence) and not _BLAMED.search(sentence) for sentence in _SENTENCES.split(words))


_SENTENCES = lazy.regex(r"[.!?](?=\s)|\n")
_TURNS = lazy.regex(
    r"\b(?:yang|yg|sing|nu) (?:asli|resmi|bener|beneran|terpercaya|amanah|terbukti)(?: [a-z]+)? (?:cuma|cuman|hanya|mung|ya|itu|satu)\b"
    r"|\b(?:admin|nomor|nomer|akun|kontak)(?: yang)? (?:resmi|asli)(?: [a-z]+)? (?:cuma|cuman|hanya|mung) "
    r"(?:saya|sy|aku|kami|ini|1|satu|di|ada)\b"
    r"|\b(?:makanya|mangkane|makane|jadi|mending|mendingan|lebih baik) (?:pilih|lewat|liwat|ikut|melu|daftar|sama|karo)\b"
    r"|\b(?:saya|sy|aku|kami|kita|kulo|kula|abdi|gw|gue|pemberangkatan|keberangkatan|pendaftaran|jadwal|kloter|batch|"
    r"gelombang)(?: [a-z0-9]+){0,6} "
    r"(?:(?:tetap|tetep|terus) (?:jalan|berjalan|mlaku)|(?:tetap|tetep|terus|masih|isih) "
    r"(?:melayani|nglayani|buka|dibuka|terima|nerima|berangkat|mangkat|terbang))\b"
    r"|\b(?:saya|sy|aku|kami|kita) (?:resmi|asli|amanah|terpercaya|bukan calo)(?= ?(?:[.,!\n]|$))"
)


def turns_to_himself(words: str) -> bool:
    """Whether a warning or a defence ends with the author, or goes on as before: "yang asli cuma satu", "kami resmi", "tetap jalan"."""
    return _TURNS.search(words) is not None
