"""Door 3: pages without login, for people who were offered work abroad (ADR 61).

    door       the middleware that answers them, before session, account and cookie; language by address; who may send a form
    urls       their addresses, once for each language
    pages      what every page has: context, the table of doors, how a page is made
    limits     how often somebody may ask: keyed hashes in the broker's memory
    home       the start page
    one file or folder for each page behind it

Belongs here: what a stranger sees or sends. Not here: what staff see of it (patrol.admin), what is kept of it (patrol.intake and the
models), what a text means (patrol.engine). Nothing here knows a session, a cookie or an account: `request.user` does not exist.
"""
