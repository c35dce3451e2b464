"""Indicators of a case or a campaign for other bodies, as STIX 2.1 or a MISP event (ADR 73).

`choosing` says what may go and what is withheld, why; `requests` are the verbs: one person asks, another approves, the file is taken;
`handed` is what a file is made from; `stix` and `misp` write it; `revoking` finds what went and was judged wrong, `telling` says so. The
libraries of the two formats are imported when a file is written, and only there.
"""
