"""The same text and the same flyer again, beside the usual ways, in one run.

    python -m bench.likeness [--posts 3000] [--flyers 36] [--rounds 3]

Text. Ours: MinHash of rensa, candidates, and a count on the words of each pair, so that nothing is joined by estimate. The usual way:
datasketch's MinHash of 128 permutations, token by token, and its LSH. Three lines: signatures alone, from word pairs to the answer,
from the text to the answer, where ours undoes disguises (folding) and the usual way puts letters small. Both look for the originals of
the same changed copies (other numbers, emojis, words exchanged, a greeting or hashtags). The invented posts come from few templates,
so that most of our time goes into refusing pairs that are half alike.

Pictures. Ours: reduced decoding and a sketch of corners. The usual way: decode in full and ImageHash's pHash of the whole picture, the
same where at most 10 of 64 bits differ. Both see the same re-posted flyers: compressed, resized, a screenshot, a crop, another number
pasted over, and all of it. A false join is a flyer of another job on the same template.

Rounds alternate; the ratio of the medians counts.
"""

from __future__ import annotations

import argparse
import io
import itertools
import random
import re
import statistics
import time
from collections.abc import Callable, Iterable, Sequence

import cv2
import imagehash
from datasketch import MinHash, MinHashLSH
from PIL import Image, ImageDraw

from bench import invented
from patrol.engine.likeness import pictures, text
from tests.flyers import drawing

CHANGES = ("compressed", "smaller", "screenshot", "cropped", "box", "all")
MOST_BITS = 10  # of 64: what guides to pHash call the same
_WORD = re.compile(r"[^\W\d_]{2,}")


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


# --- text -----------------------------------------------------------------------------------------


def changed(original: str, chance: random.Random) -> str:
    """A copy as rings make them: digits, a word in fifteen, emojis, a greeting or hashtags."""
    words = re.sub(r"\d", lambda _: str(chance.randrange(10)), original).split(" ")
    for _ in range(len(words) // 15):
        words[chance.randrange(len(words))] = chance.choice(("siap", "resmi", "yuk", "info", "nih"))
    for _ in range(chance.randrange(5)):
        words.insert(chance.randrange(len(words)), chance.choice("🔥✅📌🙏💰"))
    copy = " ".join(words)
    return f"Assalamualaikum semua\n{copy}" if chance.random() < 0.5 else f"{copy}\n#loker #pmi #kerjaluarnegeri"


def ours_text(texts: Sequence[str]) -> set[tuple[int, int]]:
    kept = [(number, sketch) for number, one in enumerate(texts) if (sketch := text.sketch(one))]
    found = ours_pairs([sketch for _, sketch in kept])
    return {(kept[one][0], kept[other][0]) for one, other in found}


def ours_pairs(sketches: Sequence[text.Sketch]) -> set[tuple[int, int]]:
    return {(one, other) for one, other in text.may_be_alike(sketches) if text.alike(sketches[one], sketches[other])}


def usual_text(texts: Sequence[str]) -> set[tuple[int, int]]:
    words = (_WORD.findall(one.lower()) for one in texts)
    return usual_pairs([[f"{a} {b}" for a, b in itertools.pairwise(one)] for one in words])


def usual_pairs(shingles: Sequence[Iterable[str]]) -> set[tuple[int, int]]:
    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    found: set[tuple[int, int]] = set()
    for number, pairs in enumerate(shingles):
        minhash = _minhash(pairs)
        found.update((int(earlier), number) for earlier in lsh.query(minhash))
        lsh.insert(str(number), minhash)
    return found


def _minhash(pairs: Iterable[str]) -> MinHash:
    made = MinHash(num_perm=128)
    for pair in pairs:
        made.update(pair.encode())
    return made


def texts(posts: int, rounds: int) -> None:
    chance = random.Random(3)
    originals = [one for one in itertools.islice(invented.posts(seed=7), posts) if len(one) > 120]
    both = [*originals, *(changed(one, chance) for one in originals)]
    sketches = [sketch for one in both if (sketch := text.sketch(one))]
    shingles = [one.pairs for one in sketches]
    wanted = {(number, number + len(originals)) for number in range(len(originals))}
    print(f"near-duplicate text, {len(both)} posts of {sum(map(len, both)) // len(both)} characters")
    ways: tuple[tuple[str, Callable[[], object], Callable[[], object]], ...] = (
        ("signatures", lambda: text.bands(sketches), lambda: [_minhash(one) for one in shingles]),
        ("from word pairs", lambda: ours_pairs(sketches), lambda: usual_pairs(shingles)),
        ("from the text", lambda: ours_text(both), lambda: usual_text(both)),
    )
    for name, mine, theirs in ways:
        fast, slow = [], []
        for _ in range(rounds):
            fast.append(seconds(mine))
            slow.append(seconds(theirs))
        one, other = statistics.median(fast), statistics.median(slow)
        print(f"  {name:16} ours {len(both) / one:7.0f} posts/s   datasketch {len(both) / other:6.0f}   ratio {other / one:5.1f}")
    print(f"  {'recall':16} ours {_recall(ours_text(both), wanted):.3f}   datasketch {_recall(usual_text(both), wanted):.3f}")


def _recall(found: set[tuple[int, int]], wanted: set[tuple[int, int]]) -> float:
    """Of copies found together with their original, directly or through another copy of it."""
    above: dict[int, int] = {}

    def of(number: int) -> int:
        while (parent := above.get(number, number)) != number:
            number = parent
        return number

    for one, other in found:
        above[of(one)] = of(other)
    return sum(of(one) == of(other) for one, other in wanted) / len(wanted)


# --- pictures -------------------------------------------------------------------------------------


def jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def with_a_box(picture: Image.Image, chance: random.Random) -> bytes:
    """Another number pasted over."""
    made, (width, height) = picture.copy(), picture.size
    left, top = int(width * chance.uniform(0.05, 0.3)), int(height * chance.uniform(0.6, 0.85))
    on = ImageDraw.Draw(made)
    on.rectangle((left, top, left + width // 2, top + height // 14), fill=chance.choice(("white", "yellow", "black")))
    on.text((left + width // 20, top + height // 60), f"0842-{chance.randint(1000, 9999)}-1234", fill="grey", font_size=height // 28)
    return jpeg(made, 70)


def ours_same(one: pictures.Sketch | None, other: pictures.Sketch | None) -> bool:
    like = pictures.compare(one, other) if one and other else None
    return like is not None and (like.changed is None or like.low)


def usual_hash(content: bytes) -> imagehash.ImageHash:
    return imagehash.phash(Image.open(io.BytesIO(content)))


def flyers(count: int, rounds: int) -> None:
    known, manners = drawing.flyers(), tuple(drawing.MANNERS)
    drawn = [drawing.draw(known[n % len(known)], manners[(n + n // len(known)) % len(manners)], seed=n) for n in range(count)]
    first = [jpeg(picture, 88) for picture in drawn]
    again = {
        change: [
            with_a_box(picture, random.Random(n)) if change == "box" else drawing.CHANGES[change](picture, random.Random(n))
            for n, picture in enumerate(drawn)
        ]
        for change in CHANGES
    }
    templates = [
        jpeg(drawing.draw(known[(n * 7 + 5) % len(known)], manners[(n + n // len(known)) % len(manners)], seed=n), 88) for n in range(count)
    ]
    everything = [*first, *itertools.chain.from_iterable(again.values())]
    fast, slow = [], []
    for _ in range(rounds):
        fast.append(seconds(lambda: [pictures.sketch(one) for one in everything]))
        slow.append(seconds(lambda: [usual_hash(one) for one in everything]))
    one, other = statistics.median(fast), statistics.median(slow)
    print(f"\nflyers, {len(everything)} pictures")
    print(f"  ours        {one / len(everything) * 1e3:6.1f} ms a picture, decoding in it")
    print(f"  usual       {other / len(everything) * 1e3:6.1f} ms a picture (decode in full, pHash of the whole)")
    print(f"  ratio       {other / one:6.1f}")
    sketches, hashes = [pictures.sketch(one) for one in first], [usual_hash(one) for one in first]
    mine_all = theirs_all = 0
    print(f"  {'found again of ' + str(count):24}{'ours':>6}{'usual':>7}")
    for change, contents in again.items():
        mine = sum(ours_same(sketch, pictures.sketch(one)) for sketch, one in zip(sketches, contents, strict=True))
        theirs = sum(kept - usual_hash(one) <= MOST_BITS for kept, one in zip(hashes, contents, strict=True))
        mine_all, theirs_all = mine_all + mine, theirs_all + theirs
        print(f"  {change:24}{mine:6}{theirs:7}")
    print(f"  {'recall':24}{mine_all / count / len(CHANGES):6.2f}{theirs_all / count / len(CHANGES):7.2f}")
    mine = sum(ours_same(sketch, pictures.sketch(one)) for sketch, one in zip(sketches, templates, strict=True))
    apart = [int(kept - usual_hash(one)) for kept, one in zip(hashes, templates, strict=True)]
    print(f"  {'other jobs joined':24}{mine:6}{sum(bits <= MOST_BITS for bits in apart):7}")
    strict = sum(kept - usual_hash(one) < min(apart) for contents in again.values() for kept, one in zip(hashes, contents, strict=True))
    print(f"  {'recall at no false join':24}{mine_all / count / len(CHANGES):6.2f}{strict / count / len(CHANGES):7.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=3000)
    parser.add_argument("--flyers", type=int, default=36)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    texts(args.posts, args.rounds)
    flyers(args.flyers, args.rounds)


if __name__ == "__main__":
    main()
