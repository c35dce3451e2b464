"""What an answer of X's API v2 looks like, and how a post of it becomes a RawPost."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from patrol import domain
from patrol.sources.shared import api
from patrol.sources.x import problems as x_problems

NUMBER = re.compile(r"[1-9][0-9]{0,19}")
HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")

USER_FIELDS = "created_at,description,entities,location,name,protected,url,username,verified,withheld"
FIELDS: Mapping[str, str] = {
    "tweet.fields": "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,note_tweet,"
    "referenced_tweets,withheld",
    "expansions": "author_id,attachments.media_keys,attachments.poll_ids,referenced_tweets.id,referenced_tweets.id.author_id,"
    "referenced_tweets.id.attachments.media_keys",
    "user.fields": USER_FIELDS,
    "media.fields": "alt_text,media_key,preview_image_url,type,url,variants",
    "poll.fields": "id,options",
}

# Read, or ignored by name: counts that change by the minute, X's own guesses about the content, who may reply, and the app used.
TWEET = frozenset(
    (
        "attachments",
        "author_id",
        "conversation_id",
        "created_at",
        "edit_history_tweet_ids",
        "entities",
        "id",
        "note_tweet",
        "referenced_tweets",
        "text",
        "withheld",
        "context_annotations",
        "display_text_range",
        "edit_controls",
        "geo",
        "in_reply_to_user_id",
        "lang",
        "non_public_metrics",
        "organic_metrics",
        "possibly_sensitive",
        "promoted_metrics",
        "public_metrics",
        "reply_settings",
        "source",
    )
)
ANSWER = frozenset(("data", "includes", "meta", "errors"))
INCLUDED = frozenset(("users", "media", "tweets", "polls", "places", "topics"))


# --- becoming posts -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Included:
    """What the posts of an answer refer to, by its key."""

    users: Mapping[str, dict[str, Any]]
    media: Mapping[str, dict[str, Any]]
    tweets: Mapping[str, dict[str, Any]]
    polls: Mapping[str, dict[str, Any]]

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> "_Included":
        held = api.of_kind(body.get("includes"), dict, {})

        def by(key: str, kind: str) -> dict[str, dict[str, Any]]:
            return {api.text(one.get(key)): one for one in _dicts(held.get(kind)) if api.text(one.get(key))}

        return cls(by("id", "users"), by("media_key", "media"), by("id", "tweets"), by("id", "polls"))


def read(answer: domain.RawAnswer, body: Mapping[str, Any]) -> tuple[tuple[domain.RawPost, ...], tuple[domain.Problem, ...]]:
    """The posts of an answer, then those they quote (an offer is often only quoted), and what could not be read.

    Raises SourceError(shape_changed) where `data` is no list.
    """
    listed = body.get("data", [])
    if not isinstance(listed, list):
        raise api.shape_changed(x_problems.TITLE, answer)
    included = _Included.read(body)
    posts: dict[str, domain.RawPost] = {}
    problems: list[domain.Problem] = []
    quoted: list[str] = []
    for place, tweet in enumerate(listed):
        post = adapt(tweet, included, f"/data/{place}")
        if post is None:
            problems.append(api.unreadable(f"/data/{place}"))
            continue
        posts.setdefault(post.external_id, post)
        quoted += [number for kind, number in _references(tweet) if kind == "quoted"]
        if tweet.get("withheld"):
            problems.append(x_problems.withheld(post.locator))
    for number in quoted:
        post = adapt(included.tweets.get(number), included, f"/includes/tweets/{number}")
        if post is not None:
            posts.setdefault(post.external_id, post)
    unknown = {name for post in posts.values() for name in post.unknown}
    unknown |= set(api.unknown(body, ANSWER))
    unknown |= set(api.unknown(api.of_kind(body.get("includes"), dict, {}), INCLUDED, within="includes."))
    if unknown:
        problems.append(api.unknown_fields(unknown))
    return tuple(posts.values()), tuple(problems)


def adapt(tweet: Any, included: _Included, locator: str) -> domain.RawPost | None:
    """One post; None where it has no number. A repost whose original is gone keeps the cut words it came with."""
    number = api.text(tweet.get("id")) if isinstance(tweet, dict) else ""
    if not NUMBER.fullmatch(number):
        return None
    history = _history(tweet)
    references = _references(tweet)
    original = next((included.tweets.get(other, {}) for kind, other in references if kind == "retweeted"), {})
    content = original or tweet
    text, links = _words(content, included)
    author = api.of_kind(included.users.get(api.text(tweet.get("author_id"))), dict, {})
    name = api.text(author.get("username"))
    conversation = api.text(tweet.get("conversation_id"))
    written = api.text(tweet.get("created_at"))
    unknown = api.unknown(tweet, TWEET)
    if not name and tweet.get("author_id"):
        unknown["author_id"] = tweet["author_id"]  # the answer came without its accounts; the number is all there is
    forwarded = next((other for kind, other in references if kind in {"retweeted", "quoted"}), "")
    whose = api.of_kind(included.users.get(api.text(included.tweets.get(forwarded, {}).get("author_id"))), dict, {})
    return domain.RawPost(
        platform=domain.Platform.X,
        external_id=history[0],
        url=f"https://x.com/{name}/status/{number}" if HANDLE.fullmatch(name) else f"https://x.com/i/web/status/{number}",
        text=text,
        author=name.lower(),
        author_name=api.text(author.get("name")),
        author_id=api.text(tweet.get("author_id")),
        posted_at=api.moment(tweet.get("created_at")),
        posted_at_source=written,
        edited=number != history[0],
        reply_to=next((_first(other, included) for kind, other in references if kind == "replied_to"), ""),
        thread=conversation if NUMBER.fullmatch(conversation) and conversation not in history else "",
        forward_of=_first(forwarded, included) if forwarded else "",
        forward_name=api.text(whose.get("username")),
        links=links,
        media=tuple(_media(content, included)),
        also=tuple(history[1:]),
        locator=locator,
        unknown=unknown,
    )


def _history(tweet: Mapping[str, Any]) -> list[str]:
    """Numbers of all versions, oldest first, that of the tweet itself included."""
    number = api.text(tweet.get("id"))
    listed = [api.text(one) for one in api.of_kind(tweet.get("edit_history_tweet_ids"), list, [])]
    listed = [one for one in listed if NUMBER.fullmatch(one)]
    return listed if number in listed else [*listed, number]


def _first(number: str, included: _Included) -> str:
    """The identity of a post referred to: its first version, where the answer holds it."""
    tweet = included.tweets.get(number)
    return _history(tweet)[0] if tweet else number


def _references(tweet: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [(api.text(one.get("type")), api.text(one.get("id"))) for one in _dicts(tweet.get("referenced_tweets"))]
    return [(kind, number) for kind, number in found if NUMBER.fullmatch(number)]


def _words(tweet: Mapping[str, Any], included: _Included) -> tuple[str, tuple[str, ...]]:
    """The whole text (long posts stand in note_tweet), the answers of a poll below it, and the addresses behind t.co."""
    note = api.of_kind(tweet.get("note_tweet"), dict, {})
    text = html.unescape(api.text(note.get("text")) or api.text(tweet.get("text")))
    attached = api.of_kind(tweet.get("attachments"), dict, {})
    polls = [included.polls.get(api.text(key), {}) for key in api.of_kind(attached.get("poll_ids"), list, [])]
    options = [html.unescape(api.text(option.get("label"))) for poll in polls for option in _dicts(poll.get("options"))]
    links = (*links_of(tweet.get("entities")), *links_of(note.get("entities")))
    return "\n".join((text, *(f"- {option}" for option in options))), tuple(dict.fromkeys(links))


def links_of(entities: Any) -> tuple[str, ...]:
    """Where the addresses of a text lead. Those of the post's own pictures are none."""
    found = []
    for one in _dicts(api.of_kind(entities, dict, {}).get("urls")):
        if one.get("media_key") or api.text(one.get("display_url")).startswith("pic."):
            continue
        found.append(api.text(one.get("unwound_url")) or api.text(one.get("expanded_url")) or api.text(one.get("url")))
    return tuple(dict.fromkeys(filter(None, found)))


def _media(tweet: Mapping[str, Any], included: _Included) -> Iterator[domain.MediaReference]:
    for key in api.of_kind(api.of_kind(tweet.get("attachments"), dict, {}).get("media_keys"), list, []):
        one = included.media.get(api.text(key))
        if one is None:
            continue
        words, picture = html.unescape(api.text(one.get("alt_text"))), api.text(one.get("preview_image_url"))
        if one.get("type") == "photo":
            yield domain.MediaReference("photo", api.text(one.get("url")), words)
            continue
        variants = [variant for variant in _dicts(one.get("variants")) if variant.get("content_type") == "video/mp4"]
        best = max(variants, key=lambda variant: api.of_kind(variant.get("bit_rate"), int, 0), default={})
        yield domain.MediaReference("video", api.text(best.get("url")), words)
        if picture:
            yield domain.MediaReference("photo", picture)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
