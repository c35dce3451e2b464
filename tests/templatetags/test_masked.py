"""Filters of what is masked."""

from __future__ import annotations

from django.template import Context, Template


def test_a_masked_number_stays_on_one_line_and_what_stands_around_it_is_text() -> None:
    drawn = Template("{{ line|unbroken }}").render(Context({"line": "“Undian <b>”, nomor +62 840-••••25, 0840-••••07 & laks••••ja"}))
    assert drawn == (
        '“Undian &lt;b&gt;”, nomor <span class="nowrap">+62 840-••••25</span>, <span class="nowrap">0840-••••07</span> &amp; laks••••ja'
    )
    assert Template("{{ line|unbroken }}").render(Context({"line": "Operator pabrik, satu teks"})) == "Operator pabrik, satu teks"
