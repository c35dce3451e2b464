"""The words of SIPatrol: what one stage hands to the next.

Import the package and say `domain.Reading`; the files cut it by subject. Everything here is a value: frozen, comparable, without behaviour
beyond a few questions about itself.
No Django, no Celery, no network, and of our own only what the database can keep of a text. Times are aware datetimes;
dates are days in Asia/Jakarta (`LAW_ZONE`). Spans are Unicode code points of the text they belong to,
end exclusive.
"""

from patrol.domain.collection import (
    Ask,
    Covered,
    CredentialField,
    Fetcher,
    MediaReference,
    Pace,
    Page,
    Platform,
    Problem,
    Profile,
    QueryKind,
    QueryShape,
    RawAnswer,
    RawPost,
    Source,
    SourceError,
)
from patrol.domain.findings import Assessment, Finding, Kind, Level, Rule
from patrol.domain.reading import (
    Claim,
    ClaimKind,
    CompanyRole,
    Content,
    Money,
    PhraseGroup,
    Picture,
    Place,
    ReadCache,
    Reading,
    Route,
    TextKind,
    box_of,
    touch,
)
from patrol.domain.register import Agency, Licence, LicenceCheck, LicenceStatus, Register, Standing, StandingStatus, Verdict
from patrol.domain.ties import TieKind
from patrol.domain.words import LAW_ZONE, NOTHING, Box, Sentence, Span

__all__ = [
    "LAW_ZONE",
    "NOTHING",
    "Agency",
    "Ask",
    "Assessment",
    "Box",
    "Claim",
    "ClaimKind",
    "CompanyRole",
    "Content",
    "Covered",
    "CredentialField",
    "Fetcher",
    "Finding",
    "Kind",
    "Level",
    "Licence",
    "LicenceCheck",
    "LicenceStatus",
    "MediaReference",
    "Money",
    "Pace",
    "Page",
    "PhraseGroup",
    "Picture",
    "Place",
    "Platform",
    "Problem",
    "Profile",
    "QueryKind",
    "QueryShape",
    "RawAnswer",
    "RawPost",
    "ReadCache",
    "Reading",
    "Register",
    "Route",
    "Rule",
    "Sentence",
    "Source",
    "SourceError",
    "Span",
    "Standing",
    "StandingStatus",
    "TextKind",
    "TieKind",
    "Verdict",
    "box_of",
    "touch",
]
