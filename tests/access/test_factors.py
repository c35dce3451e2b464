"""Second factors: asked for after the password, used once, taken away; who must have one; and who is asked once more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import SESSION_KEY, hashers
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from patrol import models
from patrol.access import factors, logins, people, sign_in
from patrol.infra.refusals import RefusedError
from tests import factories
from tests.access.test_sign_in import PASSWORD, WRONG, entered, is_in, log_in, rows, waited

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """One moment, which the test moves. In Indonesian."""
    moment = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment[0])
    with translation.override("id"):
        yield moment


def account(role: str = "officer", **given: Any) -> models.Person:
    person = factories.person(role, **given)
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def code_of(secret: str, at: datetime) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(at.timestamp()) // 30)))


def with_app(person: models.Person) -> tuple[str, list[str]]:
    """Its secret and the recovery codes. Set up an hour ago."""
    secret, _sealed = factors.draw_secret()
    then = NOW - timedelta(hours=1)
    return secret, factors.add_app(secret=secret, code=code_of(secret, then), by=person, now=then)


@pytest.fixture
def owner() -> models.Person:
    return account(username="sari")


def show(client: Client, code: str) -> Any:
    return client.post(reverse("admin:second_factor"), {"code": code})


def verbs() -> list[str]:
    return [verb for verb, _by, _on in rows()]


def test_the_password_alone_lets_nobody_in_who_has_an_app(owner: models.Person) -> None:
    secret, _codes = with_app(owner)
    client, before = Client(), len(rows())
    answer = client.post(reverse("admin:login"), {"username": "sari", "password": PASSWORD, "next": "/kerja/patrol/post/"})
    assert answer["Location"] == reverse("admin:second_factor")
    assert not is_in(client)
    assert client.get("/kerja/").status_code == 302
    assert show(client, "000000").status_code == 200
    assert not is_in(client)
    assert show(client, code_of(secret, NOW))["Location"] == "/kerja/patrol/post/"
    assert is_in(client)
    assert verbs()[before:] == ["person.factor_failed", "person.logged_in"]
    assert models.AuditEntry.objects.latest("seq").after["proof"] == "totp"


def test_who_logs_in_at_many_computers_by_two_steps_shuts_nobody_out(owner: models.Person) -> None:
    _secret, codes = with_app(owner)
    for number, code in enumerate(codes):
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")
        client.post(reverse("admin:login"), {"username": "sari", "password": PASSWORD})
        show(client, code)
        assert is_in(client)
    assert len(codes) == int(sign_in.ACCOUNT_BURST)
    late = Client(REMOTE_ADDR="203.0.113.1").post(reverse("admin:login"), {"username": "sari", "password": PASSWORD})
    assert late["Location"] == reverse("admin:second_factor")


def test_a_code_opens_once_and_for_a_minute_and_a_half(owner: models.Person, clock: list[datetime]) -> None:
    secret, _codes = with_app(owner)
    code = code_of(secret, NOW)
    assert factors.right_code(owner, code, now=NOW) == "totp"
    assert [factors.right_code(owner, code, now=NOW + timedelta(seconds=late)) for late in (0, 29)] == ["", ""]
    earlier = code_of(secret, NOW - timedelta(seconds=30))
    assert factors.right_code(owner, earlier, now=NOW) == ""  # of before the one that was used
    later = NOW + timedelta(minutes=5)
    for skew, opens in ((-60, ""), (60, ""), (-30, "totp"), (30, "totp")):
        assert factors.right_code(owner, code_of(secret, later + timedelta(seconds=skew)), now=later) == opens
    assert factors.right_code(owner, "", now=later) == ""


def test_a_recovery_code_opens_once_and_is_told(owner: models.Person) -> None:
    _secret, codes = with_app(owner)
    assert (len(codes), len(set(codes)), {re.sub("[0-9]", "0", code) for code in codes}) == (10, 10, {"00000-00000-00000"})
    client = Client()
    log_in(client)
    show(client, codes[3])
    assert is_in(client)
    assert verbs()[-2:] == ["person.recovery_code_used", "person.logged_in"]
    assert models.AuditEntry.objects.get(verb="person.recovery_code_used").after == {"codes": 9}
    again = Client()
    log_in(again)
    show(again, codes[3])
    assert not is_in(again)


def test_new_recovery_codes_end_the_old_ones(owner: models.Person) -> None:
    _secret, old = with_app(owner)
    new = factors.new_codes(by=owner, now=NOW)
    assert not set(old) & set(new)
    assert [factors.right_code(owner, code, now=NOW) for code in (old[0], new[0])] == ["", "recovery"]


def test_what_the_database_keeps_of_an_app_is_sealed(owner: models.Person, settings: Any) -> None:
    secret, codes = with_app(owner)
    kept = str(list(Authenticator.objects.values()))
    assert secret not in kept
    assert [code for code in codes if code in kept or code.replace("-", "") in kept] == []
    row = Authenticator.objects.get(type="recovery_codes").data
    opened = [factors.Adapter().decrypt(one) for one in row["migrated_codes"]]  # with SECRET_KEY too there is no code
    assert {one.partition("$")[0] for one in opened} == {"scrypt"}
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "b" * 25 + "c" * 25 + "defghijk", [settings.SECRET_KEY]
    assert factors.right_code(owner, code_of(secret, NOW), now=NOW) == "totp"
    settings.SECRET_KEY_FALLBACKS = []
    assert factors.right_code(owner, code_of(secret, NOW + timedelta(minutes=1)), now=NOW + timedelta(minutes=1)) == "totp"  # sealed anew
    assert [factors.right_code(owner, one, now=NOW) for one in (codes[0].replace("-", " "), codes[1], codes[1])] == ["recovery"] * 2 + [""]


def test_codes_of_before_they_were_stretched_open_once(owner: models.Person) -> None:
    with_app(owner)
    Authenticator.objects.filter(type="recovery_codes").delete()
    row = RecoveryCodes.activate(owner)
    old = row.generate_codes()
    assert [factors.right_code(owner, one, now=NOW) for one in (old[0], old[0], old[1])] == ["recovery", "", "recovery"]
    assert factors.codes_left(Authenticator.objects.get(type="recovery_codes")) == 8


def test_after_three_wrong_codes_the_password_is_asked_for_again(owner: models.Person) -> None:
    secret, _codes = with_app(owner)
    client = Client()
    log_in(client)
    pages = [show(client, "000000").content.decode() for _ in range(3)]
    assert [page.count("Belum cocok") for page in pages] == [1, 1, 0]
    assert [page.count("Sudah tiga kali tidak cocok. Masuk sekali lagi dari awal.") for page in pages] == [0, 0, 1]
    assert [page.count(f'action="{reverse("admin:login")}"') for page in pages] == [0, 0, 1]
    show(client, code_of(secret, NOW))
    assert not is_in(client)


def test_wrong_codes_count_as_wrong_passwords_do(owner: models.Person) -> None:
    secret, _codes = with_app(owner)
    tried = 0
    for n in range(8):
        client = Client(REMOTE_ADDR=f"198.51.100.{n}")
        log_in(client, address=f"198.51.100.{n}")
        for _ in range(2):
            if reverse("admin:second_factor") not in client.get(reverse("admin:second_factor")).headers.get("Location", ""):
                tried += b"Belum cocok" in show(client, "000000").content
    assert tried + 4 == sign_in.ACCOUNT_BURST  # with each password that was looked at
    late = Client()
    assert "Terlalu banyak percobaan" in log_in(late).content.decode()
    waited(720)
    log_in(late)
    show(late, code_of(secret, NOW))
    assert is_in(late)


def test_the_second_step_ends_with_time_and_with_what_the_account_is(owner: models.Person, clock: list[datetime]) -> None:
    secret, _codes = with_app(owner)
    slow, changed = Client(), Client()
    log_in(slow)
    log_in(changed)
    people.change(
        person_id=owner.pk, name="Sari", role="supervisor", office_id=owner.office_id, active=True, by=account("administrator"), now=NOW
    )
    assert show(changed, code_of(secret, NOW))["Location"] == reverse("admin:login")
    log_in(slow)
    clock[0] += timedelta(minutes=10)
    assert show(slow, code_of(secret, clock[0]))["Location"] == reverse("admin:login")
    assert not is_in(slow)


def test_no_page_tells_which_accounts_are_there_or_have_a_second_factor(owner: models.Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes and as many hashes for a name nobody has, accounts with and without a factor or a password, and one that is closed."""
    with_app(owner)
    account(username="budi")
    account(username="tutup", is_active=False)
    factories.person(username="tanpa")
    hashed: list[str] = []

    def counted(hasher: Any, real: Any) -> None:
        def encode(self: Any, *given: Any) -> Any:
            hashed.append("")
            return real(self, *given)

        monkeypatch.setattr(hasher, "encode", encode)

    for hasher in {type(one) for one in hashers.get_hashers()}:
        counted(hasher, hasher.encode)
    seen = {}
    for name in ("sari", "budi", "tutup", "tanpa", "tidakada"):
        hashed.clear()
        page = log_in(Client(), WRONG, username=name, address="203.0.113.7").content.decode().replace(f'value="{name}"', "")
        seen[name] = (re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page), len(hashed))
    assert len(set(seen.values())) == 1
    assert seen["sari"][1] == 1


@pytest.mark.parametrize(
    ("setting", "role", "code", "must"),
    [
        ("directorate", "analyst", "directorate", True),
        ("directorate", "supervisor", "directorate", True),
        ("directorate", "supervisor", "bp3mi-jabar", False),
        ("directorate", "officer", "bp3mi-jabar", False),
        ("everybody", "officer", "bp3mi-jabar", True),
        ("offered", "administrator", "directorate", False),
    ],
)
def test_who_must_have_one_sets_it_up_before_anything_opens(setting: str, role: str, code: str, must: bool, settings: Any) -> None:
    settings.SECOND_FACTOR = setting
    person = account(role, code=code, username="sari")
    client = Client()
    log_in(client)
    home = client.get("/kerja/")
    if not must:
        assert home.status_code == 200
        return
    for path in ("/kerja/", "/kerja/patrol/owncare/", "/kerja/password_change/", "/", "/kerja/tidak/ada/"):
        assert client.get(path)["Location"] == reverse("admin:own_access")
    assert client.post(reverse("admin:end_other_logins"))["Location"] == reverse("admin:own_access")
    assert "Akun Anda memerlukan faktor kedua" in client.get(reverse("admin:own_access")).content.decode()
    page = client.get(reverse("admin:add_app")).content.decode()
    secret = re.search(r'id="app-secret">([A-Z2-7 ]+)<', page)
    assert secret is not None
    refused = client.post(reverse("admin:add_app"), {"code": "000000"})
    assert ("Kode ini salah" in refused.content.decode(), Authenticator.objects.count()) == (True, 0)
    assert client.get("/kerja/").status_code == 302
    answer = client.post(reverse("admin:add_app"), {"code": code_of(secret[1].replace(" ", ""), NOW)})
    codes = re.findall(r"<li>([0-9-]{17})</li>", answer.content.decode())
    assert (len(codes), "no-store" in answer["Cache-Control"]) == (10, True)
    assert client.get("/kerja/").status_code == 200
    assert verbs()[-2:] == ["person.factor_added", "person.recovery_codes_made"]
    with pytest.raises(RefusedError):
        factors.remove(factor_id=Authenticator.objects.get(type="totp").pk, by=person, now=NOW)
    assert Authenticator.objects.count() == 2


def letters(page: str) -> str:
    found = re.search(r'id="app-secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


def test_an_app_is_set_up_with_the_letters_that_were_copied(owner: models.Person, clock: list[datetime]) -> None:
    """The telephone drops a page that is looked away from and loads it anew. After ten minutes there are others, and the page says so."""
    client = entered(owner)
    page = client.get(reverse("admin:add_app")).content.decode()
    copied = letters(page)
    assert re.search(rf'href="otpauth://totp/[^"]*\bsecret={copied}\b', page)
    assert 'data-copy="app-secret"' in page
    clock[0] += timedelta(minutes=4)
    assert letters(client.get(reverse("admin:add_app")).content.decode()) == copied
    clock[0] = NOW + timedelta(minutes=10)
    client.post(reverse("admin:add_app"), {"confirming": "GET", "confirm_password": PASSWORD})
    gone = client.post(reverse("admin:add_app"), {"code": code_of(copied, clock[0])}).content.decode()
    assert ("Gambar yang tadi sudah tidak berlaku" in gone, Authenticator.objects.count()) == (True, 0)
    other = letters(gone)
    assert other != copied
    assert client.post(reverse("admin:add_app"), {"code": code_of(other, clock[0])}).status_code == 200
    assert client.get(reverse("admin:add_app"))["Location"] == reverse("admin:own_access")


def test_the_first_factor_ends_logins_that_came_without_it(owner: models.Person) -> None:
    thief, here = Client(), Client()
    log_in(thief)
    log_in(here)
    page = here.get(reverse("admin:add_app")).content.decode()
    secret = re.search(r'id="app-secret">([A-Z2-7 ]+)<', page)
    assert secret is not None
    here.post(reverse("admin:add_app"), {"code": code_of(secret[1].replace(" ", ""), NOW)})
    assert [client.get("/kerja/").status_code for client in (here, thief)] == [200, 302]


def test_the_last_one_takes_the_recovery_codes_along(owner: models.Person) -> None:
    with_app(owner)
    assert factors.remove(factor_id=Authenticator.objects.get(type="totp").pk, by=owner, now=NOW) == "totp"
    assert Authenticator.objects.count() == 0
    client = Client()
    log_in(client)
    assert is_in(client)


def test_nobody_removes_or_names_what_is_another_s(owner: models.Person) -> None:
    with_app(owner)
    kept = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Kantor"})
    other = entered(account())
    for row in Authenticator.objects.all():
        assert other.post(reverse("admin:remove_factor", args=[row.pk])).status_code == 404
    assert other.post(reverse("admin:rename_passkey", args=[kept.pk]), {"name": "x"}).status_code == 404
    kept.refresh_from_db()
    assert (Authenticator.objects.count(), kept.data) == (3, {"name": "Kantor"})
    mine = entered(owner)
    assert mine.post(reverse("admin:rename_passkey", args=[kept.pk]), {"name": " Kunci  kantor "}).status_code == 302
    kept.refresh_from_db()
    assert kept.data == {"name": "Kunci kantor"}


def test_an_administrator_takes_a_lost_one_away_and_a_second_person_stands_behind_it(owner: models.Person) -> None:
    admin, approver = account("administrator"), account("supervisor", username="budi")
    with_app(approver)
    client = entered(approver)
    assert people.reset_factors(person_id=approver.pk, by=admin, now=NOW) == ["recovery", "totp"]
    approver.refresh_from_db()
    assert (approver.approves, Authenticator.objects.count()) == (False, 0)
    assert client.get("/kerja/").status_code == 302
    last = models.AuditEntry.objects.latest("seq")
    assert (last.verb, last.actor_id, last.target_id, last.before) == ("person.factors_reset", admin.pk, str(approver.pk), {"proofs": 2})
    assert models.Notice.objects.filter(person=approver, kind="factors_reset").count() == 1
    before = len(rows())
    for refused in (approver, admin):  # there is none any more; one's own
        with pytest.raises(RefusedError):
            people.reset_factors(person_id=refused.pk, by=admin, now=NOW)
    assert len(rows()) == before


def test_an_answer_that_is_no_passkey_lets_nobody_in(owner: models.Person) -> None:
    client = Client()
    asked = client.get(reverse("admin:passkey")).json()
    assert asked["publicKey"]["userVerification"] == "required"
    for credential in ("", "null", "[]", "{", '{"response": {"userHandle": "MQ"}}', '"x"', '{"id": 1, "rawId": "a", "response": []}'):
        page = client.post(reverse("admin:passkey"), {"credential": credential, "next": "https://jebakan.example/"})
        assert page.status_code == 200
        assert "jebakan" not in page.content.decode()
    assert SESSION_KEY not in client.session
    stranger, sessions = Client(), models.Session.objects.count()
    assert {stranger.get(reverse("admin:passkey")).status_code for _ in range(12)} == {200}  # asking shuts nobody out
    waited(3600)
    pages = [stranger.post(reverse("admin:passkey"), {"credential": "{}"}).content.decode() for _ in range(11)]
    assert ["Terlalu banyak percobaan" in page for page in pages] == [False] * 10 + [True]
    assert models.Session.objects.count() == sessions


def test_an_empty_answer_is_no_try(owner: models.Person) -> None:
    with_app(owner)
    client = Client()
    log_in(client)
    before = len(rows())
    pages = [show(client, " ").content.decode() for _ in range(4)]
    assert ["Tidak ada yang terkirim" in page for page in pages] == [True] * 4
    assert (len(rows()), client.session["waiting"]["tries"]) == (before, 0)


# --- one's own logins ---------------------------------------------------------------------------------


def test_one_sees_and_ends_one_s_own_logins(owner: models.Person, clock: list[datetime]) -> None:
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    phone = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36"
    here, away, lost = Client(headers={"User-Agent": firefox}), Client(headers={"User-Agent": phone}), Client()
    for client in (here, away, lost):
        log_in(client)
    entered(account())
    page = here.get(reverse("admin:own_access")).content.decode()
    assert ("Firefox, Linux" in page, "Chrome, Android" in page, page.count("/akhiri/")) == (True, True, 3)
    assert str(here.session.session_key) not in page
    mark = next(one.mark for one in logins.of(owner, None, now=NOW) if one.browser == "Chrome, Android")
    assert entered(account()).post(reverse("admin:end_login", args=[mark])).status_code == 404
    assert here.post(reverse("admin:end_login", args=[mark])).status_code == 302
    assert [client.get("/kerja/").status_code for client in (here, away, lost)] == [200, 302, 200]
    assert here.post(reverse("admin:end_other_logins")).status_code == 302
    assert [client.get("/kerja/").status_code for client in (here, away, lost)] == [200, 302, 302]
    assert verbs()[-2:] == ["person.logins_ended"] * 2
    clock[0] += sign_in.IDLE
    assert logins.of(owner, None, now=clock[0]) == []


# --- what the owner hears of ---------------------------------------------------------------------------


def told(person: models.Person) -> list[str]:
    return list(models.Notice.objects.filter(person=person).order_by("id").values_list("kind", flat=True))


def test_the_owner_hears_of_a_recovery_code_and_of_a_factor_that_is_gone(owner: models.Person) -> None:
    _secret, codes = with_app(owner)
    assert factors.right_code(owner, "00000-00000-00000", now=NOW) == ""
    assert told(owner) == ["factor_added"]
    factors.right_code(owner, codes[0], now=NOW)
    factors.remove(factor_id=Authenticator.objects.get(type="totp").pk, by=owner, now=NOW)
    assert told(owner) == ["factor_added", "recovery_code_used", "factor_removed"]
    with_app(owner)
    factors.new_codes(by=owner, now=NOW)
    assert told(owner)[3:] == ["factor_added", "codes_made"]
    page = entered(owner).get(reverse("admin:patrol_notice_changelist")).content.decode()
    assert ("Kode pemulihan Anda dipakai" in page, "Faktor kedua akun Anda dihapus" in page) == (True, True)


def test_the_owner_hears_once_a_day_that_somebody_has_the_password(owner: models.Person) -> None:
    secret, _codes = with_app(owner)
    client = Client()
    log_in(client, WRONG)
    log_in(client)
    assert "password_known" not in told(owner)
    for _ in range(2):
        show(client, "000000")
    assert told(owner).count("password_known") == 1
    waited(86_400)
    show(client, "000000")
    assert told(owner).count("password_known") == 2
    log_in(client)
    show(client, code_of(secret, NOW))
    page = client.get(reverse("admin:patrol_notice_changelist")).content.decode()
    assert page.count("faktor keduanya salah") == 2


def test_the_owner_hears_of_a_browser_that_is_new_and_once_a_day_of_too_many_tries(owner: models.Person) -> None:
    known = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})
    log_in(known)
    log_in(known)
    assert told(owner) == ["new_browser"]
    assert models.Notice.objects.get(person=owner).note == "Firefox, Linux"
    for _ in range(12):
        log_in(Client(), WRONG, address="198.51.100.7")
    assert told(owner) == ["new_browser", "login_held"]
    waited(3600)
    for _ in range(12):
        log_in(Client(), WRONG, address="198.51.100.7")
    assert told(owner) == ["new_browser", "login_held"]
    page = known.get(reverse("admin:patrol_notice_changelist")).content.decode()
    assert ("peramban yang belum dikenal (Firefox, Linux)" in page, "terlalu sering dicoba" in page) == (True, True)


# --- what outlives a password --------------------------------------------------------------------------


def test_whoever_changes_the_password_sees_what_opens_without_it(owner: models.Person) -> None:
    client, new = entered(owner), "yang-baru-contoh-8842"
    assert "Apakah semua ini milik Anda?" not in client.get(reverse("admin:password_change_done")).content.decode()
    strange = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Bukan punya Sari"})
    given = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    page = client.post(reverse("admin:password_change"), given, follow=True).content.decode()
    assert ("Apakah semua ini milik Anda?" in page, "Bukan punya Sari" in page) == (True, True)
    assert f'action="{reverse("admin:remove_factor", args=[strange.pk])}"' in page
    assert client.post(reverse("admin:remove_factor", args=[strange.pk])).status_code == 302
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize("link", [False, True])
def test_a_passkey_of_before_opens_alone_no_more_once_the_password_is_new(owner: models.Person, link: bool) -> None:
    """Whoever knew the old one may have set it up. Shown behind the new one it opens alone again (tests/browser/test_signing_in.py)."""
    with_app(owner)
    strange = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Laptop"})
    other = Authenticator.objects.create(user=account(username="budi"), type="webauthn", data={"name": "Laptop"})
    with transaction.atomic():
        people.password_set(person=owner, by=None if link else owner, link_by_id=owner.pk if link else None, now=NOW)
    assert [factors.is_behind(one) for one in Authenticator.objects.filter(type="webauthn").order_by("pk")] == [True, False]
    assert [factors.is_behind(one) for one in Authenticator.objects.exclude(type="webauthn")] == [False, False]
    assert told(owner)[-1] == ("password_set" if link else "password_changed")
    factors.rename_passkey(factor_id=strange.pk, name="Lain", by=owner)
    assert factors.is_behind(Authenticator.objects.get(pk=strange.pk))
    page = entered(owner).get(reverse("admin:own_access")).content.decode()
    assert page.count("bisa dipakai sendiri lagi setelah") == 1
    other.refresh_from_db()
    assert other.data == {"name": "Laptop"}


def test_a_link_can_take_what_somebody_else_may_have_set_up(owner: models.Person) -> None:
    """Only where the administrator says so; the page behind the link says what stays, and leads to the list."""
    admin = account("administrator")
    door, address = entered(admin), reverse("admin:patrol_person_reset_link", args=[owner.pk])
    page = reverse("admin:patrol_person_change", args=[owner.pk])
    assert "without_factors" not in door.get(page).content.decode()
    Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Bukan punya Sari"})
    assert "without_factors" in door.get(page).content.decode()
    door.post(address)
    assert Authenticator.objects.count() == 1
    link = re.search(r'id="one-time-link"[^>]*>http://testserver([^<]+)<', door.post(address, {"without_factors": "1"}).content.decode())
    assert (Authenticator.objects.count(), verbs()[-2:]) == (0, ["person.factors_reset", "person.reset_link"])
    assert link is not None
    client, new = Client(), "yang-baru-contoh-8842"
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    done = client.post(form, {"new_password1": new, "new_password2": new}, follow=True).content.decode()
    assert ("bisa dipakai sendiri lagi setelah" in done, f"?next={reverse('admin:own_access')}" in done) == (True, True)
    before = len(rows())
    assert door.post(address, {"without_factors": "1"}).status_code == 302  # there is none any more
    assert len(rows()) == before


def test_an_administrator_ends_every_login_and_nothing_else(owner: models.Person) -> None:
    admin, here, phone, other = account("administrator"), Client(), Client(), account(username="budi")
    with_app(other)
    for client in (here, phone):
        log_in(client)
    neighbour = entered(other)
    door = entered(admin)
    assert "Akhiri semua" in door.get(reverse("admin:patrol_person_change", args=[owner.pk])).content.decode()
    assert "Akhiri semua" not in door.get(reverse("admin:patrol_person_change", args=[admin.pk])).content.decode()
    said = door.post(reverse("admin:patrol_person_end_logins", args=[owner.pk]), follow=True).content.decode()
    assert f"2 sesi {owner.name} diakhiri" in said
    assert [client.get("/kerja/").status_code for client in (here, phone, neighbour, door)] == [302, 302, 200, 200]
    last = models.AuditEntry.objects.latest("seq")
    assert (last.verb, last.actor_id, last.target_id, last.after) == ("person.logins_ended", admin.pk, str(owner.pk), {"logins": 2})
    assert told(owner)[-1] == "logins_ended"
    log_in(here)
    assert is_in(here)
    with pytest.raises(PermissionDenied):
        people.end_logins(person_id=admin.pk, by=owner, now=NOW)
