"""The pages on which an office makes or proposes watches, and on which they are decided."""

from __future__ import annotations

import pytest
from django.test import Client

from patrol import models
from patrol.models import Role
from patrol.watches import quotas
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import address, english, said

pytestmark = pytest.mark.django_db
SENT = {"name": "Kanal calo", "ask": "telegram/channel", "query": "kanal_calo", "every_minutes": "15", "why": "Tiga aduan."}


def words(client: Client, name: str, *parts: object) -> str:
    return client.get(address(name, *parts)).content.decode()


def test_an_officer_proposes_and_the_supervisor_of_the_office_accepts(door: Door) -> None:
    officer, supervisor = english(door(Role.OFFICER)), english(door(Role.SUPERVISOR))
    form = officer.get(address("patrol_watch_add"), {"ask": "telegram"}).context
    assert ([field.name for field in form["form"].first], form["decides"]) == (
        ["ask", "query", "name", "why"],
        "The supervisor of your office decides.",
    )
    assert {"office", "credential", "priority"}.isdisjoint(form["form"].fields)
    bare = officer.post(address("patrol_watch_add"), {**SENT, "why": " "})
    assert bare.context["form"].errors == {"why": ["Write why this source should be watched."]}
    answer = officer.post(address("patrol_watch_add"), SENT)
    proposal = models.WatchProposal.objects.get()
    here = address("patrol_watchproposal_change", proposal.pk)
    assert (answer["Location"], models.Watch.objects.count()) == (here, 0)
    assert "Withdraw" in words(officer, "patrol_watchproposal_change", proposal.pk)
    for client, decides in ((officer, "the supervisor of the office"), (supervisor, "you"), (english(door(Role.ANALYST)), "you")):
        page = " ".join(words(client, "patrol_watchproposal_change", proposal.pk).split())
        assert f"<dt>Decides</dt> <dd> {decides} </dd>" in page
    assert "Proposals that wait for you <b>1</b>" in " ".join(words(supervisor, "patrol_watch_changelist").split())
    refused = supervisor.post(address("patrol_watchproposal_refuse", proposal.pk), {"why": ""})
    assert (refused["Location"], said(refused)) == (here, ["Write why it is refused: whoever proposed it reads this."])
    answer = supervisor.post(address("patrol_watchproposal_accept", proposal.pk))
    watch = models.Watch.objects.get()
    assert (answer["Location"], watch.by_office) == (address("patrol_watch_change", watch.pk), True)
    assert "own watches: 1 of 10" in " ".join(words(supervisor, "patrol_watch_changelist").split())
    assert "The watch you proposed was accepted: Kanal calo" in words(officer, "patrol_notice_changelist")
    again = supervisor.post(address("patrol_watchproposal_refuse", proposal.pk), {"why": "Terlambat."})
    assert said(again)[-1].startswith("It is decided already, by ")


def test_a_supervisor_makes_what_is_open_at_once_and_proposes_the_rest(door: Door) -> None:
    supervisor, analyst = english(door(Role.SUPERVISOR)), english(door(Role.ANALYST))
    form = supervisor.get(address("patrol_watch_add"), {"ask": "telegram"}).context
    assert ("why" in form["form"].fields, form["decides"], form["quota"].most) == (False, "", 10)
    supervisor.post(address("patrol_watch_add"), SENT)
    assert models.Watch.objects.get().by_office is True
    key = models.Credential.objects.create(platform="tiktok", name="Kunci", sealed="x", changed_at=factories.NOW)
    form = supervisor.get(address("patrol_watch_add"), {"ask": "tiktok"}).context
    assert form["decides"] == "This way of asking needs a credential: the directorate decides."
    assert (form["form"].tryable, "credential" in form["form"].fields) == (False, False)
    supervisor.post(address("patrol_watch_add"), {**SENT, "ask": "tiktok/search", "query": "loker taiwan"})
    proposal = models.WatchProposal.objects.get()
    missing = analyst.post(address("patrol_watchproposal_accept", proposal.pk))
    assert said(missing) == ["The platform answers this with credentials only. Choose one."]
    analyst.post(address("patrol_watchproposal_accept", proposal.pk), {"credential": key.pk})
    assert models.Watch.objects.get(platform="tiktok").credential == key


def test_the_directorate_sets_a_quota_and_a_full_one_asks_for_a_proposal(door: Door) -> None:
    analyst, office = english(door(Role.ANALYST)), factories.office()
    quota = address("patrol_watchproposal_quota", office.pk)
    assert said(analyst.post(quota, {"most": "banyak"})) == ["Write a number, such as 10."]
    assert said(analyst.post(quota, {"most": "501"}))[-1] == "A number from 0 to 500."
    assert models.WatchQuota.objects.count() == 0
    analyst.post(quota, {"most": "0"})
    assert "0 of 0" in " ".join(words(analyst, "patrol_watchproposal_changelist").split())
    supervisor = english(door(Role.SUPERVISOR))
    form = supervisor.get(address("patrol_watch_add"), {"ask": "telegram"}).context
    assert form["decides"] == "The quota of your office is used up: the directorate decides."


def test_a_source_another_office_watches_is_named_by_its_office_alone(door: Door) -> None:
    other = factories.office("bp3mi-sulsel")
    factories.watch("bp3mi-sulsel", query="kanal_calo")
    answer = english(door(Role.OFFICER)).post(address("patrol_watch_add"), SENT)
    assert answer.context["same"] == {"name": other.short_name, "link": ""}
    assert models.WatchProposal.objects.count() == 0


def test_a_trial_that_is_refused_says_why_on_the_page_of_the_watch(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patrol.infra.pace.admits", lambda *_caller, **_given: 7.4)
    supervisor, watch = english(door(Role.SUPERVISOR)), factories.watch(by_office=True)
    answer = supervisor.post(address("patrol_watch_try", watch.pk))
    here = address("patrol_watch_change", watch.pk)
    assert (answer["Location"], said(answer)) == (here, ["Too many trials in a short time. Try again in 8 seconds."])
    form = supervisor.post(address("patrol_watch_add"), {**SENT, "try": "1"})
    assert form.context["form"].non_field_errors() == ["Too many trials in a short time. Try again in 8 seconds."]
    assert address("patrol_watch_try", watch.pk) in words(supervisor, "patrol_watch_change", watch.pk)
    key = models.Credential.objects.create(platform="telegram", name="Kunci", sealed="x", changed_at=factories.NOW)
    models.Watch.objects.filter(pk=watch.pk).update(credential=key)
    page = words(supervisor, "patrol_watch_change", watch.pk)
    assert ("/coba/" in page, "/jeda/" in page) == (False, True)
    assert supervisor.post(address("patrol_watch_try", watch.pk)).status_code == 404


def test_what_became_the_directorate_s_to_accept_the_supervisor_may_refuse_still(door: Door) -> None:
    office, supervisor = factories.office(), english(door(Role.SUPERVISOR))
    officer = english(door(Role.OFFICER))
    more = {"daily_quota": "40", "quiet_from": "22:00", "quiet_to": "05:00", "days_1": ["0"], "from_1": "08:00", "to_1": "16:00"}
    officer.post(address("patrol_watch_add"), SENT | more)
    proposal = models.WatchProposal.objects.get()
    page = words(supervisor, "patrol_watchproposal_change", proposal.pk)
    shown = ("Posts a day at most", "Mon 08:00–16:00 WIB", "quiet 22:00–05:00 WIB", "/terima/", "/tolak/")
    assert [word for word in shown if word not in page] == []
    quotas.set_most(office_id=office.pk, most=0, by=factories.person("analyst"), now=factories.NOW)
    page = words(supervisor, "patrol_watchproposal_change", proposal.pk)
    assert ("/terima/" in page, "/tolak/" in page) == (False, True)
    stale = supervisor.post(address("patrol_watchproposal_accept", proposal.pk))
    assert said(stale) == ["The quota is used up: the directorate decides it, or pause a watch first."]
    assert "/tolak/" not in words(officer, "patrol_watchproposal_change", proposal.pk)
    supervisor.post(address("patrol_watchproposal_refuse", proposal.pk), {"why": "Sudah dipantau."})
    proposal.refresh_from_db()
    assert (proposal.state, models.Watch.objects.count()) == ("refused", 0)


PAGE = {
    **{key: SENT[key] for key in ("every_minutes", "why")},
    "name": "Papan Pantura",
    "ask": "web/page",
    "query": "https://loker.example/lowongan",
    "part_item": ".job",
    "part_title": "h2",
    "part_link": "a@href",
}


def test_what_of_a_page_is_a_post_is_asked_field_by_field(door: Door) -> None:
    officer, supervisor = english(door(Role.OFFICER)), english(door(Role.SUPERVISOR))
    form = officer.get(address("patrol_watch_add"), {"ask": "web"}).context["form"]
    assert [field.label for field in form.parts][:3] == ["Each post", "Title", "Text"]

    def wrong(**sent: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = officer.post(address("patrol_watch_add"), PAGE | sent).context["form"].errors
        return found

    assert wrong(part_title="h2[") == {
        "part_title": ["This selector of the title cannot be read: 'h2['. Write the name of an element or a .class, such as h2."]
    }
    assert wrong(part_item=".job | title=h3") == {"part_item": ["One selector only. What stands behind the | has a field of its own."]}
    assert wrong(part_link="", part_detail=".isi") == {
        "part_detail": ["The text of a post's own page can only be fetched where Link is filled in too."]
    }
    assert wrong(query="") == {"query": ["Write the address of the page that lists the offers, such as https://loker.example/lowongan."]}
    assert models.WatchProposal.objects.count() == 0
    officer.post(address("patrol_watch_add"), PAGE)
    proposal = models.WatchProposal.objects.get()
    assert proposal.query == "https://loker.example/lowongan | item=.job | title=h2 | link=a@href"
    parts = [("Address of the page", PAGE["query"]), ("Each post", ".job"), ("Title", "h2"), ("Link", "a@href")]
    assert supervisor.get(address("patrol_watchproposal_change", proposal.pk)).context["parts"] == parts
    supervisor.post(address("patrol_watchproposal_accept", proposal.pk))
    watch = models.Watch.objects.get()
    assert supervisor.get(address("patrol_watch_change", watch.pk)).context["parts"] == parts
    form = supervisor.get(address("patrol_watch_edit", watch.pk)).context["form"]
    assert (form["query"].value(), form["part_item"].value(), form["part_text"].value()) == (PAGE["query"], ".job", None)


def test_a_whole_line_of_selectors_may_be_pasted_where_the_address_is_asked(door: Door) -> None:
    line = "https://loker.example/lowongan | item=.job | title=h2"
    supervisor = english(door(Role.SUPERVISOR))
    supervisor.post(address("patrol_watch_add"), {**PAGE, "query": line, "part_item": "", "part_title": "", "part_link": ""})
    assert models.Watch.objects.get().query == line
