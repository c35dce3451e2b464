"""How long what is kept: the class of each column, and the time of what goes by its age.

`columns.toml` says of each column of the database what it holds, `terms.toml` what has a time. Nothing goes by its age before two
people approved an edition of the times (editions), and the database asks for edition, age and holds itself (ADR 69).
"""
