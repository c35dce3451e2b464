"""Goods and services sold by a list of prices or over a counter: no bait, whoever they are sold to.

A deposit is honest trade; all the money first, or a seller who will not be asked, is not.
"""

from __future__ import annotations

import re

_UNIT = r"(?:k|rb|rbu|ribu|ewu|rebu|jt|juta|nt|ntd|hkd|rm|ringgit|riyal|real|dolar|dollar|yen|won|sgd|rupiah|perak|usd|mop|aed)"
_PRICE = re.compile(rf"\b(?:rp|rm|nt|ntd|hkd|sgd|sar|usd|mop|aed)\.? ?\d[\d.,]{{0,12}}|\b\d[\d.,]{{0,12}} ?{_UNIT}\b")
_MANY, _SOME = 4, 2
_OVER_THE_COUNTER = re.compile(
    r"\b(?:cod|bayar di (?:tempat|toko|loket|kasir|rumah)|bayar (?:setelah|pas|saat|sesudah|kalau) (?:barang|sampai|diterima|jadi)|"
    r"sisa(?:nya)? (?:pas|saat|setelah|waktu|kalau|sesudah|nek)(?: [a-z]+)? (?:barang|jadi|diambil|sampai|datang|di tangan)|"
    r"ambil (?:sendiri|di tempat|di toko)|"
    r"buka (?:jam|pukul|s/d|sampai|tiap|setiap|nganti|tiap hari|24)|tutup (?:jam|pukul)|kwitansi|kuitansi|struk|tanda terima|loket|"
    r"di kasir|"
    r"warung|kedai|toko|kios|lapak|depot|salon|konter|bawa (?:arc|paspor|ktp|iqamah|hkid)|barang (?:di tangan|sampai dulu|datang dulu))\b"
    r"|/ ?(?:pcs|pack|kg|porsi|box|dus|bungkus|lembar|orang|hari|malam)\b|\bper (?:pcs|pack|kg|porsi|box|dus|bungkus|lembar)\b"
)
_ALL_FIRST = re.compile(
    r"\b(?:full|lunas|penuh|semua)(?: [a-z]+){0,2} (?:dulu|duluan|di muka|dimuka|di depan|first|heula|disik|dhisik|sik|hari ini)\b"
    r"|\b(?:tf|trf|transfer|bayar|byr|setor|kirim)(?: [a-z]+){0,2} (?:dulu|duluan|di muka|dimuka|di depan|heula|disik|dhisik)\b"
    r"|\b(?:blokir|diblokir|diblok|no refund|no drama|rahasia|jangan bilang|jgn bilang|takut (?:pesaing|saingan)|hangus)\b"
    r"|\b(?:tidak|tdk|ga|gak|nggak|no|ora|tanpa|mboten|teu)(?: [a-z]+){0,2} (?:cod|takon\w*|tanya\w*|nanya\w*|bukti|rekber)\b"
    r"|\b(?:murah|promo|diskon)(?: [a-z]+){0,3} (?:gudang|pabrik|bea cukai|sitaan|lelang)\b"
)


def sells(words: str) -> bool:
    """Whether the text (`Folded.words`) is a shop's: its prices, or a few of them and a counter, a delivery before the rest of the pay."""
    prices = {match.group() for match in _PRICE.finditer(words)}
    if len(prices) < _SOME or _ALL_FIRST.search(words) is not None:
        return False
    return len(prices) >= _MANY or _OVER_THE_COUNTER.search(words) is not None
