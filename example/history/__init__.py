"""Twelve weeks of an office's life, made anew at the first start of an example run (ADR 48).

`build.build` lives them: the watches run, posts are read, people decide, cases move, weeks are frozen, by the same verbs as in the product,
each called with the moment it happened at (`now=`). Everything follows from the moment the example world counts back from: the same moment
gives the same rows, but for what the installation draws with its own secret key. All people, companies, numbers and posts are invented.

    calendar   the days, from the Monday twelve weeks before the running week to the moment itself
    adverts    what is written in the channels of that time, and what a careful officer makes of it
    places     those channels and feeds, what stands in them when, and when they do not answer
    editions   the register as it stood on an earlier day
    wire       the example site, asked without a network at a moment that is past
    brought    what people bring in besides: files, and what was said on the telephone
    office     who works there, and what they do in a day
    bringing   how that comes in
    two_people what one does with the agreement of another: many at once, contacts known to be good, erasing, watches, the register by hand
    hooked     another system of the office, which is sent what changes
    build      the days, one after the other
"""
