"""What Facebook, Instagram and the Ad Library share: Meta's Graph API, its errors and its paging.

The token goes in the Authorization header. Answers carry it all the same, in `paging.next`: the client overwrites it, and of that
address only what tells the place is taken. Source of codes: Meta's "Handling Errors" and "Rate Limits" pages.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from patrol import domain
from patrol.sources.shared import api

VERSION = "v23.0"  # of May 2025; Meta serves a version for about two years
BASE = f"https://graph.facebook.com/{VERSION}"
WAIT = 3600.0  # seconds; Meta counts calls over a sliding hour

# What of paging.next tells the place. Everything else of it is ours already, or the token.
_PLACES = ("after", "until", "__paging_token", "offset")

_REFUSED = frozenset((102, 104, 190))
_TOO_MANY = frozenset((4, 17, 32, 341, 368, 613, *range(80000, 80015)))
_RIGHTS = frozenset((3, 10, *range(200, 300)))
_BUSY = frozenset((1, 2))
_NOT_THERE = frozenset((24, 110, 803))
_EXPIRED = frozenset((463, 467))
_HASHTAGS = 18

TOKEN = domain.CredentialField("access_token", domain.Sentence(id="Token akses Graph API", en="Graph API access token"))


def token(ask: domain.Ask, title: domain.Sentence, key: str = TOKEN.key) -> str:
    """A value of the watch's credential. Raises SourceError("credential_missing")."""
    value = ask.credential.get(key, "").strip()
    if not value:
        raise api.credential_missing(title)
    return value


def get(
    fetcher: domain.Fetcher, path: str, ask: domain.Ask, title: domain.Sentence, parameters: Mapping[str, str]
) -> tuple[domain.RawAnswer, Mapping[str, Any]]:
    """The answer to a question and its JSON object. Raises SourceError: credential_missing, credentials_refused, right_missing,
    too_many, platform_error, not_found, client_error, shape_changed, and what api.get raises."""
    secret = token(ask, title)

    def judge(answer: domain.RawAnswer, body: Any) -> domain.SourceError | None:
        return refusal(answer, body, title)

    answer, body = api.get(
        fetcher, f"{BASE}/{path}", title=title, parameters=parameters, headers={"Authorization": f"Bearer {secret}"}, judge=judge
    )
    if not isinstance(body, dict):
        raise api.shape_changed(title, answer)
    return answer, body


def items(answer: domain.RawAnswer, edge: Any, title: domain.Sentence) -> list[Any]:
    """The list of an edge. Raises SourceError("shape_changed") where there is none: an empty edge is an empty list."""
    found = edge.get("data") if isinstance(edge, dict) else None
    if not isinstance(found, list):
        raise api.shape_changed(title, answer)
    return found


def following(edge: Mapping[str, Any]) -> str:
    """The place of the page below, as parameters; "" where the platform names none. Only `next` says that there is one: the cursors
    of the last page look like those of any other."""
    paging = api.of_kind(edge.get("paging"), dict, {})
    if not paging.get("next"):
        return ""
    cursors = api.of_kind(paging.get("cursors"), dict, {})
    if after := api.text(cursors.get("after")):
        return urlencode({"after": after})
    try:
        asked = dict(parse_qsl(urlsplit(api.text(paging["next"])).query))
    except ValueError:
        return ""
    return urlencode({key: asked[key] for key in _PLACES if key in asked})


def place(token: str) -> dict[str, str]:
    """The parameters behind a token of `following`."""
    return {key: value for key, value in parse_qsl(token) if key in _PLACES}


def told(answer: domain.RawAnswer, posts: Sequence[domain.RawPost], problems: Collection[domain.Problem]) -> tuple[domain.Problem, ...]:
    """The problems of a page: what was found on the way, and the fields nobody knows."""
    unknown = {name for post in posts for name in post.unknown}
    return (*api.doubts(answer), *problems, *((api.unknown_fields(unknown),) if unknown else ()))


# --- refusals -------------------------------------------------------------------------------------


def refusal(answer: domain.RawAnswer, body: Any, title: domain.Sentence) -> domain.SourceError | None:
    """Meta's `error` object, in an answer of any status. Its own message is left in the raw answer: it names people and tokens."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return None
    code = api.of_kind(error.get("code"), int, 0)
    subcode = api.of_kind(error.get("error_subcode"), int, 0)
    said = f"{code}/{subcode}" if subcode else f"{code}"
    if code in _REFUSED:
        return _credentials(answer, title, said, expired=subcode in _EXPIRED)
    if code == _HASHTAGS:
        return _too_many_hashtags(answer, said)
    kinds = (
        (code in _TOO_MANY, _too_many),
        (code in _RIGHTS, _right_missing),
        (code in _BUSY or error.get("is_transient") is True, _platform_error),
        (code in _NOT_THERE or (code, subcode) == (100, 33), _not_there),
        (True, _bad_request),
    )
    return next(kind for fits, kind in kinds if fits)(answer, title, said)


def _credentials(answer: domain.RawAnswer, title: domain.Sentence, said: str, *, expired: bool) -> domain.SourceError:
    why_id = "masa berlakunya habis" if expired else "dicabut, diubah, atau tidak sah"
    why_en = "it has expired" if expired else "it was revoked, changed or is not valid"
    return domain.SourceError(
        "credentials_refused",
        domain.Sentence(
            id=f"{title.id} menolak token kita: {why_id}. Buat token baru dan perbarui kredensialnya.",
            en=f"{title.en} refuses our token: {why_en}. Make a new one and renew the credential.",
        ),
        permanent=True,
        answer=answer,
        told=said,
    )


def _too_many(answer: domain.RawAnswer, title: domain.Sentence, said: str) -> domain.SourceError:
    return domain.SourceError(
        "too_many",
        domain.Sentence(
            id=f"{title.id} meminta kita lebih jarang bertanya. Pengambilan dilanjutkan nanti.",
            en=f"{title.en} asks us to come less often. Fetching goes on later.",
        ),
        retry_after=_regained(answer) or WAIT,
        answer=answer,
        told=said,
    )


def _regained(answer: domain.RawAnswer) -> float | None:
    """Seconds until calls are taken again, from X-Business-Use-Case-Usage (minutes, one figure for each kind of use)."""
    try:
        uses = json.loads(answer.header("X-Business-Use-Case-Usage") or "{}")
        minutes = [api.of_kind(use.get("estimated_time_to_regain_access"), int, 0) for kinds in uses.values() for use in kinds]
    except (ValueError, RecursionError, AttributeError, TypeError):
        return None
    return min(max(minutes, default=0) * 60.0, 86_400.0) or None


def _too_many_hashtags(answer: domain.RawAnswer, said: str) -> domain.SourceError:
    return domain.SourceError(
        "too_many",
        domain.Sentence(
            id="Akun ini sudah menanyakan 30 tagar dalam 7 hari, batas Instagram. Kurangi tagar pada pantauan, atau "
            "tunggu sampai tagar lama lewat 7 hari.",
            en="This account has asked for 30 hashtags within 7 days, Instagram's limit. Watch fewer hashtags, or wait "
            "until old ones are 7 days past.",
        ),
        retry_after=6 * WAIT,
        answer=answer,
        told=said,
    )


def _right_missing(answer: domain.RawAnswer, title: domain.Sentence, said: str) -> domain.SourceError:
    return domain.SourceError(
        "right_missing",
        domain.Sentence(
            id=f"Token kita sah, tetapi tidak berhak membaca ini di {title.id}. Hak itu diberikan oleh Meta pada aplikasi, "
            "atau oleh pengelola halaman atau grup; sampai itu ada, pakai tangkapan petugas.",
            en=f"Our token is valid but has no right to read this on {title.en}. Meta grants it to the app, or the "
            "managers of the page or group do; until then officers capture by hand.",
        ),
        permanent=True,
        answer=answer,
        told=said,
    )


def _platform_error(answer: domain.RawAnswer, title: domain.Sentence, said: str) -> domain.SourceError:
    return domain.SourceError(
        "platform_error",
        domain.Sentence(id=f"{title.id} sedang bermasalah.", en=f"{title.en} has a fault of its own."),
        answer=answer,
        told=said,
    )


def _not_there(answer: domain.RawAnswer, title: domain.Sentence, said: str) -> domain.SourceError:
    return domain.SourceError(
        "not_found",
        domain.Sentence(
            id=f"{title.id} tidak menunjukkan ini kepada kita: tidak ada, sudah dihapus, atau tertutup.",
            en=f"{title.en} does not show this to us: it is not there, was deleted or is closed.",
        ),
        permanent=True,
        answer=answer,
        told=said,
    )


def _bad_request(answer: domain.RawAnswer, title: domain.Sentence, said: str) -> domain.SourceError:
    return domain.SourceError(
        "client_error",
        domain.Sentence(
            id=f"{title.id} tidak menerima pertanyaan kita. Jawaban mentahnya disimpan.",
            en=f"{title.en} does not accept our question. The raw answer is kept.",
        ),
        permanent=True,
        answer=answer,
        told=said,
    )
