"""The way of a post of a platform that was just added: run by test_new_platform.py in a copy of the product that has it. Prints JSON."""

# ruff: noqa: E402 -- Django is set up first
from __future__ import annotations

import json
import sys

import django

django.setup()

from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from django.utils import timezone

import patrol
from patrol import models, sources
from patrol.engine import masks
from patrol.infra import wall
from patrol.intake import formats
from patrol.models import Role
from patrol.pipeline import assessing, fetching
from tests import factories


def page(client: Client, name: str, *parts: object) -> str:
    answer = client.get(reverse(f"admin:{name}", args=parts))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def main(platform: str, kind: str, query: str) -> dict[str, object]:
    setup_test_environment()
    wall.whole_process("it looks beside the product")
    analyst, officer = Client(), Client()
    analyst.force_login(factories.person(Role.ANALYST))
    officer.force_login(factories.person(Role.OFFICER))
    name = sources.PLATFORMS[platform].NAME.id
    told: dict[str, object] = {
        "product": patrol.__file__,
        "offered to a watch": f'value="{platform}/{kind}"' in page(analyst, "patrol_watch_add"),
        "on the page of sources": f"<h2>{name}</h2>" in page(analyst, "patrol_watch_sources"),
    }
    sent = {
        "name": "Papan loker",
        "ask": f"{platform}/{kind}",
        "query": query,
        "office": factories.office().pk,
        "every_minutes": "5",
        "healthy_low": "0",
        "healthy_high": "10",
    }
    analyst.post(reverse("admin:patrol_watch_add"), sent)
    watch = models.Watch.objects.get()
    now = timezone.now()
    done = fetching.patrol_watch(watch.pk, now=now)
    assert done is not None, "not this watch's turn"
    told["fetched"] = [done.pages, done.seen, done.new, done.failed]
    told["stored"] = sorted(models.Post.objects.values_list("platform", "external_id"))
    told["read"] = assessing.read_due(now=now, limit=10).read
    flag = models.Flag.objects.get()
    told["flagged"] = flag.post.external_id
    told["named in the queue"] = name in page(officer, "patrol_flag_changelist")
    told["named at the post"] = name in page(officer, "patrol_flag_change", flag.pk)
    author = models.Indicator.objects.get(kind="account", value__startswith=f"{platform}:")
    told["masked"] = masks.account(author.value)
    found = officer.post(reverse("admin:patrol_indicator_find"), {"what": author.value.partition(":")[2]})
    told["its account is found"] = found.headers["Location"] == reverse("admin:patrol_indicator_change", args=[author.pk])
    told["a file names it"] = [sources.platform_of("https://www.pasar.example/p/7"), sources.platform_named(" PK ")]
    told["an import may choose it"] = formats.shape.Options.of({"platform": platform}).platform
    told["one may send in a picture of it"] = f'<option value="{platform}">{name}' in page(officer, "patrol_intake_upload")
    told["an address leads to it"] = sources.identity("https://pasar.example/p/7")
    return told


print(json.dumps(main(*sys.argv[1:])))
