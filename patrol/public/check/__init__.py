"""Cek lowongan: what somebody was offered, read by the engine of the workbench and answered in sentences for them.

    page      the view: a form, then its answer
    asked     what was sent, as one text and a day
    photo     a photograph's writing, read in a process that ends with it
    answer    the assessment as a result: verdict, facts of the register, warning signs, what to do
    alone     a number, account, link, company or SIP number without an offer around it
    reported  whether officers confirmed a report with this number, where the directorate lets it be told
    words     the sentences, in both languages

Nothing that was sent is kept: no table, no file, no log line and no cache learns of it.
"""
