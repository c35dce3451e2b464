"""Every page of the workbench, listed. Importing this registers them.

Not in `__init__`: Django makes the site while it imports this package, and a page registered during that goes to a site
that is thrown away.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from patrol.admin.administrator import credentials, people
from patrol.admin.analyst import campaigns, guides, law, letters, packs, peer_exports, referrals, task_lines, watches
from patrol.admin.data_protection import consultations, subjects, unusual
from patrol.admin.officer import bulk, captures, cards, cases, flags, imports, objections, protections, tips
from patrol.admin.registrar import agencies, manual, register
from patrol.admin.shared import indicators, mine, minutes, own_settings, posts, telling
from patrol.admin.supervisor import (
    audit,
    deadlines,
    joint_leave,
    public_desk,
    quality,
    retention,
    stations,
    telling_office,
    watch_proposals,
    webhooks,
)

__all__ = [
    "agencies",
    "audit",
    "bulk",
    "campaigns",
    "captures",
    "cards",
    "cases",
    "consultations",
    "credentials",
    "deadlines",
    "flags",
    "guides",
    "imports",
    "indicators",
    "joint_leave",
    "law",
    "letters",
    "manual",
    "mine",
    "minutes",
    "objections",
    "own_settings",
    "packs",
    "peer_exports",
    "people",
    "posts",
    "protections",
    "public_desk",
    "quality",
    "referrals",
    "register",
    "retention",
    "stations",
    "subjects",
    "task_lines",
    "telling",
    "telling_office",
    "tips",
    "unusual",
    "watch_proposals",
    "watches",
    "webhooks",
]

admin.autodiscover()  # of the reports, which no floor below may name; and of allauth and Django, but:
admin.site.unregister([EmailAddress, Authenticator])  # of allauth; one's own stand in own_access
admin.site.unregister(Group)  # rights stand in patrol.access; a page for groups would promise what nothing reads
