"""What refusals and partial answers of X mean to a person.

Shapes: https://docs.x.com/x-api/fundamentals/response-codes-and-errors. An answer with status 200 may carry `errors` beside `data`.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from patrol import domain
from patrol.sources.shared import api

TITLE = domain.Sentence(id="X (dahulu Twitter)", en="X (formerly Twitter)")
_DAY = 86_400.0


def judge(answer: domain.RawAnswer, body: Any) -> domain.SourceError | None:
    """What X says of its refusal. A used-up plan is no refused token: the token is good again when the plan is."""
    if not isinstance(body, dict):
        return api.shape_changed(TITLE, answer) if answer.status < 400 else None
    title, kind = api.text(body.get("title")), api.text(body.get("type"))
    if title == "CreditsDepleted" or kind.endswith("/problems/credits") or answer.status == 402:
        return domain.SourceError(
            "credits_depleted",
            domain.Sentence(
                id="Saldo akun X habis. Isi saldo di konsol pengembang X, lalu lanjutkan pantauan.",
                en="The credits of the X account are used up. Buy credits in X's developer console, then resume the watch.",
            ),
            permanent=True,
            answer=answer,
        )
    if title == "UsageCapExceeded" or kind.endswith("/problems/usage-capped"):
        return domain.SourceError(
            "quota",
            domain.Sentence(
                id="Jatah unggahan paket X habis. Tokennya tetap sah; pantauan dicoba lagi besok dan melanjutkan dari tempatnya.",
                en="The posts of the X plan are used up. The token stays good; the watch goes on where it was, tomorrow.",
            ),
            retry_after=_DAY,
            answer=answer,
        )
    if answer.status == 400 and (operator := _closed_operator(body)):
        return domain.SourceError(
            "not_in_plan",
            domain.Sentence(
                id=f"Paket X dari token ini tidak membuka {operator}. Ubah yang dicari, atau pakai token dari paket yang membukanya.",
                en=f"The X plan of this token does not open {operator}. Change what is asked for, or use the token of a plan that does.",
            ),
            permanent=True,
            answer=answer,
        )
    if answer.status >= 400 or any(key in body for key in ("data", "includes", "meta", "errors")):
        return None
    return _status_in_body(answer, api.of_kind(body.get("status"), int, 0))


def _closed_operator(body: Mapping[str, Any]) -> str:
    """The operator of a search that this product of X does not know; "" where the refusal is about anything else."""
    for listed in api.of_kind(body.get("errors"), list, []):
        told = re.search(r"invalid operator '([a-z_:]{1,30})'", api.text(api.of_kind(listed, dict, {}).get("message")))
        if told:
            return told.group(1)
    return ""


def _status_in_body(answer: domain.RawAnswer, status: int) -> domain.SourceError:
    """An error served as if all were well."""
    if status in {401, 403}:
        return api.credentials_refused(TITLE, answer)
    if status == 429 or status >= 500:
        sentence = domain.Sentence(id="X sedang tidak dapat menjawab.", en="X cannot answer now.")
        return domain.SourceError("too_many" if status == 429 else "server_error", sentence, answer=answer, told=str(status))
    return api.shape_changed(TITLE, answer)


def seconds_to_reset(error: domain.SourceError) -> float | None:
    """How long X asks us to wait with a 429 (`x-rate-limit-reset`, seconds since 1970, by X's own clock), None where it says nothing."""
    answer = error.answer
    if answer is None or answer.status != 429 or error.problem.code != "too_many":
        return None
    reset = answer.header("x-rate-limit-reset").strip()
    if not (reset.isascii() and reset.isdecimal() and len(reset) <= 11):
        return None
    try:
        there = parsedate_to_datetime(answer.header("Date"))
    except ValueError:
        there = answer.received_at
    if there.tzinfo is None:
        there = there.replace(tzinfo=UTC)
    return min(max(int(reset) - there.timestamp(), 1.0), _DAY)


def partial(body: Mapping[str, Any]) -> tuple[tuple[domain.Problem, ...], tuple[str, ...]]:
    """Problems and the numbers of deleted posts from `errors` beside `data`."""
    problems, gone = [], []
    for listed in api.of_kind(body.get("errors"), list, []):
        error = api.of_kind(listed, dict, {})
        number, about = api.text(error.get("resource_id")), api.text(error.get("resource_type"))
        if api.text(error.get("type")).endswith("/problems/resource-not-found") and about in {"tweet", "post"} and number.isdecimal():
            gone.append(number)
            continue
        title = api.text(error.get("title"))[:60] or "-"
        problems.append(
            domain.Problem(
                "partial_answer",
                domain.Sentence(
                    id=f"X tidak memberikan sebagian isi jawaban ini ({about[:20] or '-'}): {title}.",
                    en=f"X withheld a part of this answer ({about[:20] or '-'}): {title}.",
                ),
                permanent=True,
                where=number[:40] if number.isdecimal() else "",  # an account is named here by its name
            )
        )
    return tuple(problems), tuple(dict.fromkeys(gone))


def withheld(locator: str) -> domain.Problem:
    return domain.Problem(
        "withheld",
        domain.Sentence(
            id="X sendiri membatasi unggahan ini di sebagian negara; isinya mungkin tidak lengkap.",
            en="X itself withholds this post in some countries; it may be incomplete.",
        ),
        permanent=True,
        where=locator,
    )


def beyond_reach(since: datetime) -> domain.Problem:
    return domain.Problem(
        "beyond_reach",
        domain.Sentence(
            id=f"Pengambilan terakhir yang selesai sudah lama ({since:%Y-%m-%d}); X hanya mencari di tujuh hari terakhir. Yang "
            "lebih lama tidak terbaca lagi dengan pencarian.",
            en=f"The last finished fetch is long ago ({since:%Y-%m-%d}); X searches the last seven days only. What is "
            "older can no longer be searched.",
        ),
        permanent=True,
    )


def no_account(answer: domain.RawAnswer) -> domain.SourceError:
    return domain.SourceError(
        "not_found",
        domain.Sentence(
            id="Akun ini tidak ada di X: salah tulis, berganti nama, ditangguhkan atau dihapus.",
            en="There is no such account at X: misspelt, renamed, suspended or deleted.",
        ),
        permanent=True,
        answer=answer,
    )
