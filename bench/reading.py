"""Posts read and checked per second on one core, beside the usual way on the same posts, in one run.

    python -m bench.reading [--posts 2000] [--rounds 5] [--agencies 1000]

Ours: reading (phones, accounts, names, places, money, phrases, kind of text) and the licence check. The usual way: what
a script for the same purpose does, `phonenumbers.PhoneNumberMatcher`, one `re` search a keyword, and
`rapidfuzz.process.extractOne` of each line over the register's names. It finds less (disguised numbers, roles of
companies, the offer's day) and is still the measure of what people are used to wait for.

Rounds alternate; the ratio of the medians counts. The second part grows the register: cost a post must not grow with it.
The third reads posts of up to 20,000 characters, each alone, and says which take most: hostile ones (one piece again and again), the posts
of tests/evaluation as they are, and as many of them as fit into one.
The fourth is the start of `manage.py assess` with register files and no post, beside that of Django with the same settings; the last the
same command with many posts by one process and by one a core, by the clock.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import phonenumbers
from rapidfuzz import fuzz, process

from bench import hostile_texts, invented
from patrol import domain
from patrol.engine import assess, licences, reading
from patrol.engine.reading import phrases
from patrol.management import workers

NOW = datetime(2026, 6, 1, 5, tzinfo=UTC)
STEMS = ("Karya", "Bina", "Citra", "Mitra", "Surya", "Cipta", "Guna", "Daya", "Panca", "Tirta", "Graha", "Sarana")
COUNTRIES = ("MY", "TW", "SG", "HK", "JP", "SA", "KR", "BN", "PL", "TR")


def register(names: int) -> domain.Register:
    """A register of so many invented agencies, two licences each."""
    agencies: list[domain.Agency] = []
    permits: list[domain.Licence] = []
    for number in range(names):
        letters = "".join(chr(ord("a") + number // 26**place % 26) for place in range(4))
        name = f"PT {STEMS[number % 12]} {letters.title()}indo {STEMS[number // 12 % 12]}"
        agencies.append(domain.Agency(name, standings=(domain.Standing(domain.StandingStatus.ACTIVE, date(2020, 1, 1)),)))
        permits.extend(
            domain.Licence(
                number=f"{number}{half}/SIP2MI/I/2026",
                agency=name,
                country=COUNTRIES[(number + half) % 10],
                positions=("operator produksi", "perawat lansia"),
                valid_from=date(2026, 1, 1),
                valid_to=date(2026, 12, 31),
            )
            for half in (1, 2)
        )
    return domain.Register(tuple(agencies), tuple(permits), date(2026, 5, 30))


def keywords() -> list[re.Pattern[str]]:
    """One pattern for each group of the lexicon's phrases, as a keyword script writes them."""
    found = []
    for group in phrases.load("phrases.toml").values():
        words = sorted({words for entry in group["entries"][:40] for words in phrases.variants(entry)[:10]})
        found.append(re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE))
    return found


def usual(texts: Sequence[str], names: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> int:
    found = 0
    for text in texts:
        found += sum(1 for _ in phonenumbers.PhoneNumberMatcher(text, "ID"))
        found += sum(1 for pattern in patterns if pattern.search(text))
        for line in text.splitlines():
            if "PT" in line and process.extractOne(line, names, scorer=fuzz.WRatio, score_cutoff=90):
                found += 1
    return found


def ours(contents: Sequence[domain.Content], book: licences.Book) -> int:
    found = 0
    reading.forget()  # the rounds read the same posts: what is kept of equal texts is not what is measured
    for content, read in zip(contents, reading.read_many(contents), strict=True):
        check = licences.check(read, content, book, NOW.date(), today=NOW.date())
        found += len(read.claims) + len(check.claims)
    return found


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


AGENCIES = "name,aliases,sip3mi_number,status,status_from,status_to,decree,province,city,address,phones,websites,accounts\n"
LICENCES = "number,agency,country,positions,employer,quota,valid_from,valid_to,status,status_from\n"


SETS = Path(__file__).parent.parent / "tests/evaluation"
DEAREST = 50.0  # milliseconds of the processor that no post of up to reading.LONGEST_TEXT may take


def longest() -> dict[str, str]:
    """Texts of up to 20,000 characters under the names they are shown by."""
    posts = [json.loads(line)["text"] for file in sorted(SETS.rglob("posts.jsonl")) for line in file.read_text("utf-8").splitlines()]
    joined = ["\n".join(posts[first : first + 150])[: reading.LONGEST_TEXT] for first in range(0, len(posts), 450)]
    return {
        **{f"filled with {piece!r}": hostile_texts.filled(piece, reading.LONGEST_TEXT) for piece in hostile_texts.PIECES},
        **{f"posts in one, {number}": text for number, text in enumerate(joined)},
        **{f"a post of {len(text)} characters": text for text in sorted(posts, key=len)[-10:]},
    }


def milliseconds(text: str, book: licences.Book) -> float:
    """Of the processor for the whole assessment of one post: the best of three, since others take the core's caches."""

    def assessed() -> None:
        reading.forget()
        assess.assess([domain.Content(text=text)], [NOW], book, now=NOW, undated=NOW)

    return 1000 * min(seconds(assessed) for _ in range(3))


def starts(rounds: int) -> tuple[float, float]:
    """Medians of the processor's seconds: `manage.py assess` until it ends without a post, and `django.setup()`."""
    with tempfile.TemporaryDirectory() as folder:
        asked = command(Path(folder))
        whole = ["-c", "import django; django.setup()"]
        taken: dict[int, list[float]] = {0: [], 1: []}
        for _ in range(rounds):
            for way, words in enumerate((asked, whole)):
                before = os.times()
                subprocess.run([sys.executable, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=ENVIRONMENT, check=True)
                after = os.times()
                taken[way].append(after.children_user + after.children_system - before.children_user - before.children_system)
    return statistics.median(taken[0]), statistics.median(taken[1])


def command(folder: Path) -> list[str]:
    """`manage.py assess` with register files written there."""
    files = folder / "agencies.csv", folder / "licences.csv"
    files[0].write_text(f"{AGENCIES}PT Contoh,,,active,2026-01-01,,,,,,,,\n")
    files[1].write_text(f"{LICENCES}B.1/SIP2MI/I/2026,PT Contoh,TW,perawat lansia,,1,2026-01-01,2026-12-31,active,2026-01-01\n")
    return ["manage.py", "assess", "--agencies", str(files[0]), "--licences", str(files[1])]


def by_processes(texts: Sequence[str], rounds: int) -> dict[int, float]:
    """Medians of the seconds by the clock in which `manage.py assess` answers these posts: by one process, by one a core."""
    lines = "".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts))
    counts = sorted({1, workers.most()})
    taken: dict[int, list[float]] = {count: [] for count in counts}
    with tempfile.TemporaryDirectory() as folder:
        asked = command(Path(folder))
        for _ in range(rounds):
            for count in counts:
                begun = time.monotonic()
                words = [sys.executable, *asked, "--processes", str(count)]
                subprocess.run(words, input=lines, stdout=subprocess.DEVNULL, text=True, env=ENVIRONMENT, check=True)
                taken[count].append(time.monotonic() - begun)
    return {count: statistics.median(each) for count, each in taken.items()}


# Values of no use to anyone: nothing is asked here.
ENVIRONMENT = {
    **os.environ,
    "DJANGO_SETTINGS_MODULE": "patrol.settings",
    "SECRET_KEY": "bench-only-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
    "EXAMPLE": "1",
    "VAR_DIR": "var",
    "DATABASE_URL": "postgresql://nobody@/nothing?host=/nonexistent",
    "BROKER_URL": "redis+socket:///nonexistent?virtual_host=0",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--agencies", type=int, default=1000)
    args = parser.parse_args()
    texts = list(itertools.islice(invented.posts(seed=7), args.posts))
    contents = [domain.Content(text=text) for text in texts]
    held = register(args.agencies)
    book, names, patterns = assess.book(held), [agency.name for agency in held.agencies], keywords()
    slow, fast = [], []
    for _ in range(args.rounds):
        fast.append(seconds(lambda: ours(contents, book)))
        slow.append(seconds(lambda: usual(texts, names, patterns)))
    one, other = statistics.median(fast), statistics.median(slow)
    print(f"reading and check, {args.posts} posts of {sum(map(len, texts)) // len(texts)} characters, {args.agencies} agencies")
    print(f"  ours   {args.posts / one:8.0f} posts/s of one core's time")
    print(f"  usual  {args.posts / other:8.0f} posts/s")
    print(f"  ratio  {other / one:8.1f}")
    print("growing register, seconds for the same posts")
    base = 0.0
    for count in (1_000, 5_000, 20_000):
        grown = assess.book(register(count))
        taken = statistics.median(seconds(lambda: ours(contents, grown)) for _ in range(3))  # noqa: B023  called at once
        base = base or taken
        print(f"  {count:6} agencies {taken:7.2f} s   {taken / base:4.2f} times the smallest")
    dear = sorted(((milliseconds(text, book), name) for name, text in longest().items()), reverse=True)
    above = sum(ms > DEAREST for ms, _ in dear)
    print(f"posts of up to {reading.LONGEST_TEXT:,} characters, processor's milliseconds; {above} of {len(dear)} above {DEAREST:.0f}")
    for ms, name in dear[:8]:
        print(f"  {ms:7.1f}  {name}")
    assessing, django = starts(args.rounds)
    print("start, processor's seconds")
    print(f"  manage.py assess {assessing:5.2f}   Django {django:5.2f}   ratio {django / assessing:4.1f}")
    many = [text for _ in range(2) for text in texts]
    clock = by_processes(many, args.rounds)
    print(f"manage.py assess, {len(many)} posts, seconds by the clock")
    for count, each in clock.items():
        print(f"  {count:2} processes {each:6.2f}   ratio {clock[1] / each:4.2f}")


if __name__ == "__main__":
    main()
