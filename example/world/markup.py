"""The posts' small markup as HTML: what a platform makes of what people type."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_TOKEN = re.compile(
    r"\[(?P<words>[^\]\n]+)\]\((?P<address>[^)\s]+)\)"
    r"|\*\*(?P<bold>[^*\n]+)\*\*"
    r"|(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)])"
    r"|(?<![\w./@-])(?P<bare>(?:wa\.me|t\.me)/[^\s<>\"]*[^\s<>\".,;:!?)])"
    r"|(?<![\w@/.])@(?P<mention>[A-Za-z]\w{4,31})"
    r"|(?<![\w#&/])#(?P<hashtag>[^\W\d]\w*)"
)

# Pictographs, flags and keycaps with their joiners: what Telegram draws as a picture with the sign inside <b>.
_EMOJI = re.compile(
    "(?:[0-9#*]\ufe0f?\u20e3"
    "|[\U0001f1e6-\U0001f1ff]{2}"
    "|[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u203c\u2049\u231a\u231b\u23e9-\u23f3\u2b05-\u2b07]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]*"
    "(?:\u200d[\U0001f300-\U0001faff\u2600-\u27bf][\ufe0f\U0001f3fb-\U0001f3ff]*)*)"
)


def _plain(text: str) -> str:
    # Telegram writes the apostrophe and the exclamation mark as references too.
    return html.escape(text, quote=True).replace("&#x27;", "&#39;").replace("!", "&#33;").replace("\n", "<br/>")


def _with_emoji(text: str) -> str:
    parts, at = [], 0
    for match in _EMOJI.finditer(text):
        sign = match[0]
        code = sign.encode().hex().upper()
        parts.append(_plain(text[at : match.start()]))
        picture = f"background-image:url('//telegram.org/img/emoji/40/{code}.png')"
        parts.append(f'<i class="emoji" style="{picture}"><b>{sign}</b></i>')
        at = match.end()
    return "".join(parts) + _plain(text[at:])


def telegram(text: str) -> str:
    """As Telegram's web pages write a message."""
    return _render(text, _with_emoji, mention=True)


def feed(text: str) -> str:
    """As a blog engine writes an article: paragraphs at empty lines, links of hidden and open addresses."""
    inner = _render(text, _plain, mention=False)
    return "".join(f"<p>{part}</p>" for part in re.split(r"(?:<br/>\s*){2,}", inner) if part)


def shown(text: str) -> str:
    """What a reader sees: the markup gone, hidden addresses with it."""
    return _TOKEN.sub(lambda match: match["words"] or match["bold"] or match[0], text)


def _render(text: str, plain: Callable[[str], str], *, mention: bool) -> str:
    parts, at = [], 0
    for match in _TOKEN.finditer(text):
        parts.append(plain(text[at : match.start()]))
        parts.append(_token(match, plain, mention=mention))
        at = match.end()
    return "".join(parts) + plain(text[at:])


def _token(match: re.Match[str], plain: Callable[[str], str], *, mention: bool) -> str:
    words, address, extra = plain(match[0]), "", ' rel="noopener"'
    if match["words"]:
        words, address = plain(match["words"]), match["address"]
    elif match["bold"]:
        return f"<b>{plain(match['bold'])}</b>"
    elif match["url"]:
        address = match["url"]
    elif match["bare"]:
        address = f"http://{match['bare']}"
    elif mention and match["mention"]:
        address, extra = f"https://t.me/{match['mention']}", ""
    elif mention and match["hashtag"]:
        return f'<a href="?q=%23{match["hashtag"]}">{words}</a>'
    return f'<a href="{html.escape(address)}" target="_blank"{extra}>{words}</a>' if address else words
