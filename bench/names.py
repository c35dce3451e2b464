"""The price of the licence check as the register grows: 1,000, 5,000 and 20,000 agencies, the same posts.

    python -m bench.names [--posts 600] [--rounds 3]

Every register holds the agencies the posts name; the rest is made up. Names are written in several ways: with a slip, a
place behind them, without legal form; every round has a new book, so that no name is known from before. The ratio to the
smallest register counts, microseconds of the processor only on your own machine. Beside it the usual way:
`rapidfuzz.process.extractOne` over all names.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Sequence
from datetime import date

from rapidfuzz import fuzz, process

from patrol import domain
from patrol.domain import Agency, Claim, ClaimKind, Content, Licence, Reading, Register, Standing
from patrol.engine import assess, licences
from patrol.engine.licences import real_words

SIZES = (1_000, 5_000, 20_000)
NAMED = 300  # agencies the posts are about
DAY = date(2026, 11, 10)
_SEED = 20261110


def agencies(count: int) -> list[str]:
    """Made-up names of three words, the same ones first whatever the count."""
    chance = random.Random(_SEED)
    words = sorted(word for word in real_words.OF_COMPANIES if len(word) > 3)
    found: dict[str, None] = {}
    while len(found) < count:
        found["PT " + " ".join(word.title() for word in chance.sample(words, 3))] = None
    return list(found)


def book(names: Sequence[str]) -> licences.Book:
    held = tuple(Agency(name, standings=(Standing("active", date(2024, 1, 1)),)) for name in names)
    granted = tuple(
        Licence(f"B.{at:05}/SIP2MI/I/2026", name, "TW", (), valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
        for at, name in enumerate(names)
    )
    return assess.book(Register(held, granted, DAY))


def posts(count: int, names: Sequence[str], chance: random.Random) -> list[tuple[Reading, Content]]:
    """Offers that name an agency: with its legal form, with a slip, in small letters behind a cue, or nobody at all."""
    made: list[tuple[Reading, Content]] = []
    for at in range(count):
        name = names[chance.randrange(NAMED)]
        cut = chance.randrange(6, len(name) - 1)
        written = (name, name[:cut] + name[cut] + name[cut:], name[3:].lower(), name + " Surabaya", "")[at % 5]
        text = (
            f"Lowongan pabrik Taiwan {chance.random():.9f}, gaji NT 27.000, kontrak tiga tahun, mess dan makan siang. "
            f"Diproses resmi lewat {written}\nSyarat: KTP, KK, akta lahir, izin keluarga; usia 18-35 tahun. Hubungi admin."
        )
        start = text.find(written) if written.startswith("PT") else -1
        claims = [Claim(ClaimKind.COUNTRY, "TW", (16, 22), role="destination")]
        if start >= 0:
            claims.append(Claim(ClaimKind.COMPANY, written, (start, start + len(written)), role="placer"))
        made.append((Reading(domain.TextKind.OFFER_ABROAD, tuple(claims), ("TW",), ()), Content(text)))
    return made


def seconds(held: licences.Book, asked: Sequence[tuple[Reading, Content]]) -> float:
    began = time.process_time()
    for reading, content in asked:
        licences.check(reading, content, held, DAY, today=DAY)
    return time.process_time() - began


def usual(names: Sequence[str], asked: Sequence[tuple[Reading, Content]]) -> float:
    began = time.process_time()
    for reading, _ in asked:
        for claim in reading.of(ClaimKind.COMPANY):
            process.extractOne(claim.value, names, scorer=fuzz.ratio)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    names = agencies(SIZES[-1])
    print(f"Licence check, {options.posts} offers, median of {options.rounds} rounds")
    first = 0.0
    for size in SIZES:
        began = time.process_time()
        book(names[:size])
        built = time.process_time() - began
        chance = random.Random(_SEED)
        rounds = [posts(options.posts, names, chance) for _ in range(options.rounds)]
        each = statistics.median(seconds(book(names[:size]), asked) for asked in rounds) / options.posts
        plain = statistics.median(usual(names[:size], asked) for asked in rounds) / options.posts
        first = first or each
        print(
            f"{size:>7,} agencies: {each * 1e6:6.0f} µs a post, {each / first:.2f} times the smallest; "
            f"usual way {plain * 1e6:6.0f} µs; prepared once in {built:.2f} s"
        )


if __name__ == "__main__":
    main()
