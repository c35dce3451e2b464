"""What may go wrong with Bluesky, said in both languages."""

import re
from typing import Any

from patrol import domain

SESSION_EXPIRED = "session_expired"  # handled by asking for a new session; nobody sees it unless that fails too
_NO_SUCH = frozenset(
    ("NotFound", "AccountTakedown", "AccountDeactivated", "AccountSuspended", "RepoNotFound", "BlockedActor", "BlockedByActor")
)


def said(answer: domain.RawAnswer, body: Any) -> domain.SourceError | None:
    """The platform's own word for an error (XRPC: `error` is a name, `message` a sentence), where it says more than the status."""
    if not (isinstance(body, dict) and isinstance(body.get("error"), str)):
        return None
    name, words = body["error"], " ".join(str(body.get("message") or "").split())[:200]
    if name in {"ExpiredToken", "InvalidToken"}:
        sentence = domain.Sentence(
            id="Sesi Bluesky kita sudah habis dan sesi baru tidak diberikan.",
            en="Our session with Bluesky has ended and no new one was given.",
        )
        return domain.SourceError(SESSION_EXPIRED, sentence, answer=answer)
    if answer.status in {401, 403, 429} or answer.status >= 500:
        return None
    code, permanent = "platform_error", False
    sentence = domain.Sentence(
        id=f"Bluesky menjawab dengan kesalahan {name}: {words!r}.", en=f"Bluesky answered with the error {name}: {words!r}."
    )
    if answer.status >= 400:
        permanent = True
        missing = name in _NO_SUCH or re.search(r"not found|could not (find|locate)|unable to resolve", words, re.IGNORECASE)
        code = "not_found" if missing else "bad_query"
    return domain.SourceError(code, sentence, permanent=permanent, answer=answer)


def post_gone() -> domain.Problem:
    return domain.Problem(
        "post_gone",
        domain.Sentence(
            id="Unggahan ini tidak lagi disajikan: dihapus, atau akunnya ditutup. Yang tersimpan tetap ada.",
            en="This post is no longer served: deleted, or its account was closed. What was stored stays.",
        ),
    )
