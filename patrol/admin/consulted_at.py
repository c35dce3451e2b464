"""What each address of the workbench shows of people, for the reading log (ADR 65).

Each address of a thing or a list is logged unless it stands in WITHOUT: a page that nobody entered here is logged too. What is counted
as personal: the author of a post, by account or name, and its text; contacts, masked or not; what somebody reported, objected, wrote in
a case or to another; who was harmed; agencies' contacts; accounts of staff and what they did. The name of a colleague beside an act is not.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from django.urls import ResolverMatch

from patrol.access.consulting import Shown
from patrol.models import ConsultationWay as Way

# Tables of which no page shows anybody.
WITHOUT_TABLES: Final = frozenset(
    {
        # settings of the product and of offices
        "patrol_article",
        "patrol_bot",
        "patrol_casedeadline",
        "patrol_credential",
        "patrol_guide",
        "patrol_jointleave",
        "patrol_keywordpack",
        "patrol_minutes",  # addresses masked, no contact, no author
        "patrol_lettertemplate",
        "patrol_office",
        "patrol_publicdeskchange",
        "patrol_station",
        "patrol_taskline",
        # the register as it was published, without contacts
        "patrol_licence",
        "patrol_registeredition",
        # one's own settings and browsers
        "patrol_device",
        "patrol_dispatch",
        "patrol_owncare",
    }
)
WITHOUT: Final = frozenset(
    {
        "patrol_agency_changelist",  # names of companies
        "patrol_auditentry_verify",
        "patrol_card_changelist",
        "patrol_card_file",  # a drawing of nobody
        "patrol_card_poster",
        "patrol_draw_agreement",
        "patrol_flag_numbers",  # counters; with rows of the queue it says so
        "patrol_flag_renew",
        "patrol_flag_settings",
        "patrol_importedfile_add",
        "patrol_importedfile_example",
        "patrol_indicator_find",  # an empty box; what was searched says so
        "patrol_intake_note",
        "patrol_intake_upload",
        "patrol_person_add",
        "patrol_referral_channel",
        "patrol_referral_channels",
        "patrol_referral_confirm",
        "patrol_referral_enter",
        "patrol_referral_times",
        "patrol_retentionedition_changelist",  # figures
        "patrol_retentionedition_propose",
        "patrol_watch_add",
        "patrol_watch_sources",
        # figures of weeks, and who signs them: the summary itself names contacts
        "reports_weeklysummary_changelist",
        "reports_weeklysummary_export",
        "reports_weeklysummary_head",
        "reports_weeklysummary_heads",
        "reports_weeklysummary_mails",
        "reports_weeklysummary_waiting",
    }
)
# What is neither a page nor a list by its name. (way, kind; "" for that of the address)
OTHERWISE: Final[dict[str, tuple[Way, str]]] = {
    "patrol_bulk_add": (Way.LIST, "flag"),
    "patrol_case_download_file": (Way.FILE, ""),
    "patrol_case_package": (Way.FILE, ""),
    "patrol_case_view_file": (Way.FILE, ""),
    "patrol_importedfile_preview": (Way.LIST, "importedfile"),
    "patrol_importedfile_problems": (Way.FILE, ""),
    "patrol_indicator_trusted": (Way.LIST, "indicator"),
    "patrol_manualchange_scan": (Way.FILE, ""),
    "patrol_objection_file": (Way.FILE, ""),
    "patrol_objection_find": (Way.LIST, "flag"),
    "patrol_objection_letter": (Way.PDF, ""),
    "patrol_peerexport_take": (Way.FILE, ""),
    "patrol_post_download_copy": (Way.FILE, ""),
    "patrol_post_picture": (Way.FILE, ""),
    "patrol_post_picture_clear": (Way.FILE, ""),
    "patrol_post_view_copy": (Way.FILE, ""),
    "patrol_referral_document": (Way.PDF, ""),
    "patrol_referral_file": (Way.FILE, ""),
    "patrol_referral_packet": (Way.PDF, ""),
    "reports_weeklysummary_edition_rows": (Way.LIST, "flag"),
    "reports_weeklysummary_file": (Way.FILE, ""),
    "reports_weeklysummary_pdf": (Way.PDF, ""),
    "reports_weeklysummary_week_rows": (Way.LIST, "flag"),
}
# What is answered there stands in full, whoever asks: files as they came, what goes out, what was asked for. Elsewhere the view says so.
IN_FULL: Final = frozenset(
    {
        "patrol_agency_change",
        "patrol_auditentry_changelist",  # what was typed where a watch was set up
        "patrol_auditentry_export",
        "patrol_case_download_file",
        "patrol_case_view_file",
        "patrol_indicator_show",
        "patrol_manualchange_scan",
        "patrol_objection_file",
        "patrol_objection_letter",
        "patrol_objection_show",
        "patrol_peerexport_take",
        "patrol_person_change",
        "patrol_post_download_copy",
        "patrol_post_picture_clear",
        "patrol_post_view_copy",
        "patrol_protection_show",
        "patrol_referral_document",
        "patrol_referral_file",
        "patrol_referral_packet",
        "patrol_tip_reach",
        "patrol_tip_read",
        "patrol_watch_change",  # the account that is watched
        "patrol_watch_edit",
        "patrol_watch_try",
        "patrol_watchproposal_change",
    }
)
# Parameters of addresses that are called otherwise than their model.
_KINDS: Final = {"attachment": "caseattachment", "import": "importedfile"}
_NAME: Final = re.compile(r"admin:((?:patrol|reports)_([a-z]+))_([a-z_]+)")


def shown(match: ResolverMatch) -> Shown | None:
    """What the answer of this address shows; None where that is nobody."""
    found = _of(match.view_name, tuple(match.kwargs))
    if found is None:
        return None
    way, kind, parameters, in_full = found
    return Shown(way, kind, "/".join(str(match.kwargs[name]) for name in parameters), unmasked=in_full)


@functools.cache
def _of(view_name: str, parameters: tuple[str, ...]) -> tuple[Way, str, tuple[str, ...], bool] | None:
    """Way, kind, the parameters that are the key (the first number, else all of them), and whether it stands in full."""
    hit = _NAME.fullmatch(view_name)
    if hit is None:
        return None
    table, model, act = hit.groups()
    name = f"{table}_{act}"
    if name not in OTHERWISE and (table in WITHOUT_TABLES or name in WITHOUT):
        return None
    way, kind = OTHERWISE.get(name) or ({"changelist": Way.LIST, "export": Way.EXPORT}.get(act, Way.PAGE), "")
    if way in {Way.LIST, Way.EXPORT}:
        return way, kind or model, (), name in IN_FULL
    number = next((one for one in parameters if one == "pk" or one.endswith("_id")), "")
    named = number.removesuffix("_id")
    kind = model if named in {"object", "pk"} or named in model else _KINDS.get(named, named)
    return way, kind, (number,) if number else parameters, name in IN_FULL
