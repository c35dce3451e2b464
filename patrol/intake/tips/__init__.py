"""Reports of the public, from the form to their end.

receiving   what came, stored; equal and nearly equal reports are one item
receipts    the number a reporter has: drawn, checked, kept as a slow keyed hash
following   who has the number: reads, answers, withdraws
handling    officers: read, ask, answer, take in, join, close
identity    how to reach whoever reported: sealed here, asked for here, opened by `keyholding` in a process of its own
ending      what is left when a report is withdrawn or has run out
"""
