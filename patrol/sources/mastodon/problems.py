"""What may go wrong on a Mastodon server, said in both languages."""

from typing import Any

from patrol import domain


def account_not_found(answer: domain.RawAnswer | None) -> domain.SourceError:
    return domain.SourceError(
        "not_found",
        domain.Sentence(
            id="Server itu tidak mengenal akun itu: salah eja, pindah, dihapus, atau tidak terbuka untuk umum.",
            en="The server does not know that account: misspelt, moved, deleted or not open to the public.",
        ),
        permanent=True,
        answer=answer,
    )


def said(body: Any, answer: domain.RawAnswer) -> domain.SourceError | None:
    """The server's own word for an error that its status does not tell (docs.joinmastodon.org/entities/Error)."""
    if not (isinstance(body, dict) and isinstance(body.get("error"), str)) or answer.status in {401, 403, 404, 410, 429}:
        return None
    if answer.status >= 500:
        return None
    words = " ".join(f"{body['error']} {body.get('error_description') or ''}".split())[:200]
    refused = answer.status >= 400
    return domain.SourceError(
        "bad_query" if refused else "platform_error",
        domain.Sentence(
            id=f"Server Mastodon menjawab dengan kesalahan: {words!r}.", en=f"The Mastodon server answered with an error: {words!r}."
        ),
        permanent=refused,
        answer=answer,
    )


def pages_not_served() -> domain.Problem:
    return domain.Problem(
        "pages_not_served",
        domain.Sentence(
            id="Server ini hanya menyajikan unggahan terbaru dari akun tersebut; yang lebih lama tidak terbaca.",
            en="This server serves the account's newest posts only; older ones cannot be read.",
        ),
    )


def post_gone() -> domain.Problem:
    return domain.Problem(
        "post_gone",
        domain.Sentence(
            id="Unggahan ini tidak lagi disajikan: dihapus, atau tidak lagi terbuka untuk umum. Yang tersimpan tetap ada.",
            en="This post is no longer served: deleted, or no longer public. What was stored stays.",
        ),
    )
