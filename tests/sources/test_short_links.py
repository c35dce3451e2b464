"""Short links, on a real server of the test's own that plays the services."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from patrol import domain
from patrol.domain.short_links import ShortLinkOutcome as Outcome
from patrol.sources import short_links
from patrol.sources.transport import http
from tests import factories

NUMBER = "https://wa.me/6284055507788"


def test_every_service_says_where_it_is_told_to_be_one() -> None:
    assert all(one["source"] for one in short_links.SERVICES.values())
    assert {"bit.ly", "s.id", "tinyurl.com", "cutt.ly", "t.ly", "wa.link"} <= set(short_links.SERVICES)
    assert not {"linktr.ee", "lynk.id", "wa.me", "t.me"} & set(short_links.SERVICES)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://s.id/loker-taiwan", "https://s.id/loker-taiwan"),
        ("http://www.BIT.ly/AbC/?fbclid=1#x", "https://bit.ly/AbC"),
        ("https://tinyurl.com/a/b", "https://tinyurl.com/a/b"),
        ("https://bit.ly/", ""),  # the service itself
        ("https://bit.ly/robots.txt", ""),
        ("https://bit.ly.contoh.example/AbC", ""),
        ("https://xbit.ly/AbC", ""),
        ("https://linktr.ee/agen", ""),
        (NUMBER, ""),
        ("https://bit.ly/" + "a" * 101, ""),
        ("https://[bit.ly/AbC", ""),
        ("bit.ly/AbC", ""),  # the reader writes the scheme
    ],
)
def test_what_is_a_short_link(address: str, found: str) -> None:
    assert short_links.short(address) == found


@pytest.fixture
def follow(site: Any, pace: Any) -> Callable[..., short_links.Followed]:
    """Follows by a client for which the services are played by the site, under /s.id and /bit.ly; everything else is the real network."""

    def dialled(*_: Any) -> Any:
        raise AssertionError("nobody else is asked")

    def made(address: str, **limits: Any) -> short_links.Followed:
        client = http.Client(
            pace=pace,
            user_agent="SIPatrol/test (+https://sipatrol.example/kontak)",
            stand_ins={f"https://{host}": f"{site.base}/{host}" for host in ("s.id", "bit.ly")},
            limits=http.Limits(**{"seconds": 5.0, "wire_bytes": 20_000, "decoded_bytes": 40_000, **limits}),
            resolve=dialled,
        )
        return short_links.follow(address, lambda url: client.step(url)[0])

    return made


def leads(site: Any, path: str, to: str, status: int = 301, body: bytes = b"moved") -> None:
    site.serve(path, body, status=status, headers={"Location": to})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_where_it_leads_is_read_of_the_redirect_and_not_opened(status: int, site: Any, follow: Any) -> None:
    leads(site, "/s.id/loker", NUMBER, status)
    found = follow("https://s.id/loker")
    assert (found.outcome, found.leads_to, found.problem) == (Outcome.OPENED, NUMBER, None)
    assert [(answer.status, answer.asked_url) for answer in found.exchanges] == [(status, "https://s.id/loker")]
    assert site.paths == ["/s.id/loker"]
    sent = site.asked[0][1]
    assert not {"cookie", "authorization", "referer"} & set(sent)


def test_a_chain_is_followed_as_far_as_it_is_of_short_links(site: Any, follow: Any, pace: Any) -> None:
    leads(site, "/s.id/a", "/b")
    leads(site, "/s.id/b", "https://bit.ly/C?utm_source=x")
    leads(site, "/bit.ly/C", "https://toko.example/go?u=https://bit.ly/D")
    found = follow("https://s.id/a")
    assert (found.outcome, found.leads_to) == (Outcome.OPENED, "https://toko.example/go?u=https://bit.ly/D")
    assert site.paths == ["/s.id/a", "/s.id/b", "/bit.ly/C"]
    assert pace.hosts == ["s.id", "s.id", "bit.ly"]


def test_a_circle_and_a_long_chain_end(site: Any, follow: Any) -> None:
    leads(site, "/s.id/a", "https://bit.ly/a")
    leads(site, "/bit.ly/a", "https://s.id/a")
    assert follow("https://s.id/a").outcome == Outcome.TOO_MANY_HOPS
    assert len(site.paths) == 2
    for n in range(9):
        leads(site, f"/s.id/k{n}", f"https://s.id/k{n + 1}")
    found = follow("https://s.id/k0")
    assert (found.outcome, found.leads_to, len(found.exchanges)) == (Outcome.TOO_MANY_HOPS, "", short_links.HOPS + 1)


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:8000/admin",
        "http://127.1/",
        "http://2130706433/",
        "http://10.0.0.7/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://[kacau",
        "https://toko.example/" + "a" * short_links.LONGEST_END,
    ],
)
def test_what_is_no_public_address_is_told_as_refused_and_dialled_by_nobody(to: str, site: Any, follow: Any) -> None:
    leads(site, "/s.id/x", to)
    found = follow("https://s.id/x")
    assert (found.outcome, found.leads_to) == (Outcome.REFUSED, "")
    assert found.problem is not None
    assert found.problem.code == "private_address"
    assert (len(found.exchanges), site.paths) == (1, ["/s.id/x"])


@pytest.mark.parametrize("to", ["whatsapp://send?phone=6284055507788&text=Halo", "tg://resolve?domain=agen_contoh"])
def test_an_address_of_an_app_is_an_end(to: str, site: Any, follow: Any) -> None:
    leads(site, "/s.id/x", to)
    found = follow("https://s.id/x")
    assert (found.outcome, found.leads_to, len(found.exchanges)) == (Outcome.OPENED, to, 1)


@pytest.mark.parametrize(
    ("status", "headers", "body", "outcome"),
    [
        (404, {}, b"", Outcome.GONE),
        (410, {}, b"", Outcome.GONE),
        (401, {}, b"", Outcome.LOGIN_WALL),
        (403, {}, b"", Outcome.REFUSED),
        (200, {"Content-Type": "text/html"}, b"<p>Halaman</p>", Outcome.NO_REDIRECT),
        (200, {"Content-Type": "text/html"}, f'<meta http-equiv="refresh" content="0;url={NUMBER}">'.encode(), Outcome.NO_REDIRECT),
        (200, {"Refresh": f"0; url={NUMBER}"}, b"", Outcome.NO_REDIRECT),
        (302, {}, b"", Outcome.NO_REDIRECT),
        (302, {"Location": "https://bitly.com/a/sign_in?rd=x"}, b"", Outcome.LOGIN_WALL),
        (302, {"Location": "/login"}, b"", Outcome.LOGIN_WALL),
        (302, {"Location": "https://bit.ly/"}, b"", Outcome.NO_REDIRECT),
        (302, {"Location": "https://www.bitly.com/pages/rusak"}, b"", Outcome.NO_REDIRECT),
    ],
)
def test_what_a_service_answers_instead(status: int, headers: Any, body: bytes, outcome: Outcome, site: Any, follow: Any) -> None:
    site.serve("/bit.ly/x", body, status=status, headers=headers)
    found = follow("https://bit.ly/x")
    assert (found.outcome, found.leads_to, len(found.exchanges)) == (outcome, "", 1)
    assert site.paths == ["/bit.ly/x"]


@pytest.mark.parametrize(
    ("address", "to", "outcome"),
    [
        ("https://dub.sh/x", "https://dub.co/home", Outcome.NO_REDIRECT),
        ("https://dub.sh/x", "https://app.dub.co/login", Outcome.LOGIN_WALL),
        ("https://rb.gy/x", "https://www.rebrandly.com/links", Outcome.NO_REDIRECT),
        ("https://tiny.cc/x", "https://blog.tiny.cc/", Outcome.NO_REDIRECT),
        ("https://s.id/x", "https://home.s.id/masuk", Outcome.LOGIN_WALL),
        ("https://dub.sh/x", "https://dub.co.contoh.example/home", Outcome.OPENED),
        ("https://dub.sh/x", "https://notdub.co/home", Outcome.OPENED),
        ("https://forms.gle/x", "https://docs.google.com/forms/d/e/1/viewform", Outcome.OPENED),
        ("https://lin.ee/x", "https://line.me/R/ti/p/@contoh", Outcome.OPENED),
    ],
)
def test_a_page_of_whoever_runs_a_service_is_no_end(address: str, to: str, outcome: Outcome) -> None:
    def ask(url: str) -> domain.RawAnswer:
        return factories.answer(asked_url=url, final_url=url, status=302, headers=(("Location", to),))

    assert short_links.follow(address, ask).outcome == outcome


def test_a_login_elsewhere_is_where_it_leads(site: Any, follow: Any) -> None:
    leads(site, "/bit.ly/x", "https://akun.example/login?lanjut=formulir")
    assert follow("https://bit.ly/x").outcome == Outcome.OPENED


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_fault_of_the_service_is_tried_again(status: int, site: Any, follow: Any) -> None:
    site.serve("/s.id/x", status=status)
    with pytest.raises(domain.SourceError) as told:
        follow("https://s.id/x")
    assert not told.value.problem.permanent


def test_a_huge_body_costs_no_more_than_the_limit_and_the_redirect_before_it_counts(site: Any, follow: Any) -> None:
    leads(site, "/s.id/x", NUMBER, body=b"x" * 500_000)
    found = follow("https://s.id/x")
    assert (found.outcome, found.leads_to) == (Outcome.OPENED, NUMBER)
    assert len(found.exchanges[0].body) < 100_000  # a piece more than the limit
    site.serve("/s.id/y", b"x" * 500_000)
    assert follow("https://s.id/y").outcome == Outcome.REFUSED


def test_a_slow_service_is_left_at_the_limit(site: Any, follow: Any) -> None:
    site.behave("/s.id/x", lambda _handler: time.sleep(1.0))
    with pytest.raises(domain.SourceError) as told:
        follow("https://s.id/x", seconds=0.3)
    assert told.value.problem.code == "timeout"


def test_a_service_that_points_into_our_own_network_is_refused(pace: Any) -> None:
    client = http.Client(pace=pace, user_agent="a@b.example", resolve=lambda _host, _port: ["127.0.0.1"])
    found = short_links.follow("https://s.id/x", lambda url: client.step(url)[0])
    assert found.problem is not None
    assert (found.outcome, found.problem.code, found.exchanges) == (Outcome.REFUSED, "private_address", ())


def test_markup_and_breaks_in_an_address_stay_one_line_of_text(site: Any, follow: Any) -> None:
    leads(site, "/s.id/x", "https://toko.example/a b<script>\tx")
    assert follow("https://s.id/x").leads_to == "https://toko.example/a%20b<script>x"
