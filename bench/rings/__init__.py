"""Invented rings and strangers to measure the tying of posts on: a development half that may be read, and a sealed one.

Everything in them is made up; the numbers lie in ranges that are not issued. The same half and seed give the same posts. Both halves know
the same ways of a ring, each with words of its own:

rotation      several numbers in turn, neighbours named together now and then
disguised     one number, spelled in every manner
picture       the number changes, the flyer stays (cut, compressed, shown on a telephone)
bank          the number changes, the account that is paid stays
renamed       an account moves to a new name and says so once
translated    one offer in several languages, two numbers
text          only the wording stays
link, email, account, author    one of these stays, the numbers change or are missing
cross         the same name or number on several platforms
chain         every number is named with the next one once

Between them stand strangers who look alike: forms that all fill in, calls and village notices passed on, viral stories, victims, questions,
warnings, news and denials that quote a ring, branches of one agency, an administrator who passes on many agencies' offers, a stock
picture, a public group's link, hotlines, notaries, couriers and wallets named by all, two rings with one form, one recruiter for two rings.
"""

from __future__ import annotations

import io
import random
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from tests.flyers import drawing

HALVES = ("development", "sealed")
_FIRST = datetime(2026, 6, 1, tzinfo=UTC)
_COUNTRIES = (
    "Malaysia",
    "Taiwan",
    "Hong Kong",
    "Jepang",
    "Korea",
    "Kamboja",
    "Arab Saudi",
    "Dubai",
    "Polandia",
    "Singapura",
    "Brunei",
    "Turki",
    "Thailand",
    "Kuwait",
    "Australia",
    "Rumania",
)
_TOWNS = (
    "Cilacap",
    "Indramayu",
    "Ponorogo",
    "Lombok Timur",
    "Sambas",
    "Kendal",
    "Tulungagung",
    "Sukabumi",
    "Brebes",
    "Malang",
    "Kupang",
    "Banyuwangi",
    "Pati",
    "Subang",
    "Bone",
    "Medan",
    "Batam",
    "Lampung Timur",
    "Karawang",
    "Madiun",
    "Sumbawa",
    "Nunukan",
)
_WORK = (
    "operator pabrik",
    "perawat lansia",
    "ART",
    "cleaning service",
    "buruh kebun",
    "tukang las",
    "koki",
    "pelayan restoran",
    "baby sitter",
    "kuli bangunan",
    "customer service",
    "admin chat",
    "ABK",
    "sortir gudang",
    "sopir",
    "penjahit",
    "packing",
    "housekeeping",
)
_PAY = (
    "8 juta",
    "12 juta",
    "15jt",
    "Rp 9.500.000",
    "RM 1.800",
    "RM 2.300",
    "NT$ 28.590",
    "HK$ 5.100",
    "180.000 yen",
    "USD 800",
    "$1.200",
    "1.500 SAR",
    "2.800 AED",
    "20 juta",
    "18jt bersih",
)
_NAMES = (
    "sari",
    "budi",
    "yuni",
    "dewi",
    "agus",
    "rina",
    "joko",
    "wati",
    "hendra",
    "lia",
    "udin",
    "nur",
    "tono",
    "maya",
    "eko",
    "fitri",
    "rudi",
    "ani",
    "bagas",
    "citra",
    "dimas",
    "elok",
    "fajar",
    "galih",
)
_BANKS = ("BCA", "BRI", "Mandiri", "BNI", "BSI")
_PLATFORMS = ("facebook", "telegram", "tiktok", "instagram", "x", "web")
_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_KEYCAPS = "\ufe0f\u20e3"
_COMPOSED = ("rotation", "rotation", "disguised", "disguised", "chain", "account", "bank", "link", "cross", "renamed", "author", "picture")
_SIZES = (2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 18, 25)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as it is posted, and what stands on it: not the reading of pictures is measured."""

    content: bytes
    says: str = ""


@dataclass(slots=True)
class Post:
    """One post as `manage.py assess` takes it, with the ring it belongs to ("" for none)."""

    ring: str
    text: str
    posted_at: datetime
    platform: str
    author: str
    images: list[Shown] = field(default_factory=list)


def posts(half: str, *, seed: int = 0, pictures: bool = True) -> list[Post]:
    """All posts of a half in the order they came. Without `pictures` those that show some are left out."""
    words = tomllib.loads(Path(__file__).with_name(f"{half}.toml").read_text("utf-8"))
    world = _World(words, random.Random(f"{half} {seed}"))
    made = world.all()
    if not pictures:
        made = [one for one in made if not one.images]
    return sorted(made, key=lambda one: (one.posted_at, one.author, one.text))


# --- how a number is written ------------------------------------------------------------------------


def _grouped(digits: str, mark: str) -> str:
    return mark.join((digits[:4], digits[4:8], digits[8:]))


def _spelled(digits: str) -> str:
    return " ".join(_DIGITS[int(one)] for one in digits)


_PLAIN: Sequence[Callable[[str], str]] = (
    lambda digits: digits,
    lambda digits: _grouped(digits, "-"),
    lambda digits: _grouped(digits, " "),
    lambda digits: "+62 " + _grouped(digits, "-")[1:],
    lambda digits: "WA " + digits,
    lambda digits: "wa.me/62" + digits[1:],
)
_DISGUISED: Sequence[Callable[[str], str]] = (
    *_PLAIN,
    _spelled,
    lambda digits: _grouped(digits, "."),
    " ".join,
    lambda digits: digits.replace("0", "o"),
    lambda digits: digits.replace("1", "l").replace("0", "O"),
    lambda digits: "".join(one + _KEYCAPS for one in digits),
    lambda digits: f"{digits[:4]} lalu {digits[4:8]} lalu {digits[8:]}",
    lambda digits: "(" + digits[:4] + ")" + digits[4:],
    lambda digits: "https://api.whatsapp.com/send?phone=62" + digits[1:],
)

# --- the world ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Ring:
    name: str
    ties: str
    size: int
    say: Callable[[], str]  # one advertisement with {contact} in it, other slots filled
    extra: str = ""


class _World:
    def __init__(self, words: dict[str, Any], chance: random.Random) -> None:
        self.words, self.chance = words, chance
        self.made: list[Post] = []
        self.used: set[str] = set()
        self.rings = 0
        self.contacts: list[tuple[str, str]] = []  # of rings, to be quoted; with the time they were last seen

    # Small things that never come twice.

    def number(self) -> str:
        while True:
            found = f"08{self.chance.choice((4, 6))}{self.chance.randrange(10)}{self.chance.randrange(10**7, 10**8)}"
            if found not in self.used:
                self.used.add(found)
                return found

    def handle(self) -> str:
        while True:
            found = (
                f"{self.chance.choice(_NAMES)}{self.chance.choice(('.', '_', ''))}"
                f"{self.chance.choice(('job', 'loker', 'kerja', 'info', 'tki', 'pmi', ''))}{self.chance.randrange(10, 99999)}"
            )
            if found not in self.used:
                self.used.add(found)
                return found

    def bank(self) -> str:
        return f"{self.chance.choice(_BANKS)} {self.chance.randrange(10**9, 10**10)}"

    def agency(self) -> str:
        chance = self.chance
        first, last = ("Karya", "Bina", "Sumber", "Graha", "Citra"), ("Lestari", "Samudra", "Kencana", "Mulia", "Raya")
        return f"{chance.choice(first)} {chance.choice(('Mitra', 'Tenaga', 'Insan', 'Jaya'))} {chance.choice(last)}"

    def fill(self, text: str, **given: str) -> str:
        """`text` with its slots filled, all but {contact}, {link} and {email} unless given."""
        chance = self.chance
        slots = {
            "town": chance.choice(_TOWNS),
            "country": chance.choice(_COUNTRIES),
            "pay": chance.choice(_PAY),
            "work": chance.choice(_WORK),
            "quota": str(chance.randrange(2, 60)),
            "agency": self.agency(),
            "date": f"{chance.randrange(1, 29)} {chance.choice(('Juni', 'Juli', 'Agustus', 'September', 'Oktober'))}",
            "contact": "{contact}",
            "link": "{link}",
            "email": "{email}",
            "bank": "{bank}",
        }
        return text.format(**(slots | given))

    def composed(self) -> str:
        """An advertisement put together from what everybody writes, slots open."""
        common, chance = self.words["common"], self.chance
        terms = " ".join(chance.sample(common["terms"], chance.randint(2, 5)))
        return (
            f"{chance.choice(common['openings'])} {chance.choice(common['offers'])} {terms} "
            f"{chance.choice(common['closings'])} {chance.choice(('', 'Hub ', 'CP: ', 'Minat? ', 'Info '))}{{contact}}"
        )

    def day(self) -> datetime:
        return _FIRST + timedelta(minutes=self.chance.randrange(120 * 24 * 60))

    def put(self, ring: str, text: str, at: datetime, *, author: str = "", platform: str = "", images: Sequence[Shown] = ()) -> None:
        self.made.append(Post(ring, text, at, platform or self.chance.choice(_PLATFORMS[:4]), author or self.handle(), list(images)))

    # Rings.

    def ring(self, ties: str, size: int, bodies: Sequence[str], *, extra: str = "", same: bool = True) -> str:
        """`same`: country, work and pay stay; else every post of the ring is about another job."""
        self.rings += 1
        chance = self.chance
        kept = {"country": chance.choice(_COUNTRIES), "work": chance.choice(_WORK), "pay": chance.choice(_PAY)} if same else {}
        name = f"r{self.rings:03}"
        made = _Ring(name, ties, size, lambda: self.fill(chance.choice(bodies), **kept), extra)
        getattr(self, f"_{ties}")(made)
        return name

    def times(self, size: int) -> list[datetime]:
        start = self.day()
        return sorted(start + timedelta(minutes=self.chance.randrange(max(size, 3) * 36 * 60)) for _ in range(size))

    def authors(self) -> Callable[[], str]:
        """A ring's accounts: a few of its own, and many that are used once."""
        own = [self.handle() for _ in range(self.chance.randint(1, 3))]
        return lambda: self.chance.choice(own) if self.chance.random() < 0.4 else self.handle()

    def write(self, number: str, ways: Sequence[Callable[[str], str]] = _PLAIN) -> str:
        return self.chance.choice(ways)(number)

    def said(self, ring: _Ring, contact: str, at: datetime, **given: Any) -> None:
        text = ring.say().replace("{contact}", contact)
        self.put(ring.name, text + ring.extra, at, **given)

    def _pairs(self, ring: _Ring, *, share: float) -> None:
        count = min(max(ring.size // 3, 1) + 1, 7)
        numbers, author = [self.number() for _ in range(count)], self.authors()
        for turn, at in enumerate(self.times(ring.size)):
            first = turn % (count - 1) if turn < count - 1 else self.chance.randrange(count)
            shown = [numbers[first]]
            if turn < count - 1 or self.chance.random() < share:
                shown.append(numbers[(first + 1) % count])
            self.said(ring, " / ".join(self.write(one) for one in shown), at, author=author())
        self.contacts.append((numbers[0], "phone"))

    def _rotation(self, ring: _Ring) -> None:
        self._pairs(ring, share=0.35)

    def _chain(self, ring: _Ring) -> None:
        self._pairs(ring, share=0.0)

    def _disguised(self, ring: _Ring) -> None:
        number = self.number()
        for at in self.times(ring.size):
            self.said(ring, self.write(number, _DISGUISED), at)
        self.contacts.append((number, "phone"))

    def _picture(self, ring: _Ring) -> None:
        flyers = drawing.flyers()
        kept = flyers[self.rings * 7 % len(flyers)]
        own = drawing.Flyer(kept.title, kept.lines, (f"kode poster {ring.name.upper()}",), ())
        drawn = drawing.draw(own, tuple(drawing.MANNERS)[self.rings % len(drawing.MANNERS)], seed=self.chance.randrange(10**6))
        changes = ("compressed", "smaller", "cropped", "screenshot", "compressed")
        for turn, at in enumerate(self.times(min(ring.size, 9))):
            content = drawing.CHANGES[changes[turn % len(changes)]](drawn, self.chance)
            shown = Shown(content, "\n".join((own.title, *own.lines, *own.contacts)))
            self.said(ring, self.write(self.number()), at, images=[shown])

    def _bank(self, ring: _Ring) -> None:
        bank = self.bank()
        numbers = [self.number() for _ in range(max(ring.size // 2, 2))]
        for at in self.times(ring.size):
            text = ring.say()
            text = text.replace("{bank}", bank) if "{bank}" in text else text + f" Transfer ke {bank}"
            self.put(ring.name, text.replace("{contact}", self.write(self.chance.choice(numbers))), at)
        self.contacts.append((f"rekening {bank}", "bank"))

    def _renamed(self, ring: _Ring) -> None:
        old, new = self.handle(), self.handle()
        turning = max(ring.size // 2, 1)
        for turn, at in enumerate(self.times(ring.size)):
            if turn < turning:
                contact, author = f"@{old}", old
            elif turn == turning:
                contact, author = f"@{new} (dulu @{old})", new
            else:
                contact, author = f"@{new}", new
            self.said(ring, contact, at, author=author, platform="instagram")
        self.contacts.append((f"@{new}", "account"))

    def _translated(self, ring: _Ring) -> None:
        numbers = [self.number(), self.number()]
        for turn, at in enumerate(self.times(ring.size)):
            shown = numbers if turn == 0 else [self.chance.choice(numbers)]
            self.said(ring, " ".join(self.write(one) for one in shown), at)

    def _text(self, ring: _Ring) -> None:
        for at in self.times(ring.size):
            self.said(ring, self.write(self.number()), at)

    def _link(self, ring: _Ring) -> None:
        code = "".join(self.chance.choice("abcdefghjkmnpqrstuvwxyzABCDEFGH") for _ in range(16))
        link = self.chance.choice(
            (f"https://chat.whatsapp.com/{code}", f"https://t.me/+{code}", f"https://form-{code[:6].lower()}.example/daftar")
        )
        for at in self.times(ring.size):
            text = ring.say()
            text = text.replace("{link}", link) if "{link}" in text else text.replace("{contact}", link)
            self.put(ring.name, text, at)
        self.contacts.append((link, "link"))

    def _author(self, ring: _Ring) -> None:
        author, platform = self.handle(), self.chance.choice(_PLATFORMS[:4])
        for at in self.times(min(ring.size, 8)):
            self.said(ring, self.write(self.number()), at, author=author, platform=platform)

    def _account(self, ring: _Ring) -> None:
        account = self.handle()
        ways = (f"@{account}", f"https://instagram.com/{account}", f"IG: {account}", f"instagram @{account}")
        for at in self.times(ring.size):
            self.said(ring, self.chance.choice(ways), at, platform="instagram")
        self.contacts.append((f"instagram.com/{account}", "account"))

    def _cross(self, ring: _Ring) -> None:
        name, number = self.handle() + self.chance.choice(("travel", "abroad", "global")), self.number()
        for turn, at in enumerate(self.times(ring.size)):
            shown = number if turn % 2 == 0 else self.chance.choice((number, f"@{name}"))
            self.said(ring, self.write(shown) if shown == number else shown, at, author=name, platform=_PLATFORMS[turn % 5])
        self.contacts.append((number, "phone"))

    def _email(self, ring: _Ring) -> None:
        mail = f"hr.{self.handle()}@mailbox.example"
        number = self.number()
        for at in self.times(ring.size):
            text = ring.say().replace("{email}", mail)
            self.put(ring.name, f"{text} {self.write(number)}" if self.chance.random() < 0.5 else text, at)

    # Everything.

    def all(self) -> list[Post]:
        chance, words = self.chance, self.words
        for one in words["ring"]:
            size = chance.choice((*_SIZES, 30, 40)) if one["ties"] not in ("picture", "email", "translated") else chance.randint(3, 9)
            self.ring(one["ties"], size, one["bodies"])
        for turn in range(2 * len(_COMPOSED)):
            bodies = [self.composed() for _ in range(chance.randint(1, 4))]
            self.ring(_COMPOSED[turn % len(_COMPOSED)], chance.choice(_SIZES), bodies, same=chance.random() < 0.6)
        self._with_forms()
        self._with_shared()
        self._recruiter_of_two()
        self._strangers()
        return self.made

    def _with_forms(self) -> None:
        """Two rings use each form, and fifteen strangers fill it in for themselves."""
        for form in self.words["form"]:
            for ties in ("rotation", "disguised"):
                self.ring(ties, self.chance.randint(3, 10), [form["text"]])
            for _ in range(15):
                self._alone(form["text"])

    def _with_shared(self) -> None:
        """What serves everybody stands in posts of several rings and of strangers."""
        for shared in self.words["shared"]:
            hotline = self.chance.choice(
                (self.number(), f"0800{self.chance.randrange(10**6, 10**7)}", f"021{self.chance.randrange(10**7, 10**8)}")
            )
            extra = ". " + shared["text"].format(hotline=hotline)
            for ties in ("rotation", "account"):
                self.ring(ties, self.chance.randint(3, 8), [self.composed() for _ in range(2)], extra=extra)
            for _ in range(6):
                self._alone(self.composed(), extra=extra)

    def _recruiter_of_two(self) -> None:
        """Two rings with one recruiter, named beside the contact of each."""
        for _ in range(2):
            recruiter = self.number()
            for _ in range(2):
                body = self.composed()
                size = self.chance.randint(5, 9)
                before = len(self.made)
                self.ring("disguised", size, [body])
                for post in self.chance.sample(self.made[before:], 2):
                    post.text += f" atau lewat Mbak Yuni {self.write(recruiter)}"

    def _alone(self, body: str, *, extra: str = "", **given: Any) -> None:
        contact = self.write(self.number(), _DISGUISED) if self.chance.random() < 0.8 else f"@{self.handle()}"
        self.put("", self.fill(body).replace("{contact}", contact) + extra, self.day(), **given)

    def _strangers(self) -> None:
        chance, words = self.chance, self.words
        for _ in range(330):
            self._alone(self.composed())
        for one in words["relay"]:
            hotline, once = (f"0800{chance.randrange(10**6, 10**7)}", {"town": chance.choice(_TOWNS), "country": chance.choice(_COUNTRIES)})
            for _ in range(14):
                self.put("", self.fill(one["text"], hotline=hotline, **(once if chance.random() < 0.5 else {})), self.day())
        for _ in range(70):
            contact, kind = chance.choice(self.contacts)
            shown = self.write(contact) if kind == "phone" else contact
            self.put("", self.fill(chance.choice(words["quote"])["text"]).replace("{contact}", shown), self.day())
        for one in words["other"]:  # whoever sells something has words of his own; whoever asks or tells uses everybody's
            for _ in range(1 if "{contact}" in one["text"] else 30):
                self._alone(one["text"])
        self._branches_and_boards()
        group = f"https://www.facebook.com/groups/infoloker{chance.randrange(100, 999)}"
        for _ in range(12):
            self._alone(self.composed(), extra=f" Gabung grup {group}")
        for count in (14, 8, 2):
            stock = _stock(chance)
            for _ in range(count):
                change = chance.choice(("compressed", "smaller", "cropped"))
                self._alone(self.composed(), images=[Shown(drawing.CHANGES[change](stock, chance))])
        for one in chance.sample([post for post in self.made if post.ring], 40):  # passed on word for word
            self.put(
                one.ring,
                f"{chance.choice(('', 'Diteruskan: ', 'Fwd: ', 'dari grup sebelah '))}{one.text}",
                one.posted_at + timedelta(days=1),
                images=one.images,
            )

    def _branches_and_boards(self) -> None:
        chance, words = self.chance, self.words
        for _ in range(3):
            office, agency = f"021{chance.randrange(10**7, 10**8)}", self.agency()
            for _ in range(8):
                body = chance.choice(words["branch"])["text"]
                self._alone(self.fill(body, office=office, agency=agency))
        for _ in range(2):  # an administrator passes on what many send in
            author = self.handle()
            for _ in range(18):
                self._alone(
                    self.composed() if chance.random() < 0.6 else chance.choice(words["form"])["text"], author=author, platform="facebook"
                )


def _stock(chance: random.Random) -> Image.Image:
    """A picture that anybody may take: a sky, a field and some houses, no word on it."""
    picture = Image.new("RGB", (900, 600))
    draw = ImageDraw.Draw(picture)
    top, low = [[chance.randrange(80, 255) for _ in range(3)] for _ in range(2)]
    for row in range(600):
        draw.line((0, row, 900, row), fill=tuple(round(a + (b - a) * row / 600) for a, b in zip(top, low, strict=True)))
    for _ in range(9):
        left, height = chance.randrange(850), chance.randrange(80, 380)
        draw.rectangle((left, 600 - height, left + chance.randrange(60, 220), 600), fill=tuple(chance.randrange(255) for _ in range(3)))
    draw.ellipse((chance.randrange(700), 40, chance.randrange(701, 890), 220), fill="white")
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return Image.open(io.BytesIO(kept.getvalue()))
