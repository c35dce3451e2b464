"""Everything that is kept, in the order of a post's way."""

from patrol.models.campaigns import Campaign, CampaignEvent, CampaignEventKind, LinkedPost, PostMark, ShownPicture, Tie
from patrol.models.care import (
    Desk,
    Ending,
    Exposure,
    Notice,
    OfficeCare,
    OwnCare,
    Protection,
    ProtectionEvent,
    ProtectionEventKind,
    SevereMark,
    Veil,
)
from patrol.models.casework import (
    AuditEntry,
    Case,
    CaseEvent,
    CaseEventKind,
    CaseFlag,
    ErasedFile,
    Erasure,
    ErasureAnswer,
    ErasureAnswerKind,
    ErasureRequest,
    LogHead,
    Seal,
    Series,
    Unsealed,
)
from patrol.models.collection import (
    Capture,
    Fetch,
    Heartbeat,
    HostPace,
    Media,
    OtherName,
    PageView,
    Post,
    PostText,
    PostVersion,
    Profile,
    RobotsFile,
    Seen,
    Watch,
)
from patrol.models.desk import Comparison, OwnSettings, SavedFilter
from patrol.models.entrances import Credential, Device, ImportedFile, Intake, Job, KeywordPack, PairingCode
from patrol.models.finding_again import PostWords, Reached, Trusted, TrustedAs
from patrol.models.findings import (
    LEVEL_HIDDEN,
    AccountName,
    Decision,
    Finding,
    Flag,
    FlagEvent,
    Indicator,
    LicenceCheck,
    Outcome,
    PictureRead,
    Reading,
    ReadingClaims,
    Sighting,
    SightingRole,
    state_for,
    urgency,
)
from patrol.models.licences import Agency, Licence, RegisterEdition, Standing
from patrol.models.people import Agreement, Appointment, AppointmentKind, Office, OfficeKind, Person, Role
from patrol.models.points import PointsEdition
from patrol.models.quality import Bulk, BulkEntry, Draw, DrawKind, EntryState, Review, ReviewStep

__all__ = [
    "LEVEL_HIDDEN",
    "AccountName", "Agency", "Agreement", "Appointment", "AppointmentKind",
    "AuditEntry", "Bulk", "BulkEntry", "Campaign", "CampaignEvent", "CampaignEventKind", "Capture", "Case",
    "CaseEvent", "CaseEventKind", "CaseFlag", "Comparison", "Credential", "Decision", "Desk", "Device", "Draw",
    "DrawKind", "Ending", "EntryState", "ErasedFile", "Erasure", "ErasureAnswer", "ErasureAnswerKind", "ErasureRequest",
    "Exposure", "Fetch", "Finding", "Flag", "FlagEvent", "Heartbeat",
    "HostPace", "ImportedFile", "Indicator", "Intake", "Job", "KeywordPack", "Licence", "LicenceCheck", "LinkedPost",
    "LogHead", "Media", "Notice", "Office", "OfficeCare", "OfficeKind", "OtherName", "Outcome", "OwnCare", "OwnSettings",
    "PageView", "PairingCode", "Person", "PictureRead", "PointsEdition", "Post", "PostMark", "PostText", "PostVersion",
    "PostWords", "Profile", "Protection", "ProtectionEvent", "ProtectionEventKind", "Reached", "Reading", "ReadingClaims",
    "RegisterEdition", "Review", "ReviewStep", "RobotsFile", "Role", "SavedFilter", "Seal", "Seen", "Series", "SevereMark", "ShownPicture",
    "Sighting", "SightingRole", "Standing", "Tie", "Trusted", "TrustedAs", "Unsealed", "Veil", "Watch", "state_for", "urgency",
]  # fmt: skip
