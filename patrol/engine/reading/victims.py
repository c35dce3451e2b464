"""Who speaks of a deceit he met: asks whether a message is true, tells what he paid and lost, or denies that an account is his.

His words are the deceiver's for most of the text ("katanya dapat bantuan 15 juta, bayar kode dulu"); the sense of it is one
question or one sentence, which a sum of words does not hear.
"""

from __future__ import annotations

from patrol.engine import lazy
from patrol.engine.reading import folding

_OR = r"(?:po|apa|opo|atau|atawa|utawa|nopo|napa|naon|or|ato|tah|pa)"
_DECEIT = (
    r"(?:ngapusi|apus2|apusi|penipu\w*|nipu|tipu\w*|modus|palsu|hoaks|hoax|bohong\w*|mbujuk\w*|bodong|scam|fake|abal\w*|ngibul|gorohi)"
)
_TRUE = r"(?:bener\w*|benar\w*|asli\w*|resmi|temenan|tenan\w*|nyata|saestu|leres|real|aman|beneran)"
_ASKS = lazy.regex(
    rf"\b{_TRUE}(?: [a-z]+)?,? {_OR}(?: (?:cuma|cuman|mung|hanya|iku|itu|ini|ya|malah))? {_DECEIT}\b"
    rf"|\b{_DECEIT},? {_OR} (?:memang |emang |pancen )?{_TRUE}\b"
    rf"|\b(?:apa|apakah|opo|nopo|napa) (?:ini|itu|iki|iku|niki|niku)(?: [a-z]+)? {_DECEIT}\b(?! (?:bukan|lagi))"
    rf"|\b(?:ini|itu|iki|iku|niki|niku|kuwi) {_DECEIT}(?: [a-z]+)? (?:bukan|nggih|ya|yo|ga|gak|kan) ?\?"
)
# A bait's own question: it gives the reader the doubt, or answers at once by telling him to come.
_READERS_DOUBT = lazy.regex(
    r"\b(?:masih|msh|isih|yang|yg|sing|kalau|kalo|klo|nek|jangan|jgn|ojo|(?:ga|gak|ndak|tidak|tak) (?:usah|perlu)) "
    r"(?:ragu|ragu2|bimbang|bingung|curiga|takut|mikir|mangu)\b[^.!?]*$"
)
_ANSWERED = lazy.regex(
    r"[^?.!]{0,20}\?[ ?!]*(?:(?:silakan|silahkan|monggo|mangga|ayo|yuk) )?"
    r"(?:datang|dateng|teko|mampir|buktikan|buktiin|langsung|daftar|klik)\b"
)
_DOUBTS_WITHIN = 40  # code points before the question
_PAID = lazy.regex(
    r"\b(?:sudah|udah|udh|sdh|wis|wes|uwis|sampun|geus|ampun|"
    r"terlanjur|telanjur|kadung|kebacut|kelajeng|keburu|lanjur|baru saja)"
    r"(?: (?:terlanjur|telanjur|kadung|kebacut|keburu|saya|aku|tak|dak|sempat))? "
    r"(?:transfer|tf|trf|ditransfer|setor|disetor|nyetor|bayar|mbayar|byr|dibayar|bayari|"
    r"(?:kirim|ngirim|dikirim)(?: [a-z]+)? (?:uang|duit|dhuwit|arto)|\d[\d.,]* ?(?:jt|juta|rb|ribu|yuta|ewu))\b"
)
# "Pernah setor lalu ditipu?" asks the reader; who tells it says that it was he.
_ONCE_PAID = lazy.regex(
    r"\b(?:saya|sy|aku|gue|gw|gua|kula|kulo|abdi|inyong|beta|tiang)(?: (?:juga|dulu|dl|memang|emang|wis|sudah|"
    r"udah))? (?:pernah|tau|nate|kantos) "
    r"(?:ikut|melu|milu|transfer|tf|setor|nyetor|bayar|mbayar|titip|nitip|daftar)\b"
)
_LOST = lazy.regex(
    r"\b(?:diblok\w*|ke ?blokir|hilang|ilang|ngilang|menghilang|(?:ora|tidak|ga|gak) dibal[ea]s|"
    r"nomornya mati|kabur|(?:tidak|ga|ora) aktif|centang satu|lapor polisi|surat polisi|surat laporan|"
    r"(?:bandar|owner|admin|ketua|penjual|seller)(?:nya|ne|e)? (?:kabur|hilang|ilang|minggat|lari)|ketipu|ditipu|kapusan|"
    r"kena tipu|tertipu|katipu|ditipuk)\b"
)
_RETURNS = lazy.regex(
    r"\b(?:balik lagi|kembali lagi|uangku balik|uang saya kembali|bisa balik|dibantu oleh|tim pelacak|untung(?:lah)? ada|"
    r"sampe dikenalin)\b"
)
_NOT_MINE = lazy.regex(
    r"\b(?:rekening|rek|nomor|nomer|no|akun|foto|wa)\b[^.!?]{0,60}?\b(?:bukan|bkn|dudu|sanes) "
    r"(?:punya|milik|duwek|duwe|gadhahan|kagungan|nomer|nomor|rekening|akun)"
    r"(?:ku|ne kula|e kula|e aku|nya saya| saya| kula| kulo| kami| aku| gue| gw)\b"
)


def speaks(folded: folding.Folded, calls_at: int = -1) -> bool:
    """Whether the author does: he asks whether it is true, lost what he paid, or is not the payee.

    `calls_at`: where the last private contact or payee stands in the text, -1 where there is none. Who gives one behind his question, or
    asks it for the reader, wants him to come.
    """
    words = folded.words
    for asked in _ASKS.finditer(words):
        if calls_at < 0 or (calls_at < folded.word_span(*asked.span())[0] and not _is_put_to_the_reader(words, *asked.span())):
            return True
    if (_PAID.search(words) or _ONCE_PAID.search(words)) and _LOST.search(words) and not _RETURNS.search(words):
        return True
    return _NOT_MINE.search(words) is not None


def _is_put_to_the_reader(words: str, start: int, end: int) -> bool:
    return _READERS_DOUBT.search(words, max(0, start - _DOUBTS_WITHIN), start) is not None or _ANSWERED.match(words, end) is not None
