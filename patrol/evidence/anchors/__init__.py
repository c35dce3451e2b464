"""What stands outside of the database and says what was in it: signed manifests in a folder, time stamps over them, and the comparison.

manifests   the format, keys and signatures; knows neither database nor settings
folder      a manifest on disk, whole or not at all
making      what is new since the last manifest, into the next one (manage.py seal, job "anchor")
authorities which time-stamp authorities are asked
stamping    a time stamp of each over the newest (job "time_stamp"); patrol.outgoing.anchor_mail mails them
reach       what of this is known to be within reach of whoever owns the database
state       when it was last sealed and what waits, for pages
comparing   a database against a folder (manage.py verify_evidence --anchors)

In short (docs/adr/0072): rows of the log, records, what collected them, versions and texts that a manifest lists cannot be changed by
whoever has the database alone without being named. Other tables (posts, cases and their events, referrals, persons) are in no manifest.
"""
