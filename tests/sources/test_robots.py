from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.sources.transport import robots
from tests.sources.conftest import USER_AGENT

PAGE = "https://kabar.example/loker/5"


def obeying(client: Any, **more: Any) -> Any:
    return robots.Obeying(client(), USER_AGENT, **more)


def refusal(fetcher: Any, url: str = PAGE) -> domain.SourceError:
    with pytest.raises(domain.SourceError) as caught:
        fetcher.get(url)
    return caught.value


# --- what the file says ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "rule"),
    [
        ("User-agent: *\nDisallow: /", "Disallow: /"),
        ("User-agent: *\nDisallow: /loker", "Disallow: /loker"),
        ("User-agent: *\nDisallow: /*/5$  # nomor lima", "Disallow: /*/5$"),
        ("User-agent: SIPatrol\nDisallow: /loker/\n\nUser-agent: *\nAllow: /", "Disallow: /loker/"),
        ("User-agent: lain\nDisallow: /loker/5\n\nUser-agent: *\nDisallow: /loker", "Disallow: /loker"),
        ("User-agent: *\nDisallow: /loker\nDisallow: /loker/", "Disallow: /loker/"),
        ("\ufeffuser-agent: *\r\ndisallow: /LOKER\r\ndisallow: /loker", "disallow: /loker"),
    ],
)
def test_a_forbidden_page_is_not_asked_for_and_the_line_is_named(site: Any, client: Any, rules: str, rule: str) -> None:
    site.serve("/kabar/robots.txt", rules.encode())
    error = refusal(obeying(client))
    assert (error.problem.code, error.problem.permanent) == ("robots_refused", False)
    assert f"robots.txt: {rule!r}" in error.problem.sentence.id
    assert site.paths == ["/kabar/robots.txt"]


@pytest.mark.parametrize(
    "rules",
    [
        "",
        "User-agent: *\nDisallow:",
        "User-agent: *\nDisallow: /admin",
        "User-agent: *\nDisallow: /\nAllow: /loker",
        "User-agent: lain\nDisallow: /",
        "User-agent: patrol\nDisallow: /",
        "User-agent: SIPatrol\nAllow: /\n\nUser-agent: *\nDisallow: /",
        "<!doctype html><title>Masuk</title>",
        "\x00\xff\xfe",
    ],
)
def test_an_allowed_page_is_fetched(site: Any, client: Any, rules: str) -> None:
    site.serve("/kabar/robots.txt", rules.encode())
    site.serve("/kabar/loker/5", b"isi")
    assert obeying(client).get(PAGE).body == b"isi"


def test_a_site_is_asked_once_a_run(site: Any, client: Any) -> None:
    site.serve("/kabar/robots.txt", b"User-agent: *\nDisallow: /admin")
    site.serve("/kabar/loker/5", b"isi")
    fetcher = obeying(client)
    for _again in range(3):
        fetcher.get(PAGE)
    assert (refusal(fetcher, "https://kabar.example/admin").problem.code, site.paths) == (
        "robots_refused",
        ["/kabar/robots.txt", *["/kabar/loker/5"] * 3],
    )


# --- where there is none --------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_no_file_is_permission(site: Any, client: Any, status: int) -> None:
    site.serve("/kabar/robots.txt", b"User-agent: *\nDisallow: /", status=status)
    site.serve("/kabar/loker/5", b"isi")
    assert obeying(client).get(PAGE).body == b"isi"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_fault_of_the_site_is_refusal_for_now(site: Any, client: Any, status: int) -> None:
    site.serve("/kabar/robots.txt", status=status, headers={"Retry-After": "60"})
    fetcher = obeying(client)
    for _again in range(2):
        error = refusal(fetcher)
        assert (error.problem.code, error.problem.permanent, error.retry_after) == ("robots_unreachable", False, 60.0)
    assert site.paths == ["/kabar/robots.txt"]


def test_a_site_that_cannot_be_reached_is_refusal_for_now(client: Any) -> None:
    error = refusal(obeying(lambda: client(stand_ins={}, resolve=lambda _host, _port: [])))
    assert (error.problem.code, error.problem.permanent) == ("robots_unreachable", False)
    assert "DNS" in error.problem.sentence.en


def test_an_address_that_cannot_be_fetched_is_the_clients_refusal(client: Any) -> None:
    assert refusal(obeying(client), "https://kabar.example:99/").problem.code == "bad_address"


def test_five_redirects_lead_to_the_file_and_more_to_none(site: Any, client: Any) -> None:
    def chain(hops: int) -> None:
        for hop in range(hops):
            path = "/kabar/robots.txt" if hop == 0 else f"/kabar/r{hop}"
            site.serve(path, status=301, headers={"Location": f"https://kabar.example/r{hop + 1}"})
        site.serve(f"/kabar/r{hops}", b"User-agent: *\nDisallow: /")

    site.serve("/kabar/loker/5", b"isi")
    chain(5)
    assert refusal(obeying(client)).problem.code == "robots_refused"
    chain(6)
    assert obeying(client).get(PAGE).body == b"isi"


def test_500_kib_are_read_and_no_half_line(site: Any, client: Any) -> None:
    head = b"User-agent: *\nDisallow: /admin\n"
    filler = b"#" * (robots.LARGEST - len(head) - len(b"Disallow: /") - 1) + b"\n"
    site.serve("/kabar/robots.txt", head + filler + b"Disallow: /loker/9\nDisallow: /loker")
    site.serve("/kabar/loker/5", b"isi")
    fetcher = obeying(client)
    assert fetcher.get(PAGE).body == b"isi"
    assert refusal(fetcher, "https://kabar.example/admin").problem.code == "robots_refused"


# --- redirects and pauses -------------------------------------------------------------------------


def test_a_page_redirected_to_a_forbidden_one_is_thrown_away(site: Any, client: Any) -> None:
    site.serve("/kabar/robots.txt", b"User-agent: *\nDisallow: /admin")
    site.serve("/kabar/loker/5", status=302, headers={"Location": "/admin"})
    site.serve("/kabar/admin", b"isi")
    error = refusal(obeying(client))
    assert (error.problem.code, error.answer) == ("robots_refused", None)


@pytest.mark.parametrize(
    ("said", "held"), [("Crawl-delay: 10", 10.0), ("Crawl-delay: 0.5", 0.5), ("Crawl-delay: 100000", 20.0), ("Crawl-delay: nanti", None)]
)
def test_a_wish_for_pauses_is_passed_on_after_each_request(site: Any, client: Any, said: str, held: Any) -> None:
    holds: list[tuple[str, float]] = []
    site.serve("/kabar/robots.txt", f"User-agent: *\n{said}".encode())
    site.serve("/kabar/loker/5", b"isi")
    fetcher = obeying(client, hold=lambda host, seconds: holds.append((host, seconds)))
    fetcher.get(PAGE)
    assert refusal(fetcher, "https://kabar.example/hilang").problem.code == "not_found"
    assert holds == ([("kabar.example", held)] * 2 if held else [])


@given(st.binary(max_size=400), st.text(max_size=30))
def test_any_file_gives_rules(body: Any, path: Any) -> None:
    rules = robots.Rules.read(body, "SIPatrol")
    url = f"https://kabar.example/{path}"
    assert rules.delay >= 0
    assert rules.allow(url) or rules.forbidding(url)


@given(st.lists(st.sampled_from(["User-agent: *", "User-agent: SIPatrol", "Disallow: /", "Disallow: /a", "Allow: /ab", "Disallow: /*b$"])))
def test_the_line_named_is_one_of_the_file(lines: Any) -> None:
    rules = robots.Rules.read("\n".join(lines).encode(), "SIPatrol")
    for url in ("https://kabar.example/ab", "https://kabar.example/"):
        assert rules.allow(url) or rules.forbidding(url) in lines


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("", 86_400),
        ("public", 86_400),
        ("max-age=600", 600),
        ('public, max-age = "60"', 60),
        ("max-age=0", 0),
        ("max-age=999999999", 86_400),
        ("no-store", 0),
        ("max-age=600, no-cache", 0),
    ],
)
def test_how_long_a_file_may_be_remembered(said: str, seconds: int) -> None:
    at = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)
    headers = (("Cache-Control", said),) if said else ()
    answer = domain.RawAnswer("", "", 200, (), (), headers, b"", at, at)
    assert (robots.kept_until(answer) - at).total_seconds() == seconds
