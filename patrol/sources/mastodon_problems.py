"""What may go wrong on a Mastodon server, said in both languages."""

from typing import Any

from patrol import vocabulary


def bad_query(query: str, kind: str) -> vocabulary.Problem:
    shown = query[:100]
    return vocabulary.Problem(
        "bad_query",
        vocabulary.Sentence(
            id=f"{shown!r} tidak dapat dipakai untuk jenis pantauan ini ({kind}). Sebutkan juga servernya, misalnya "
            "#lokerluarnegeri@mastodon.example, @akun@mastodon.example, mastodon.example, atau kata@mastodon.example.",
            en=f"{shown!r} cannot be used for this kind of watch ({kind}). Name the server too, such as "
            "#overseasjobs@mastodon.example, @account@mastodon.example, mastodon.example or word@mastodon.example.",
        ),
        permanent=True,
    )


def account_not_found(account: str, answer: vocabulary.RawAnswer | None) -> vocabulary.SourceError:
    return vocabulary.SourceError(
        "not_found",
        vocabulary.Sentence(
            id=f"Server itu tidak mengenal akun {account}: salah eja, pindah, dihapus, atau tidak terbuka untuk umum.",
            en=f"The server knows no account {account}: misspelt, moved, deleted or not open to the public.",
        ),
        permanent=True,
        answer=answer,
    )


def said(body: Any, answer: vocabulary.RawAnswer) -> vocabulary.SourceError | None:
    """The server's own word for an error that its status does not tell (docs.joinmastodon.org/entities/Error)."""
    if not (isinstance(body, dict) and isinstance(body.get("error"), str)) or answer.status in {
        401,
        403,
        404,
        410,
        429,
    }:
        return None
    if answer.status >= 500:
        return None
    words = " ".join(f"{body['error']} {body.get('error_description') or ''}".split())[:200]
    refused = answer.status >= 400
    return vocabulary.SourceError(
        "bad_query" if refused else "platform_error",
        vocabulary.Sentence(
            id=f"Server Mastodon menjawab dengan kesalahan: {words!r}.",
            en=f"The Mastodon server answered with an error: {words!r}.",
        ),
        permanent=refused,
        answer=answer,
    )


def pages_not_served() -> vocabulary.Problem:
    return vocabulary.Problem(
        "pages_not_served",
        vocabulary.Sentence(
            id="Server ini hanya menyajikan unggahan terbaru dari akun tersebut; yang lebih lama tidak terbaca.",
            en="This server serves the account's newest posts only; older ones cannot be read.",
        ),
    )


def post_gone() -> vocabulary.Problem:
    return vocabulary.Problem(
        "post_gone",
        vocabulary.Sentence(
            id="Unggahan ini tidak lagi disajikan: dihapus, atau tidak lagi terbuka untuk umum. Yang tersimpan tetap ada.",
            en="This post is no longer served: deleted, or no longer public. What was stored stays.",
        ),
    )
