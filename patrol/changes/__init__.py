"""What changed in an office's flags, cases and referrals, for another system of that office.

stream    the changes by cursor, out of the events that are kept anyway
webhooks  addresses that are sent each change: made, tried, paused, ended by people
sending   what is due to be sent, and the job that sends it
signing   how it is signed
"""
