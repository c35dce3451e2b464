"""What platforms, files and captures bring runs on no page: the payloads in the answers themselves, read by the product's own parsers.

Each sample is an answer, a file or a capture that the tests of its parser have, taken apart into its leaves: strings of JSON, texts and
attributes of HTML and XML, cells, parts of a line. A leaf whose words come out of the parser *carries*; payloads stand in all of these at
once, each another one, as written and as HTML escapes them, until each has gone through the parser. In the other leaves (numbers, times,
hosts), which the parser needs or leaves alone, they stand one leaf at a time. A parser may say no only with the error it names. What came
out is stored, and the pages that show it are taken apart.

`make soak` puts each payload into each leaf that carries and opens the pages of forty posts of each parser; else it is a share of both.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import pytest
from django.test import Client
from django.utils.safestring import mark_safe

from patrol import domain, models, sources
from patrol.engine import masks
from patrol.evidence import custody
from patrol.infra.refusals import RefusedError
from patrol.intake import captures, formats, sent
from patrol.intake.formats import shape
from patrol.models import Role
from patrol.pipeline import assessing, storing
from patrol.sources import ad_library, bluesky, facebook, feed, instagram, mastodon, telegram, web, x, youtube
from tests import factories
from tests.admin import test_hostile
from tests.attacks.payloads import PAYLOADS
from tests.intake import sending
from tests.intake.formats import samples, test_tables
from tests.sources import (
    meta,
    test_ad_library,
    test_bluesky,
    test_facebook,
    test_feed,
    test_instagram,
    test_mastodon,
    test_telegram,
    test_tiktok,
    test_web,
    test_x,
    test_youtube,
)
from tests.sources.played import NOW, Asked, Platform, Said

WHOLE = bool(int(os.environ.get("STORED_ROUNDS", "0")))
_RUNS = tuple(one for one in PAYLOADS if re.match(r"\W*(java|vb|data|&#106;|\\)", one, re.IGNORECASE))  # what an address could be
SOME = PAYLOADS if WHOLE else tuple(dict.fromkeys((*PAYLOADS[::12], *_RUNS)))
ALONE = 6 if WHOLE else 1  # payloads in each leaf by itself
OPENED = 40 if WHOLE else 3  # posts of each parser that are stored, and whose pages are opened
WRITTEN: tuple[Callable[[str], str], ...] = (str, escape)
_NUMBER = re.compile(r"(?:alert|beacon|msgbox)[(`](\d+)|evil\.example/(\d+)")
MARK = "tandauji"
_PAYLOAD = re.compile(r".{0,6}(?:(?:alert|beacon|msgbox)[(`]\d+|evil\.example/\d+)")  # with a little of what stands before it

type Leaf = tuple[str | int, ...]
type Found = domain.RawPost | domain.Problem


@dataclass(frozen=True)
class Sample:
    """`value`: lists, dicts and strings that may be changed; `read`: what the product makes of one, from its bytes on."""

    value: Any
    read: Callable[[Any], Iterable[Any]]

    def found(self, value: Any) -> list[Found]:
        """Posts and problems; fewer where the parser ended with an error it names, which is a problem then."""
        found: list[Found] = []
        try:
            found.extend(one for one in self.read(value) if isinstance(one, domain.RawPost | domain.Problem))
        except (domain.SourceError, shape.FileRefusedError) as error:
            found.append(error.problem)
        except RefusedError as error:
            found.append(domain.Problem(error.code, domain.Sentence(error.sentence, error.sentence), where=error.place))
        return found


def leaves(value: Any, leaf: Leaf = ()) -> Iterator[Leaf]:
    match value:
        case str():
            yield leaf
        case list():
            for place, one in enumerate(value):
                yield from leaves(one, (*leaf, place))
        case dict():
            for key, one in value.items():
                yield from leaves(one, (*leaf, key))


def put(value: Any, said: Mapping[Leaf, str], leaf: Leaf = ()) -> Any:
    """The same with other words in these leaves; {} in them is what stood there."""
    match value:
        case str():
            return said[leaf].replace("{}", value, 1) if leaf in said else value
        case list():
            return [put(one, said, (*leaf, place)) for place, one in enumerate(value)]
        case dict():
            return {key: put(one, said, (*leaf, key)) for key, one in value.items()}
    return value


def posts(found: Iterable[Found]) -> list[domain.RawPost]:
    return [one for one in found if isinstance(one, domain.RawPost)]


def carrying(sample: Sample) -> dict[Leaf, tuple[str, ...]]:
    """The leaves whose words come out in a post and cost no post: alone, behind what stood there, or both."""
    usual = len(posts(sample.found(sample.value)))
    assert usual, sample.value
    carry = {}
    for leaf in leaves(sample.value):
        ways = []
        for way in ("", "{}"):
            found = posts(sample.found(put(sample.value, {leaf: f"{way}{MARK}"})))
            if len(found) >= usual and MARK in repr(found):
                ways.append(way)
        if ways:
            carry[leaf] = tuple(ways)
    return carry


# --- samples ----------------------------------------------------------------------------------------

_MARKUP = re.compile(r'((?<=>)[^<>]*[^<>\s][^<>]*(?=<)|(?<==")[^"<>]*(?="))')


def of_json(value: Any, read: Callable[[Any], Iterable[Any]]) -> Sample:
    return Sample(json.loads(json.dumps(value)), read)


def of_markup(text: str, read: Callable[[bytes], Iterable[Any]], *, only: str = "") -> Sample:
    """`only`: the part of it whose leaves are changed."""
    before, part, after = text.partition(only) if only else ("", text, "")
    pieces = _MARKUP.split(part)

    def written(said: list[str]) -> bytes:
        return "".join([before, *itertools.chain.from_iterable(itertools.zip_longest(pieces[::2], said, fillvalue="")), after]).encode()

    return Sample(pieces[1::2], lambda said: read(written(said)))


def of_table(text: str, *, quoted: bool = True, **options: Any) -> Sample:
    sign = ";" if ";" in text else ","
    table = list(csv.reader(io.StringIO(text), delimiter=sign))

    def written(body: list[list[str]]) -> str:
        out = io.StringIO()
        if quoted:
            csv.writer(out, delimiter=sign).writerows([table[0], *body])
        else:
            out.write("\n".join(sign.join(row) for row in [table[0], *body]))
        return out.getvalue()

    return Sample(table[1:], lambda body: samples.read(written(body), **options))


def of_chat(text: str) -> Sample:
    """Lines of a chat: before the sign between sender and words, and behind it."""
    lines = [re.split(r"((?<=\d) - |(?<=\d\]) |: )", line, maxsplit=2) for line in text.splitlines()]
    return Sample(
        [parts[::2] for parts in lines],
        lambda said: samples.read(
            "".join(
                "".join(itertools.chain.from_iterable(itertools.zip_longest(own, parts[1::2], fillvalue=""))) + "\n"
                for own, parts in zip(said, lines, strict=True)
            ),
            name="Obrolan WhatsApp dengan Info Kerja.txt",
        ),
    )


def pages(fetched: Iterable[domain.Page]) -> Iterator[Found]:
    for page in fetched:
        yield from page.posts
        yield from page.problems


def played(source: Any, asked: domain.Ask, answers: Callable[[Asked], Said]) -> Iterator[Found]:
    return pages(source.fetch(replace(asked, max_pages=2), Platform(answers)))


def bytes_of(source: Any, asked: domain.Ask, kind: str) -> Callable[[bytes], Iterator[Found]]:
    return lambda body: played(source, asked, lambda _asked: Said(body, headers={"Content-Type": kind}))


def of_bluesky(post: Any) -> Iterator[Found]:
    bluesky._sessions.clear()
    answers = {test_bluesky.SESSION: {"accessJwt": "sesi", "did": "did:plc:kantor"}, test_bluesky.SEARCH: {"posts": [post]}}
    asked = domain.Ask("loker", {}, NOW, kind="search", credential=test_bluesky.LOGIN)
    return played(bluesky, asked, lambda asked: Said(answers[asked.path.removeprefix("/xrpc/")]))


def of_meta(source: Any, path: str, query: str, kind: str, **more: Any) -> Callable[[Any], Iterator[Found]]:
    def read(body: Any) -> Iterator[Found]:
        platform = meta.Meta()
        platform.served = {path: body, **more}
        return pages(source.fetch(meta.ask(query, kind, max_pages=2), platform))

    return read


def of_telegram() -> list[Sample]:
    """Each message of the page by itself, and what stands around the messages with one of them."""
    page = (test_telegram.PAGES / "a_page_of_every_kind.html").read_text()
    head, *messages = re.split(r'(?=<div class="tgme_widget_message_wrap)', page)
    read = bytes_of(telegram, test_telegram.ask(), "text/html; charset=utf-8")
    shown = [one for one in messages if any(posts(of_markup(head + one, read).found(_MARKUP.findall(head + one))))]
    assert len(shown) > 10
    return [of_markup(head + shown[0], read), *(of_markup(head + one, read, only=one) for one in (shown[1:] if WHOLE else shown[1::3]))]


def of_youtube(asked: domain.Ask, *before: Any) -> Callable[[Any], Iterator[Found]]:
    def read(item: Any) -> Iterator[Found]:
        answers = iter([*(test_youtube.listing(one) for one in before), test_youtube.listing(item)])
        return played(youtube, asked, lambda _asked: next(answers))

    return read


def of_zeeschuimer(platform: str) -> Callable[[Any], Iterable[Any]]:
    return lambda item: samples.read(samples.ndjson(item, platform=platform))


def of_capture(value: Any) -> list[domain.RawPost]:
    return captures.raw_posts(sent.read(sending.written(value), now=factories.NOW))


def parsers() -> dict[str, list[Sample]]:
    feeds = {kind: (test_feed.FEEDS / f"a_feed_of_every_kind.{kind}").read_text() for kind in ("rss", "atom")}
    xml = bytes_of(feed, test_feed.ask(), "application/xml")
    tweet = test_x.answer(
        test_x.tweet(
            attachments={"media_keys": ["3_1"], "poll_ids": ["5"]},
            entities={
                "urls": [{"url": "https://t.co/a", "expanded_url": "https://s.example/x", "unwound_url": "https://daftar.example/i"}]
            },
        ),
        includes={
            "users": [test_x.AUTHOR],
            "media": [{"media_key": "3_1", "type": "photo", "url": "https://cdn.example/a.jpg", "alt_text": "brosur"}],
            "polls": [{"id": "5", "options": [{"position": 1, "label": "Taiwan"}, {"position": 2, "label": "Korea"}]}],
        },
    ).body
    comments: dict[str, Any] = {
        "id": "17846368000000001",
        "permalink": f"https://www.instagram.com/p/{test_instagram.CODE}/",
        "comments": {
            "data": [{"id": "17858154000000001", "text": "Minat", "timestamp": "2026-11-22T10:10:00+0000", "username": "peminat"}]
        },
    }
    hashtag = {"ig_hashtag_search": {"data": [{"id": "17843826000000000"}]}}
    tag = domain.Ask(f"#lokerluar@{test_mastodon.HOST}", {}, NOW, kind="hashtag")
    picture = {"url": "https://gambar.example/1.jpg", "words": "brosur"}
    sent_in = sending.capture(
        post=sending.post(links=["https://daftar.example/a"], pictures=[picture]), comments=[sending.comment()], note="Grup tertutup"
    )
    return {
        "telegram": of_telegram(),
        "feed": [of_markup(one, xml) for one in feeds.values()],
        "bluesky": [of_json(test_bluesky.POST, of_bluesky)],
        "mastodon": [of_json(test_mastodon.STATUS, lambda status: played(mastodon, tag, lambda _asked: Said([status])))],
        "youtube": [
            of_json(test_youtube.video(), of_youtube(test_youtube.ask(), test_youtube.hit())),
            of_json(test_youtube.thread(), of_youtube(test_youtube.ask(test_youtube.VIDEO, "comments"))),
        ],
        "x": [of_json(tweet, lambda body: played(x, test_x.ask(), lambda _asked: Said(body)))],
        "tiktok": [
            of_json(test_tiktok.video(voice_to_text="hubungi kami"), lambda item: pages(test_tiktok.pages(test_tiktok.videos(item)))),
            of_json(
                test_tiktok.comment(11),
                lambda item: pages(test_tiktok.pages(test_tiktok.comments(item), query=test_tiktok.PAGE, kind="comments")),
            ),
        ],
        "facebook": [of_json({"data": [test_facebook.ADVERTISEMENT]}, of_meta(facebook, "loker.contoh/feed", "loker.contoh", "account"))],
        "instagram": [
            of_json({"data": [test_instagram.MEDIA]}, of_meta(instagram, "17843826000000000/recent_media", "#loker", "", **hashtag)),
            of_json(comments, of_meta(instagram, comments["id"], comments["id"], "comments")),
        ],
        "ad_library": [of_json({"data": [test_ad_library.AD]}, of_meta(ad_library, "ads_archive", "kerja taiwan", ""))],
        "web": [of_markup(test_web.FULL, bytes_of(web, test_web.ask(f"{test_web.LINE} | author=.pt"), "text/html; charset=utf-8"))],
        "file of whatsapp": [
            of_chat(one) for one in (samples.WHATSAPP_ANDROID_ID, samples.WHATSAPP_IPHONE_ID, samples.WHATSAPP_ANDROID_EN)
        ],
        "file of telegram": [of_json(samples.TELEGRAM, lambda value: samples.read(json.dumps(value)))],
        "file of zeeschuimer": [
            of_json(samples.tiktok(), of_zeeschuimer("tiktok.com")),
            of_json(samples.instagram(), of_zeeschuimer("instagram.com")),
            of_json(samples.facebook(), of_zeeschuimer("facebook.com")),
            of_json(samples.x(), of_zeeschuimer("twitter.com")),
            of_json(samples.threads(), of_zeeschuimer("threads.net")),
        ],
        "file of 4cat": [
            of_table(test_tables.FOURCAT),
            of_table(test_tables.FOURCAT.replace("Loker, gaji\n", "Loker gaji "), quoted=False),
        ],
        "file of table": [of_table(test_tables.PLAIN), of_table(test_tables.PLAIN, quoted=False)],
        "capture": [of_json(sent_in, of_capture)],
    }


# --- through the parsers ----------------------------------------------------------------------------


@dataclass
class Passed:
    """What came of one parser."""

    leaves: int = 0
    carried: int = 0
    parsed: int = 0
    payloads: set[str] = field(default_factory=set)
    posts: list[domain.RawPost] = field(default_factory=list)  # each holds a payload, or a spelling of one, that none before it holds
    seen: set[tuple[Callable[[str], str], str]] = field(default_factory=set)
    problems: dict[domain.Problem, None] = field(default_factory=dict)

    def keep(self, found: Sequence[Found], written: Callable[[str], str]) -> None:
        self.parsed += 1
        self.problems |= dict.fromkeys(one for one in found if isinstance(one, domain.Problem))
        for one in posts(found):
            if new := {(written, hit) for hit in _PAYLOAD.findall(repr(one))} - self.seen:
                self.seen |= new
                self.posts.append(one)


def through(parser: list[Sample]) -> Passed:
    passed = Passed()
    number = itertools.count()
    for sample in parser:
        ways, every = carrying(sample), list(leaves(sample.value))
        passed.leaves += len(every)
        passed.carried += len(ways)
        for begin, written in itertools.product(range(0, len(SOME), 1 if WHOLE else len(ways)), WRITTEN):
            said = {}
            for place, (leaf, own) in enumerate(ways.items(), begin):
                payload = SOME[place % len(SOME)]
                said[leaf] = f"{own[place % len(own)]}{written(payload)}"
                passed.payloads.add(payload)
            passed.keep(sample.found(put(sample.value, said)), written)
        for leaf, _time in itertools.product(every, range(ALONE)):
            at = next(number)
            among = _RUNS if at % 2 else SOME
            written = WRITTEN[at // 2 % 2]
            payload = among[at // 2 % len(among)]
            passed.keep(sample.found(put(sample.value, {leaf: written(payload)})), written)
    return passed


@pytest.fixture(scope="module")
def brought() -> dict[str, Passed]:
    return {name: through(parser) for name, parser in parsers().items()}


def test_each_source_and_each_format_is_here_and_lets_payloads_through(brought: dict[str, Passed]) -> None:
    assert set(brought) == {*sources.SOURCES, *(f"file of {name}" for name in formats.FORMATS), "capture"}
    assert {name: sorted({*SOME} - passed.payloads) for name, passed in brought.items() if passed.payloads != {*SOME}} == {}
    for name, passed in brought.items():
        print(
            f"{name}: {len(passed.payloads)} payloads in {passed.carried} of {passed.leaves} leaves, {passed.parsed} answers parsed,"
            f" {len(passed.posts)} posts, {len(passed.problems)} problems"
        )
        assert passed.posts
        assert passed.carried


# --- on the pages -----------------------------------------------------------------------------------


def kept(chosen: Sequence[domain.RawPost], way: dict[str, Any], begin: int) -> list[models.Post]:
    """Each as a post of its own (one answer again and again would be versions of one), every other with words that raise a flag."""
    own = [
        replace(
            one,
            external_id=f"{place} {one.external_id}"[:400],
            also=(),
            text=f"{factories.illegal(place).text}\n{one.text}" if place % 2 else one.text,
        )
        for place, one in enumerate(chosen, begin + 1)
    ]
    done = storing.store(own, now=factories.NOW, **way)
    assert (done.new, done.bad) == (len(own), 0), done.problems
    return list(reversed(models.Post.objects.order_by("-pk")[: len(own)]))


def said(problem: domain.Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "id": problem.sentence.id,
        "en": problem.sentence.en,
        "permanent": problem.permanent,
        "where": problem.where,
    }


def opened(client: Client, url: str) -> str:
    page = client.get(url, follow=True)
    assert (url, page.status_code) == (url, 200)
    return page.content.decode()


@pytest.mark.django_db
def test_nothing_of_it_runs_on_the_pages_that_show_it(brought: dict[str, Passed], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: test_hostile.NOW)
    client = Client()
    client.force_login(factories.person(Role.ANALYST))
    addresses, shown = dict[str, list[str]](), dict[str, str]()
    for number, (name, passed) in enumerate(brought.items()):
        watch = factories.watch()
        run = factories.fetch(watch, outcome="failed", ended_at=factories.NOW, problems=[*map(said, list(passed.problems)[:300])])
        capture = custody.capture(factories.answer(), sha256=custody.keep(factories.answer()), platform="telegram", fetch=run)
        step = -(-len(passed.posts) // OPENED)
        chosen = passed.posts[number % step :: step]  # of each parser other payloads
        posts_of = kept(chosen, {"capture_id": capture.pk, "watch_id": watch.pk, "fetch_id": run.pk}, number * 10_000)
        addresses[name] = [test_hostile.address("patrol_post_change", one.pk) for one in posts_of]
        addresses[name].append(test_hostile.address("patrol_watch_change", watch.pk))
    while assessing.read_due(now=factories.NOW, limit=500).read:
        pass
    for name, urls in addresses.items():
        pages_of = {url: opened(client, url) for url in urls}
        assert (name, [url for url, html in pages_of.items() if _PAYLOAD.search(html)] != []) == (name, True)
        shown |= pages_of
    for name in ("patrol_post_changelist", "patrol_flag_changelist"):
        shown |= dict(test_hostile.every_page(client, test_hostile.address(name)))
    seen = {hit for html in shown.values() for hits in _NUMBER.findall(html) for hit in hits if hit}
    flags = models.Flag.objects.count()
    print(f"{models.Post.objects.count()} posts, {flags} of them flagged, on {len(shown)} pages; {len(seen)} payloads by their number")
    assert flags
    assert {url: faults for url, html in shown.items() if (faults := test_hostile.faults(html))} == {}

    # The control: the filter that writes what people wrote lets markup through, as `|safe` would.
    masked = masks.text
    monkeypatch.setattr("patrol.templatetags.masked.masks.text", lambda *text, **more: mark_safe(masked(*text, **more)))
    some = [url for urls in addresses.values() for url in urls[:3]]
    assert sum(bool(test_hostile.faults(opened(client, url))) for url in some) > 3


def test_words_of_each_parser_are_seen_where_a_page_obeys_them(brought: dict[str, Passed]) -> None:
    for name, passed in brought.items():
        obeyed = [one for one in passed.posts if test_hostile.faults(f"<p>{one.text} {one.author_name} {one.origin}</p>")]
        assert (name, obeyed != []) == (name, True)
