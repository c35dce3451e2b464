"""What pages say instead of a post, in Indonesian and English. Matched in the title, in headings, or in a page of few words.

A page that is full of other words may hold any of these in a menu or a comment, so there only its title and headings speak.
In this order: what hides a post speaks before what says that it is gone, for such pages often say both.
"""

from __future__ import annotations

import re
from typing import Final

from patrol.domain.availability import AvailabilityReason as Reason


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


# Of text in small letters, with plain apostrophes and single spaces.
SAID: Final[tuple[tuple[Reason, re.Pattern[str]], ...]] = (
    (
        Reason.RATE_LIMIT,
        _any(
            r"too many requests",
            r"wait a few minutes before you try again",
            r"rate limit(?:ed)? exceeded",
            r"temporarily blocked",
            r"going too fast",
            r"terlalu banyak (?:permintaan|percobaan)",
            r"diblokir (?:untuk )?sementara",
        ),
    ),
    (
        Reason.CAPTCHA,
        _any(
            r"captcha",
            r"just a moment\.\.\.",
            r"security check",
            r"pemeriksaan keamanan",
            r"(?:verify|confirm|prove)(?: that)? you(?:'re| are) (?:a )?(?:human|not a robot)",
            r"are you (?:a )?(?:human|robot)",
            r"drag the (?:slider|puzzle)",
            r"geser (?:untuk|puzzle|potongan)",
            r"unusual (?:traffic|activity)",
            r"(?:lalu lintas|aktivitas) (?:yang )?(?:tidak biasa|mencurigakan)",
            r"(?:anda|kamu) (?:adalah )?(?:manusia|bukan robot)",
        ),
    ),
    (
        Reason.COUNTRY_BLOCK,
        _any(
            r"(?:not|n't)(?: been)?(?: made)?(?: this \w+)? (?:available|accessible) in (?:your|this) (?:country|region|location|area)",
            r"in your (?:country or )?(?:country|region)",
            r"withheld in \w+",
            r"legal (?:demand|request|reasons)",
            r"di (?:negara|wilayah|lokasi) (?:anda|kamu)",
            r"internet ?positif",
            r"trust ?positif",
            r"(?:situs|website|laman|akses)[^.]{0,40}\bdiblokir\b",
            r"daftar (?:penyaringan|hitam)",
        ),
    ),
    (
        Reason.SERVER_ERROR,
        _any(
            r"something went wrong",
            r"terjadi kesalahan",
            r"ada yang (?:salah|tidak beres)",
            r"scheduled maintenance",
            r"under maintenance",
            r"(?:sedang )?dalam (?:perbaikan|pemeliharaan)",
            r"database (?:error|connection)",
            r"internal server error",
            r"bad gateway",
            r"service unavailable",
            r"temporarily unavailable",
        ),
    ),
    (
        Reason.ACCOUNT_GONE,
        _any(
            r"account (?:has been |is |was )?(?:suspended|terminated|disabled|deleted|banned)",
            r"account associated with this video has been terminated",
            r"this account (?:doesn't exist|does not exist|no longer exists)",
            r"suspended account",
            r"(?:couldn't|could not) find this account",
            r"(?:community|group) has been banned",
            r"akun (?:ini |itu )?(?:sudah )?tidak (?:aktif|ada|ditemukan)",
            r"akun[^.]{0,30}\b(?:di)?(?:tangguhkan|nonaktifkan|blokir|hapus|suspend|hentikan)\b",
            r"(?:blog|site|website|channel|kanal)(?: has been| is| was)? (?:removed|suspended|terminated|deleted)",
            r"(?:blog|kanal|situs|saluran)(?: ini)? (?:telah|sudah) (?:dihapus|ditangguhkan)",
            r"(?:user|username|pengguna) (?:not found|tidak ditemukan)",
            r"(?:grup|komunitas|group|community)(?: ini)? (?:telah |sudah |has been |was )?(?:dibubarkan|dihapus|disbanded|deleted)",
        ),
    ),
    (
        Reason.PRIVATE,
        _any(
            r"(?:video|account|profile|channel|group|post) is private",
            r"private (?:video|account|group|profile)",
            r"(?:akun|video|grup|profil)(?: ini)? (?:bersifat )?(?:privat|pribadi)",
            r"not authorized to see",
            r"only (?:approved|confirmed) followers",
        ),
    ),
    (
        Reason.SAYS_GONE,
        _any(
            # English
            r"(?:content|page|post|tweet|video|media|message|link|listing|ad|advert|job(?: posting)?|article|story|item|photo|reel)"
            r"(?: (?:that )?you(?:'re| are) looking for)?(?:'s| is| was| are|'re)?(?: currently)?"
            r"(?:n't| not| no longer| un)[ -]?(?:be )?(?:available|found|exist|active|online)",
            r"page (?:not found|can(?:'t|not) be found|doesn't exist|does not exist|could not be found)",
            r"that page can't be found",
            r"(?:post|tweet|video|media|message|content|page|job|ad|listing|article|item) "
            r"(?:not found|deleted|was (?:removed|deleted)|(?:has|have|may have) been (?:removed|deleted|taken down))",
            r"is no longer on \w+",
            r"link you followed may be broken",
            r"nothing (?:was )?found",
            r"(?:error )?404",
            r"has expired",
            r"no longer available",
            r"has been (?:removed|deleted|taken down)",
            # Indonesian
            r"(?:halaman|laman|konten|postingan|unggahan|video|tautan|iklan|artikel|lowongan|produk|foto|reel|kiriman|berita)"
            r"(?: (?:ini|itu|yang (?:anda|kamu) (?:cari|tuju|minta)))?(?: (?:saat ini|sudah|memang|mungkin)){0,2}"
            r" (?:tidak|tak|belum)(?: lagi)?(?: dapat| bisa)? (?:tersedia|ditemukan|ada|aktif|ditampilkan)",
            r"(?:halaman|laman|konten|postingan|unggahan|video|tautan|iklan|artikel|lowongan|produk|foto|reel|kiriman|berita)"
            r"(?: (?:ini|itu|yang (?:anda|kamu) (?:cari|tuju|minta)))? (?:telah|sudah|mungkin telah) "
            r"(?:dihapus|kedaluwarsa|kadaluarsa|berakhir|ditutup|diturunkan|dicabut)",
            r"(?:tidak|tak) (?:ada yang )?(?:dapat |bisa )?ditemukan",
        ),
    ),
    (
        Reason.CONSENT,
        _any(
            r"before you continue to",
            r"sebelum (?:anda )?melanjutkan ke",
            r"(?:menghargai|respect|value)s? (?:privasi|your privacy)",
            r"(?:accept|reject) all",
            r"persetujuan cookie",
            r"cookie consent",
        ),
    ),
    (
        Reason.LOGIN_WALL,
        _any(
            r"(?:must|need to|please) (?:be logged in|log ?in|sign ?in)",
            r"(?:log|sign) ?in (?:to|or)",
            r"(?:harus|perlu|silakan) (?:masuk|login|log in)",
            r"masuk (?:atau|untuk|ke)",
            r"requires an authenticated user",
            r"restricted (?:profile|content)",
            r"authentication required",
        ),
    ),
)

# Redirects that say it by their address: host (and below) or path.
HOSTS: Final[tuple[tuple[Reason, re.Pattern[str]], ...]] = (
    (
        Reason.COUNTRY_BLOCK,
        _any(
            r"(?:.*\.)?aduankonten\.id",
            r"(?:.*\.)?internet-?positif\.(?:id|org|info)",
            r"internet-?positif\..*",
            r"(?:.*\.)?trustpositif\..*",
            r"(?:block|blokir|blocked|mercusuar|internetbaik)\..*",
        ),
    ),
    (Reason.CONSENT, _any(r"consent\..*")),
)
PATHS: Final[tuple[tuple[Reason, re.Pattern[str]], ...]] = (
    (Reason.CAPTCHA, _any(r"/checkpoint\b", r"/challenge\b", r"/captcha\b", r"/sorry/", r"/verify/")),
    (Reason.CONSENT, _any(r"/consent\b")),
    (Reason.LOGIN_WALL, _any(r"/(?:accounts/)?(?:log-?in|sign-?in|masuk|auth)(?:[/.]|$)", r"/i/flow/login")),
)
