"""How right the reader, the check and the rules are, measured on labelled posts; and points fitted from them.

    labels      lines of a labels file -> Label: what a careful officer would say of one post
    comparing   Assessment + Label -> Comparison: what was said, what was expected, what differs
    measures    counts, intervals and curves, without a word about posts
    summing     comparisons -> Sums: every figure, under one dotted name each
    tables      Sums -> text of 100 columns
    fitting     findings + labels -> points of the rules

Pure: files, the register and the clock are handed in by `manage.py evaluate`, `calibrate` and `rules`.
"""
