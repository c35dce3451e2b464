"""Places of recruitment: province codes of the Interior Ministry."""

from __future__ import annotations

from patrol.domain import Claim, ClaimKind
from patrol.engine import lazy
from patrol.engine.reading import folding, phrases

_PROVINCES = phrases.load("provinces.toml")
CODES = frozenset(_PROVINCES)
_RECRUITED = lazy.regex(
    r"\b(?:area|khusus|khusus daerah|daerah|wilayah|ktp|domisili|dari|asal|warga|putra|putri|orang|cpmi|"
    r"calon|kab|kabupaten|kota|prov|provinsi|cabang|loker|lowongan|se|pendaftaran|daftar|penerimaan|"
    r"seleksi|"
    r"interview|kumpul|titik kumpul|penjemputan|jemput|berangkat dari|rekrut|perekrutan|info|sponsor|"
    r"bp3mi|disnaker|disnakertrans|dinas|kantor|alamat|pl|petugas lapangan|desa|kecamatan|bkk|job fair|"
    r"untuk|utk|buat|di)(?: (?:di|ke|dari|kab|kabupaten|kota|area|daerah)\b\.?)?\.? $"
)
_ONLY_A_PLACE = lazy.regex(r"\b(?:kab|kabupaten|kota|di|dari|daerah|area|wilayah|asal|khusus|cabang|kantor|ke)\.? $")


def claims(folded: folding.Folded, hits: phrases.Hits, source: str = "text") -> list[Claim]:
    """PLACE claims in order; role `recruitment` where a word says so, else `mentioned`. "Papua Nugini" is a country, and no Papua."""
    countries = {hit.start: hit.end for hit in hits.get("country", ())}
    made = [_claim(folded, hit, source) for hit in hits.get("place", ()) if countries.get(hit.start, 0) <= hit.end]
    for hit in hits.get("place_caps", ()):
        start, _ = folded.word_span(hit.start, hit.end)
        if folded.text[start].isupper() and _ONLY_A_PLACE.search(folded.words, max(0, hit.start - 14), hit.start):
            made.append(_claim(folded, hit, source))
    return sorted(made, key=lambda claim: claim.span)


def _claim(folded: folding.Folded, hit: phrases.Hit, source: str) -> Claim:
    said = _RECRUITED.search(folded.words, max(0, hit.start - 36), hit.start) is not None
    return Claim(
        ClaimKind.PLACE,
        hit.value,
        folded.word_span(hit.start, hit.end),
        source,
        0.9 if said else 0.6,
        "recruitment" if said else "mentioned",
    )
