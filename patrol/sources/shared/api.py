"""What the sources of platform interfaces share: JSON asked for, refusals told apart, fields nobody knows named."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from patrol import domain
from patrol.sources.shared import markup, refusals

# Looks into the platform's own words for an error, in an answer of any status; None where it is none.
type Judge = Callable[[domain.RawAnswer, Any], domain.SourceError | None]


def get(
    fetcher: domain.Fetcher,
    base: str,
    *,
    title: domain.Sentence,
    parameters: Mapping[str, str] = domain.NOTHING,
    headers: Mapping[str, str] = domain.NOTHING,
    judge: Judge | None = None,
) -> tuple[domain.RawAnswer, Any]:
    """The answer to a GET and its JSON. Raises SourceError: credentials_refused, not_json, cut_answer, what `judge` finds, and the
    fetcher's own. Parameters that are empty are not sent. No secret belongs into them: addresses are evidence."""
    asked = {key: value for key, value in parameters.items() if value != ""}
    url = f"{base}?{urlencode(asked)}" if asked else base
    return _asked(lambda: fetcher.get(url, headers={"Accept": "application/json", **headers}), title, judge)


def post(
    fetcher: domain.Fetcher,
    url: str,
    *,
    title: domain.Sentence,
    body: Mapping[str, Any] | None = None,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] = domain.NOTHING,
    private: bool = False,
    judge: Judge | None = None,
) -> tuple[domain.RawAnswer, Any]:
    """The answer to a POST and its JSON. Raises SourceError as `get` does. What answers a private one holds secrets too (a token):
    it is never attached to an error."""

    def ask() -> domain.RawAnswer:
        return fetcher.post(url, json=body, form=form, headers={"Accept": "application/json", **headers}, private=private)

    try:
        return _asked(ask, title, judge)
    except domain.SourceError as error:
        if private:
            error.answer = None
        raise


def _asked(ask: Callable[[], domain.RawAnswer], title: domain.Sentence, judge: Judge | None) -> tuple[domain.RawAnswer, Any]:
    try:
        answer = ask()
    except domain.SourceError as error:
        raise _better(error, title, judge) from error
    body = read(answer, title)
    if judge is not None and (found := judge(answer, body)):
        raise found
    return answer, body


def _better(error: domain.SourceError, title: domain.Sentence, judge: Judge | None) -> domain.SourceError:
    """What the platform says of its refusal, where it says something: more telling than the status."""
    answer = error.answer
    if answer is None:
        return error
    if answer.status == 429:
        error.retry_after = error.retry_after or until_reset(answer)
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        # No word of the platform's: a wall before it answers 403 as well, and that says nothing of what we showed.
        return credentials_refused(title, answer) if answer.status == 401 else error
    found = judge(answer, said) if judge is not None else None
    if found is not None:
        found.retry_after = found.retry_after or error.retry_after
        return found
    return credentials_refused(title, answer) if answer.status in {401, 403} else error


def read(answer: domain.RawAnswer, title: domain.Sentence) -> Any:
    """The JSON of an answer. Raises SourceError: cut_answer (tried again), login_wall, not_json."""
    if answer.truncated:
        raise cut_answer(title, answer)
    try:
        # One wrong byte must not cost a page of posts; `doubts` tells of it.
        return json.loads(answer.body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        pass
    head = answer.body[:4096].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise domain.SourceError(
            "login_wall",
            domain.Sentence(
                id=f"{title.id} menjawab dengan halaman web (biasanya halaman masuk), bukan data. Tidak ada yang dibaca.",
                en=f"{title.en} answered with a web page (usually a login page) instead of data. Nothing was read.",
            ),
            answer=answer,
        )
    if head.startswith((b"{", b"[")):
        raise cut_answer(title, answer)
    raise domain.SourceError(
        "not_json",
        domain.Sentence(
            id=f"Jawaban {title.id} bukan data yang dapat dibaca. Tidak ada yang dibaca darinya; akan dicoba lagi.",
            en=f"The answer of {title.en} is no data that can be read. Nothing was read from it; it will be tried again.",
        ),
        answer=answer,
        told="no JSON",
    )


def doubts(answer: domain.RawAnswer) -> tuple[domain.Problem, ...]:
    """What is wrong with an answer that could be read all the same: bytes that are no UTF-8."""
    if markup.decode(answer.body)[1]:
        return ()
    return (
        domain.Problem(
            "bad_charset",
            domain.Sentence(
                id="Sebagian huruf pada jawaban platform rusak (bukan UTF-8) dan tampil sebagai \ufffd; aslinya tetap disimpan.",
                en="Some letters of the platform's answer are broken (no UTF-8) and are shown as \ufffd; the original is kept.",
            ),
        ),
    )


def until_reset(answer: domain.RawAnswer) -> float | None:
    """Seconds until the platform counts anew, from X-RateLimit-Reset and its kin (a time, or seconds since 1970); None where it does
    not say. The server's own clock is asked where it shows one."""
    for name in ("X-RateLimit-Reset", "X-Rate-Limit-Reset", "RateLimit-Reset"):
        written = answer.header(name).strip()
        reset = moment(int(written)) if re.fullmatch(r"[0-9]{9,12}", written) else moment(written)
        if reset is not None:
            return min(max((reset - refusals.server_time(answer)).total_seconds(), 1.0), refusals.LONGEST_WAIT)
    return None


def cut_answer(title: domain.Sentence, answer: domain.RawAnswer) -> domain.SourceError:
    return domain.SourceError(
        "cut_answer",
        domain.Sentence(
            id=f"Jawaban {title.id} terpotong. Yang sudah datang disimpan sebagai bukti dan halamannya diminta lagi.",
            en=f"The answer of {title.en} broke off. What came is kept as evidence and the page is asked for again.",
        ),
        answer=answer,
    )


def credentials_refused(title: domain.Sentence, answer: domain.RawAnswer | None = None) -> domain.SourceError:
    """Stops every watch of the credential, cursors kept, until a person enters a new one."""
    return domain.SourceError(
        "credentials_refused",
        domain.Sentence(
            id=f"{title.id} menolak kredensial kita: kedaluwarsa, dicabut, atau haknya kurang. Perbarui kredensialnya.",
            en=f"{title.en} refuses our credentials: expired, revoked or without the right. Renew them.",
        ),
        permanent=True,
        answer=answer,
    )


def credential_missing(title: domain.Sentence) -> domain.SourceError:
    return domain.SourceError(
        "credential_missing",
        domain.Sentence(
            id=f"{title.id} hanya menjawab dengan kredensial. Pantauan ini belum diberi satu pun.",
            en=f"{title.en} answers with credentials only. This watch has none yet.",
        ),
        permanent=True,
    )


def shape_changed(title: domain.Sentence, answer: domain.RawAnswer) -> domain.SourceError:
    """The answer is JSON, but not of the shape the platform documents."""
    return domain.SourceError(
        "shape_changed",
        domain.Sentence(
            id=f"Bentuk jawaban {title.id} tidak dikenali. Jawaban mentahnya disimpan; program perlu disesuaikan.",
            en=f"The shape of the answer of {title.en} is not known. The raw answer is kept; the program needs a change.",
        ),
        answer=answer,
    )


def unreadable(locator: str) -> domain.Problem:
    """One item of a page without identity or not of the documented shape; the page goes on."""
    return domain.Problem(
        "unreadable_item",
        domain.Sentence(
            id="Satu unggahan tidak dapat dibaca dari jawaban platform; jawaban mentahnya tetap disimpan.",
            en="One post could not be read from the platform's answer; the raw answer is kept.",
        ),
        permanent=True,
        where=locator,
    )


def no_time(locator: str) -> domain.Problem:
    """A post whose time is missing or unreadable: it is kept, and checked as of the day it was fetched."""
    return domain.Problem(
        "bad_time",
        domain.Sentence(
            id="Waktu satu unggahan tidak dapat dibaca; unggahannya tetap disimpan.",
            en="The time of one post could not be read; the post is kept all the same.",
        ),
        where=locator,
    )


def mapping(value: Any) -> Mapping[str, Any]:
    """A JSON object, an empty one for everything else."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """The JSON objects of a list, none for everything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def unknown_fields(names: Collection[str]) -> domain.Problem:
    listed = ", ".join(sorted(names)[:20])
    return domain.Problem(
        "unknown_fields",
        domain.Sentence(
            id=f"Data dari platform memuat bagian yang belum dikenal: {listed}. Isinya disimpan bersama unggahan.",
            en=f"The platform's answer holds parts nobody knows yet: {listed}. They are kept with the posts.",
        ),
    )


def unknown(item: Mapping[str, Any], known: Collection[str], *, within: str = "") -> dict[str, Any]:
    """Fields of an item that are neither read nor ignored by name, and hold something. `within` goes before their names."""
    return {f"{within}{key}": value for key, value in item.items() if key not in known and value not in (None, "", [], {})}


def of_kind[T](value: Any, kind: type[T], default: T) -> T:
    """The value where it is of this type (a bool is no int), else the default: what a platform promises it may not keep."""
    return value if isinstance(value, kind) and not (kind is int and isinstance(value, bool)) else default


def text(value: Any) -> str:
    """A string as it is, a whole number as its digits, "" for everything else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def moment(written: Any) -> datetime | None:
    """A time with zone, ISO 8601 or seconds since 1970, in UTC; None where it is missing, unreadable or without a zone."""
    try:
        if isinstance(written, int) and not isinstance(written, bool):
            return datetime.fromtimestamp(written, UTC)
        if isinstance(written, str):
            parsed = datetime.fromisoformat(re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", written))
            return parsed.astimezone(UTC) if parsed.tzinfo else None
    except (ValueError, OverflowError, OSError):
        pass
    return None
