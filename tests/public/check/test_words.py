"""Every verdict in the words that were agreed on, in both languages, as the page shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from bs4 import Tag
from django.test import Client

from patrol import models
from patrol.domain import Sentence, public_words
from patrol.engine import rules
from patrol.public.check import words
from tests import factories
from tests.public.check.register import GOOD, OTHER, PARTLY, PHONE, REVOKED, STRANGE, SUSPENDED, offer

pytestmark = pytest.mark.django_db

REG, T, EN_T = "20 November 2026", "23 November 2026", "23 November 2026"
# What is sent, tone, then in Indonesian and in English: tag, first line, what the register says, what to do now.
FISHING = (
    "Selamat pagi, saya petugas BP2MI bagian pengaduan. Dana bantuan PMI Anda sudah cair, isi data KTP dan kode OTP di bit.ly/bantuan-pmi"
    " supaya bisa dikirim hari ini."
)
CASES: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "licensed": (
        offer(GOOD),
        "low",
        (
            "Tercatat dalam register",
            "SIP untuk tawaran ini tercatat. Pastikan dulu siapa yang menghubungi Anda",
            f"Menurut register per {REG}, {GOOD} punya SIP untuk perawat lansia di Taiwan yang berlaku pada {T}.",
            "Register tidak membuktikan bahwa orang yang menghubungi Anda bekerja untuk perusahaan itu.",
        ),
        (
            "Recorded in the register",
            "The SIP for this offer is recorded. First make sure who is contacting you",
            f"According to the register as of {REG}, {GOOD} holds a SIP for elderly carer in Taiwan, valid on {T}.",
            "The register does not prove that the person contacting you works for that company.",
        ),
    ),
    "licensed, nobody to call": (
        f"Lowongan kerja ke Taiwan: perawat lansia, {GOOD}. Datang ke kantor.",
        "med",
        ("Tercatat dalam register", "SIP untuk tawaran ini tercatat. Pastikan dulu siapa yang menghubungi Anda"),
        ("Recorded in the register", "The SIP for this offer is recorded. First make sure who is contacting you"),
    ),
    "contact not the agency's": (
        offer(GOOD, call=STRANGE),
        "med",
        (
            "Kontak tidak cocok",
            "SIP tercatat, tetapi nomor ini tidak tercatat sebagai nomor perusahaan itu",
            (
                f"Menurut register per {REG}, {GOOD} punya SIP untuk perawat lansia di Taiwan yang berlaku pada {T}. Nomor"
                " telepon dalam tawaran"
                " Anda tidak ada dalam daftar nomor perusahaan itu. Nama perusahaan bisa dipakai orang lain."
            ),
            "Jangan kirim uang atau dokumen ke nomor ini sebelum kantor perusahaan membenarkannya.",
        ),
        (
            "Contact does not match",
            "The SIP is recorded, but this number is not recorded as the company's",
            (
                f"According to the register as of {REG}, {GOOD} holds a SIP for elderly carer in Taiwan, valid on {T}. The"
                " phone number in your"
                " offer is not on the company's list. Others may use a company's name."
            ),
            "Do not send money or documents to this number until the company's office confirms it.",
        ),
    ),
    "no licence for the offer": (
        offer(OTHER, to="Polandia", job="operator pabrik", call="021-5550522"),
        "med",
        (
            "Belum cocok dengan register",
            "Perusahaan ini terdaftar, tetapi register tidak mencatat SIP untuk Polandia",
            (
                f"Menurut register per {REG}, pada {T} {OTHER} adalah P3MI dengan status aktif. Register tidak mencatat SIP"
                " perusahaan ini untuk operator pabrik di Polandia pada tanggal itu."
            ),
            "Jangan membayar dan jangan menyerahkan paspor sebelum perusahaan menunjukkan SIP untuk Polandia.",
        ),
        (
            "No match in the register yet",
            "This company is listed, but the register records no SIP for Poland",
            (
                f"According to the register as of {REG}, {OTHER} was an active P3MI on {T}. The register records no SIP of this company"
                " for factory operator in Poland on that day."
            ),
            "Do not pay or hand over your passport until the company shows a SIP for Poland.",
        ),
    ),
    "quota used up": (
        offer(GOOD, number="B.421/SIP2MI/III/2026"),
        "med",
        (
            "Belum cocok dengan register",
            "Kuota SIP ini tercatat habis",
            f"Menurut register per {REG}, kuota SIP B.421/SIP2MI/III/2026 dari {GOOD} sudah habis pada {T}.",
            "Jangan membayar. Tanya kantor perusahaan apakah ada SIP baru.",
        ),
        (
            "No match in the register yet",
            "The quota of this SIP is recorded as used up",
            f"According to the register as of {REG}, the quota of SIP B.421/SIP2MI/III/2026 of {GOOD} was used up on {T}.",
            "Do not pay. Ask the company's office for a newer SIP.",
        ),
    ),
    "agency not found": (
        offer("PT Contoh Sinar Abadi Jaya"),
        "med",
        (
            "Tidak ditemukan dalam register",
            "Kami tidak menemukan perusahaan ini dalam register",
            (
                f"Register per {REG} tidak memuat nama “PT Contoh Sinar Abadi Jaya”. Tidak ditemukan bukan bukti penipuan."
                " Tidak ditemukan juga"
                " bukan bukti bahwa tawaran ini benar. Nama bisa salah tulis, atau belum masuk register."
            ),
            "Jangan kirim uang atau dokumen sebelum ada kepastian dari petugas.",
        ),
        (
            "Not found in the register",
            "We did not find this company in the register",
            (
                f"The register as of {REG} does not hold the name “PT Contoh Sinar Abadi Jaya”. Not found is no proof of"
                " fraud. Nor is it proof"
                " that the offer is true. The name may be misspelt, or not yet entered."
            ),
            "Send no money or documents until an officer has answered.",
        ),
    ),
    "no licence shown": (
        offer(call=STRANGE),
        "med",
        (
            "Belum bisa dicocokkan",
            "Tawaran ini tidak menyebut perusahaan atau nomor SIP",
            f"Tidak ada yang bisa dicocokkan dengan register per {REG}.",
            "Minta nama perusahaan dan nomor SIP, lalu cek lagi. Jangan kirim uang atau dokumen dulu.",
        ),
        (
            "Nothing to match yet",
            "This offer names no company and no SIP number",
            f"There is nothing to match with the register as of {REG}.",
            "Ask for the company's name and SIP number, then check again. Send no money or documents yet.",
        ),
    ),
    "licence not found": (
        offer(GOOD, number="B.999/SIP2MI/III/2026"),
        "med",
        (
            "Tidak ditemukan dalam register",
            "Nomor SIP ini tidak ditemukan dalam register",
            f"Register per {REG} tidak memuat nomor B.999/SIP2MI/III/2026. Nomor bisa salah tulis.",
            "Cocokkan nomor dengan suratnya, lalu tanya kantor perusahaan atau petugas.",
        ),
        (
            "Not found in the register",
            "This SIP number was not found in the register",
            f"The register as of {REG} does not hold number B.999/SIP2MI/III/2026. It may be misspelt.",
            "Compare the number with the letter, then ask the company's office or an officer.",
        ),
    ),
    "licence mismatch": (
        offer(GOOD, number="B.522/SIP2MI/III/2026"),
        "med",
        (
            "Belum cocok dengan register",
            "Nomor SIP ini tercatat untuk perusahaan, negara, atau pekerjaan lain",
            (
                f"Menurut register per {REG}, nomor B.522/SIP2MI/III/2026 adalah SIP {OTHER} untuk operator pabrik di"
                " Malaysia. Yang Anda kirim"
                f" menyebut {GOOD}, perawat lansia, Taiwan."
            ),
            "Jangan kirim uang atau dokumen. Tanya petugas.",
        ),
        (
            "No match in the register yet",
            "This SIP number is recorded for another company, country or job",
            (
                f"According to the register as of {REG}, number B.522/SIP2MI/III/2026 is a SIP of {OTHER} for factory operator"
                " in Malaysia. What you sent"
                f" names {GOOD}, elderly carer, Taiwan."
            ),
            "Send no money or documents. Ask an officer.",
        ),
    ),
    "licence expired": (
        offer(GOOD, number="B.418/SIP2MI/III/2026"),
        "med",
        (
            "Tidak berlaku pada tanggal tawaran",
            "Masa berlaku SIP ini sudah lewat pada tanggal tawaran",
            f"Menurut register per {REG}, SIP B.418/SIP2MI/III/2026 berlaku sampai 31 Januari 2026.",
            "Tanya kantor perusahaan apakah ada SIP baru, lalu cek lagi.",
        ),
        (
            "Not in force on the date of the offer",
            "This SIP had run out on the date of the offer",
            f"According to the register as of {REG}, SIP B.418/SIP2MI/III/2026 was valid until 31 January 2026.",
            "Ask the company's office for a newer SIP, then check again.",
        ),
    ),
    "licence not yet valid": (
        offer(GOOD, number="B.419/SIP2MI/III/2026"),
        "med",
        (
            "Tidak berlaku pada tanggal tawaran",
            "SIP ini belum berlaku pada tanggal tawaran",
            f"Menurut register per {REG}, SIP B.419/SIP2MI/III/2026 berlaku mulai 1 Januari 2027.",
            "Jangan membayar dulu. Tanya kantor perusahaan.",
        ),
        (
            "Not in force on the date of the offer",
            "This SIP was not yet valid on the date of the offer",
            f"According to the register as of {REG}, SIP B.419/SIP2MI/III/2026 is valid from 1 January 2027.",
            "Do not pay yet. Ask the company's office.",
        ),
    ),
    "licence revoked": (
        offer(GOOD, number="B.420/SIP2MI/III/2026"),
        "high",
        (
            "Tercatat dicabut",
            "SIP ini tercatat dicabut",
            f"Menurut register per {REG}, SIP B.420/SIP2MI/III/2026 dicabut sejak 15 Agustus 2026.",
            "Jangan membayar dan jangan berangkat dengan tawaran ini. Tanya petugas.",
        ),
        (
            "Recorded as revoked",
            "This SIP is recorded as revoked",
            f"According to the register as of {REG}, SIP B.420/SIP2MI/III/2026 was revoked from 15 August 2026.",
            "Do not pay and do not leave on this offer. Ask an officer.",
        ),
    ),
    "agency suspended": (
        offer(SUSPENDED),
        "high",
        (
            "Tercatat dihentikan sementara",
            "Perusahaan ini tercatat dalam penghentian sementara",
            f"Menurut register per {REG}, {SUSPENDED} dihentikan sementara sejak 1 September 2026 (SK Contoh 14 Tahun 2026).",
            "Jangan membayar selama penghentian. Tanya petugas bila Anda sudah mendaftar.",
        ),
        (
            "Recorded as suspended",
            "This company is recorded as suspended",
            f"According to the register as of {REG}, {SUSPENDED} is suspended from 1 September 2026 (SK Contoh 14 Tahun 2026).",
            "Do not pay during the suspension. Ask an officer if you have already applied.",
        ),
    ),
    "agency revoked": (
        offer(REVOKED),
        "high",
        (
            "Tercatat dicabut",
            "Izin perusahaan ini tercatat dicabut",
            f"Menurut register per {REG}, SIP3MI {REVOKED} dicabut sejak 2 Mei 2026 (SK Contoh 3 Tahun 2026).",
            "Jangan membayar dan jangan menyerahkan dokumen. Hubungi petugas.",
        ),
        (
            "Recorded as revoked",
            "This company's licence is recorded as revoked",
            f"According to the register as of {REG}, the SIP3MI of {REVOKED} was revoked from 2 May 2026 (SK Contoh 3 Tahun 2026).",
            "Do not pay or hand over documents. Contact an officer.",
        ),
    ),
    "exempt": (
        "Pengumuman BP2MI: pendaftaran program G to G Jepang untuk perawat dibuka, daftar lewat bp2mi.go.id.",
        "low",
        (
            "Jalur tanpa SIP",
            "Jalur ini tidak memakai SIP",
            (
                "Tawaran ini menyebut jalur penempatan pemerintah atau program magang. Jalur itu tidak memakai SIP, jadi"
                " register tidak dapat"
                " memastikannya."
            ),
            "Pastikan di kantor penyelenggara atau BP3MI. Nama program bisa dipakai orang lain.",
        ),
        (
            "Route without SIP",
            "This route uses no SIP",
            "The offer names a government placement or a trainee programme. That route uses no SIP, so the register cannot confirm it.",
            "Ask the organiser's office or BP3MI. Others may use a programme's name.",
        ),
    ),
    "not an offer": (
        "Resep soto ayam: rebus ayam, tumis bumbu, sajikan hangat.",
        "low",
        (
            "Tidak ada tawaran yang terbaca",
            "Kami tidak membaca tawaran kerja ke luar negeri di sini",
            "Halaman ini hanya memeriksa tawaran kerja ke luar negeri.",
            "Bila ini tawaran, tempel seluruh isinya. Bila Anda diminta uang atau data, tanya petugas.",
        ),
        (
            "No offer was read",
            "We read no offer of work abroad here",
            "This page only checks offers of work abroad.",
            "If it is an offer, paste all of it. If you are asked for money or data, ask an officer.",
        ),
    ),
    "number, the agency's": (
        "021 555 0417",
        "med",
        ("Belum cukup untuk dicek", f"Nomor ini tercatat sebagai nomor {GOOD}.", "Nomor saja tidak cukup: tempel juga isi tawarannya."),
        (
            "Not enough to check yet",
            f"This number is recorded as a number of {GOOD}.",
            "A number alone is not enough: paste the offer too.",
        ),
    ),
    "number, unknown": (
        STRANGE,
        "med",
        ("Belum cukup untuk dicek", "Nomor ini tidak ada dalam register.", "Itu tidak berarti nomor ini dapat dipercaya."),
        ("Not enough to check yet", "This number is not in the register.", "That does not mean it can be trusted."),
    ),
    "account, the agency's": (
        "@nusakarya.contoh",
        "med",
        ("Belum cukup untuk dicek", f"Akun ini tercatat sebagai akun {GOOD}.", "Akun saja tidak cukup: tempel juga isi tawarannya."),
        (
            "Not enough to check yet",
            f"This account is recorded as an account of {GOOD}.",
            "An account alone is not enough: paste the offer too.",
        ),
    ),
    "link": (
        "https://loker.example/taiwan/17",
        "med",
        ("Belum cukup untuk dicek", "Kami tidak membuka tautan.", "Tempel isi iklannya, atau kirim fotonya."),
        ("Not enough to check yet", "We do not open links.", "Paste the text of the advert, or send a photo of it."),
    ),
    "link, the agency's": (
        "https://nusa-karya.example/lowongan",
        "med",
        ("Belum cukup untuk dicek", f"Situs ini tercatat sebagai situs {GOOD}.", "Tautan saja tidak cukup: tempel juga isi tawarannya."),
        ("Not enough to check yet", f"This site is recorded as a site of {GOOD}.", "A link alone is not enough: paste the offer too."),
    ),
    "company alone": (
        GOOD,
        "med",
        (
            "Belum cukup untuk dicek",
            "Perusahaan ini tercatat dalam register. Nama saja tidak cukup",
            f"Menurut register per {REG}, pada {T} {GOOD} adalah P3MI dengan status aktif. Nama itu bisa dipakai orang lain.",
            "Tempel juga isi tawarannya: SIP berlaku untuk satu negara dan pekerjaan tertentu.",
        ),
        (
            "Not enough to check yet",
            "This company is in the register. A name alone is not enough",
            f"According to the register as of {REG}, {GOOD} was an active P3MI on {EN_T}. Others may use its name.",
            "Paste the offer too: a SIP is for one country and certain jobs.",
        ),
    ),
    "company alone, revoked": (
        f"apakah {REVOKED} masih ada?",
        "high",
        ("Tercatat dicabut", "Izin perusahaan ini tercatat dicabut"),
        ("Recorded as revoked", "This company's licence is recorded as revoked"),
    ),
    "company alone, unknown": (
        "PT Contoh Sinar Abadi Jaya",
        "med",
        ("Tidak ditemukan dalam register", "Kami tidak menemukan perusahaan ini dalam register"),
        ("Not found in the register", "We did not find this company in the register"),
    ),
    "SIP alone": (
        "B.417/SIP2MI/III/2026",
        "med",
        (
            "Belum cukup untuk dicek",
            "Nomor SIP ini tercatat dalam register. Nomor saja tidak cukup",
            (
                f"Menurut register per {REG}, SIP B.417/SIP2MI/III/2026 milik {GOOD} untuk perawat lansia di Taiwan dan"
                f" berlaku pada {T}. Nomor itu"
                " bisa dipakai orang lain."
            ),
            "Tempel juga isi tawarannya: perusahaan, negara, dan pekerjaannya harus sama.",
        ),
        (
            "Not enough to check yet",
            "This SIP number is in the register. A number alone is not enough",
            (
                f"According to the register as of {REG}, SIP B.417/SIP2MI/III/2026 is of {GOOD} for elderly carer in Taiwan,"
                f" valid on {T}. Others"
                " may use that number."
            ),
            "Paste the offer too: its company, country and job must be the same.",
        ),
    ),
    "SIP alone, unknown": (
        "B.999/SIP2MI/III/2026",
        "med",
        ("Tidak ditemukan dalam register", "Nomor SIP ini tidak ditemukan dalam register"),
        ("Not found in the register", "This SIP number was not found in the register"),
    ),
    "licensed, neither country nor job named": (
        f"Lowongan kerja luar negeri, {GOOD}, gaji 20 juta, hubungi {PHONE}",
        "med",
        (
            "Belum cukup untuk dicek",
            "Perusahaan ini tercatat dalam register, tetapi tawaran ini tidak menyebut negara dan pekerjaan",
            (
                f"Menurut register per {REG}, pada {T} {GOOD} adalah P3MI dengan status aktif. SIP berlaku untuk satu negara dan"
                " pekerjaan tertentu, jadi tawaran ini belum bisa dicocokkan."
            ),
            "Tanyakan negara dan pekerjaan yang ditawarkan, lalu cek lagi. Jangan kirim uang atau dokumen dulu.",
        ),
        (
            "Not enough to check yet",
            "This company is in the register, but the offer does not name the country and job",
            (
                f"According to the register as of {REG}, {GOOD} was an active P3MI on {EN_T}. A SIP is for one country and certain"
                " jobs, so this offer cannot be matched yet."
            ),
            "Ask for the country and job on offer, then check again. Send no money or documents yet.",
        ),
    ),
    "licensed, no job named": (
        f"Lowongan kerja ke Taiwan, {GOOD}, hubungi {PHONE}",
        "med",
        ("Belum cukup untuk dicek", "Perusahaan ini tercatat dalam register, tetapi tawaran ini tidak menyebut pekerjaan"),
        ("Not enough to check yet", "This company is in the register, but the offer does not name the job"),
    ),
    "licensed, work named that seems not to be offered": (
        f"Lowongan kerja ke Taiwan, {GOOD}. Ayah saya sopir. Hubungi {PHONE}",
        "med",
        (
            "Belum cukup untuk dicek",
            "Perusahaan ini tercatat dalam register, tetapi pekerjaan yang ditawarkan belum jelas",
            (
                f"Menurut register per {REG}, pada {T} {GOOD} adalah P3MI dengan status aktif. Teks Anda menyebut pekerjaan (pengemudi),"
                " tetapi belum jelas apakah itu yang ditawarkan. SIP perusahaan ini baru dicocokkan dengan negaranya, belum dengan"
                " pekerjaannya."
            ),
            "Tanyakan pekerjaan yang ditawarkan, lalu cek lagi. Jangan kirim uang atau dokumen dulu.",
        ),
        (
            "Not enough to check yet",
            "This company is in the register, but it is not clear which job is offered",
            (
                f"According to the register as of {REG}, {GOOD} was an active P3MI on {EN_T}. Your text names work (driver), but it is not"
                " clear whether that is the job on offer. The SIP of this company was matched by country only, not by job."
            ),
            "Ask which job is on offer, then check again. Send no money or documents yet.",
        ),
    ),
    "licensed, no country named, and work that seems not to be offered": (
        f"Lowongan kerja luar negeri, {GOOD}. Ayah saya sopir. Hubungi {PHONE}",
        "med",
        (
            "Belum cukup untuk dicek",
            "Perusahaan ini tercatat dalam register, tetapi tawaran ini tidak menyebut negara, dan pekerjaannya belum jelas",
            (
                f"Menurut register per {REG}, pada {T} {GOOD} adalah P3MI dengan status aktif. Teks Anda menyebut pekerjaan (pengemudi),"
                " tetapi belum jelas apakah itu yang ditawarkan. SIP berlaku untuk satu negara dan pekerjaan tertentu, jadi tawaran ini"
                " belum bisa dicocokkan."
            ),
            "Tanyakan negara dan pekerjaan yang ditawarkan, lalu cek lagi. Jangan kirim uang atau dokumen dulu.",
        ),
        (
            "Not enough to check yet",
            "This company is in the register, but the offer names no country, and it is not clear which job is offered",
            (
                f"According to the register as of {REG}, {GOOD} was an active P3MI on {EN_T}. Your text names work (driver), but it is not"
                " clear whether that is the job on offer. A SIP is for one country and certain jobs, so this offer cannot be matched yet."
            ),
            "Ask for the country and job on offer, then check again. Send no money or documents yet.",
        ),
    ),
    "a telephone number straight behind the company": (
        f"Lowongan kerja ke Taiwan, perawat lansia, {GOOD} {PHONE}",
        "low",
        ("Tercatat dalam register", "SIP untuk tawaran ini tercatat. Pastikan dulu siapa yang menghubungi Anda"),
        ("Recorded in the register", "The SIP for this offer is recorded. First make sure who is contacting you"),
    ),
    "a telephone number straight behind a revoked company": (
        f"Lowongan kerja ke Taiwan, {REVOKED} {STRANGE}",
        "high",
        ("Tercatat dicabut", "Izin perusahaan ini tercatat dicabut"),
        ("Recorded as revoked", "This company's licence is recorded as revoked"),
    ),
    "agency partly suspended": (
        offer(PARTLY),
        "high",
        (
            "Tercatat dihentikan sebagian",
            "Perusahaan ini tercatat dihentikan sebagian",
            (
                f"Menurut register per {REG}, {PARTLY} dihentikan sebagian sejak 1 Juli 2026 (SK Contoh 9 Tahun 2026). Tawaran ini"
                " mungkin termasuk yang dihentikan."
            ),
            "Jangan membayar sebelum petugas memastikannya. Tanya petugas bila Anda sudah mendaftar.",
        ),
        (
            "Recorded as partly suspended",
            "This company is recorded as partly suspended",
            (
                f"According to the register as of {REG}, {PARTLY} is partly suspended from 1 July 2026 (SK Contoh 9 Tahun 2026). This"
                " offer may be among what is suspended."
            ),
            "Do not pay before an officer has made sure. Ask an officer if you have already applied.",
        ),
    ),
    "company alone, partly suspended": (
        PARTLY,
        "high",  # its decree names no part, which counts as suspended
        (
            "Tercatat dihentikan sebagian",
            "Perusahaan ini tercatat dihentikan sebagian. Nama saja tidak cukup",
            f"Menurut register per {REG}, {PARTLY} dihentikan sebagian sejak 1 Juli 2026 (SK Contoh 9 Tahun 2026).",
            "Tempel juga isi tawarannya, karena mungkin termasuk yang dihentikan. Jangan membayar dulu.",
        ),
        (
            "Recorded as partly suspended",
            "This company is recorded as partly suspended. A name alone is not enough",
            f"According to the register as of {REG}, {PARTLY} is partly suspended from 1 July 2026 (SK Contoh 9 Tahun 2026).",
            "Paste the offer too: it may be among what is suspended. Do not pay yet.",
        ),
    ),
    "SIP alone, of another company": (
        f"{OTHER} SIP B.417/SIP2MI/III/2026",
        "med",
        (
            "Belum cocok dengan register",
            "Nomor SIP ini tercatat untuk perusahaan, negara, atau pekerjaan lain",
            (
                f"Menurut register per {REG}, nomor B.417/SIP2MI/III/2026 adalah SIP {GOOD} untuk perawat lansia di Taiwan. Yang"
                f" Anda kirim menyebut {OTHER}."
            ),
        ),
        ("No match in the register yet", "This SIP number is recorded for another company, country or job"),
    ),
    "SIP alone, run out": (
        "B.418/SIP2MI/III/2026",
        "med",
        ("Tidak berlaku hari ini", "Masa berlaku SIP ini sudah lewat"),
        ("Not in force today", "This SIP has run out"),
    ),
    "SIP alone, not yet valid": (
        "B.419/SIP2MI/III/2026",
        "med",
        ("Tidak berlaku hari ini", "SIP ini belum berlaku"),
        ("Not in force today", "This SIP is not valid yet"),
    ),
    "SIP alone, quota used up": (
        "B.421/SIP2MI/III/2026",
        "med",
        ("Belum cocok dengan register", "Kuota SIP ini tercatat habis"),
        ("No match in the register yet", "The quota of this SIP is recorded as used up"),
    ),
    "a sign beside a SIP number": (
        f"SIP B.522/SIP2MI/III/2026\nvisa turis\n{GOOD}",
        "high",
        ("Tanda bahaya kuat", "Berhenti dulu. Ada satu tanda bahaya dalam tawaran ini"),
        ("Strong warning signs", "Stop first. There is one warning sign in this offer"),
    ),
    "account, unknown, with a word before it": (
        "akun @loker.taiwan",
        "med",
        ("Belum cukup untuk dicek", "Akun ini tidak ada dalam register.", "Itu tidak berarti akun ini dapat dipercaya."),
        ("Not enough to check yet", "This account is not in the register.", "That does not mean it can be trusted."),
    ),
    "several contacts": (
        f"{PHONE} atau {STRANGE} @loker.taiwan",
        "med",
        (
            "Belum cukup untuk dicek",
            "Nomor ini tidak ada dalam register.",
            f"{STRANGE}: Nomor ini tidak ada dalam register.",
            "@loker.taiwan: Akun ini tidak ada dalam register.",
            f"{PHONE}: Nomor ini tercatat sebagai nomor {GOOD}.",
            "Itu tidak berarti nomor ini dapat dipercaya.",
        ),
        ("Not enough to check yet", "This number is not in the register."),
    ),
    "bank account": (
        "1234567890 BCA an Budi",
        "med",
        (
            "Belum cukup untuk dicek",
            "Register tidak mencatat nomor rekening.",
            "Jangan kirim uang ke rekening ini sebelum ada kepastian dari petugas.",
        ),
        ("Not enough to check yet", "The register lists no bank accounts.", "Send no money to this account until an officer has answered."),
    ),
    "mail address": (
        "loker.taiwan@pos.example",
        "med",
        ("Belum cukup untuk dicek", "Register tidak mencatat alamat surel.", "Itu tidak berarti alamat ini dapat dipercaya."),
        ("Not enough to check yet", "The register lists no mail addresses.", "That does not mean this address can be trusted."),
    ),
    "not an offer, and somebody to answer": (
        "Lowongan kerja di toko kue, Bandung. " * 6 + f"Hubungi {STRANGE}",
        "med",
        ("Tidak ada tawaran yang terbaca", "Kami tidak membaca tawaran kerja ke luar negeri di sini"),
        ("No offer was read", "We read no offer of work abroad here"),
    ),
    "strong signs": (
        (
            "Dibutuhkan admin. Visa turis dulu biar cepat berangkat, tiket gratis. Minat chat 0840-1111-0903, kirim KTP dan"
            " KK. Gaji 12–15 jt,"
            " tanpa ijazah, tanpa pengalaman. Penempatan Kamboja."
        ),
        "high",
        (
            "Tanda bahaya kuat",
            "Berhenti dulu. Ada empat tanda bahaya dalam tawaran ini",
            f"Tidak ada yang bisa dicocokkan dengan register per {REG}.",
            "Jangan kirim uang, KTP, KK, atau paspor. Jangan berangkat bekerja dengan visa turis.",
        ),
        (
            "Strong warning signs",
            "Stop first. There are four warning signs in this offer",
            f"There is nothing to match with the register as of {REG}.",
            "Do not send money, ID card, family card or passport. Do not leave for work on a tourist visa.",
        ),
    ),
    "strong signs in what is no offer": (
        FISHING,
        "high",
        (
            "Tanda bahaya kuat",
            "Berhenti dulu. Ada empat tanda bahaya dalam pesan ini",
            "Pesan ini tidak terbaca sebagai tawaran kerja ke luar negeri, jadi tidak dicocokkan dengan register.",
            "Jangan kirim uang, kode OTP, PIN, KTP, KK, atau paspor.",
        ),
        (
            "Strong warning signs",
            "Stop first. There are four warning signs in this message",
            "This message does not read as an offer of work abroad, so it was not matched with the register.",
            "Do not send money, an OTP, a PIN, ID card, family card or passport.",
        ),
    ),
}


def test_what_the_weights_hold_likely_is_no_further_sign_where_a_rule_finds_the_same(told: Callable[..., Tag]) -> None:
    assert set(signs(told(FISHING))) == {words.SIGNS[rule].name.id for rule in ("impersonation_office", "aid_fraud", "papers_harvest")} | {
        words.DATA_BAIT.name.id
    }


def signs(main: Tag) -> list[str]:
    return [sign.get_text(strip=True) for sign in main.select("ol.n li > b")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            (
                "Akun SISKOP2MI Anda akan dinonaktifkan. Verifikasi ulang dalam 24 jam dengan memasukkan NIK, kata sandi dan kode SMS:"
                " siskop2mi-verif.example/masuk"
            ),
            ["Mungkin memakai nama pihak lain.", "Diminta data atau dokumen.", "Umpan untuk mengambil data."],
        ),
        (
            (
                "Pinjaman tanpa jaminan untuk TKI dan keluarganya, cair 50 juta hari itu juga. Transfer dulu biaya admin 500 ribu ke BRI"
                " 0000123412 a.n. Contoh."
            ),
            ["Uang diminta lebih dulu.", "Bantuan atau hadiah sebagai umpan.", "Diminta uang di awal.", "Janji tanpa pekerjaan."],
        ),
    ],
)
def test_that_it_is_bait_stands_behind_the_signs_that_say_what_for(text: str, names: list[str], told: Callable[..., Tag]) -> None:
    assert signs(told(text)) == names


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("Ini petugas pusat pengaduan bank, akun Anda diblokir. Kirim kode OTP Anda sekarang ke nomor ini.", False),
        ("Ini petugas pusat pengaduan bank, akun Anda diblokir. Transfer biaya aktivasi 500 ribu ke rekening pribadi petugas.", True),
        ("Ini petugas pusat pengaduan bank. Kirim kode OTP Anda, lalu bayar dulu biaya admin 300 ribu ke rekening pribadi petugas.", True),
    ],
    ids=["a code is sent there", "money", "both"],
)
def test_a_code_that_is_sent_to_a_number_is_no_payment(text: str, paid: bool, told: Callable[..., Tag]) -> None:
    assert (words.PRIVATE_PAYEE.name.id in signs(told(text))) is paid


def said(main: Tag) -> tuple[list[str], list[str]]:
    """The class of the result, and its lines."""
    box = main.select_one(".v")
    assert box
    return box["class"], [" ".join(line.get_text(" ", strip=True).split()) for line in box.select("p, h1")]  # type: ignore[return-value]


@pytest.mark.parametrize("name", CASES)
def test_each_outcome_in_its_words(name: str, told: Callable[..., Tag]) -> None:
    sent, tone, *both = CASES[name]
    for language, lines in zip(("id", "en"), both, strict=True):
        main = told(sent, language)
        classes, shown = said(main)
        assert (classes, shown[: len(lines)]) == (["v", tone], list(lines))
        whole = main.get_text(" ", strip=True)
        frame = (
            "Register per 20 November 2026",
            "Kami hanya membaca yang Anda kirim. Kami tidak tahu isi telepon atau pesan lain yang Anda terima.",
        )
        english = (
            "Register as of 20 November 2026",
            "We only read what you sent. We do not know what was said in calls or other messages.",
        )
        assert [line for line in (english if language == "en" else frame) if line not in whole] == []
        assert main.select_one(".hot")
        assert public_words.forbidden(whole) == []


def test_numbers_told_by_their_last_digits_are_named_in_full(told: Callable[..., Tag]) -> None:
    """One written in full stays as it is written."""
    two = f"{GOOD}. Nomor kami depannya sama: 0847-1122, tinggal ganti belakang: Ani 611, Budi 622. Atau {STRANGE}"
    head = told(two).find("dt", string="Nomor yang Anda kirim")
    fact = head.find_next_sibling() if head else None
    assert fact is not None
    listed = [f"{number}: tidak ada dalam register" for number in ("+628471122611", "+628471122622", STRANGE)]
    assert fact.get_text("\n", strip=True).splitlines() == listed


@pytest.mark.parametrize(
    ("standing", "said_id", "said_en"),
    [
        ("active", "", ""),
        ("supervised", "", ""),
        ("partly_suspended", ": dihentikan sebagian", ", a partly suspended P3MI"),
        ("suspended", ": dihentikan sementara", ", a suspended P3MI"),
        ("revoked", ": dicabut", ", a P3MI whose licence is revoked"),
    ],
)
def test_a_number_of_another_company_names_it_and_how_it_stands_today(
    told: Callable[..., Tag], standing: str, said_id: str, said_en: str
) -> None:
    taiwan: dict[str, Any] = {"number": "B.417/SIP2MI/III/2026", "agency": GOOD, "country": "TW", "positions": ["perawat lansia"]}
    other = {"name": OTHER, "phones": ["021-5550522"], "standings": [(standing, "2026-05-02", None, "SK Contoh 3 Tahun 2026")]}
    factories.register([{"name": GOOD, "phones": [PHONE]}, other], [taiwan])
    for text in (offer(GOOD, call="021-5550522"), f"{GOOD} 021-5550522"):
        assert f"021-5550522: tercatat sebagai nomor perusahaan lain, {OTHER}{said_id}\n" in told(text).get_text("\n")
        assert f"021-5550522: recorded as a number of another company, {OTHER}{said_en}\n" in told(text, "en").get_text("\n")


def test_a_number_in_the_register_is_no_other_companys_where_none_is_named(told: Callable[..., Tag]) -> None:
    """Nor is nothing there to match then, with strong signs or without."""
    factories.register([{"name": GOOD, "phones": [PHONE]}, {"name": OTHER, "phones": ["0840-1111-0905"]}], [])
    fishing = (
        "Dibutuhkan admin. Visa turis dulu biar cepat berangkat, tiket gratis. Minat chat 0840-1111-0905, kirim KTP dan KK. Gaji 12–15 jt,"
        " tanpa ijazah, tanpa pengalaman. Penempatan Kamboja."
    )
    for text in (offer(call="0840-1111-0905"), fishing):
        indonesian, english = told(text), told(text, "en")
        assert said(indonesian)[1][2] == (
            f"Yang ada dalam register per 23 November 2026 hanya kontaknya: tercatat atas nama {OTHER}."
            " Itu belum berarti tawaran ini dari perusahaan itu."
        )
        assert said(english)[1][2] == (
            f"Only its contact is in the register as of 23 November 2026: recorded under {OTHER}."
            " That does not mean the offer comes from that company."
        )
        assert f"0840-1111-0905: tercatat sebagai nomor {OTHER}\n" in indonesian.get_text("\n")
        assert f"0840-1111-0905: recorded as a number of {OTHER}\n" in english.get_text("\n")
    both = told(f"{offer(call='0840-1111-0905')} atau {PHONE}")
    assert f"tercatat atas nama {OTHER} dan {GOOD}." in said(both)[1][2]


def test_a_company_beside_a_contact_that_is_not_its_own(told: Callable[..., Tag]) -> None:
    """Number and account; its own number and its own account are no strangers."""
    sign = "Kontak tidak tercatat sebagai milik perusahaan."
    assert f"{STRANGE}: tidak ada dalam register" in told(f"{GOOD}, {STRANGE}").get_text()
    texts = [f"{GOOD}, {one}" for one in (STRANGE, "@loker.taiwan", PHONE, "@nusakarya.contoh")]
    assert [sign in told(text).get_text() for text in texts] == [True, True, False, False]


MISUSED = "Nama perusahaan mungkin dipakai orang lain."
TO_ACCOUNT = "Perusahaan yang disebut ada dalam register, tetapi uang diminta ke rekening yang tidak dapat dicocokkan dengan register."
STRANGER_TOO = "Kontak dalam tawaran ini juga tidak tercatat sebagai milik perusahaan itu."


@pytest.mark.parametrize(
    ("call", "why"),
    [(PHONE, TO_ACCOUNT), (STRANGE, f"{TO_ACCOUNT} {STRANGER_TOO}")],
    ids=["the company's own number", "a stranger's number"],
)
def test_a_name_misused_is_told_by_what_the_finding_rests_on(call: str, why: str, told: Callable[..., Tag]) -> None:
    """Of the contacts only where one is not the company's."""
    sent = f"{offer(GOOD, call=call)} DP 3 juta transfer dulu ke rekening BCA 1234567890 an Siti Contoh."
    assert [sign.get_text(" ", strip=True) for sign in told(sent).select("ol.n li") if MISUSED in sign.get_text()] == [f"{MISUSED} {why}"]


def test_no_sign_found_is_not_said_below_a_strong_result(told: Callable[..., Tag]) -> None:
    assert ["Kami tidak menemukan tanda bahaya" in told(offer(name)).get_text() for name in (GOOD, REVOKED, SUSPENDED)] == [
        True,
        False,
        False,
    ]


def test_that_work_was_not_held_against_a_sip_is_said_once(told: Callable[..., Tag]) -> None:
    """By the sentence of the result, or, where that speaks of the contact, by a note."""
    note = "Pekerjaan yang disebut (“sopir”) tidak dicocokkan dengan SIP: belum jelas apakah itu yang ditawarkan"
    texts = [f"Lowongan kerja ke Taiwan, {GOOD}. Ayah saya sopir. Hubungi {number}" for number in (PHONE, STRANGE)]
    shown = [told(text).get_text() for text in (*texts, offer(GOOD, call=STRANGE))]
    assert [note in page for page in shown] == [False, True, False]


def test_which_sip_is_meant_is_not_guessed(told: Callable[..., Tag]) -> None:
    shown = [line.get_text() for line in told(f"Lowongan kerja ke Taiwan, {GOOD}, hubungi {PHONE}").select("dt")]
    assert shown == ["Perusahaan", "SIP yang tercatat", "Telepon kantor", "Nomor yang Anda kirim"]


def test_every_verdict_has_its_words() -> None:
    titles = {lines[1] for _sent, _tone, lines, _english in CASES.values()}
    without_case = {words.VERDICTS["cannot_check"].title.id}  # no register: below
    assert {said.title.id.format(FOR="Polandia") for said in words.VERDICTS.values()} - titles == without_case


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        (
            "/cek/",
            [
                "Kami belum bisa memeriksa tawaran ini",
                "Register belum tersedia. Ini bukan penilaian atas tawaran Anda.",
                "Hubungi hotline, petugas dapat memeriksanya.",
                "Dicek 23 November 2026, 10.47 WIB. Register belum tersedia.",
            ],
        ),
        (
            "/en/cek/",
            [
                "We cannot check this offer yet",
                "The register is not available. This says nothing about your offer.",
                "Call the hotline; an officer can check it.",
                "Checked 23 November 2026, 10.47 WIB. The register is not available.",
            ],
        ),
    ],
)
def test_without_a_register_nothing_is_said_of_the_offer(client: Client, path: str, lines: list[str]) -> None:
    assert not models.RegisterEdition.objects.exists()
    page = client.post(path, {"text": offer(GOOD)}).content.decode()
    assert [line for line in lines if line not in page] == []


def test_an_offer_newer_than_the_register_says_so(told: Callable[..., Tag]) -> None:
    newer = (
        "Tawaran ini lebih baru daripada register kami. Kami memeriksanya dengan register per 20 November 2026; perubahan sesudah itu belum"
        " terlihat."
    )
    assert newer in told(offer(GOOD)).get_text()
    main = told(offer(GOOD), day="18-11-2026")
    assert newer not in main.get_text()
    assert "Keadaan pada tanggal tawaran: 18 November 2026." in main.get_text()


NO_OFFERS = [
    GOOD,
    PARTLY,
    REVOKED,
    "PT Contoh Sinar Abadi Jaya",
    f"{GOOD}, {STRANGE}",
    *(f"B.{n}/SIP2MI/III/2026" for n in range(417, 424)),
]


@pytest.mark.parametrize("text", [*NO_OFFERS, f"{OTHER} SIP B.417/SIP2MI/III/2026"])
def test_of_a_name_or_a_number_alone_no_offer_is_spoken_of(text: str, told: Callable[..., Tag]) -> None:
    newer = "Register kami per 20 November 2026; perubahan sesudah itu belum terlihat."
    main = told(text)
    shown = main.get_text(" ", strip=True)
    assert (newer in shown, "Register per 20 November 2026. Register kami" in shown) == (True, True)
    listed = [line.get_text(" ", strip=True) for line in main.select(".v, p.s, dl")]
    assert [line for line in listed if re.search(r"tanggal tawaran|Tawaran ini|Tawaran Anda|dalam tawaran", line)] == []
    assert "Keadaan pada tanggal tawaran: 18 November 2026." in told(text, day="18-11-2026").get_text()


def test_the_jobs_of_a_licence_are_told_in_the_language_of_the_page(told: Callable[..., Tag]) -> None:
    """Alone, of a company, beside an offer it does not cover, and beside a stranger's number."""
    texts = ["B.417/SIP2MI/III/2026", GOOD, offer(GOOD, to="Polandia"), f"Lowongan kerja ke Taiwan, {GOOD}, hubungi {STRANGE}"]
    shown = {language: [told(text, language).get_text() for text in texts] for language in ("id", "en")}
    assert [["perawat lansia" in page for page in shown[language]] for language in shown] == [[True] * 4, [False, False, True, False]]
    assert ["elderly carer" in page for page in shown["en"]] == [True] * 4


def test_the_offer_is_judged_by_its_day(told: Callable[..., Tag]) -> None:
    before = said(told(offer(SUSPENDED), day="31.08.2026"))[1][1:3]
    assert before == [
        "Sesudah tanggal tawaran, perusahaan ini tercatat dalam penghentian sementara",
        (
            f"Menurut register per {REG}, pada 31 Agustus 2026 {SUSPENDED} adalah P3MI dengan status aktif. Register tidak mencatat SIP"
            " perusahaan ini untuk perawat lansia di Taiwan pada tanggal itu."
            f" Sejak 1 September 2026 {SUSPENDED} dihentikan sementara (SK Contoh 14 Tahun 2026)."
        ),
    ]
    assert said(told(offer(SUSPENDED), day="1/9/2026"))[1][1] == "Perusahaan ini tercatat dalam penghentian sementara"


def test_each_rule_is_a_sign_in_words_or_none() -> None:
    assert sorted([*words.SIGNS, *words.NO_SIGNS]) == sorted(rule.NAME for rule in rules.RULES)
    assert {said.steps for said in words.VERDICTS.values()} <= set(words.STEPS)


def sentences(held: object) -> Iterator[Sentence]:
    """All sentences in a value of the module: in tables, in rows of tables, in rows of rows."""
    if isinstance(held, Sentence):
        yield held
    elif isinstance(held, Mapping):
        for one in held.values():
            yield from sentences(one)
    elif isinstance(held, tuple | list):
        for one in held:
            yield from sentences(one)
    elif isinstance(held, words.Said | words.Sign | words.Step):
        for one in (getattr(held, name) for name in held.__slots__):
            yield from sentences(one)


def test_no_sentence_clears_or_condemns() -> None:
    held = [sentence for name, value in vars(words).items() if not name.startswith("_") for sentence in sentences(value)]
    assert [said for one in held for said in (one.id, one.en) if public_words.forbidden(said)] == []
    assert len(held) > 150
    assert all(one.id and one.en for one in held)
