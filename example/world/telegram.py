"""Public channel pages in the shape of t.me/s/NAME, written anew from what real pages show."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from datetime import UTC, datetime

from example import world
from example.world import markup

PAGE_SIZE = 20
CDN = "https://cdn4.telegram-cdn.org"

type Dated = tuple[world.Post, datetime]

_BUBBLE_TAIL = (
    '<i class="tgme_widget_message_bubble_tail"><svg class="bubble_icon" width="9px" height="20px" viewBox="0 0 9 20">'
    '<g fill="none"><path class="background" fill="#ffffff" d="M8,1 L9,1 L9,20 L8,20 Z"></path></g></svg></i>'
)


def picture_name(place: world.Place, post: world.Post) -> str:
    return hashlib.sha256(f"picture {place.number} {post.key}".encode()).hexdigest()[:40]


def _attribute(text: str) -> str:
    return html.escape(text, quote=True)


def _view(place: world.Place, post: world.Post, moment: datetime) -> str:
    """Telegram's view ticket: base64 JSON without padding, the channel's number in "c"."""
    digest = hashlib.sha256(f"{place.number}/{post.key}".encode()).hexdigest()[:18]
    ticket = {"c": -place.number, "p": int(post.key), "t": int(moment.timestamp()), "h": digest}
    return base64.urlsafe_b64encode(json.dumps(ticket, separators=(",", ":")).encode()).decode().rstrip("=")


def _views(count: int) -> str:
    if count >= 1000:
        return f"{count / 1000:.1f}K".replace(".0K", "K")
    return str(count)


def _forward(showing: world.Showing, post: world.Post) -> str:
    if not (post.forward or post.forward_name):
        return ""
    name = post.forward_name
    if not name:
        source = showing.world.channels.get(post.forward.split("/")[0])
        name = source.title if source else post.forward.split("/")[0]
    words = f'<span dir="auto">{markup.telegram(name)}</span>'
    if post.forward:
        words = f'<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/{_attribute(post.forward)}">{words}</a>'
    else:
        words = f'<span class="tgme_widget_message_forwarded_from_name">{words}</span>'
    return f'<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;{words}</div>'


def _reply(place: world.Place, post: world.Post) -> str:
    answered = next((other for other in place.posts if other.key == post.reply), None)
    if answered is None:
        return ""
    gist = " ".join(markup.shown(answered.text).split())[:90]
    return (
        f'<a class="tgme_widget_message_reply" href="https://t.me/{place.name}/{post.reply}">'
        '<div class="tgme_widget_message_author accent_color"><span class="tgme_widget_message_author_name" dir="auto">'
        f"{markup.telegram(place.title)}</span></div>"
        f'<div class="tgme_widget_message_text js-message_reply_text" dir="auto">{markup.telegram(gist)}</div></a>'
    )


def _picture(place: world.Place, post: world.Post) -> str:
    if post.picture is None:
        return ""
    address = f"{CDN}/file/{picture_name(place, post)}.png"
    return (
        f'<a class="tgme_widget_message_photo_wrap {place.number}{post.key} {place.number}_{post.key}" '
        f'href="https://t.me/{place.name}/{post.key}" style="width:800px;background-image:url(\'{address}\')">'
        '<div class="tgme_widget_message_photo" style="padding-top:75%"></div></a>'
    )


def _preview(post: world.Post) -> str:
    if post.preview is None:
        return ""
    card = post.preview
    return (
        f'<a class="tgme_widget_message_link_preview" href="{_attribute(card.url)}">'
        f'<div class="link_preview_site_name accent_color" dir="auto">{_attribute(card.site)}</div>'
        f'<div class="link_preview_title" dir="auto">{_attribute(card.title)}</div>'
        f'<div class="link_preview_description" dir="auto">{_attribute(card.description)}</div></a>'
    )


def message(showing: world.Showing, place: world.Place, dated: Dated) -> str:
    """One message, as it stands on the channel's page and on its own."""
    post, moment = dated
    stamp = moment.astimezone(UTC)
    link = f"https://t.me/{place.name}/{post.key}"
    owner = f"https://t.me/{place.name}"
    kind = " service_message" if post.service else ""
    author = markup.telegram(post.author)
    signature = f'<span class="tgme_widget_message_from_author" dir="auto">{author}</span>,&nbsp;' if post.author else ""
    views = (
        "" if post.service else f'<span class="tgme_widget_message_views">{_views(post.views)}</span><span class="copyonly"> views</span>'
    )
    text = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{markup.telegram(post.text)}</div>' if post.text else ""
    photo = f"tgme_widget_message_user_photo bgcolor{place.number % 7}"
    return (
        f'<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message '
        f'text_not_supported_wrap{kind} js-widget_message" data-post="{place.name}/{post.key}" '
        f'data-view="{_view(place, post, showing.anchor.moment)}">'
        f'<div class="tgme_widget_message_user"><a href="{owner}">'
        f'<i class="{photo}" data-content="{_attribute(place.title[:1])}"></i></a></div>'
        f'<div class="tgme_widget_message_bubble">{_BUBBLE_TAIL}'
        f'<div class="tgme_widget_message_author accent_color">'
        f'<a class="tgme_widget_message_owner_name" href="{owner}">'
        f'<span dir="auto">{markup.telegram(place.title)}</span></a></div>'
        f"{_forward(showing, post)}{_reply(place, post)}{_picture(place, post)}{text}{_preview(post)}"
        '<div class="tgme_widget_message_footer compact js-message_footer">'
        f'<div class="tgme_widget_message_info short js-message_info">{views}'
        f'<span class="tgme_widget_message_meta">{signature}{"edited &nbsp;" if post.edited else ""}'
        f'<a class="tgme_widget_message_date" href="{link}"><time datetime="{stamp:%Y-%m-%dT%H:%M:%S+00:00}" '
        f'class="time">{stamp:%H:%M}</time></a></span></div></div></div></div></div>'
    )


def _head(place: world.Place, extra: str) -> str:
    title, about = _attribute(place.title), _attribute(place.description)
    return (
        f'<!DOCTYPE html>\n<html>\n  <head>\n    <meta charset="utf-8">\n    <title>{title} – Telegram</title>\n'
        '    <meta name="robots" content="noindex, nofollow" />\n'
        f'    <meta property="og:title" content="{title}">\n    <meta property="og:site_name" content="Telegram">\n'
        f'    <meta property="og:description" content="{about}">\n{extra}  </head>\n'
    )


def page(showing: world.Showing, place: world.Place, before: int | None) -> str:
    """A page of messages, 20 of most channels, older than `before`, newest at the bottom."""
    older = [dated for dated in showing.posts(place) if before is None or int(dated[0].key) < before]
    size = place.length or PAGE_SIZE
    messages = older[-size:]
    more, link = "", ""
    if len(older) > size:
        first = messages[0][0].key
        link = f'    <link rel="prev" href="/s/{place.name}?before={first}">\n'
        more = (
            '<div class="tgme_widget_message_centered js-messages_more_wrap">'
            f'<a href="/s/{place.name}?before={first}" class="tme_messages_more js-messages_more" '
            f'data-before="{first}"></a></div>'
        )
    shown = "\n".join(message(showing, place, dated) for dated in messages)
    if not messages:
        shown = (
            '<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message_centered">'
            '<div class="tme_no_messages_found">No posts found</div></div></div>'
        )
    return (
        f"{_head(place, link)}"
        '  <body class="widget_frame_base tgme_webpreview emoji_image thin_box_shadow tme_mode no_transitions">\n'
        '<header class="tgme_header search_collapsed"><div class="tgme_container"><div class="tgme_header_info">'
        f'<a class="tgme_channel_info_header_title_wrap" href="https://t.me/{place.name}">'
        f'<div class="tgme_header_title"><span dir="auto">{markup.telegram(place.title)}</span></div>'
        f'<div class="tgme_header_counter">{_attribute(place.members)} subscribers</div></a></div></div></header>\n'
        f'<main class="tgme_main" data-url="/{place.name}"><div class="tgme_container">\n'
        f'<section class="tgme_channel_history js-message_history">{more}\n{shown}\n</section>\n'
        '<section class="tgme_right_column"><div class="tgme_channel_info"><div class="tgme_channel_info_header">'
        f'<div class="tgme_channel_info_header_title"><span dir="auto">{markup.telegram(place.title)}</span></div>'
        f'<div class="tgme_channel_info_header_username"><a href="https://t.me/{place.name}">@{place.name}</a></div></div>'
        '<div class="tgme_channel_info_counters"><div class="tgme_channel_info_counter"><span class="counter_value">'
        f'{_attribute(place.members)}</span> <span class="counter_type">subscribers</span></div></div>'
        f'<div class="tgme_channel_info_description">{markup.telegram(place.description)}</div></div></section>\n'
        "</div></main>\n  </body>\n</html>\n"
    )


def contact_page(name: str, place: world.Place | None) -> str:
    """t.me/NAME: what stands there for a channel, and for a name nobody has."""
    about = (
        f'<div class="tgme_page_description" dir="auto">{markup.telegram(place.description)}</div>'
        '<div class="tgme_page_action">'
        f'<a class="tgme_action_button_new" href="/s/{place.name}">Preview channel</a></div>'
        if place
        else '<div class="tgme_page_description">If you have <strong>Telegram</strong>, you can contact '
        f'<a class="tgme_username_link" href="tg://resolve?domain={_attribute(name)}">@{_attribute(name)}</a> '
        "right away.</div>"
    )
    title = markup.telegram(place.title) if place else f"Telegram: Contact @{_attribute(name)}"
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        f"<title>Telegram: Contact @{_attribute(name)}</title></head>"
        f'<body class="no_transition"><div class="tgme_page_wrap"><div class="tgme_page"><div class="tgme_page_title">'
        f'<span dir="auto">{title}</span></div>{about}</div></div></body></html>\n'
    )


def single_page(showing: world.Showing, place: world.Place, key: str) -> str:
    """t.me/NAME/NUMBER?embed=1: the message, or Telegram's words for one that is not there."""
    found = next((dated for dated in showing.posts(place) if dated[0].key == key), None)
    inner = message(showing, place, found) if found else '<div class="tgme_widget_message_error">Post not found</div>'
    return f'{_head(place, "")}  <body class="widget_frame tgme_widget body_widget_post">{inner}</body>\n</html>\n'
