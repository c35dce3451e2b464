"""What collecting hands on: platforms, a post as received, pages, questions, problems, and what a source is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from patrol.domain.keepable import keepable
from patrol.domain.words import NOTHING, Sentence


class Platform(StrEnum):
    """Where a post stood. A line names a folder of `patrol.sources`, which says all else of the platform, and is stored with each post.

    Not every platform can be fetched from: some posts only come by import or capture.
    """

    TELEGRAM = "telegram"
    FEED = "feed"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    YOUTUBE = "youtube"
    X = "x"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    TIKTOK = "tiktok"
    AD_LIBRARY = "ad_library"  # of Meta
    WEB = "web"  # any page; identity is its canonical address
    THREADS = "threads"
    WHATSAPP = "whatsapp"
    NOTED = "noted"  # none: what somebody said on the telephone or at the counter, written down by an officer


class QueryKind(StrEnum):
    """What a watch may ask a platform for; each source lists those it can (`Source.QUERIES`)."""

    CHANNEL = "channel"
    FEED = "feed"
    SEARCH = "search"  # words, own or of keyword packs
    PLACE = "place"  # a place, or words at a place; the query as sources.places writes it
    HASHTAG = "hashtag"
    ACCOUNT = "account"  # what one account posts
    TIMELINE = "timeline"  # everything public on one server
    GROUP = "group"
    COMMENTS = "comments"  # under one post or video
    PAGE = "page"  # a web page or job board, by CSS selectors


@dataclass(frozen=True, slots=True)
class MediaReference:
    """A picture, video or file a post points to; not fetched yet."""

    kind: str  # photo, video, document, sticker, voice, link_preview
    url: str = ""
    words: str = ""  # what the platform says is on it: alternative text, caption
    # Names the file where its address does not, or not for long: a number of the platform's, the original's address; "" elsewhere.
    file: str = ""


@dataclass(frozen=True, slots=True)
class RawPost:
    """One post as a source understood it, before anything of it is stored."""

    platform: str
    external_id: str  # unique for the whole platform, see sources.<platform>.identity
    url: str
    text: str
    author: str = ""  # handle without @, lower case; "" where the platform shows none
    author_name: str = ""
    # The platform's own id of the account, which outlives its names; "" where it shows none, or where `author` is that already.
    author_id: str = ""
    posted_at: datetime | None = None  # None where the platform does not say
    posted_at_source: str = ""  # the time exactly as the platform wrote it
    edited: bool = False
    reply_to: str = ""  # external_id of the post answered
    thread: str = ""  # external_id of the post this is a comment of
    forward_of: str = ""  # address or external_id of the original
    forward_name: str = ""  # who is named as the original's author
    origin: str = ""  # channel, group or feed it stood in
    links: tuple[str, ...] = ()  # addresses hidden behind words included
    media: tuple[MediaReference, ...] = ()
    also: tuple[str, ...] = ()  # other external_ids this very post may have been stored under (captured by its address)
    # No earlier than this was it seen to stand there, where that is not just now: a file of last week, a capture sent late.
    collected_at: datetime | None = None
    locator: str = ""  # where in the raw answer it stands
    unknown: Mapping[str, Any] = NOTHING  # fields of the platform that nobody handles or ignores by name


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """One HTTP answer with its custody facts. `body` is decoded (content encoding undone), never parsed."""

    asked_url: str
    final_url: str
    status: int
    hops: tuple[str, ...]
    request_headers: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    body: bytes
    requested_at: datetime
    received_at: datetime
    address: str = ""  # the address actually dialled
    truncated: bool = False  # stopped at a limit; what came is kept
    method: str = "GET"
    sent: str = ""  # the body of a POST, secrets withheld
    withheld: int = 0  # how often a secret of ours stood in the answer and was overwritten, letter for letter, by *
    certificate: str = ""  # SHA-256 (hex) of the certificate whoever answered had shown; "" without TLS
    certificates: tuple[str, ...] = ()  # SHA-256 (hex) of the verified chain, that certificate first; () without TLS

    def header(self, name: str) -> str:
        """First value of a header, "" where it is missing."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong and is shown to a person: a code for machines, a sentence for people.

    `permanent`: trying again cannot help; a person has to change something. Its words may quote what a stranger wrote, and are
    always kept with the run, the job or the file: they hold nothing the database could refuse.
    """

    code: str
    sentence: Sentence
    permanent: bool = False
    where: str = ""  # locator in the raw answer, line of a file, ...
    told: str = ""  # status and code of the platform's answer, for whoever mends the source; no sentence holds them

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", keepable(self.where))
        object.__setattr__(self, "sentence", Sentence(keepable(self.sentence.id), keepable(self.sentence.en)))


class SourceError(Exception):
    """A fetch that cannot go on. Carries the decision whether to try again (`problem.permanent`)."""

    def __init__(
        self,
        code: str,
        sentence: Sentence,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        answer: RawAnswer | None = None,
        told: str = "",
    ) -> None:
        super().__init__(f"{code}: {sentence.en}")
        status = f"HTTP {answer.status}" if answer is not None else ""
        self.problem = Problem(code, sentence, permanent, told=", ".join(filter(None, (status, told))))
        self.retry_after = retry_after  # seconds, as the platform asked
        self.answer = answer  # what came, where something came: it is evidence too
        self.cursor: Mapping[str, Any] | None = None  # where the next fetch goes on; None: where the last page said


@dataclass(frozen=True, slots=True)
class Covered:
    """A stretch of a numbered channel a page shows without holes: what is stored of it and not on the page is gone."""

    prefix: str  # of external_id, the number stands behind it
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched page: stored in one transaction, together with the cursor behind it."""

    answer: RawAnswer
    posts: tuple[RawPost, ...]
    cursor: Mapping[str, Any]  # JSON-able; where the next fetch goes on once this page is stored
    problems: tuple[Problem, ...] = ()  # posts that could not be read; the page goes on
    gone: tuple[str, ...] = ()  # external_ids the platform itself says are deleted
    covered: Covered | None = None
    # External_ids of posts whose direct replies the page shows without exception: what is stored as one and not shown is gone.
    answered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """What a watch asks a source for."""

    query: str  # channel name, feed address, words, ...; "" where only `words` are asked for
    cursor: Mapping[str, Any]  # as the last stored page left it; {} at first
    now: datetime
    max_pages: int = 20
    kind: str = ""  # QueryKind; "" is the first the source lists
    words: tuple[str, ...] = ()  # of the watch's keyword packs
    credential: Mapping[str, str] = NOTHING  # values by CredentialField.key


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One further thing a query is written of, with a field of its own in the form of a watch."""

    key: str  # as the query names it
    label: Sentence
    asks: Sentence
    example: str


@dataclass(frozen=True, slots=True)
class QueryShape:
    """One way to ask a platform."""

    key: str  # QueryKind
    title: Sentence
    asks: Sentence  # what to write as the watch's query, with `example` in it
    takes_words: bool = False  # keyword packs make sense; then the query itself may be empty
    names_server: bool = False  # beside packs, too, the query says which server is asked
    takes_place: bool = False  # the query begins with a place, which `asks`, `label` and `example` are about
    open: bool = False  # answered without the platform's credential too
    label: Sentence | None = None  # of the field in the form of a watch; None: the title says it
    example: str = ""  # of a query, the same in both languages
    parts: tuple[QueryPart, ...] = ()  # what follows in the query, as sources.parts writes it; the form asks for each by itself


@dataclass(frozen=True, slots=True)
class CredentialField:
    """One value of a platform's credential, entered by a person in the workbench."""

    key: str
    title: Sentence
    secret: bool = True
    required: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """What an account says about itself, with the answer that shows it."""

    platform: str
    account: str  # as in RawPost.author
    name: str
    text: str
    links: tuple[str, ...]
    url: str
    answer: RawAnswer
    account_id: str = ""  # as in RawPost.author_id


class Pace(Protocol):
    """The per-host token bucket shared by all workers."""

    def wait(self, host: str) -> None:
        """Blocks until one request to `host` is allowed. Raises SourceError("paced") when the wait would be too long."""


class Fetcher(Protocol):
    """The one way out: sources.http.Client, or a test's fake of the outside world."""

    def get(self, url: str, *, headers: Mapping[str, str] = NOTHING) -> RawAnswer:
        """Raises SourceError; a status of 400 and above is raised too, a 304 is returned."""

    def post(
        self,
        url: str,
        *,
        json: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] = NOTHING,
        private: bool = False,
    ) -> RawAnswer:
        """One POST of JSON or of a form, never redirected. `private`: the body holds secrets and is not kept. Raises SourceError."""


class Named(Protocol):
    """What the folder of each platform in `sources/` says, whether we may fetch from it or not; `sources.PLATFORMS` lists them."""

    PLATFORM: str
    NAME: Sentence  # as pages call it beside a post
    HOSTS: tuple[str, ...]  # what stands on these hosts and below them stands on the platform
    CALLED: tuple[str, ...]  # other words for it in tables that people make, in small letters
    SENT_IN: bool  # people see its posts on a screen and may send in a picture of one

    def identity(self, url: str) -> str:
        """The external_id behind an address of the platform, "" where it is none."""


class Source(Named, Protocol):
    """What the folder of a platform offers that is fetched from; `sources.SOURCES` lists them."""

    TITLE: Sentence  # as the page of sources calls the way we read it
    TERMS: Sentence  # under which terms the platform is read
    HEALTHY: Sentence  # what a healthy run looks like, what an empty answer means
    LIMITS: Sentence  # what the platform allows at most
    ROBOTS: Sentence  # the robots policy, and why
    PROVEN: Sentence  # what it was tested against: a real server, or recorded answers only
    OBEYS_ROBOTS: bool  # robots.txt is asked before each host's first page
    HEALTHY_RANGE: tuple[int, int]  # posts a day of one watch, proposed to whoever makes it
    PROFILE_BY_ID: bool  # `profile` is asked by the platform's own id of an account, where that is known
    SEVERAL_VIEWS: bool  # two watches may be shown one post differently: by selectors of their own (ADR 35)
    QUERIES: tuple[QueryShape, ...]  # ways to ask; the first is the usual one
    CREDENTIAL: tuple[CredentialField, ...]  # empty: the platform is read without an account

    def check_query(self, query: str, kind: str = "") -> Problem | None:
        """Whether a watch could ask for this."""

    def asked_for(self, query: str, kind: str = "") -> str:
        """One form for the many ways to write a query that `check_query` takes: two of one form ask for one source."""

    def fetch(self, ask: Ask, fetcher: Fetcher) -> Iterator[Page]:
        """Newest page first. Raises SourceError; pages yielded before it stay valid."""

    def profile(self, account: str, ask: Ask, fetcher: Fetcher) -> Profile | None:
        """What an account says about itself; None where the platform shows no such thing to us. Raises SourceError."""
