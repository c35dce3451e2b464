"""Whether two posts carry the same text or the same picture again. Pure.

A ring posts one advertisement forty times: another number, other emojis, a greeting, a screenshot of the flyer. An honest template
goes the other way: the same sentences for another country, another trade, another company. `text` and `pictures` each make a small
sketch of one thing, find the sketches that may be the same among many, and look at what differs before they say so.
"""
