"""Meta's Ad Library: advertisements on Facebook and Instagram, by words, by the country they were shown in, or by the page that pays.

In this order: what it says of itself, how it is fetched, how it becomes RawPost. Identity is the library's own number of the ad. The
address of the ad's picture (`ad_snapshot_url`) carries our token; what is kept of it is the number.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from patrol import domain
from patrol.sources.shared import api, graph, places, shapes, spellings, walks

PLATFORM: str = domain.Platform.AD_LIBRARY
NAME = domain.Sentence(id="Pustaka Iklan Meta", en="Ad Library of Meta")
HOSTS: tuple[str, ...] = ()
CALLED: tuple[str, ...] = ()
SENT_IN = False
TITLE = domain.Sentence(id="Pustaka Iklan Meta", en="Meta Ad Library")
TERMS = domain.Sentence(
    id="Ketentuan Pustaka Iklan Meta: arsip yang dibuka untuk umum, dibaca lewat antarmuka resmi dengan token seseorang yang identitasnya "
    "sudah diperiksa Meta (facebook.com/ID).",
    en="Meta's Ad Library terms: an archive opened to the public, read through the official interface with the token of a person whose "
    "identity Meta has confirmed (facebook.com/ID).",
)
HEALTHY = domain.Sentence(
    id="Beberapa iklan sehari atau tidak ada. Jawaban kosong berarti tidak ada iklan yang cocok di antara yang dibuka Meta, bukan bahwa "
    "tidak ada iklan.",
    en="A few ads a day, or none. An empty answer means that none of the ads Meta opens matches, not that there are no ads.",
)
LIMITS = domain.Sentence(
    id="Untuk Indonesia, Meta membuka lewat antarmuka ini hanya iklan tentang isu sosial, pemilu, dan politik; iklan lowongan biasa baru "
    "terbaca bila juga tayang di Uni Eropa atau Inggris. Selebihnya hanya di situs facebook.com/ads/library, lewat tangkapan petugas. "
    "Sekitar 200 pertanyaan sejam.",
    en="For Indonesia Meta opens through this interface only ads on social issues, elections and politics; ordinary job ads are readable "
    "only if they also ran in the European Union or the United Kingdom. The others are on facebook.com/ads/library only, for officers to "
    "capture. About 200 questions an hour.",
)
ROBOTS = domain.Sentence(
    id="Antarmuka resmi dengan token; robots.txt tidak berlaku.", en="An official interface with a token; robots.txt does not apply."
)
PROVEN = domain.Sentence(
    id="Diuji dengan bentuk jawaban asli yang terekam dan dokumentasi Meta; tidak dengan Meta sendiri.",
    en="Tested with recorded shapes of real answers and Meta's documentation; not against Meta itself.",
)
OBEYS_ROBOTS = False
HEALTHY_RANGE = (0, 50)
PROFILE_BY_ID = False
SEVERAL_VIEWS = False
ASKS = domain.Sentence(
    id="Tulis kata yang dicari, paling panjang 100 huruf, misalnya kerja taiwan.",
    en="Write words to look for, 100 letters at most, such as kerja taiwan.",
)
ASKS_PLACE = domain.Sentence(
    id="Tulis kode negara tempat iklannya tayang, misalnya HK, TW, bersama kata yang dicari.",
    en="Write codes of the countries the ads were shown in, such as HK, TW, together with words to look for.",
)
QUERIES: tuple[domain.QueryShape, ...] = (
    domain.QueryShape(
        domain.QueryKind.SEARCH,
        domain.Sentence(id="Kata", en="Words"),
        ASKS,
        takes_words=True,
        label=domain.Sentence(id="Kata yang dicari", en="Words to look for"),
        example="kerja taiwan",
    ),
    places.shape("Kata, tayang di negara lain", "Words, shown in other countries", ASKS_PLACE, "HK, TW"),
    domain.QueryShape(
        domain.QueryKind.ACCOUNT,
        domain.Sentence(id="Halaman pemasang", en="Page that advertises"),
        domain.Sentence(
            id="Tulis nomor halaman Facebook, misalnya 100200300400500; sampai 10 nomor, dipisah koma.",
            en="Write the number of a Facebook page, such as 100200300400500; up to 10 numbers with commas between.",
        ),
        label=domain.Sentence(id="Nomor halaman Facebook", en="Number of the Facebook page"),
        example="100200300400500",
    ),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = (graph.TOKEN,)

FIRST = timedelta(days=30)  # ads run for weeks; the archive keeps them all
LOOK_BACK = timedelta(days=2)  # days are counted in whole, and ads enter the archive up to a day after they begin

_FIELDS = (
    "id,ad_creation_time,ad_creative_bodies,ad_creative_link_captions,ad_creative_link_descriptions,ad_creative_link_titles,"
    "ad_delivery_start_time,ad_delivery_stop_time,ad_snapshot_url,bylines,page_id,page_name,publisher_platforms,languages"
)
# Bodies and titles were single texts before version 13 of the API.
_WORDS = (
    ("ad_creative_bodies", "ad_creative_body"),
    ("ad_creative_link_titles", "ad_creative_link_title"),
    ("ad_creative_link_descriptions", "ad_creative_link_description"),
    ("ad_creative_link_captions", "ad_creative_link_caption"),
    ("bylines", "funding_entity"),
)
_READ = frozenset(
    (
        "id",
        "ad_creation_time",
        "ad_delivery_start_time",
        "ad_snapshot_url",
        "page_id",
        "page_name",
        *(name for pair in _WORDS for name in pair),
    )
)
# Ignored by name: to whom it was shown and at what price, and when it ended: they change while the ad runs.
_IGNORED = frozenset(
    (
        "ad_delivery_stop_time",
        "publisher_platforms",
        "languages",
        "currency",
        "spend",
        "impressions",
        "estimated_audience_size",
        "potential_reach",
        "demographic_distribution",
        "delivery_by_region",
        "region_distribution",
        "age_country_gender_reach_breakdown",
        "beneficiary_payers",
        "target_ages",
        "target_gender",
        "target_locations",
        "eu_total_reach",
        "br_total_reach",
        "total_reach_by_location",
    )
)
_NUMBER = re.compile(r"[1-9][0-9]{4,24}")
_DOMAIN = re.compile(r"(https?://)?([a-z0-9-]+\.)+[a-z]{2,}(/\S*)?", re.IGNORECASE)


# --- fetching -------------------------------------------------------------------------------------


def identity(url: str) -> str:
    """The number behind facebook.com/ads/library/?id= and /ads/archive/render_ad/?id=; "" for other addresses."""
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        host = (parts.hostname or "").rstrip(".")
        number = parse_qs(parts.query).get("id", [""])[0]
    except ValueError:
        return ""
    at_facebook = host == "facebook.com" or host.endswith(".facebook.com")
    in_library = parts.path.rstrip("/") in {"/ads/library", "/ads/archive/render_ad"}
    return number if at_facebook and in_library and parts.scheme in {"http", "https"} and _NUMBER.fullmatch(number) else ""


def page_numbers(query: str) -> list[str]:
    """The pages a query names; [] where one of them is no number, or there are none or too many."""
    numbers = [piece.strip() for piece in query.split(",")]
    return numbers if len(numbers) <= 10 and all(_NUMBER.fullmatch(number) for number in numbers) else []


def check_query(query: str, kind: str = "") -> domain.Problem | None:
    """Whether a watch could ask for this. Words may be missing where keyword packs bring some."""
    of_pages = kind == domain.QueryKind.ACCOUNT
    if kind == domain.QueryKind.PLACE:
        place, query = places.asked(query)
        if not isinstance(place, places.Countries):
            return places.refused(ASKS_PLACE)
    if page_numbers(query) if of_pages else len(query.strip()) <= 100:
        return None
    return shapes.refused(QUERIES, domain.QueryKind.ACCOUNT if of_pages else domain.QueryKind.SEARCH)


def asked_for(query: str, kind: str = "") -> str:
    """One form for the many ways to write a query that `check_query` takes: two of one form ask for one source."""
    if kind == domain.QueryKind.ACCOUNT:
        return ",".join(sorted(set(page_numbers(query))))
    return spellings.placed(query) if kind == domain.QueryKind.PLACE else spellings.words(query)


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """All ads that ran since the last finished walk, one look for each word. Raises SourceError: bad_query, bad_place, and what graph.get
    raises."""
    problem = check_query(ask.query, ask.kind)
    looks: dict[str, walks.Look] = {}
    if problem is None and ask.kind == domain.QueryKind.ACCOUNT:
        numbers = page_numbers(ask.query)
        looks["pages"] = _look(ask, fetcher, "pages", {"search_page_ids": f"[{','.join(numbers)}]"})
    elif problem is None:
        countries: tuple[str, ...] = ("ID",)
        where, query = "", ask.query
        if ask.kind == domain.QueryKind.PLACE:
            place, query = places.asked(ask.query)
            assert isinstance(place, places.Countries)
            where, countries = f"{place}; ", place.codes
        for word in dict.fromkeys(" ".join(word.split())[:100] for word in (query, *ask.words)):
            if word:
                terms = {"search_terms": word, "search_type": "KEYWORD_UNORDERED"}
                looks[where + word] = _look(ask, fetcher, where + word, terms, countries)
    if not looks:
        problem = problem or check_query("x" * 101)
        assert problem is not None
        raise domain.SourceError(problem.code, problem.sentence, permanent=True)
    yield from walks.down(ask, looks, first=FIRST, look_back=LOOK_BACK)


def _look(ask: domain.Ask, fetcher: domain.Fetcher, key: str, terms: Mapping[str, str], countries: Sequence[str] = ("ID",)) -> walks.Look:
    def look(token: str) -> walks.Turn:
        begun, since, place = _read_token(token) or (ask.now, _since(ask, key), "")
        parameters = {
            **terms,
            "ad_reached_countries": str(list(countries)),
            "ad_type": "ALL",
            "ad_active_status": "ALL",
            "ad_delivery_date_min": since,
            "fields": _FIELDS,
            "limit": "100",
            **graph.place(place),
        }
        answer, body = graph.get(fetcher, "ads_archive", ask, TITLE, parameters)
        posts, problems = adapted(graph.items(answer, body, TITLE))
        following = graph.following(body)
        # Ads come in no promised order, so none is old: a walk ends where the archive does, and knows all up to its beginning.
        moments = (begun,) * max(len(posts), 1)
        token = f"{begun.isoformat()} {since} {following}" if following else ""
        return walks.Turn(answer, posts, token, graph.told(answer, posts, problems), moments=moments)

    return look


def _read_token(token: str) -> tuple[datetime, str, str] | None:
    """When the walk began, the first day it asks for, the place. All three belong together: the pages below are pages of this one
    question."""
    begun, _, rest = token.partition(" ")
    since, _, place = rest.partition(" ")
    moment = api.moment(begun)
    return (moment, since, place) if moment is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", since) else None


def _since(ask: domain.Ask, key: str) -> str:
    """The first day a new walk asks for, as the archive counts (UTC)."""
    kept = ask.cursor.get("looks")
    known = walks.Walk.read(kept.get(key)).known if isinstance(kept, Mapping) else None
    return (known - LOOK_BACK if known else ask.now - FIRST).astimezone(UTC).date().isoformat()


def profile(_account: str, _ask: domain.Ask, _fetcher: domain.Fetcher) -> None:
    """Who advertises is a page of Facebook; its words about itself are read there."""


# --- becoming posts -------------------------------------------------------------------------------


def adapted(items: Sequence[Any]) -> tuple[tuple[domain.RawPost, ...], list[domain.Problem]]:
    """The ads of a page, and what could not be read of it."""
    posts: list[domain.RawPost] = []
    problems: list[domain.Problem] = []
    for place, item in enumerate(items):
        post = adapt(item, f"data[{place}]") if isinstance(item, dict) else None
        if post is None:
            problems.append(api.unreadable(f"data[{place}]"))
        else:
            posts.append(post)
    return tuple(posts), problems


def adapt(item: Mapping[str, Any], locator: str) -> domain.RawPost | None:
    """One ad, all its variants one below the other; None without a number."""
    number = api.text(item.get("id")) or identity(api.text(item.get("ad_snapshot_url")))
    if not _NUMBER.fullmatch(number):
        return None
    words = [word for pair in _WORDS for name in pair for word in _texts(item.get(name))]
    captions = [word for name in _WORDS[3] for word in _texts(item.get(name))]
    written = api.text(item.get("ad_delivery_start_time")) or api.text(item.get("ad_creation_time"))
    page = api.text(item.get("page_id"))
    return domain.RawPost(
        platform=PLATFORM,
        external_id=number,
        url=f"https://www.facebook.com/ads/library/?id={number}",
        text="\n\n".join(dict.fromkeys(words)),
        author=page,
        author_name=api.text(item.get("page_name")),
        posted_at=_moment(written),
        posted_at_source=written,
        origin=page,
        links=tuple(dict.fromkeys([*_addresses(captions), f"https://www.facebook.com/ads/archive/render_ad/?id={number}"])),
        locator=locator,
        unknown=api.unknown(item, _READ | _IGNORED),
    )


def _texts(value: Any) -> list[str]:
    """A text, or a list of texts, without those that say nothing."""
    found = value if isinstance(value, list) else [value]
    return [word.strip() for word in found if isinstance(word, str) and word.strip()]


def _addresses(captions: Sequence[str]) -> Iterator[str]:
    """Captions are mostly the name of the site the ad leads to."""
    for caption in captions:
        if _DOMAIN.fullmatch(caption):
            yield caption if "://" in caption else f"https://{caption.lower()}"


def _moment(written: str) -> datetime | None:
    """A time, or a day, which counts from its first moment (UTC)."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
            return datetime.fromisoformat(written).replace(tzinfo=UTC)
    except ValueError:
        return None
    return api.moment(written)
