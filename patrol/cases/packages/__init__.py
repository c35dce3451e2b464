"""A case as one ZIP for a court or another body, which checks itself without us (ADR 76).

cutting     what of a text is a contact of the case, and the text without it
gathering   what belongs to a case: posts, versions, preserved files, rows of the log, custody
tying       what is new is sealed outside first, so that it is tied at once
renditions  what stands in a masked package for a file
anchoring   the signed manifests that name all this, and what ties them
dossier     what a person reads: PDF
going       what one with originals would hold, before it is made; requests: its two people
exporting   the verb: rights, minutes, custody, log
verify.py   the script that goes along; it knows nothing of SIPatrol
"""
