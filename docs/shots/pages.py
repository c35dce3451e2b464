"""Which pages stand in the pictures: one row a page of the workbench and of the public desk, by who works on it.

Each row is three pictures in docs/img/: NAME.webp on a desk (1366x768), NAME-dark.webp the same in the dark, NAME-phone.webp on a telephone
(390x844); and one line of docs/pictures.md, which `make shots` writes. The public desk has one look, dark or light; in English it is the
same pages. A new page is one row here; tests/docs/test_pictures.py tells which addresses of the product have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

STRANGER: Final = "stranger"  # has no account
STORY: Final = "story"

# What the pictures are beside: addresses that somebody is answered, and that are no page to look at.
NO_PAGE: Final = {
    "a file, or a picture": (
        "public:logo",
        "security",
        "admin:jsi18n",
        "admin:patrol_auditentry_export",
        "admin:patrol_campaign_export",
        "admin:patrol_card_file",
        "admin:patrol_card_poster",
        "admin:patrol_article_scan",
        "admin:patrol_case_download_file",
        "admin:patrol_case_export",
        "admin:patrol_case_package",
        "admin:patrol_case_view_file",
        "admin:patrol_consultation_export",
        "admin:patrol_device_extension",
        "admin:patrol_flag_export",
        "admin:patrol_importedfile_example",
        "admin:patrol_importedfile_problems",
        "admin:patrol_indicator_export",
        "admin:patrol_manualchange_scan",
        "admin:patrol_objection_export",
        "admin:patrol_objection_file",
        "admin:patrol_minutes_pdf",
        "admin:patrol_objection_letter",
        "admin:patrol_peerexport_take",
        "admin:patrol_post_download_copy",
        "admin:patrol_post_export",
        "admin:patrol_post_picture",
        "admin:patrol_post_view_copy",
        "admin:patrol_referral_document",
        "admin:patrol_referral_export",
        "admin:patrol_referral_file",
        "admin:patrol_referral_letter",
        "admin:patrol_referral_packet",
        "admin:patrol_registeredition_example_agencies",
        "admin:patrol_registeredition_example_licences",
        "admin:patrol_registeredition_problems",
        "admin:patrol_watch_export",
        "admin:reports_weeklysummary_export",
        "admin:reports_weeklysummary_file",
        "admin:reports_weeklysummary_pdf",
    ),
    "the page of a recording, of a file of a case": ("admin:patrol_case_custody",),
    "paper: the summary's own page as it is printed": ("admin:reports_weeklysummary_print",),
    "JSON": ("api:openapi-json", "admin:passkey", "admin:patrol_flag_numbers"),
    "leads elsewhere": ("public:leave",),
    "takes what browsers report": ("violations",),
    "the same page, with what was asked for on it": (
        "admin:patrol_device_code",
        "admin:patrol_device_make_token",
        "admin:patrol_dispatch_pair",
        "admin:patrol_indicator_show",
        "admin:patrol_objection_show",
        "admin:patrol_protection_show",
        "admin:patrol_tip_read",
        "admin:patrol_watch_try",
        "admin:patrol_webhook_make",
        "admin:patrol_webhook_rotate",
    ),
}


@dataclass(frozen=True)
class Shown:
    """`address`: the name in the URL table, which the open page has to have.

    `way`: "" where the address needs nothing; the name of another row of the same group, or of another address, whose page has a link
    there, the first one, or the first in a row of a table with `words`; STORY where something is done before (docs/shots/stories.py).
    `query` is put behind the address that is opened. `through`: the link stands on one of the pages in between, which have this address.
    """

    name: str
    caption: str
    address: str
    way: str = ""
    query: str = ""
    words: str = ""
    through: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The pictures beside the first: what stands behind the name, and in the gallery."""
        return ("phone",) if self.address.startswith("public:") else ("dark", "phone")


@dataclass(frozen=True)
class Group:
    """Pages of one person: the account as the example calls it, STRANGER for a stranger."""

    heading: str
    account: str
    rows: tuple[Shown, ...] = field(default_factory=tuple)


def _page(name: str, caption: str, model_and_view: str, way: str = "", **more: str) -> Shown:
    """A page of the workbench: `flag_change` for admin:patrol_flag_change."""
    return Shown(name, caption, f"admin:patrol_{model_and_view}", way, **more)


def _week(name: str, caption: str, view: str, way: str = "", **more: str) -> Shown:
    return Shown(name, caption, f"admin:reports_weeklysummary_{view}", way, **more)


GROUPS: Final = (
    Group(
        "Public desk",
        STRANGER,
        (
            Shown("home", "The way in", "public:home"),
            Shown("check", "Checking an offer", "public:check"),
            Shown("check-result", "What is said of an offer", "public:check", STORY),
            Shown("report", "Reporting, the first step", "public:report"),
            Shown("report-2", "Reporting, pictures and details", "public:report", STORY),
            Shown("status", "Asking what became of a report", "public:status"),
            Shown("report-status", "What became of a report", "public:status", STORY),
            Shown("learn", "Short pages to read", "public:learn"),
            Shown("guide", "One of them", "public:guide", "learn"),
            Shown("objection-form", "Objecting to a letter or card", "public:objection"),
        ),
    ),
    Group(
        "Logging in",
        STRANGER,
        (
            Shown("login", "Logging in", "admin:login"),
            Shown("forgotten", "A forgotten password", "admin:forgotten"),
            Shown("password-set", "A password was set", "admin:password_reset_complete"),
        ),
    ),
    Group(
        "Officer",
        "officer",
        (
            Shown("start-officer", "Start page", "admin:index"),
            _page("queue", "Queue", "flag_changelist"),
            _page("flag", "One flag", "flag_change", STORY),
            _page("decide", "Confirming with a reason", "flag_change", STORY),
            _page("queue-settings", "Settings of the queue", "flag_settings"),
            _page("cases", "Cases", "case_changelist"),
            _page("posts", "Posts", "post_changelist"),
            _page("export", "A list taken away as a file", "post_changelist", STORY),
            _page("post", "One post", "post_change", "posts"),
            _page("post-erase", "Asking to erase a post", "post_erase", "queue", through="admin:patrol_flag_change"),
            _page("custody", "Who held a piece of evidence", "post_custody", "queue", through="admin:patrol_flag_change"),
            _page("minutes", "Minutes of evidence that left", "minutes_changelist"),
            _page("search", "Search", "indicator_find", STORY),
            _page("note", "Note by hand", "intake_note"),
            _page("captures", "What one sent", "intake_changelist"),
            _page("capture", "A post captured by hand", "intake_upload"),
            _page("imports", "Imports of posts", "importedfile_changelist"),
            _page("import", "One import", "importedfile_change", "imports"),
            _page("import-file", "A file to import", "importedfile_add"),
            _page("import-columns", "What its columns are taken for", "importedfile_add", STORY),
            _page("protection", "People harmed", "protection_changelist"),
            _page("protected", "One of them", "protection_change", "protection"),
            _page("tips", "Reports of the public", "tip_changelist", query="?state=all"),
            _page("tip", "One report", "tip_change", "tips", words="Adik saya"),
            _page("cards", "Warning cards", "card_changelist"),
            _page("card", "A warning card that is out", "card_change", "cards", words="Dikeluarkan"),
            Shown("card-public", "The same, as the public finds it by its number", "public:card", STORY),
            _page("card-new", "A card made from a case", "card_of_case", "cases", through="admin:patrol_case_change"),
            _page("objection-new", "An objection entered by hand", "objection_enter", "decisions", through="admin:patrol_flag_change"),
            _page("decisions", "Own decisions", "decision_changelist", query="?period=all"),
            _page("deadlines", "Deadlines of cases", "casedeadline_changelist"),
            _page("leave-days", "Joint leave", "jointleave_changelist"),
            _page("notices", "Notices", "notice_changelist"),
            _page("messages", "Messages that leave the house", "dispatch_changelist"),
            _page("office-settings", "Office settings", "owncare_settings"),
            _page("own-settings", "Own settings", "owncare_changelist"),
            _page("extension", "Browser extension", "device_changelist"),
        ),
    ),
    Group(
        "Analyst",
        "analyst",
        (
            Shown("start-analyst", "Start page", "admin:index"),
            _page("case", "A case at the directorate", "case_change", STORY),
            _page("case-elements", "Elements of an article, with their evidence", "case_elements", "case"),
            _page("referral-new", "A new referral", "referral_new", "case"),
            _page(
                "referral-lines",
                "What a referral names",
                "referral_lines",
                "admin:patrol_referral_changelist",
                through="admin:patrol_referral_change",
            ),
            _page("times-to-down", "How long it took until posts were down", "referral_times"),
            _page("channels", "Channels of referrals", "referral_channels"),
            _page("channel", "One channel", "referral_channel", "channels"),
            _page("indicators", "Indicators", "indicator_changelist", query="?order=most"),
            _page("indicator", "One indicator", "indicator_change", "indicators"),
            _page("campaigns", "Campaigns", "campaign_changelist"),
            _page("campaign", "One campaign", "campaign_change", STORY),
            _page("campaign-case", "A case of a campaign", "campaign_open_case", "campaign"),
            _page("campaign-decide", "One decision for a campaign", "campaign_decide", STORY),
            _page("peer-case", "Indicators of a case for another body", "peerexport_of_case", "case"),
            _page("peer-campaign", "Those of a campaign", "peerexport_of_campaign", STORY),
            _page("peer", "They wait for a second person", "peerexport_change", STORY),
            _page("peers", "What was handed to other bodies", "peerexport_changelist", STORY),
            _page("watch", "One watch", "watch_change", "admin:patrol_watch_changelist"),
            _page("watch-form", "A new watch, tried out", "watch_add", STORY),
            _page("watch-edit", "A watch changed", "watch_edit", "watch"),
            _page("sources", "What can be watched", "watch_sources"),
            _page("packs", "Keyword packs", "keywordpack_changelist"),
            _page("pack", "One pack", "keywordpack_change", "packs"),
            _page("pack-new", "A new pack", "keywordpack_add"),
            _page("law", "Law", "article_changelist"),
            _page("article", "One article", "article_change", "law"),
            _page("article-new", "A new article", "article_add"),
            _page("article-edition", "Its new wording", "article_enter", "article"),
            _page("article-end", "It ends", "article_end", "article"),
            _page("letters", "Letters", "lettertemplate_changelist"),
            _page("letter", "One letter", "lettertemplate_change", "letters"),
            _page("guides", "Pages to read of the public desk", "guide_changelist"),
            _page("guide-page", "One of them", "guide_change", "guides"),
            _page("guide-edition", "One of its editions", "guide_edition", "guide-page"),
            _page("guide-new", "A new page to read", "guide_begin"),
            _page("guide-edit", "A page to read, changed", "guide_enter", "guide-page"),
            _page("guide-withdraw", "A page to read, withdrawn", "guide_withdraw", "guide-page"),
            _page("task-lines", "Tasks a case begins with", "taskline_changelist"),
            _page("task-line", "One of them", "taskline_change", "task-lines"),
            _page("task-line-new", "A new one", "taskline_add", "task-lines"),
        ),
    ),
    Group(
        "Supervisor of an office",
        "supervisor",
        (
            Shown("start-supervisor", "Start page", "admin:index"),
            _page("referrals", "Referrals", "referral_changelist"),
            _page("referral", "A referral that waits for a second person", "referral_change", "referrals", words="menunggu persetujuan"),
            _page("objections", "Objections", "objection_changelist"),
            _page("objection", "An objection", "objection_change", "objections"),
            _page("erasures", "Requests to erase", "erasurerequest_changelist"),
            _page("erasure", "A request to erase", "erasurerequest_change", "erasures"),
            _page("watch-proposals", "Proposed watches", "watchproposal_changelist"),
            _page("watch-proposal", "A proposed watch", "watchproposal_change", "watch-proposals"),
            _page(
                "watch-place",
                "A watch given to a station",
                "watch_place",
                "admin:patrol_watch_changelist",
                through="admin:patrol_watch_change",
            ),
            _page("trusted", "Trusted contacts", "indicator_trusted"),
            _page("bulk", "Bulk decisions", "bulk_changelist"),
            _page("bulk-one", "One of them", "bulk_change", "bulk"),
            _page("bulk-new", "Many at once", "bulk_add"),
            _page("quality", "Second looks", "draw_changelist"),
            _page("quality-one", "One of them", "draw_change", "quality"),
            _page("agreement", "How often two agree", "draw_agreement"),
            _page("care", "Care for staff", "owncare_office"),
            _week("weeks", "Weekly summaries", "changelist"),
            _week("week", "The frozen summary of a week", "edition", STORY),
            _week("week-running", "The week that runs", "week", "weeks"),
            _week("week-rows", "What a figure of the week counts", "week_rows", "week-running"),
            _week("edition-rows", "What a figure of a frozen week counts", "edition_rows", "week"),
            _week("mails", "Summaries by mail", "mails"),
            _week("heads", "Letterheads of summaries", "heads"),
            _week("head", "One letterhead", "head", "heads"),
            _week("signatures", "What waits for a signature", "waiting"),
            _page("stations", "Stations (P4MI)", "station_changelist"),
            _page("station", "One station", "station_change", "stations"),
            _page("station-new", "A new station", "station_add"),
            _page("tokens", "Tokens for other systems", "device_tokens"),
            _page("webhooks", "Webhooks, and what arrived", "webhook_changelist"),
        ),
    ),
    Group(
        "Registrar",
        "registrar",
        (
            Shown("start-registrar", "Start page", "admin:index"),
            _page("register", "Register", "registeredition_changelist"),
            _page("register-edition", "One edition", "registeredition_change", "register"),
            _page("register-undo", "An import taken back", "registeredition_undo", "register-edition"),
            _page("register-files", "A newer register", "registeredition_import"),
            _page("register-import", "What it would change", "registeredition_preview", STORY),
            _page("agencies", "Agencies", "agency_changelist"),
            _page("agency", "An agency", "agency_change", "agencies"),
            _page("licences", "Licences", "licence_changelist"),
            _page("by-hand", "Changes by hand", "manualchange_changelist"),
            _page("register-by-hand", "A licence added by hand", "manualchange_add", "agency"),
        ),
    ),
    Group(
        "Supervisor of the directorate",
        "supervisor-directorate",
        (
            _page(
                "register-release",
                "A licence by hand, before the second person",
                "manualchange_change",
                "admin:patrol_manualchange_changelist",
            ),
            _page(
                "article-confirm",
                "An article the legal unit confirmed",
                "article_confirm",
                "admin:patrol_article_changelist",
                query="?keadaan=menunggu",
                through="admin:patrol_article_change",
            ),
            _page(
                "channel-edition",
                "What a channel asks for, changed",
                "referral_enter",
                "admin:patrol_referral_channels",
                through="admin:patrol_referral_channel",
            ),
            _page("letter-edition", "A letter changed", "lettertemplate_enter", "admin:patrol_lettertemplate_changelist"),
            _page("letter-head", "The head of an office's letters", "lettertemplate_head", "admin:patrol_lettertemplate_changelist"),
            _page("deadline", "A deadline changed", "casedeadline_change", "admin:patrol_casedeadline_changelist"),
            _page("leave-day", "A day of joint leave", "jointleave_change", "admin:patrol_jointleave_changelist"),
            _page("leave-day-new", "A new one", "jointleave_add"),
            _page("public-desk", "The public desk, open or closed", "publicdeskchange_changelist"),
            _page("retention", "Times of keeping", "retentionedition_changelist"),
            _page("retention-count", "What they would take away", "retentionedition_count"),
            _page("retention-new", "New times of keeping", "retentionedition_propose"),
        ),
    ),
    Group(
        "Administrator",
        "administrator",
        (
            Shown("start-administrator", "Start page", "admin:index"),
            _page("watches", "Watches", "watch_changelist"),
            _page("people", "People", "person_changelist"),
            _page("person", "One person", "person_change", "people"),
            _page("person-new", "A new person", "person_add"),
            _page("person-leave", "A person leaves", "person_leave", "person"),
            _page("reset-link", "A link to a new password", "person_reset_link", STORY),
            Shown("password-new", "What the link opens", "admin:password_reset_confirm", STORY),
            _page("offices", "Offices", "office_changelist"),
            _page("office", "One office", "office_change", "offices"),
            _page("office-new", "A new office", "office_add"),
            _page("credential-new", "A new credential", "credential_add", STORY),
            _page("credentials", "Credentials", "credential_changelist", STORY),
            _page("credential", "One credential", "credential_change", "credentials"),
            _page("credential-renew", "It gets a new value", "credential_renew", "credential"),
            _page("credential-rename", "It gets another name", "credential_rename", "credential"),
            _page("bots", "Bots of the offices", "bot_changelist"),
            _page("bot", "The bot of one office", "bot_office", "bots"),
            _page("webhooks-offices", "Webhooks of the offices", "webhook_changelist"),
            _page("audit-log", "Audit log", "auditentry_changelist"),
        ),
    ),
    Group(
        "Data protection officer",
        "data-protection-officer",
        (
            Shown("start-data-protection", "Start page", "admin:index"),
            _page("reading-log", "Who was shown whose data", "consultation_changelist"),
            _page("unusual-reading", "What was unusual in it", "unusualreading_changelist"),
            _page("subject-new", "What a subject asked, entered", "subjectrequest_enter"),
            _page("subject", "A request of a subject", "subjectrequest_change", STORY),
            _page("subjects", "Requests of subjects", "subjectrequest_changelist", STORY),
        ),
    ),
    Group(
        "One's own access",
        "officer-2",
        (
            Shown("passkey-new", "A new passkey", "admin:add_passkey", STORY),
            Shown("own-access", "One's own passkeys, codes and logins", "admin:own_access", STORY),
            Shown("app", "Setting up an app", "admin:add_app", STORY),
            Shown("second-factor", "The second factor is asked for", "admin:second_factor", STORY),
            Shown("password", "Another password", "admin:password_change"),
            Shown("password-changed", "It was changed", "admin:password_change_done"),
            Shown("logged-out", "Logged out", "admin:logout", STORY),
        ),
    ),
)


def rows() -> Iterator[Shown]:
    for group in GROUPS:
        yield from group.rows


def files() -> Iterator[str]:
    """The names of the pictures in docs/img/."""
    for row in rows():
        yield from (f"{name}.webp" for name in (row.name, *(f"{row.name}-{kind}" for kind in row.kinds)))


def gallery() -> str:
    """docs/pictures.md: each page on a desk, with links to it in the dark and on a telephone."""
    lines = [
        "# Pictures",
        "",
        "The pages of the workbench and of the public desk by who works on them, as they open on a screen of 1366x768, with links to the",
        "same page in the dark and on a telephone of 390x844; the public desk has one look. What they show is invented. `make shots`",
        "takes them anew and writes this page.",
    ]
    for group in GROUPS:
        lines += ["", f"## {group.heading}"]
        for row in group.rows:
            others = ", ".join(f"[{kind}](img/{row.name}-{kind}.webp)" for kind in row.kinds)
            lines += ["", f"![{row.caption}](img/{row.name}.webp){{ width=640 loading=lazy }}", f"{row.caption}: {others}"]
    return "\n".join(lines) + "\n"
