"""A mark in every field of a person, and whether an answer that shows one is in the reading log.

What the columns of the database hold is said in patrol/retention/columns.toml. Each column of words of a personal class stands here once:
in WORDS, where a trigger of the database writes a mark of its own behind whatever is stored (`planted`); in CONTACTS, where the planted
world (tests.attacks.planting) stores a contact that is known; or in NOT_MARKED, with the reason. A column that stands nowhere fails a test.
"""

from __future__ import annotations

import io
import itertools
import re
import string
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.conf import settings
from django.db import connection

from patrol import models
from patrol.engine import masks
from patrol.models import ConsultationWay as Way
from patrol.retention import terms
from tests import pdf_text
from tests.conftest import as_superuser

NOT_PERSONAL: Final = {"technical", "figure", "law", "setting", "public_text", "likeness", "reading"}
_OF_WORDS: Final = ("text", "character varying", "jsonb", "json", "ARRAY", "bytea")


def _columns(said: str) -> list[str]:
    return said.split()


WORDS: Final = tuple(
    _columns("""
    patrol_bulk.note patrol_bulk.ended_note patrol_campaignevent.note patrol_card.position patrol_card.quote patrol_card.reason
    patrol_case.title patrol_caseattachment.title patrol_caseevent.note patrol_casetask.title patrol_comebackanswer.reason
    patrol_decision.note patrol_erasureanswer.note patrol_erasurerequest.ground patrol_intake.name patrol_intake.note
    patrol_itemanswer.ground patrol_itemanswer.text patrol_legalhold.reason patrol_legalhold.lifted_why patrol_notice.note
    patrol_peerexport.peer patrol_peerexport.note
    patrol_objection.name patrol_objection.contact patrol_objection.text patrol_objection.ground patrol_objection.put_right
    patrol_posttext.text patrol_profile.text patrol_protection.note patrol_protection.handed_to patrol_protectionevent.note
    patrol_referral.target patrol_referral.together patrol_referral.receipt patrol_referralevent.note patrol_review.note
    patrol_sending.note patrol_subjectrequest.note patrol_subjectrequest.answer patrol_tip.words patrol_tip.where patrol_tip.when
    patrol_tipmessage.text patrol_trusted.reason patrol_trusted.ended_why patrol_unusualreading.note
    """)
)
CONTACTS: Final = tuple(
    _columns("""
    patrol_campaign.name patrol_capture.asked_url patrol_capture.final_url patrol_indicator.value patrol_post.external_id patrol_post.url
    patrol_post.origin patrol_post.forward_of patrol_posttext.author patrol_posttext.author_name patrol_posttext.links
    patrol_posttext.media patrol_posttext.forward_name patrol_profile.account patrol_profile.name patrol_profile.links
    patrol_profile.url patrol_readingclaims.claims patrol_intake.options patrol_intake.problems patrol_campaignevent.told
    patrol_protectionevent.detail patrol_flagevent.after patrol_auditentry.after
    """)
)

NOT_MARKED: Final[dict[str, str]] = {
    "the register as it was published; contacts of agencies: tests.attacks.test_planted and tests.admin.test_register": """
        patrol_agency.accounts patrol_agency.address patrol_agency.aliases patrol_agency.city patrol_agency.name
        patrol_agency.phones patrol_agency.province patrol_agency.sip3mi_number patrol_agency.websites
        patrol_licence.country patrol_licence.employer patrol_licence.number patrol_licence.positions
        patrol_licence.status patrol_manualanswer.kind patrol_manualanswer.note patrol_manualchange.agency
        patrol_manualchange.decree patrol_manualchange.kind patrol_manualchange.row patrol_manualheld.how
        patrol_registeredition.difference patrol_registeredition.files patrol_standing.decree patrol_standing.status
    """,
    "sealed or hashed: no page has it to show": """
        mfa_authenticator.data patrol_addresscode.nonce patrol_auditentry.hash patrol_auditentry.prev_hash
        patrol_backupkey.key patrol_custodyentry.after patrol_custodyentry.before
        patrol_device.token_sha256 patrol_dispatch.key patrol_erasedfile.sha256
        patrol_identityanswer.sealed patrol_identityrequest.reply_to patrol_intake.sha256 patrol_loghead.hash
        patrol_loghead.mac patrol_mergerproposal.keys patrol_objection.receipt patrol_pairing.code_sha256
        patrol_pairingcode.code_sha256 patrol_person.password patrol_pictureread.key patrol_pictureread.pixels
        patrol_pictureread.sha256 patrol_posttext.salt patrol_postversion.commitment patrol_postversion.content_key
        patrol_reading.commitment patrol_reading.salt patrol_referralcompleteness.digest patrol_referralitem.mark
        patrol_referralletter.digest patrol_seal.captures patrol_seal.versions patrol_sending.message_id
        patrol_session.session_data patrol_session.session_key patrol_subjectrequest.about_digest patrol_tip.receipt
        patrol_tipdraftpicture.sealed patrol_tipidentity.sealed patrol_tippicture.content patrol_told.mark
        patrol_peerexport.digest patrol_webhook.sealed
    """,
    "Django's and allauth's, which the product writes nothing to": """
        account_emailaddress.email django_admin_log.change_message django_admin_log.object_id
        django_admin_log.object_repr
    """,
    "who works here: a colleague's name beside an act is not counted, and the page of accounts is logged by its address": """
        patrol_addresscode.address patrol_dispatch.target patrol_person.mail patrol_person.name patrol_person.username
    """,
    "headers and addresses of requests, keys of jobs and of accounts": """
        patrol_capture.address patrol_capture.headers patrol_capture.hops patrol_capture.request_headers
        patrol_erasedrow.term patrol_indicator.own_id patrol_job.key patrol_job.target
    """,
    "of a ministry's provider, compared at the login": """
        patrol_linkedlogin.issuer patrol_linkedlogin.subject
    """,
    "one's own, shown to nobody else": """
        patrol_casefilter.name patrol_casefilter.query patrol_device.name patrol_owncare.language patrol_owncare.veil
        patrol_ownsettings.keys patrol_pairing.why patrol_savedfilter.name patrol_savedfilter.query
        patrol_tellingchoice.chosen patrol_told.kind patrol_told.way patrol_told.what reports_subscription.what
    """,
    "a word of a list": """
        mfa_authenticator.type patrol_appointment.kind patrol_appointment.role patrol_auditentry.target_type
        patrol_auditentry.verb patrol_bulk.outcome patrol_bulk.reason patrol_bulk.state patrol_bulkentry.state
        patrol_bulkentry.why patrol_campaign.state patrol_campaignevent.kind patrol_card.country patrol_card.level
        patrol_card.signs patrol_card.state patrol_cardfile.kind patrol_cardfile.language patrol_case.kind
        patrol_case.outcome patrol_case.state patrol_caseevent.article patrol_caseevent.case_kind patrol_caseevent.kind
        patrol_caseevent.outcome patrol_casetask.state patrol_caseturn.step patrol_comebackanswer.outcome
        patrol_decision.level_then patrol_decision.outcome patrol_decision.reason patrol_decision.state_after
        patrol_decision.state_before patrol_dispatch.kind patrol_dispatch.state patrol_dispatch.way patrol_draw.kind
        patrol_duty.role patrol_elementtick.element patrol_elementtick.kind patrol_elementtick.searched
        patrol_erasedfile.state patrol_erasedfile.why patrol_erasure.reason patrol_erasureanswer.kind
        patrol_erasurerequest.reason patrol_finding.kinds patrol_finding.rule patrol_flag.kinds patrol_flag.level
        patrol_flag.state patrol_flagevent.kind patrol_identityanswer.refused patrol_identityrequest.purpose
        patrol_indicator.kind patrol_intake.format patrol_intake.kind patrol_intake.state patrol_itemanswer.outcome
        patrol_licencecheck.kinds patrol_licencecheck.level patrol_licencecheck.rules_version
        patrol_licencecheck.verdict patrol_linkcheck.outcome patrol_linkcheck.reason patrol_media.kind
        patrol_media.state patrol_mergeranswer.outcome patrol_notice.kind patrol_objection.about
        patrol_objection.answered_how patrol_objection.how patrol_objection.outcome patrol_objection.side
        patrol_objection.state patrol_othername.platform patrol_peerexport.purpose
        patrol_peerexport.sharing patrol_person.own_role patrol_person.role
        patrol_profile.platform patrol_protection.desk patrol_protection.ending patrol_protection.state
        patrol_protectionevent.kind patrol_referral.channel patrol_referral.sent_how patrol_referral.state
        patrol_referraldocument.kind patrol_referralevent.kind patrol_referralitem.kind patrol_retentionanswer.kind
        patrol_review.outcome patrol_review.reason patrol_review.step patrol_sending.state patrol_shortlink.outcome
        patrol_sighting.role patrol_subjectrequest.answered_how patrol_subjectrequest.how patrol_subjectrequest.identity
        patrol_subjectrequest.outcome patrol_subjectrequest.question patrol_tie.state patrol_tip.language
        patrol_tip.since patrol_tipevent.kind patrol_trusted.known_as patrol_unusualreading.reason
        patrol_unusualreading.why patrol_custodyentry.act patrol_custodyentry.found patrol_custodyentry.purpose
        patrol_minutes.kind patrol_peerexport.kind patrol_delivery.type patrol_delivery.problem patrol_device.scopes
    """,
    "a number that the product or an addressee gives": """
        patrol_auditentry.target_id patrol_bulk.number patrol_campaign.number patrol_card.number patrol_case.number
        patrol_erasurerequest.number patrol_flag.number patrol_objection.number patrol_othername.external_id patrol_peerexport.number
        patrol_post.author_id patrol_post.posted_at_source patrol_post.reply_to patrol_post.thread
        patrol_profile.account_id patrol_referral.letter_number patrol_referral.number patrol_referral.their_number
        patrol_minutes.number patrol_subjectrequest.number patrol_tip.last_digits patrol_delivery.change patrol_delivery.number
    """,
    "made by the product of what stands beside it, which has a mark": """
        patrol_accountname.name patrol_auditentry.before patrol_caseevent.told patrol_casetask.title_en
        patrol_casewords.words patrol_comeback.ties patrol_custodyentry.recipient patrol_elementtick.words_en
        patrol_finding.parameters patrol_minutes.content patrol_minutes.recipient patrol_peerexport.indicators
        patrol_finding.reason_en patrol_finding.sources patrol_finding.spans patrol_flag.gist_en patrol_flagevent.before
        patrol_intake.left patrol_licencecheck.agency patrol_licencecheck.licence_number patrol_licencecheck.notes
        patrol_licencecheck.others patrol_licencecheck.reason_en patrol_pictureread.said patrol_posttext.unknown
        patrol_postwords.countries patrol_postwords.words patrol_readingclaims.code_texts patrol_readingclaims.notes
        patrol_readingclaims.picture_texts patrol_readingclaims.places patrol_referral.facts
        patrol_referraldocument.name patrol_referralevent.detail patrol_referralitem.value patrol_referralletter.blanks
        patrol_referralletter.cited
    """,
    "an address or a sentence of a machine": """
        patrol_capture.account patrol_dispatch.said patrol_linkcheck.asked_url patrol_media.problem
        patrol_post.quarantine_reason patrol_sending.address patrol_sending.files patrol_sending.said
        patrol_shortlink.address patrol_shortlink.leads_to patrol_shortlink.problem patrol_tipdraftpicture.name patrol_delivery.said
    """,
    "settings, and why they are so": """
        patrol_retentionanswer.note patrol_retentionedition.reason patrol_retentionedition.times
    """,
    "of who may be asked": """
        patrol_subjectrequest.about
    """,
}
_NUMBERS: Final = itertools.product(string.ascii_lowercase, repeat=3)
MARKS: Final = {column: f"zq{''.join(letters)}qz" for column, letters in zip(WORDS, _NUMBERS, strict=False)}  # letters: no mask takes them
_COLUMN: Final = {mark: column for column, mark in MARKS.items()}
_MARK: Final = re.compile(r"zq[a-z]{3}qz", re.IGNORECASE)
_MARKING: Final = """
CREATE FUNCTION tests_mark() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place int := 0; kept jsonb := to_jsonb(NEW); said text; put jsonb := '{}';
BEGIN
    WHILE place < TG_NARGS LOOP
        said := kept ->> TG_ARGV[place];
        IF said <> '' AND position(TG_ARGV[place + 1] IN said) = 0
           AND (TG_ARGV[place + 2]::int = 0 OR length(said) + 8 <= TG_ARGV[place + 2]::int) THEN
            put := put || jsonb_build_object(TG_ARGV[place], said || ' ' || TG_ARGV[place + 1]);
        END IF;
        place := place + 3;
    END LOOP;
    RETURN CASE WHEN put = '{}' THEN NEW ELSE jsonb_populate_record(NEW, put) END;
END $$
"""


def of_persons() -> set[str]:
    """table.column of each column of words that the catalogue gives a personal class. Needs the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type = ANY (%s)",
            [list(_OF_WORDS)],
        )
        words = {name for (name,) in cursor.fetchall()}
    kept = {f"{table}.{column}": str(kept) for table, columns in terms.columns().items() for column, kept in columns.items()}
    return {name for name, of in kept.items() if of not in NOT_PERSONAL and name in words}


@contextmanager
def planted() -> Iterator[None]:
    """Within it each row that is stored has its marks. For a fixture: no transaction is open at its begin and its end."""
    name = str(settings.DATABASES["default"]["NAME"])
    connection.close()
    as_superuser(_MARKING, *(_trigger(table) for table in sorted(_tables())), database=name)
    try:
        yield
    finally:
        connection.close()
        as_superuser("DROP FUNCTION tests_mark CASCADE", database=name)


def _tables() -> set[str]:
    return {column.partition(".")[0] for column in WORDS}


def _trigger(table: str) -> str:
    """Each column with its mark and its length, 0 for any."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, coalesce(character_maximum_length, 0) FROM information_schema.columns WHERE table_name = %s", [table]
        )
        most = dict(cursor.fetchall())
    connection.close()
    told = [f"'{one.partition('.')[2]}', '{MARKS[one]}', '{most[one.partition('.')[2]]}'" for one in WORDS if one.startswith(f"{table}.")]
    # The last by name: what the product's own triggers decide, they decide of what was said.
    return f"CREATE TRIGGER zz_marked BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION tests_mark({', '.join(told)})"


def in_the_admins_history() -> bool:
    """Whether Django's own history of the admin was ever written to in this database: the number of a row that was undone stays taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT is_called FROM django_admin_log_id_seq")
        return bool(cursor.fetchone() == (True,))


# --- what an answer shows ---------------------------------------------------------------------------


def said(body: bytes) -> str:
    """The words of an answer or a file: PDF, XLSX, DOCX and ZIP opened."""
    if body.startswith(b"%PDF-") and len(body) > 1_000:
        return pdf_text.said(body)
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as opened:
            return "\n".join(said(opened.read(one)) for one in opened.namelist())
    return body.decode("utf-8", "replace")


def body(response: Any) -> bytes:
    """All of it; what streams is read once, and kept to be read again."""
    if not response.streaming:
        return bytes(response.content)
    if not hasattr(response, "was_said"):
        response.was_said = b"".join(response.streaming_content)
    return bytes(response.was_said)


def shown(words: str) -> set[str]:
    """The columns whose mark stands in these words, and "masked" where a contact does, behind its mask."""
    return {_COLUMN[mark.lower()] for mark in _MARK.findall(words) if mark.lower() in _COLUMN} | (
        {"masked"} if masks.MIDDLE in words else set()
    )


# What an address shows beside, or instead of, the thing it is named after: kinds of lists and of single things.
_BESIDE: Final[dict[str, set[str]]] = {
    "index": {"case", "unusualreading", "watch"},  # the cards of the start page
    "patrol_bulk_add": {"flag"},
    "patrol_indicator_find": {"search"},
    "patrol_objection_find": {"flag"},
    "reports_weeklysummary_edition_rows": {"flag"},
    "reports_weeklysummary_week_rows": {"flag"},
    "search": {"search"},
}
_CALLED: Final = {"attachment": "caseattachment", "import": "importedfile", "pk": "", "object": ""}


def unread(response: Any, rows: list[models.Consultation], *, full: bool = False) -> str:
    """What the log's rows of this one answer do not say, "" where they say all. `full`: a contact stands there without its mask.

    The row must be of the thing of the address, or of a list where it names none: kind and key, by a way that fits what was answered; in
    full where it is, and for the purpose that was said.
    """
    match = response.resolver_match
    name = match.view_name.removeprefix("admin:")
    model = name.split("_")[1] if "_" in name else ""
    keys = [str(one) for one in match.kwargs.values()] or [""]
    kinds = {_CALLED.get(one.removesuffix("_id"), one.removesuffix("_id")) or model for one in match.kwargs} | {model}
    named = {(kind, key) for kind in kinds for key in (*keys, "/".join(keys))} | {(kind, "") for kind in _BESIDE.get(name, ())}
    html = response.get("Content-Type", "").startswith(("text/html", "application/json"))
    ways = {Way.PAGE, Way.LIST, Way.SEARCH} if html else {Way.FILE, Way.PDF, Way.EXPORT}
    found = [row for row in rows if row.way in ways and (row.target_kind, row.target_id) in named]
    told = [f"{row.way} {row.target_kind} {row.target_id}".strip() for row in rows]
    if not found:
        return f"no row of it: {told}"
    if full and not any(row.unmasked for row in found):
        return f"in full, and no row says so: {told}"
    purpose = response.wsgi_request.POST.get("purpose", "")
    if purpose and not any(row.purpose == purpose for row in found):
        return f"for {purpose}, and no row says so: {told}"
    return ""
