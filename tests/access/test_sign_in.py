"""Logging in: guessing is slowed, the owner is not kept out, and the log has every login, failure and log-out."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from patrol import models
from patrol.access import people, sign_in
from patrol.admin.shared.sign_in import OwnPasswordForm
from patrol.infra.refusals import RefusedError
from patrol.intake import devices
from tests import factories
from tests.intake import sending

pytestmark = pytest.mark.django_db
PASSWORD = "kuda-biru-melompat-7391"
WRONG = "kata-sandi-yang-salah"


@pytest.fixture(autouse=True)
def fixed_key(settings: Any) -> None:
    """Addresses share 256 buckets by a keyed digest: with a key of each run's own two of a test met once in so many runs."""
    settings.SECRET_KEY = "kunci-tetap-untuk-pengujian-tempat-alamat-di-ember-4471"


@pytest.fixture
def owner() -> models.Person:
    person = factories.person(username="sari")
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def log_in(client: Client, password: str = PASSWORD, *, username: str = "sari", address: str = "192.0.2.1") -> Any:
    sent = {"username": username, "password": password}
    return client.post(reverse("admin:login"), sent, REMOTE_ADDR=address)


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def rows() -> list[tuple[str, int | None, str]]:
    entries = models.AuditEntry.objects.order_by("seq")
    return list(entries.values_list("verb", "actor_id", "target_id"))


def waited(seconds: float) -> None:
    """As if so long had passed for the buckets."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_hostpace SET filled_at = filled_at - %s * interval '1 second'", [seconds])


def test_guessing_from_one_address_ends_after_five_and_the_right_password_is_not_looked_at(owner: models.Person) -> None:
    stranger = Client()
    said = [log_in(stranger, WRONG).content.decode() for _ in range(5)]
    assert all("Terlalu banyak percobaan" not in one for one in said)
    refused = log_in(stranger)
    assert "Terlalu banyak percobaan dengan akun ini. Coba lagi dalam 3 menit" in refused.content.decode()
    assert not is_in(stranger)
    assert rows() == [("person.login_failed", None, str(owner.pk))] * 5 + [("person.login_held", None, str(owner.pk))]


def test_another_address_and_another_account_are_not_touched(owner: models.Person) -> None:
    other = factories.person(username="budi")
    other.set_password(PASSWORD)
    other.save(update_fields=["password"])
    for _ in range(6):
        log_in(Client(), WRONG)
    elsewhere, colleague = Client(), Client()
    log_in(elsewhere, address="192.0.2.2")
    log_in(colleague, username="budi")
    assert is_in(elsewhere)
    assert is_in(colleague)


def test_one_right_login_forgets_the_mistakes_before_it(owner: models.Person) -> None:
    for _ in range(2):
        for _ in range(4):
            log_in(Client(), WRONG)
        client = Client()
        log_in(client)
        assert is_in(client)


def test_guessing_from_many_addresses_is_slowed_to_twenty_an_hour(owner: models.Person) -> None:
    burst = int(sign_in.ACCOUNT_BURST)
    for n in range(burst):
        log_in(Client(), WRONG, address=f"198.51.100.{n}")
    late = Client()
    assert burst + 3600 * sign_in.ACCOUNT_RATE == 20
    assert "dalam 6 menit" in log_in(late, address="203.0.113.1").content.decode()
    assert not is_in(late)
    assert len(rows()) == burst + 1  # and that more were refused
    waited(360)
    log_in(late, address="203.0.113.1")
    assert is_in(late)
    # The try that let the owner in was none of a guesser's: it is given back, once.
    assert "dalam 6 menit" not in log_in(Client(), WRONG, address="203.0.113.2").content.decode()
    assert "dalam 6 menit" in log_in(Client(), WRONG, address="203.0.113.3").content.decode()


def test_who_logs_in_at_many_computers_shuts_nobody_out(owner: models.Person) -> None:
    for n in range(int(sign_in.ACCOUNT_BURST) + 5):
        client = Client()
        log_in(client, address=f"198.51.100.{n}")
        assert is_in(client)


def test_the_owner_comes_in_from_a_browser_that_was_in_before_whoever_guesses(owner: models.Person) -> None:
    own = Client()
    log_in(own)
    own.post(reverse("admin:logout"))
    for n in range(30):
        log_in(Client(), WRONG, address=f"198.51.100.{n}")
    for _ in range(6):
        log_in(Client(), WRONG)  # in the owner's own office
    log_in(own)
    assert is_in(own)


def test_a_browser_that_was_in_before_guesses_no_faster(owner: models.Person) -> None:
    lent = Client()
    log_in(lent)
    lent.post(reverse("admin:logout"))
    for _ in range(int(sign_in.KNOWN_BURST)):
        log_in(lent, WRONG)
    said = log_in(lent).content.decode()
    assert ("Terlalu banyak percobaan. Coba lagi dalam 1 menit." in said, "pernah Anda pakai" in said) == (True, False)
    assert not is_in(lent)
    fresh = Client()
    log_in(fresh)
    assert is_in(fresh)


def test_a_browser_knows_only_the_account_it_was_in_as(owner: models.Person) -> None:
    factories.person(username="budi")
    own = Client()
    log_in(own)
    own.post(reverse("admin:logout"))
    kept = own.cookies[sign_in._cookie("sari")].value
    own.cookies[sign_in._cookie("budi")] = kept
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in own.cookies.items()}
    assert sign_in.is_known(request, "sari")
    assert not sign_in.is_known(request, "budi")
    request.COOKIES[sign_in._cookie("sari")] = kept[:-1] + ("A" if kept[-1] != "A" else "B")
    assert not sign_in.is_known(request, "sari")


def test_who_sets_a_password_by_a_link_is_known_at_once(owner: models.Person) -> None:
    admin = factories.person("administrator")
    client = Client()
    page = client.get(people.reset_link(person_id=owner.pk, by=admin, now=factories.NOW), follow=True)
    client.post(page.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    for n in range(30):
        log_in(Client(), WRONG, address=f"198.51.100.{n}")
    log_in(client)
    assert is_in(client)


def test_a_name_nobody_has_is_answered_alike_and_its_name_is_kept_nowhere(owner: models.Person, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="patrol.access.sign_in"):
        pages = {
            name: [log_in(Client(), WRONG, username=name).content.decode().replace(name, "") for _ in range(6)]
            for name in ("sari", "rahasia-di-kolom-salah")
        }
    strip = [[page.split("csrfmiddlewaretoken")[0] + str("Terlalu banyak" in page) for page in one] for one in pages.values()]
    assert strip[0] == strip[1]
    key = str(owner.pk)
    assert rows() == [("person.login_failed", None, key)] * 5 + [("person.login_held", None, key)] + [("login.unknown", None, "")] * 5
    assert all("rahasia" not in str(vars(record)) for record in caplog.records)
    assert "rahasia" not in str(list(models.AuditEntry.objects.values()))


def test_a_flood_of_tries_leaves_few_rows(owner: models.Person) -> None:
    """Whoever guesses names fills no log, and whoever knocks on at one account leaves one row an hour."""
    for n in range(20):
        log_in(Client(), WRONG, username=f"nama-{n}", address=f"198.51.100.{n}")
    assert rows() == [("login.unknown", None, "")] * 5
    for _ in range(12):
        log_in(Client(), WRONG)
    key = str(owner.pk)
    assert rows()[5:] == [("person.login_failed", None, key)] * 5 + [("person.login_held", None, key)]
    waited(3600)
    log_in(Client(), WRONG, username="nama-99", address="198.51.100.99")
    assert [verb for verb, _by, _on in rows()[11:]] == ["login.unknown"]


def test_login_log_out_and_failure_leave_a_row_and_a_line_without_an_address(
    owner: models.Person, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")
    with caplog.at_level(logging.INFO, logger="patrol.access.sign_in"):
        log_in(client, WRONG)
        log_in(client)
        client.post(reverse("admin:logout"))
        client.post(reverse("admin:logout"))  # nobody is in any more
    key = str(owner.pk)
    assert rows() == [("person.login_failed", None, key), ("person.logged_in", owner.pk, key), ("person.logged_out", owner.pk, key)]
    lines = [(record.levelname, record.getMessage(), vars(record)["account"]) for record in caplog.records]
    assert lines == [
        ("WARNING", "person.login_failed", owner.pk),
        ("INFO", "person.logged_in", owner.pk),
        ("INFO", "person.logged_out", owner.pk),
    ]
    entries = list(models.AuditEntry.objects.values_list("after", flat=True))
    assert len({entry["from"] for entry in entries}) == 1
    assert all("192.0.2.1" not in str(one) for one in (*entries, *(vars(record) for record in caplog.records)))


def test_setting_a_password_leaves_a_row_that_names_the_maker_of_the_link(owner: models.Person) -> None:
    admin = factories.person("administrator")
    client = Client()
    page = client.get(people.reset_link(person_id=owner.pk, by=admin, now=factories.NOW), follow=True)
    new = "yang-baru-contoh-8842"
    client.post(page.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
    last = models.AuditEntry.objects.latest("seq")
    assert (last.verb, last.actor_id, last.target_id, last.after) == ("person.password_set", None, str(owner.pk), {"link_by": admin.pk})
    log_in(client, new)
    sent = {"old_password": new, "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(reverse("admin:password_change"), {**sent, "old_password": WRONG}).status_code == 200
    assert [verb for verb, _by, _on in rows()[-2:]] == ["person.logged_in", "person.old_password_wrong"]
    assert client.post(reverse("admin:password_change"), sent).status_code == 302
    last = models.AuditEntry.objects.latest("seq")
    assert (last.verb, last.actor_id, last.target_id, last.after) == ("person.password_set", owner.pk, str(owner.pk), {})


def test_a_link_does_not_pass_for_one_of_another_maker(owner: models.Person) -> None:
    one, two = factories.person("administrator"), factories.person("administrator")
    token = people.links.make_token(owner, one)
    assert people.links.check_token(owner, token)
    forged = f"{two.pk}-{token.partition('-')[2]}"
    for wrong in (forged, f"0-{token.partition('-')[2]}", token.partition("-")[2], "", None, "-", "x-y", "²-y"):
        assert not people.links.check_token(owner, wrong)


@pytest.mark.parametrize(
    ("behind", "direct", "header", "address"),
    [
        (False, "10.0.0.7", "203.0.113.9", "10.0.0.7"),
        (True, "10.0.0.7", "203.0.113.9", "203.0.113.9"),
        (True, "10.0.0.7", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (True, "", "203.0.113.9", "203.0.113.9"),
        (True, "198.51.100.77", "203.0.113.9", "198.51.100.77"),  # nobody's proxy
        (True, "10.0.0.7", "", "10.0.0.7"),
        (True, "10.0.0.7", "203.0.113.9, unknown", "10.0.0.7"),
        (True, "10.0.0.7", "2001:db8::5", "2001:db8::5"),
    ],
)
def test_a_header_counts_only_from_the_trusted_proxy(settings: Any, behind: bool, direct: str, header: str, address: str) -> None:
    settings.BEHIND_PROXY = behind
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    request = RequestFactory().get("/", REMOTE_ADDR=direct, HTTP_X_FORWARDED_FOR=header)
    assert sign_in.client_address(request) == address


def test_behind_a_proxy_each_client_has_tries_of_its_own_and_writes_no_address_itself(owner: models.Person, settings: Any) -> None:
    settings.BEHIND_PROXY = True
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]

    def through(client: Client, password: str, header: str) -> Any:
        sent = {"username": "sari", "password": password}
        return client.post(reverse("admin:login"), sent, REMOTE_ADDR="10.0.0.7", HTTP_X_FORWARDED_FOR=header)

    for n in range(6):
        last = through(Client(), WRONG, f"192.0.2.{n}, 203.0.113.9")
    assert "Terlalu banyak percobaan" in last.content.decode()
    neighbour = Client()
    through(neighbour, PASSWORD, "203.0.113.10")
    assert is_in(neighbour)


# --- how long a login lasts -------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """One moment, which the test moves."""
    moment = [factories.NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment[0])
    return moment


def answers(client: Client, **headers: str) -> bool:
    return client.get(reverse("admin:index"), headers=headers).status_code == 200


def entered(person: models.Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_login_ends_after_half_an_hour_without_anything_done(owner: models.Person, clock: list[datetime]) -> None:
    client = entered(owner)
    for _ in range(3):
        clock[0] += timedelta(minutes=29, seconds=59)
        assert answers(client)
    clock[0] += timedelta(minutes=30)
    assert not answers(client)
    clock[0] -= timedelta(minutes=30)
    assert not answers(client)  # over is over


def test_what_a_page_asks_by_itself_keeps_no_login_alive(owner: models.Person, clock: list[datetime]) -> None:
    client = entered(owner)
    for _ in range(3):
        clock[0] += timedelta(minutes=9)
        assert answers(client, **{sign_in.UNATTENDED: "1"})
    clock[0] += timedelta(minutes=3)
    assert not answers(client)


def test_a_login_ends_after_eight_hours_however_busy(owner: models.Person, clock: list[datetime]) -> None:
    client = entered(owner)
    for _ in range(31):
        clock[0] += timedelta(minutes=15)
        assert answers(client)
    clock[0] += timedelta(minutes=14, seconds=59)
    assert answers(client)
    clock[0] += timedelta(seconds=1)
    assert not answers(client)


def test_a_login_of_before_the_limits_ends(owner: models.Person) -> None:
    client = entered(owner)
    session = client.session
    del session["began"]
    session.save()
    assert not answers(client)


def changed(person: models.Person, **given: Any) -> models.Person:
    fields: dict[str, Any] = {"name": person.name, "role": person.role, "office_id": person.office_id, "active": person.is_active}
    return people.change(person_id=person.pk, **(fields | given), by=factories.person("administrator"), now=factories.NOW)


def by_link(person: models.Person) -> None:
    client = Client()
    link = people.reset_link(person_id=person.pk, by=factories.person("administrator"), now=factories.NOW)
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD})


CHANGES = {
    "password by a link": by_link,
    "role": lambda person: changed(person, role="supervisor"),
    "office": lambda person: changed(person, office_id=factories.office("bp3mi-ntb").pk),
    "closed and opened again": lambda person: changed(changed(person, active=False), active=True),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_login_device_link_and_code_ends_with_what_the_account_is(change: Any, owner: models.Person, clock: list[datetime]) -> None:
    colleague = factories.person()
    clients = [entered(owner), entered(owner), entered(colleague)]
    tokens = [sending.paired(person).token for person in (owner, colleague)]
    codes = [devices.make_code(by=person, now=factories.NOW) for person in (owner, colleague)]
    old_links = [people.reset_link(person_id=person.pk, by=None, now=factories.NOW) for person in (owner, colleague)]
    change(models.Person.objects.get(pk=owner.pk))
    assert [answers(client) for client in clients] == [False, False, True]
    with pytest.raises(RefusedError):
        devices.known(tokens[0], now=factories.NOW)
    assert devices.known(tokens[1], now=factories.NOW).person == colleague
    with pytest.raises(RefusedError):
        devices.pair(code=codes[0], name="", caller="a", now=factories.NOW)
    assert devices.pair(code=codes[1], name="", caller="a", now=factories.NOW).device.person == colleague
    assert [Client().get(link, follow=True).context["validlink"] for link in old_links] == [False, True]


def test_another_name_ends_nothing(owner: models.Person) -> None:
    client, token = entered(owner), sending.paired(owner).token
    changed(owner, name="Nama Baru")
    assert answers(client)
    assert devices.known(token, now=factories.NOW).person == owner


def test_one_s_own_new_password_ends_the_other_logins_and_not_this_one(owner: models.Person) -> None:
    here, elsewhere = entered(owner), entered(owner)
    new = "yang-baru-contoh-8842"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post(reverse("admin:password_change"), sent).status_code == 302
    assert [answers(client) for client in (here, elsewhere)] == [True, False]


def test_the_password_that_one_has_is_no_new_one(owner: models.Person) -> None:
    here, elsewhere = entered(owner), entered(owner)
    sent = {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}
    refused = here.post(reverse("admin:password_change"), sent).context["form"].errors
    assert dict(refused) == {"new_password1": ["Ini kata sandi Anda yang sekarang. Pilih yang lain."]}
    assert [answers(client) for client in (here, elsewhere)] == [True, True]
    wrong = here.post(reverse("admin:password_change"), sent | {"old_password": WRONG, "new_password1": WRONG, "new_password2": WRONG})
    assert list(wrong.context["form"].errors) == ["old_password"]  # of a wrong one it is not said


def test_setting_a_password_writes_nothing_else_of_the_row(owner: models.Person) -> None:
    """What an administrator changed while the page was open stays changed."""
    new = "baru-melompat-88-42"
    form = OwnPasswordForm(owner, {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    form.request = entered(owner).get(reverse("admin:password_change")).wsgi_request
    assert form.is_valid()
    models.Person.objects.filter(pk=owner.pk).update(role="registrar", is_active=False)
    form.save()
    kept = models.Person.objects.get(pk=owner.pk)
    assert (kept.role, kept.is_active, kept.check_password(new)) == ("registrar", False, True)


def test_the_page_for_one_s_own_password_has_that_form(owner: models.Person) -> None:
    assert type(entered(owner).get(reverse("admin:password_change")).context["form"]) is OwnPasswordForm


WEAK = "Kata sandi terlalu pendek. Harus mengandung setidaknya 12 karakter."
UNLIKE = "Kedua kata sandi tidak sama."
NEW = "yang-baru-contoh-8842"


@pytest.mark.parametrize(
    ("typed", "again", "said"),
    [
        ("pendek", "pendek", {"new_password1": [WEAK]}),
        ("pendek", "lain", {"new_password1": [WEAK], "new_password2": [UNLIKE]}),
        (NEW, NEW + "x", {"new_password2": [UNLIKE]}),
        (NEW, "", {"new_password2": ["Bidang ini tidak boleh kosong."]}),
        ("", NEW, {"new_password1": ["Bidang ini tidak boleh kosong."]}),
        (NEW, NEW, {}),
    ],
)
@pytest.mark.parametrize("page", ["own", "link"])
def test_what_is_wrong_with_a_password_stands_where_it_was_typed(
    owner: models.Person, page: str, typed: str, again: str, said: dict[str, list[str]]
) -> None:
    client, form, sent = Client(), "", {"new_password1": typed, "new_password2": again}
    if page == "own":
        client, form = entered(owner), reverse("admin:password_change")
        sent |= {"old_password": PASSWORD}
    else:
        form = client.get(people.reset_link(person_id=owner.pk, by=None, now=factories.NOW), follow=True).redirect_chain[-1][0]
    answer = client.post(form, sent)
    assert (dict(answer.context["form"].errors) if answer.status_code == 200 else {}) == said


def test_the_old_password_is_guessed_no_faster_on_the_page_that_asks_for_it(owner: models.Person) -> None:
    lent, own = entered(owner), entered(owner)
    new = "yang-baru-contoh-8842"
    sent = {"old_password": WRONG, "new_password1": new, "new_password2": new}
    before = len(rows())
    burst = int(sign_in.KNOWN_BURST)
    said = [lent.post(reverse("admin:password_change"), sent).content.decode() for _ in range(burst)]
    assert all("Terlalu banyak percobaan" not in one for one in said)
    assert rows()[before:] == [("person.old_password_wrong", owner.pk, str(owner.pk))] * burst
    right = sent | {"old_password": PASSWORD}
    refused = lent.post(reverse("admin:password_change"), right)
    assert (refused.status_code, "Terlalu banyak percobaan. Coba lagi dalam 1 menit." in refused.content.decode()) == (200, True)
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)
    assert rows()[before + burst :] == [("person.login_held", None, str(owner.pk))]
    assert own.post(reverse("admin:password_change"), right).status_code == 302  # the owner, in another login


def test_a_browser_is_paired_for_ninety_days(owner: models.Person) -> None:
    token = sending.paired(owner).token
    last = factories.NOW + timedelta(days=90) - timedelta(seconds=1)
    assert devices.known(token, now=last).person == owner
    with pytest.raises(RefusedError):
        devices.known(token, now=last + timedelta(seconds=1))
