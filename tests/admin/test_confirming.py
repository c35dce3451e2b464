"""Which acts ask once more who sits there, written out: what falls out of the product's table is missed here.

That each of them asks is tried in tests/admin/test_access_walk.py; the two that need more than the walk has, in tests/access/test_fresh.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from patrol import access
from patrol.access import Action
from patrol.admin import consulted_at
from patrol.admin.shared import confirming

# The second half of each act of two people; "" where it is done by a command, on the server.
SECOND: Mapping[Action, str] = {
    Action.TRUST_APPROVE: "patrol_indicator_approve",
    Action.REVIEW_SETTLE: "patrol_draw_settle",
    Action.BULK_APPROVE: "patrol_bulk_approve",
    Action.POINTS_APPROVE: "",
    Action.ERASE_APPROVE: "patrol_erasurerequest_approve",
    Action.PERSON_AGREE: "patrol_person_agree",
    Action.LAW_APPROVE: "patrol_article_confirm",
    Action.REFERRAL_APPROVE: "patrol_referral_approve",
    Action.OBJECTION_SETTLE: "patrol_objection_decide",
    Action.REGISTER_APPROVE: "patrol_manualchange_release",
    Action.SUMMARY_APPROVE: "reports_weeklysummary_sign",
    Action.CARD_APPROVE: "patrol_card_release",
    Action.RETENTION_APPROVE: "patrol_retentionedition_approve",
    Action.PEER_APPROVE: "patrol_peerexport_approve",
}
# Accounts, and the ways to reach one. Of `patrol_person_change` the change asks, the page does not: it shows what the list of people shows,
# and of the ways to reach somebody only that there are some.
ACCOUNTS = {
    "end_login",
    "end_other_logins",
    "patrol_device_code",
    "patrol_device_make_token",
    "patrol_dispatch_ask",
    "patrol_dispatch_confirm",
    "patrol_dispatch_pair",
    "patrol_owncare_take_up",
    "patrol_person_add",
    "patrol_person_add_duty",
    "patrol_person_change",
    "patrol_person_clear_mail",
    "patrol_person_end_duty",
    "patrol_person_end_logins",
    "patrol_person_leave",
    "patrol_person_reset_factors",
    "patrol_person_reset_link",
    "patrol_person_unlink_provider",
    "recovery_codes",
    "remove_factor",
    "unlink_provider",
}
# What is answered in full, and who read what as a file.
OUT = {
    "patrol_auditentry_export",
    "patrol_case_download_file",
    "patrol_case_view_file",
    "patrol_consultation_export",
    "patrol_manualchange_scan",
    "patrol_objection_file",
    "patrol_objection_letter",
    "patrol_objection_show",
    "patrol_peerexport_take",
    "patrol_protection_show",
    "patrol_referral_document",
    "patrol_referral_file",
    "patrol_referral_packet",
    "patrol_tip_reach",
}
# A watch that an office proposed takes two people by the rows, without a right of its own; after a hold was lifted what is old is erased.
# A package of a case is masked, and goes to a court or another body; what changes is sent to a webhook from then on.
OTHERS = {"patrol_case_lift_hold", "patrol_case_package", "patrol_watchproposal_accept", "patrol_webhook_make", "patrol_webhook_rotate"}
ASK = {name for name in SECOND.values() if name} | ACCOUNTS | OUT | OTHERS

# What may be done by whoever approves alone, and does not ask.
NO_MORE_THAN_BEFORE = "nothing goes out and nothing is gone after it; what was asked for may be asked for again"
SECOND_WITHOUT: Mapping[str, str] = {
    "patrol_bulk_cancel": NO_MORE_THAN_BEFORE,
    "patrol_bulk_refuse": NO_MORE_THAN_BEFORE,
    "patrol_bulk_reverse": "the flags stand again as they did, and may be decided again",
    "patrol_card_refuse": NO_MORE_THAN_BEFORE,
    "patrol_erasurerequest_refuse": NO_MORE_THAN_BEFORE,
    "patrol_peerexport_refuse": NO_MORE_THAN_BEFORE,
    "patrol_referral_send_back": NO_MORE_THAN_BEFORE,
}
# What stands in full and does not ask.
HARMED = "asks by itself where it shows somebody harmed: tests/access/test_fresh.py"
WATCHED = "the account that is watched, whose posts anybody reads"
FULL_WITHOUT: Mapping[str, str] = {
    "patrol_agency_change": "how an agency is reached, from the register that the ministry gives out",
    "patrol_auditentry_changelist": "a page in which one looks for something, fifty rows at a time",
    "patrol_indicator_show": HARMED,
    "patrol_post_download_copy": HARMED,
    "patrol_post_picture_clear": (
        "a picture within a page is a GET that can show no form; it is sent as long as the page shows the contacts,"
        " and to show those of somebody harmed asks"
    ),
    "patrol_post_view_copy": HARMED,
    "patrol_tip_read": "what was reported, read to work on it; how to reach whoever reported asks",
    "patrol_watch_change": WATCHED,
    "patrol_watch_edit": WATCHED,
    "patrol_watch_try": WATCHED,
    "patrol_watchproposal_change": WATCHED,
}


def test_the_acts_that_ask_are_these() -> None:
    assert {f"admin:{name}" for name in ASK} == confirming.ASKED


def test_the_second_half_of_each_act_of_two_people_asks() -> None:
    assert set(SECOND) == access.SECOND


def test_what_stands_in_full_asks_or_says_why_not() -> None:
    assert set(FULL_WITHOUT) == consulted_at.IN_FULL - ASK
