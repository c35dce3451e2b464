"""What changed in an office's flags, cases and referrals, for another system of that office.

stream    the changes by cursor, out of the events that are kept anyway; what `/api/v1/changes` answers
"""
