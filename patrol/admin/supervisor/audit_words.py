"""The audit log in words. The log itself keeps machine codes, so that its hashes hold in every language; only the page translates.

A code without words here is shown as it is: better an officer asks what it means than that a line says less than it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.admin.analyst import campaign_page, referral_words
from patrol.admin.officer import case_list, objection_words, queue
from patrol.admin.shared import law_rows, post_list, words
from patrol.admin.shared.words import Title
from patrol.admin.supervisor import audit_values
from patrol.engine import masks
from patrol.engine.reading import titles
from patrol.infra import wall
from patrol.models import Outcome
from patrol.search import case_filters

VERBS: Final[dict[str, Title]] = {
    "flag.confirmed": _("Suspicion confirmed"),
    "flag.dismissed": _("Flag dismissed"),
    "flag.needs_information": _("Information asked for"),
    "flag.victim": _("Marked as victim"),
    "flag.reversed": _("Decision taken back"),
    "flag.handed_over": _("Flag handed over to another office"),
    "flag.joined": _("Look-alikes joined"),
    "flag.parted": _("Joining taken back"),
    "flag.told_apart": _("Look-alikes told apart"),
    "flag.snoozed": _("Flag put off"),
    "flag.woken": _("Flag taken back into the queue"),
    "case.opened": _("Case opened"),
    "case.flag_added": _("Flag added to a case"),
    "case.flags_added": _("Flags added to a case"),
    "case.flag_removed": _("Flag taken out of a case"),
    "link.asked": _("Links of a case looked at again"),
    "case.escalated": _("Case escalated to the directorate"),
    "case.taken": _("Case taken"),
    "case.passed_on": _("Case passed on"),
    "case.returned": _("Case handed back to the office"),
    "case.note": _("Internal note written"),
    "case.message": _("Message to the other side written"),
    "case.kind_set": _("Said what a case is about"),
    "case.article_added": _("Article added to a case"),
    "case.article_removed": _("Article taken out of a case"),
    "case.ticked": _("Element of an article ticked in a case"),
    "case.unticked": _("Tick of an element taken back"),
    "case.closed": _("Case closed"),
    "case.withdrawn": _("Case closed with the undoing of the decision that opened it"),
    "case.referred": _("Case referred to an outside body"),
    "case.came_back": _("What a case referred is there again"),
    "case.reopened": _("Case opened again"),
    "case.corrected": _("Case corrected after an objection"),
    "deadline.changed": _("Deadline of a step changed"),
    "joint_leave.added": _("Day of joint leave added"),
    "joint_leave.changed": _("Day of joint leave changed"),
    "case.grown": _("Flags found in the campaign or row of a case"),
    "case.seen_again": _("Posts found that bring back what a referral asked about"),
    "case.not_again": _("Found posts said to be something else"),
    "case.merged": _("Case merged into another"),
    "case.unmerged": _("Merger of cases taken back"),
    "case.attached": _("File attached to a case"),
    "case.attachment_withdrawn": _("File of a case withdrawn"),
    "case.task_added": _("Task added to a case"),
    "case.task_assigned": _("Task of a case given to somebody, or to nobody"),
    "case.task_due": _("Time of a task changed"),
    "case.task_done": _("Task of a case done"),
    "case.task_reopened": _("Task of a case opened again"),
    "case.task_dropped": _("Task of a case dropped"),
    "case.tasks_laid": _("Tasks of the template added to a case"),
    "task_line.added": _("Line added to a template of tasks"),
    "task_line.changed": _("Line of a template of tasks changed"),
    "task_line.moved": _("Line of a template of tasks moved"),
    "task_line.removed": _("Line of a template of tasks removed"),
    "case.tasks_dropped": _("Open tasks dropped with the closing of their case"),
    "referral.drafted": _("Referral written"),
    "referral.changed": _("Referral changed"),
    "referral.submitted": _("Referral submitted"),
    "referral.sent_back": _("Referral sent back"),
    "referral.approved": _("Referral approved"),
    "referral.mail_asked": _("Referral asked to be sent by mail"),
    "referral.mail_tried": _("Mail of a referral about to leave"),
    "referral.mail_taken_back": _("Mail of a referral taken back before it left"),
    "referral.mail_refused": _("Mail of a referral did not leave or arrive"),
    "referral.mail_unknown": _("Mail of a referral with an unknown outcome"),
    "referral.sent": _("Referral marked as sent"),
    "referral.received": _("Referral received by the body asked"),
    "referral.contact_failed": _("Referral did not arrive"),
    "referral.no_response": _("Referral without a response"),
    "referral.answered": _("Answer to a referral entered"),
    "referral.replied": _("Clarification given to the body asked"),
    "referral.withdrawn": _("Referral withdrawn"),
    "tip.shown": _("Report of the public read in full"),
    "tip.read": _("Report of the public begun"),
    "tip.asked": _("Reporter asked"),
    "tip.answered": _("Reporter written to"),
    "tip.passed_on": _("Report of the public passed on"),
    "tip.taken_in": _("What a report of the public names stored as a post"),
    "tip.joined": _("Report of the public joined to a flag"),
    "tip.moved": _("Report of the public handed to another office"),
    "tip.parted": _("Report of the public parted from others"),
    "tip.bad_faith": _("Report of the public marked as made in bad faith"),
    "tip.good_faith": _("Mark of bad faith taken back"),
    "tip.closed": _("Report of the public closed"),
    "tip.reopened": _("Report of the public reopened"),
    "tip.withdrawn": _("Report withdrawn by its reporter"),
    "tip.ran_out": _("Report of the public removed, its time ran out"),
    "tip.identity_asked": _("Contact of a reporter asked for"),
    "tip.identity_opened": _("Contact of a reporter opened"),
    "tip.identity_refused": _("Contact of a reporter not opened"),
    "objection.entered": _("Objection entered"),
    "objection.decided": _("Objection decided"),
    "objection.withdrawn": _("Objection withdrawn"),
    "objection.answered": _("Answer to an objection sent"),
    "referral.came_back": _("What a referral asked about is there again"),
    "referral.not_again": _("A found post said to be something else"),
    "referral.documents_asked": _("Documents of a referral asked for anew"),
    "referral.documents_made": _("Documents of a referral made"),
    "letter.template_entered": _("Template of a letter changed"),
    "letter.head_entered": _("Letterhead of an office changed"),
    "channel.confirmed": _("Columns of a channel confirmed"),
    "channel.entered": _("Edition of a channel entered"),
    "contact.shown": _("Contacts shown in full"),
    "indicator.shown": _("Value of an indicator shown in full"),
    "search.made": _("Searched"),
    "trusted.proposed": _("Contact proposed as known to be good"),
    "trusted.approved": _("Contact approved as known to be good"),
    "trusted.ended": _("Contact no longer known to be good"),
    "protection.handed": _("Victim handed to the protection desk"),
    "protection.handed_over": _("Victim handed to the protection desk"),
    "protection.contacted": _("Victim reached"),
    "protection.moved": _("Victim handed over to another office"),
    "protection.note": _("Note on a victim written"),
    "protection.contacts_shown": _("Contacts of a victim shown in full"),
    "protection.closed": _("Protection closed"),
    "protection.reopened": _("Last step of a protection taken back"),
    "review.second": _("Second look given"),
    "review.third": _("Disagreement settled"),
    "watch.added": _("Watch added"),
    "watch.changed": _("Watch changed"),
    "watch.placed": _("Said of which P4MI a watch is"),
    "watch.paused": _("Watch paused"),
    "watch.resumed": _("Watch resumed"),
    "watch.tried": _("Watch tried"),
    "watch.proposed": _("Watch proposed"),
    "watch.proposal_accepted": _("Proposed watch accepted"),
    "watch.proposal_refused": _("Proposed watch refused"),
    "watch.proposal_withdrawn": _("Proposed watch withdrawn"),
    "watch.quota": _("Quota of own watches set"),
    "pack.added": _("Keyword pack added"),
    "pack.changed": _("Keyword pack changed"),
    "credential.added": _("Credential added"),
    "credential.renewed": _("Credential renewed"),
    "credential.renamed": _("Credential renamed"),
    "credential.retired": _("Credential retired"),
    "credential.refused": _("Credential refused by the platform"),
    "credential.resealed": _("Credential sealed with a new key"),
    "device.code_made": _("Code for a browser made"),
    "device.paired": _("Browser paired"),
    "device.revoked": _("Browser revoked"),
    "tip.sent": _("Report sent by another system"),
    "token.made": _("Token for another system made"),
    "token.revoked": _("Token for another system revoked"),
    "capture.sent": _("Capture sent"),
    "upload.sent": _("Post uploaded"),
    "import.taken": _("Import started"),
    "import.ended": _("Import ended"),
    "page.asked": _("Page archive asked for"),
    "capture.viewed": _("Preserved copy opened"),
    "capture.downloaded": _("Preserved copy downloaded"),
    "capture.refused": _("Preserved copy not opened: its file does not match"),
    "register.imported": _("Register imported"),
    "register.undone": _("Register import undone"),
    "register.proposed": _("Change of the register by hand proposed"),
    "register.released": _("Change of the register by hand released"),
    "register.refused": _("Change of the register by hand refused"),
    "register.withdrawn": _("Change of the register by hand withdrawn"),
    "register.scan_opened": _("Scan of a decree of the register downloaded"),
    "points.approved": _("Points of the rules approved"),
    "person.added": _("Person added"),
    "person.changed": _("Person changed"),
    "person.duty_added": _("Further duty given"),
    "person.duty_taken": _("Duty taken up"),
    "person.duty_ended": _("Duty ended"),
    "person.duty_ran_out": _("Duty ended by its time"),
    "person.left": _("Left or away: handed on, account closed"),
    "person.agreed": _("Account agreed to by a second person"),
    "person.kept": _("Accounts of before approve without a second person"),
    "person.reset_link": _("Link for a password made"),
    "person.reset_asked": _("Link for a password asked for by mail"),
    "person.logged_in": _("Logged in"),
    "person.logged_out": _("Logged out"),
    "person.login_failed": _("Login failed"),
    "person.login_held": _("Further tries to log in refused: too many"),
    "login.unknown": _("Login tried with a name nobody has"),
    "login.not_linked": _("Login of the provider that opens no account"),
    "person.login_linked": _("Login of the provider linked"),
    "person.login_unlinked": _("Login of the provider removed"),
    "consultation.looked": _("Reading of a week looked at"),
    "unusual.closed": _("Unusual reading closed"),
    "subject.entered": _("Request of a subject entered"),
    "subject.answered": _("Request of a subject closed"),
    "subject.reported": _("What is held about a subject put together"),
    "list.taken": _("List taken away as a file, masked"),
    "list.shown": _("List taken away as a file, contacts in full"),
    "log.verified": _("Audit log checked"),
    "log.anchored": _("Audit log and evidence sealed outside of the database"),
    "person.factor_added": _("Second factor set up"),
    "person.factor_removed": _("Second factor removed"),
    "person.factor_failed": _("Second factor wrong"),
    "person.factors_reset": _("Second factors of an account taken away"),
    "person.recovery_codes_made": _("Recovery codes made"),
    "person.recovery_code_used": _("Recovery code used"),
    "person.confirmed": _("Shown once more who it is"),
    "person.logins_ended": _("Logins ended"),
    "person.old_password_wrong": _("Wrong old password"),
    "person.password_set": _("Password set"),
    "bot.set": _("Token of an office's Telegram bot set"),
    "bot.tried": _("Telegram bot of an office tried"),
    "bot.removed": _("Telegram bot of an office turned off"),
    "bot.refused": _("Telegram refused the token of an office's bot"),
    "webhook.made": _("Webhook made"),
    "webhook.chosen": _("Kinds of changes of a webhook chosen"),
    "webhook.tried": _("Webhook tried"),
    "webhook.paused": _("Webhook paused"),
    "webhook.resumed": _("Webhook resumed"),
    "webhook.read_anew": _("Changes sent to a webhook again"),
    "webhook.rotated": _("New secret of a webhook made"),
    "webhook.ended": _("Webhook ended"),
    "webhook.failing": _("A webhook does not arrive any more"),
    "webhook.restored": _("A webhook went on after a restore"),
    "dispatch.again": _("Message asked to be sent again"),
    "pairing.asked": _("Code to pair Telegram made"),
    "pairing.paired": _("Telegram paired"),
    "pairing.ended": _("Telegram no longer paired"),
    "office.head_set": _("Head of an office's summaries changed"),
    "office.telling_set": _("Said what people of an office are told outside of SIPatrol"),
    "person.mail_asked": _("Code for a mail address asked for"),
    "person.mail_confirmed": _("Mail address confirmed"),
    "person.mail_cleared": _("Mail address removed"),
    "person.placed": _("Said at which P4MI a person sits"),
    "station.added": _("P4MI added"),
    "station.changed": _("P4MI changed"),
    "public_desk.changed": _("Said what the public desk tells"),
    "office.added": _("Office added"),
    "office.changed": _("Office changed"),
    "care.changed": _("Care of an office's people changed"),
    "post.erased": _("Content of a post erased"),
    "consultation.closed": _("Quarter of an hour of the reading log entered into the log"),
    "consultation.dropped": _("Months of the reading log removed, their time over"),
    "evidence.sealed": _("Preserved copies and texts entered into the log"),
    "retention.proposed": _("Times of keeping proposed"),
    "retention.approved": _("Times of keeping approved"),
    "retention.refused": _("Times of keeping refused"),
    "retention.withdrawn": _("Proposal of times of keeping withdrawn"),
    "retention.erased": _("Erased by its age"),
    "case.held": _("Legal hold put on a case"),
    "case.hold_lifted": _("Legal hold lifted"),
    "backup.key_destroyed": _("Private key of backups destroyed"),
    "erasure.asked": _("Erasing of a post asked for"),
    "erasure.approved": _("Erasing of a post approved"),
    "erasure.refused": _("Erasing of a post refused"),
    "erasure.withdrawn": _("Request to erase withdrawn"),
    "erasure.ran_out": _("Request to erase ran out"),
    "objection.came_in": _("Objection sent by the public page"),
    "case.exported": _("Package of a case made"),
    "peer.asked": _("Export for another body asked for"),
    "peer.approved": _("Export for another body approved"),
    "peer.refused": _("Export for another body refused"),
    "peer.withdrawn": _("Export for another body withdrawn"),
    "card.made": _("Warning card made"),
    "card.drawn_again": _("Warning card drawn again"),
    "card.released": _("Warning card released"),
    "card.refused": _("Warning card refused"),
    "card.withdrawn": _("Warning card withdrawn"),
    "guide.published": _("Edition of a guide published"),
    "guide.withdrawn": _("Guide taken off the public pages"),
    "law.article_added": _("Article of law added"),
    "law.entered": _("Edition of an article entered"),
    "law.ended": _("End of an article entered"),
    "law.confirmed": _("Legal unit's confirmation entered"),
    "law.scan_opened": _("Scan of the legal unit's letter downloaded"),
    "post.severe": _("Post marked as severe, or not"),
    "summary.freeze": _("Summary frozen"),
    "summary.signed": _("Summary signed"),
    "summary.taken": _("Summary taken as a file"),
    "note.taken": _("Report entered by hand"),
    "campaign.proposed": _("Campaign proposed"),
    "campaign.confirmed": _("Campaign confirmed"),
    "campaign.named": _("Campaign named"),
    "campaign.tie_confirmed": _("Tie of a campaign confirmed"),
    "campaign.tie_cut": _("Tie of a campaign cut"),
    "campaign.tie_cut_reversed": _("Cut of ties of a campaign taken back"),
    "campaign.split": _("Campaign split"),
    "campaign.merged": _("Campaigns merged"),
    "campaign.unmerged": _("Merger of campaigns taken back"),
    "campaign.merger_proposed": _("Merger of campaigns proposed by the system"),
    "campaign.merger_refused": _("Merger of campaigns refused"),
    "campaign.dissolved": _("Campaign dissolved"),
    "campaign.decided": _("Flags of a campaign decided"),
    "campaign.decision_reversed": _("Decision on a campaign taken back"),
    "bulk.begun": _("Bulk decision begun"),
    "bulk.proposed": _("Bulk decision proposed"),
    "bulk.approved": _("Bulk decision approved"),
    "bulk.refused": _("Bulk decision refused"),
    "bulk.cancelled": _("Bulk decision cancelled"),
    "bulk.done": _("Bulk decision done"),
    "bulk.reversed": _("Bulk decision taken back"),
}

PROTECTED: Final = "protected"  # what stands on the page in place of a verb about somebody harmed
VERBS[PROTECTED] = _("Step about somebody harmed; who that is stands with the protection desk alone")

THINGS: Final[dict[str, Title]] = {
    "flag": _("Flag"),
    "webhook": _("Address of a webhook"),
    "case": _("Case"),
    "taskline": _("Line of a template"),
    "person": _("Person"),
    "office": _("Office"),
    "station": _("P4MI station"),
    "publicdeskchange": _("Public desk"),
    "login": _("Login"),
    "list": pgettext_lazy("audit", "List"),
    "log": _("Audit log"),
    "watch": _("Watch"),
    "watchproposal": _("Proposed watch"),
    "post": _("Post"),
    "keywordpack": _("Keyword pack"),
    "credential": _("Credential"),
    "jointleave": _("Joint leave"),
    "casedeadline": _("Deadline"),
    "device": _("Browser"),
    "token": _("Token for another system"),
    "intake": _("Capture or import"),
    "registeredition": _("Register edition"),
    "pointsedition": _("Edition of the points"),
    "indicator": _("Indicator"),
    "trusted": _("Known-good contact"),
    "protection": _("Protection"),
    "tip": _("Report of the public"),
    "subjectrequest": _("Request of a subject"),
    "subjectreport": _("Report on a subject"),
    "readingweek": _("Week of reading"),
    "unusualreading": _("Unusual reading"),
    "draw": _("Draw for quality"),
    "bulk": _("Bulk decision"),
    "weeklysummary": _("Weekly summary"),
    "capture": _("Preserved copy"),
    "campaign": _("Campaign"),
    "importedfile": _("Import"),
    "pairingcode": _("Pairing code"),
    "job": _("Job"),
    "retentionedition": _("Times of keeping"),
    "backupkey": _("Key of backups"),
    "erasurerequest": _("Request to erase"),
    "article": _("Article of law"),
    "seal": _("Seal"),
    "anchor": _("Manifest"),
    "consultation": _("Reading log"),
    "referral": _("Referral"),
    "channelconfirmation": _("Confirmation of a channel"),
    "channeledition": _("Edition of a channel"),
    "peerexport": _("Export for another body"),
    "card": _("Warning card"),
    "guide": _("Guide"),
    "lettertemplate": _("Template of a letter"),
    "agency": _("Agency"),
    "auditentry": _("Row of the audit log"),
    "caseattachment": _("File of a case"),
    "decision": _("Decision"),
    "manualchange": _("Change by hand"),
    "notice": _("Notice"),
    "objection": _("Objection"),
    "search": pgettext_lazy("audit", "Search"),
    "table": _("Table of the database"),
}

FIELDS: Final[dict[str, Title]] = {
    "state": _("state"),
    "office": _("office"),
    "flags": _("flags"),
    "reason": _("reason"),
    "why": _("reason"),
    "bot": _("bot"),
    "host": _("host"),
    "types": _("kinds of changes"),
    "arrived": _("arrived at the other system"),
    "since": _("from"),
    "version": _("version"),
    "decision": _("decision"),
    "role": _("role"),
    "active": _("active"),
    "name": _("name"),
    "short_name": _("short name"),
    "username": _("user name"),
    "code": _("code"),
    "zone": _("time zone"),
    "provinces": _("provinces"),
    "number": _("number"),
    "purpose": _("purpose"),
    "reference": _("reference"),
    "until": _("until"),
    "edition": _("edition"),
    "week": _("week"),
    "period": _("period"),
    "words": _("words"),
    "about": _("about"),
    "query": _("what is asked"),
    "platform": _("platform"),
    "posts": _("posts"),
    "person": _("person"),
    "review": _("review"),
    "changed": _("changed"),
    "new": _("new"),
    "repeated": _("repeated"),
    "bad": _("unreadable"),
    "watches": _("watches"),
    "watch": _("watch"),
    "by_office": _("own watch of the office"),
    "own_watches": _("own watches at most"),
    "expires_on": _("until"),
    "known_as": _("known as"),
    "article": _("article"),
    "case_kind": _("kind of case"),
    "links": _("links"),
    "pictures": _("pictures"),
    "format": _("format"),
    "indicator": _("indicator"),
    "indicators": _("indicators"),
    "went": _("indicators that went"),
    "left_out": _("indicators left out"),
    "sharing": _("may be shared further"),
    "post": _("post"),
    "from": pgettext_lazy("audit", "from"),
    "valid_seconds": _("valid for seconds"),
    "sha256": _("fingerprint"),
    "signs": _("signs as"),
    "second_signatory_id": _("second signatory"),
    "author_title": _("position of the author"),
    "second_title": _("position of the second signatory"),
    "logo": _("logo"),
    "commitment": _("commitment"),
    "change": _("change by hand, no."),
    "ends": _("is ended"),
    "by_hand_kept": _("changes by hand kept, no."),
    "by_hand_ended": _("changes by hand ended, no."),
    "by_hand_confirmed": _("changes by hand confirmed by the files, no."),
    "points": _("points"),
    "approved": _("approved points"),
    "approved_by": _("approved by"),
    "device": _("browser"),
    "scopes": _("may ask"),
    "token": _("token, no."),
    "veil": _("severe pictures at first"),
    "severe": _("severe"),
    "break_minutes": _("minutes until a break"),
    "break_severe": _("severe posts until a break"),
    "every_seconds": _("seconds between"),
    "healthy_low": _("healthy from"),
    "healthy_high": _("healthy to"),
    "tells_reviewed": _("numbers in reviewed reports are told"),
    "outcome": _("outcome"),
    "note": _("note"),
    "packs": _("keyword packs"),
    "windows": _("hours of fetching"),
    "priority": _("priority"),
    "quiet_from": _("quiet from"),
    "quiet_to": _("quiet to"),
    "office_id": _("office"),
    "station": _("P4MI"),
    "station_id": _("P4MI"),
    "daily_quota": _("posts a day at most"),
    "credential": _("credential"),
    "credential_id": _("credential"),
    "copies": _("copies"),
    "kind": _("kind"),
    "last_day": _("last day"),
    "versions": _("versions"),
    "asked_by": _("asked by"),
    "campaign": _("campaign"),
    "link_by": _("link made by"),
    "exempt": _("approves without a second person"),
    "people": _("people"),
    "captures": _("preserved copies"),
    "withheld": _("files withheld"),
    "masked": _("contacts masked"),
    "digest": _("fingerprint"),
    "custody": _("fingerprint"),
    "minutes": _("minutes of evidence"),
    "found": _("found"),
    "ran_by": _("run on the server by"),
    "mark": _("fingerprint"),
    "refused": _("refused"),
    "files": _("fingerprints of the files"),
    "times": _("days"),
    "term": _("kind of data"),
    "proposed_by": _("proposed by"),
    "hold": _("hold, no."),
    "register_date": _("register as of"),
    "restores": _("restores edition"),
    "undone": _("edition taken back"),
    "hits": pgettext_lazy("audit", "found"),
    "kinds": _("kinds"),
    "way": _("told by"),
    "decisions": _("decisions"),
    "event": _("event"),
    "was": pgettext_lazy("audit", "before"),
    "left": _("state of the other case"),
    "to": pgettext_lazy("audit", "to"),
    "rows": _("rows"),
    "reach": _("seen within reach of the database's owner"),
    "shown": _("rows in full"),
    "ended": _("ended"),
    "elements": _("elements"),
    "element": _("element"),
    "ticks": _("ticks"),
    "ties": _("ties"),
    "tie": _("tie, no."),
    "guide": _("guide"),
    "checked": _("checked"),
    "letter": _("letter"),
    "day": pgettext_lazy("audit", "day"),
    "step": _("step"),
    "hours": _("working hours"),
    "grace": _("supervisor told after"),
    "decree": _("decree"),
    "off": _("nobody works"),
    "case": _("case"),
    "attachment": _("attachment"),
    "into": pgettext_lazy("audit", "into"),
    "internal": _("internal"),
    "task": _("task"),
    "duty": _("duty"),
    "back_on": _("back on"),
    "cases": _("cases"),
    "tasks": _("tasks"),
    "freed": _("tasks that are nobody's now"),
    "due": _("due"),
    "title_en": _("in English"),
    "days": _("days"),
    "goes_to": _("whose"),
    "place": _("place in the list"),
    "town": _("town"),
    "channel": _("channel"),
    "round": _("round"),
    "lines": _("lines"),
    "taken_out": _("taken out"),
    "how": pgettext_lazy("audit", "how"),
    "objection": _("objection"),
    "flag": _("flag"),
    "side": _("who objects"),
    "anew": _("decided instead"),
    "corrects": _("corrects"),
    "file": _("file"),
    "document": _("document"),
    "documents": _("documents"),
    "marked": _("cites an unconfirmed article"),
    "responsible": _("responsible"),
    "urgent": _("urgent"),
    "before": _("round before"),
    "back": _("comes back from"),
    "when": _("sent at"),
    "automated": _("decided by a machine"),
    "mail": _("number of the mail"),
    "correction": _("decision that corrects it"),
    "asked": _("list filter"),
    "last": _("up to row"),
    "holds": _("intact"),
    "served_many": _("ties taken back"),
    "reports": _("reports of the item"),
    "request": _("number of the request"),
    "question": _("what is asked"),
    "identity": _("identity"),
    "words_stay": _("words stay, in a case"),
    "proof": _("shown by"),
    "proofs": _("kinds of second factors"),
    "codes": _("recovery codes left"),
    "logins": _("logins"),
}
# Where a field of that name holds something else, by the kind of the thing.
_FIELDS_OF: Final[dict[tuple[str, str], Title]] = {
    ("campaign", "left"): _("posts that were cut loose"),
    ("campaign", "back"): _("posts that came back"),
    ("campaign", "from"): _("another campaign"),
    ("campaign", "into"): _("another campaign"),
}
# The lists that can be taken away as a file: what they are called, and the kind of thing their rows are.
LISTS: Final[dict[str, tuple[Title, str]]] = {
    "posts": (_("Posts"), "flag"),  # narrowed by the state of their flags
    "flags": (_("Flags"), "flag"),
    "cases": (_("Cases"), "case"),
    "indicators": (_("Indicators"), "indicator"),
    "campaigns": (_("Campaigns"), "campaign"),
    "watches": (_("Watches"), "watch"),
    "referrals": (_("Referrals"), "referral"),
    "objections": (_("Objections"), "objection"),
    "log": (_("Audit log"), "log"),
    "reading-log": (_("Reading log"), "reading-log"),
    "weeks": (_("Weekly summary"), "weeks"),
}
# What their pages narrow them to beside the states.
_NARROWED: Final[dict[str, Mapping[str, Title]]] = {
    "posts": post_list.NARROWED,
    "flags": queue.STATES,
    "cases": case_list.NARROWED,
    "campaigns": campaign_page.NARROWED,
    "referrals": referral_words.NARROWED,
    "objections": objection_words.NARROWED,
}
# By what a list was narrowed, where the field of that name holds something else in other rows.
FILTERS: Final[dict[str, Title]] = {
    "level": _("level"),
    "country": _("country"),
    "who": pgettext_lazy("list filter", "by"),
    "verb": pgettext_lazy("list filter", "act"),
    "thing": pgettext_lazy("list filter", "thing"),
    "which": pgettext_lazy("list filter", "its number or name"),
    "way": pgettext_lazy("list filter", "way"),
    "shown": pgettext_lazy("list filter", "contacts"),
    "q": pgettext_lazy("list filter", "words"),
    "sort": pgettext_lazy("list filter", "order"),
    "place": pgettext_lazy("list filter", "place named"),
    "older": pgettext_lazy("list filter", "waiting at least (hours)"),
    "younger": pgettext_lazy("list filter", "waiting at most (hours)"),
    "late": pgettext_lazy("list filter", "over the limit"),
    "holding": pgettext_lazy("list filter", "open at whom"),
}
# Why the chain does not hold, by audit.Break.why.
BREAKS: Final[dict[str, Title]] = {
    "gap": _("a row is missing before row %(row)s"),
    "link": _("row %(row)s does not go on from the row before it"),
    "content": _("row %(row)s was changed after it was written"),
    "outside": _("row %(row)s lies outside of the log: no act wrote it"),
    "missing": _("the head of the log is gone"),
    "end": _("rows are missing at the end; row %(row)s was the last one"),
    "signature": _("the head at row %(row)s was not written by this installation"),
}
NOTHING: Final = "-"
LONGEST: Final = 240  # letters of a change on the page; the row keeps the rest
_REFER: Final = {
    "office": "office",
    "office_id": "office",
    "station": "station",
    "station_id": "station",
    "person": "person",
    "asked_by": "person",
    "approved_by": "person",
    "link_by": "person",
    "responsible": "person",
    "second_signatory_id": "person",
    "proposed_by": "person",
}  # fields that hold an id
_REFER_ASKED: Final = {"office": "office", "who": "person", "responsible": "person", "watch": "watch", "station": "station"}
_REFER_OF: Final = {
    ("case", "to"): "person",
    ("person", "to"): "person",
    ("campaign", "from"): "campaign",
    ("campaign", "into"): "campaign",
}
_COUNTED: Final = {"lines"}  # lists of keys that say nothing to a reader
_SHORT_HASHES: Final = {"sha256", "logo", "commitment", "digest", "files"}
_DAY: Final = len("2026-11-20")
# They tell one thing from another, and say nothing to a reader. Of a duty its role and office are said.
_TECHNICAL: Final = _SHORT_HASHES | {"custody", "from", "mark", "reach", "duty"}

# What a thing is called in the log: its number or name, never its content.
NAMED: Final[dict[str, tuple[Any, Any]]] = {
    "flag": (models.Flag, "number"),
    "case": (models.Case, "number"),
    "taskline": (models.TaskLine, "title"),
    "person": (models.Person, "name"),
    "office": (models.Office, "name"),
    "station": (models.Station, "name"),
    "watch": (models.Watch, "name"),
    "watchproposal": (models.WatchProposal, "name"),
    "keywordpack": (models.KeywordPack, "name"),
    "jointleave": (models.JointLeave, "name"),
    "credential": (models.Credential, "name"),
    "registeredition": (models.RegisterEdition, "number"),
    "bulk": (models.Bulk, "number"),
    "campaign": (models.Campaign, "number"),
    "erasurerequest": (models.ErasureRequest, "number"),
    "article": (models.Article, Concat("act__short", Value(" "), "number")),
    "referral": (models.Referral, "number"),
    "objection": (models.Objection, "number"),
    "tip": (models.Tip, "last_digits"),
    "subjectrequest": (models.SubjectRequest, "number"),
    "channelconfirmation": (models.ChannelConfirmation, "letter"),
    "channeledition": (models.ChannelEdition, "channel"),
    "peerexport": (models.PeerExport, "number"),
    "card": (models.Card, "number"),
    "guide": (models.Guide, "key"),
    "lettertemplate": (models.LetterTemplate, "subject"),
}


@wall.everything("the log names by number what it is about")
def _called(wanted: Mapping[str, Iterable[int]]) -> dict[tuple[str, int], str]:
    """What things of these kinds and keys are called. One query, whatever kinds there are."""
    asked = [
        NAMED[kind][0]
        .objects.filter(pk__in=keys)
        .order_by()
        .annotate(its_kind=Value(kind), called=Cast(NAMED[kind][1], TextField()))
        .values_list("its_kind", "pk", "called")
        for kind, keys in wanted.items()
        if keys
    ]
    found = asked[0].union(*asked[1:], all=True).order_by("its_kind") if asked else []
    return {(kind, key): called for kind, key, called in found}


def called(things: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Of things by kind and written key those that have a number or name, masked. One query, else none."""
    wanted: dict[str, set[int]] = {}
    for kind, key in things:
        if kind in NAMED and key.isdigit():
            wanted.setdefault(kind, set()).add(int(key))
    return {(kind, str(key)): _shown(kind, str(name)) for (kind, key), name in _called(wanted).items()}


# Names that nobody typed a contact into. The figures of an article of law read like a telephone number: "UU 18/2017 83".
_UNMASKED: Final = frozenset({"article", "channeledition"})


def _shown(kind: str, name: str) -> str:
    """A name as the logs show it: a channel by its title, and what somebody typed without contacts in it."""
    if kind == "channeledition":
        name = str(audit_values.of(kind, "channel").get(name, name))
    return name if kind in _UNMASKED else masks.text(name)


class Names:
    """What the rows of one page name. One query, whatever kinds of things stand in them; where such stand in them one for articles of
    law, one for their elements, and one for offices by their code."""

    def __init__(self, rows: Iterable[models.AuditEntry]) -> None:
        rows = list(rows)
        wanted: dict[str, set[int]] = {"office": set(), "person": set(), "station": set(), "campaign": set(), "watch": set()}
        codes: set[str] = set()
        for row in rows:
            if row.target_type in NAMED and row.target_id.isdigit():
                wanted.setdefault(row.target_type, set()).add(int(row.target_id))
            if row.actor_id:
                wanted["person"].add(row.actor_id)
            for part in (row.before, row.after):
                for field, value in part.items():
                    if kind := _refers(row, field):
                        wanted[kind] |= {one for one in (value if isinstance(value, list) else [value]) if isinstance(one, int)}
                if isinstance(asked := part.get("asked"), dict):
                    for field, value in asked.items():
                        if (refers := _REFER_ASKED.get(field)) and str(value).isdecimal():
                            wanted[refers].add(int(value))
                codes |= {part["office"]} if isinstance(part.get("office"), str) else set()
        self._names = _called(wanted)
        self._offices = dict(models.Office.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
        self._articles = law_rows.titles(
            str(part["article"]) for row in rows for part in (row.before, row.after) if isinstance(part.get("article"), str)
        )
        self._elements = law_rows.elements(
            str(row.after["article"]) for row in rows if "element" in row.after and isinstance(row.after.get("article"), str)
        )

    def name(self, kind: str, key: int | None) -> str:
        return _shown(kind, str(self._names.get((kind, key or 0), "")))

    def article(self, key: str) -> str:
        """What an escalation rests on, or which article was changed."""
        return str(self._articles.get(key, key))

    def element(self, article: str, key: str) -> str:
        return words.said(self._elements[article, key]) if (article, key) in self._elements else key

    def office(self, code: str) -> str:
        return masks.text(self._offices.get(code, code))

    def actor(self, row: models.AuditEntry) -> str:
        return self.name("person", row.actor_id) or gettext("the system")

    def thing(self, row: models.AuditEntry) -> str:
        if row.target_type in _KEYLESS:
            return ""
        if row.target_type == "list" and row.target_id in LISTS:
            return f"{THINGS['list']} {LISTS[row.target_id][0]}"
        key = int(row.target_id) if row.target_id.isdigit() else None
        called = self.name(row.target_type, key) or _dated(row.target_id) or row.target_id
        return f"{THINGS.get(row.target_type, row.target_type)} {called}".strip()


# What the act itself says and no key tells apart: "Search: Search 0".
_KEYLESS: Final = frozenset({"search"})

# What a step about somebody harmed is a step about. Whoever may not see who was harmed is told of no such thing which one it is, in
# either log: the act of a moment before would name it, and so would being the one flag that was looked at and never decided.
WITHHELD: Final = frozenset({"flag", "case", "post", "capture"})
_ONE: Final = frozenset({"flag", "case", "post", "decision"})  # fields that hold the key or number of one
_MANY: Final = frozenset({"flags", "cases", "posts", "left", "back"})  # fields that hold those of several, or how many they are
_NUMBERED: Final = re.compile(r"\b(TND|PKR)-[0-9]{2}-[0-9]+", re.IGNORECASE)


def _nameless(told: Mapping[str, Any]) -> dict[str, Any]:
    """Fields without the keys and numbers of flags, cases and posts: of several, how many they are."""
    left = {field: value for field, value in told.items() if field not in _ONE}
    return {field: len(value) if field in _MANY and isinstance(value, list) else _unnumbered(value) for field, value in left.items()}


def _unnumbered(value: Any) -> Any:
    if isinstance(value, list):
        return [_unnumbered(one) for one in value]
    if isinstance(value, dict):
        return _nameless(value)
    return _NUMBERED.sub(r"\1-…", value) if isinstance(value, str) else value


def veil(rows: Iterable[models.AuditEntry]) -> None:
    """For whoever may not see who was harmed: of a step about somebody harmed that somebody acted and when, not what, on whom and how; of
    every other row not about which flag, case or post it is. The rows themselves keep it.

    The hash goes with what is left out: it is of the row as it is kept, and whoever tries out the few things it may be about would find
    the one.
    """
    rows = list(rows)
    taken_back = {row.before.get("decision") for row in rows if row.verb == "flag.reversed"}
    of_victims = (
        set(models.Decision.objects.filter(pk__in=taken_back, outcome=Outcome.VICTIM).values_list("pk", flat=True)) if taken_back else set()
    )
    for row in rows:
        if (
            row.verb == "flag.victim"
            or row.verb.startswith("protection.")
            or (row.verb == "flag.reversed" and row.before.get("decision") in of_victims)
        ):
            row.verb, row.target_type, row.target_id, row.before, row.after = PROTECTED, "", "", {}, {}
            row.hash = ""
            continue
        kept = (row.target_id, row.before, row.after)
        if row.target_type in WITHHELD:
            row.target_id = ""
        row.before, row.after = _nameless(row.before), _nameless(row.after)
        if (row.target_id, row.before, row.after) != kept:
            row.hash = ""


def verb(code: str) -> str:
    return str(VERBS.get(code, code))


def change(row: models.AuditEntry, names: Names, *, technical: bool | None = None) -> str:
    """What was before and what is now, field by field: "state: waiting → confirmed". At most LONGEST letters.

    `technical`: only what no person reads, or only the rest; None is all of it.
    """
    said = []
    for field in dict.fromkeys([*row.before, *row.after]):
        if technical is not None and technical != (field in _TECHNICAL):
            continue
        title = _FIELDS_OF.get((row.target_type, field)) or FIELDS.get(field, field)
        parts = [_value(row, field, part[field], names) for part in (row.before, row.after) if field in part]
        if (len(parts) == 2 and parts[0] == parts[1]) or parts == [NOTHING]:
            continue
        said.append(f"{title}: {' → '.join(parts)}")
    text = "; ".join(said)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _value(row: models.AuditEntry, field: str, value: Any, names: Names) -> str:
    if value is None or (isinstance(value, (str, list)) and not value):
        return NOTHING
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return str(len(value)) if field in _COUNTED else ", ".join(_value(row, field, one, names) for one in value)
    if isinstance(value, dict):
        asked = field == "asked"
        return ", ".join(
            _asked(row, str(key), str(one), names) if asked else f"{_word(row, field, str(key))} {one}" for key, one in value.items()
        )
    if (kind := _refers(row, field)) and isinstance(value, int):
        return names.name(kind, value) or str(value)
    return _NAMED_BY.get(field, _as_word)(row, field, str(value), names)


def _asked(row: models.AuditEntry, name: str, value: str, names: Names) -> str:
    """One filter of a list that was taken away: "state confirmed". What somebody typed is kept as a hash, shortened like the others."""
    title = FILTERS.get(name) or FIELDS.get(name, name)
    kind = LISTS[row.target_id][1] if row.target_id in LISTS else ""
    if (refers := _REFER_ASKED.get(name)) and value.isdecimal():
        return f"{title} {names.name(refers, int(value)) or value}"
    if name in {"q", "which"}:
        return f"{title} {value[:12]}"
    if name == "country":
        return f"{title} {words.sentence(titles.country(value))}"
    own: dict[str, Mapping[str, Any]] = {
        "verb": VERBS,
        "thing": THINGS,
        "way": audit_values.READ_BY,
        "shown": audit_values.SHOWN,
        "level": words.LEVELS,
        "place": words.PROVINCES,
        "state": {**audit_values.of(kind, "state"), **_NARROWED.get(row.target_id, {})},
        "late": {queue.LATE: _("yes")},
        "holding": queue.HOLDING,
        "who": {"system": _("the system")},
        "responsible": {case_filters.NOBODY: _("nobody")},
        "kind": {**words.KINDS, **words.INDICATORS, **words.CASE_KINDS},
    }
    said = (own.get(name) or audit_values.of(kind, name)).get(value) or _dated(value) or value
    return f"{title} {said.title if isinstance(said, words.Badge) else said}"


def _as_word(row: models.AuditEntry, field: str, value: str, _names: Names) -> str:
    return _word(row, field, value)


# Fields whose codes are names of rows, or of the state's own lists.
_NAMED_BY: Final[dict[str, Callable[[models.AuditEntry, str, str, Names], str]]] = {
    "article": lambda _row, _field, value, names: names.article(value),
    "element": lambda row, _field, value, names: names.element(str(row.after.get("article", "")), value),
    "office": lambda _row, _field, value, names: names.office(value),
    "provinces": lambda _row, _field, value, _names: words.PROVINCES.get(value, value),
}


def _refers(row: models.AuditEntry, field: str) -> str:
    """The kind of thing whose id this field holds, "" for any other field."""
    return _REFER_OF.get((row.target_type, field)) or _REFER.get(field, "")


def _word(row: models.AuditEntry, field: str, value: str) -> str:
    found = audit_values.of(row.target_type, field, platform=str(row.after.get("platform", ""))).get(value)
    if found is not None:
        return str(found.title if isinstance(found, words.Badge) else found)
    if field in _SHORT_HASHES:
        return value[:12]
    return _dated(value) or value


def _dated(value: str) -> str:
    """A moment or a day as people read it; "" of anything else."""
    try:
        moment, day = parse_datetime(value), parse_date(value)
    except ValueError:
        return ""
    if moment is not None and moment.tzinfo is not None:
        return words.moment(moment)
    return words.day(day) if day is not None and len(value) == _DAY else ""
