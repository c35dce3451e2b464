"""The shape of Telegram's preview pages: every class a message may carry, what is taken from it, what is ignored.

From recorded pages (2023) and their present descendants. A class that stands nowhere here is reported with the
post that carries it: new shapes are how posts get lost without anybody noticing.
"""

import re

CHANNEL_PAGE = (
    "tgme_channel_history",
    "js-message_history",
    "tgme_widget_message_wrap",
    "tgme_channel_info",
    "tgme_channel_info_counters",
    "tme_no_messages_found",
)

MEDIA = {
    "tgme_widget_message_photo_wrap": "photo",
    "tgme_widget_message_service_photo": "photo",
    "tgme_widget_message_video_player": "video",
    "tgme_widget_message_roundvideo_player": "video",
    "tgme_widget_message_document_wrap": "document",
    "tgme_widget_message_audio_player": "document",
    "tgme_widget_message_voice_player": "voice",
    "tgme_widget_message_sticker_wrap": "sticker",
    "tgme_widget_message_videosticker_wrap": "sticker",
    "tgme_widget_message_tgsticker_wrap": "sticker",
    "tgme_widget_message_link_preview": "link_preview",
}

VOICE = "tgme_widget_message_voice_player"

WORDS_OUTSIDE_TEXT = (
    "tgme_widget_message_document_title",
    "tgme_widget_message_document_extra",
    "tgme_widget_message_audio_title",
    "tgme_widget_message_audio_performer",
    "tgme_widget_message_contact_name",
    "tgme_widget_message_contact_phone",
    "tgme_widget_message_location_title",
    "tgme_widget_message_location_address",
    "tgme_widget_message_invoice_title",
    "tgme_widget_message_invoice_description",
    "tgme_widget_message_inline_button_text",
)

LINKED = ("tgme_widget_message_link_preview", "tgme_widget_message_location_wrap", "tgme_widget_message_inline_button")

MESSAGE_ATTRIBUTES = frozenset(("data-post", "data-view", "data-peer", "data-peer-hash", "data-post-id"))

TAGS = frozenset(
    (
        "div",
        "span",
        "a",
        "i",
        "b",
        "strong",
        "em",
        "u",
        "s",
        "del",
        "ins",
        "code",
        "pre",
        "br",
        "p",
        "blockquote",
        "img",
        "svg",
        "time",
        "video",
        "audio",
        "source",
        "canvas",
        "picture",
        "tg-emoji",
        "tg-spoiler",
        "mark",
        "sup",
        "sub",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "details",
        "summary",
    )
)

_READ = """
tgme_widget_message tgme_widget_message_text tgme_widget_message_owner_name tgme_widget_message_from_author
tgme_widget_message_date tgme_widget_message_meta tgme_widget_message_forwarded_from
tgme_widget_message_forwarded_from_name tgme_widget_message_forwarded_from_author tgme_widget_message_reply
tgme_widget_message_poll tgme_widget_message_poll_question tgme_widget_message_poll_option_text service_message
message_media_not_supported
"""

_LAYOUT = """
text_not_supported_wrap service_message_photo sticker_media roundvideo_media media_supported_cont
media_not_supported_cont not_supported no_bubble noforwards name
tgme_widget_message_bubble tgme_widget_message_bubble_tail tgme_widget_message_bubble_logo bubble_icon
tgme_widget_message_user tgme_widget_message_user_photo tgme_widget_message_author tgme_widget_message_author_name
tgme_widget_message_forwarded_from_name_wrap
tgme_widget_message_footer tgme_widget_message_info compact short time datetime
tgme_widget_message_grouped_wrap tgme_widget_message_grouped tgme_widget_message_grouped_layer grouped_media
grouped_media_wrap grouped_media_helper blured
tgme_widget_message_photo tgme_widget_message_video_wrap tgme_widget_message_video tgme_widget_message_video_thumb
tgme_widget_message_videogif tgme_widget_message_roundvideo_wrap tgme_widget_message_roundvideo
tgme_widget_message_roundvideo_thumb tgme_widget_message_roundvideo_muted tgme_widget_message_roundvideo_border
tgme_widget_message_roundvideo_play tgme_widget_message_roundvideo_progress
tgme_widget_message_roundvideo_progress_wrap
tgme_widget_message_sticker tgme_widget_message_tgsticker tgme_widget_message_videosticker
tgme_widget_message_document tgme_widget_message_document_icon tgme_widget_message_document_thumb audio ogg
tgme_widget_message_voice tgme_widget_message_voice_wrap tgme_widget_message_voice_play
tgme_widget_message_voice_progress tgme_widget_message_voice_progress_wrap
tgme_widget_message_audio_wrap tgme_widget_message_audio_play
tgme_widget_message_location tgme_widget_message_location_wrap tgme_widget_message_contact
tgme_widget_message_contact_wrap tgme_widget_message_contact_photo tgme_widget_message_invoice
tgme_widget_message_poll_options tgme_widget_message_poll_option tgme_widget_message_poll_option_value
tgme_widget_message_poll_option_bar
tgme_widget_message_inline_keyboard tgme_widget_message_inline_row tgme_widget_message_inline_button url_button
callback_button link_button
tgme_widget_message_spoiler tg-spoiler spoiler thumb has_thumb accent_color accent_border_before accent_bg
message_video_play message_media_not_supported_wrap
emoji
"""

# Change by the minute and are not content.
_COUNTS = """
tgme_widget_message_views tgme_widget_message_voters tgme_widget_message_reactions tgme_reaction tgme_reaction_count
tgme_reaction_paid tgme_widget_message_replies icon icon-telegram-stars copyonly tgme_widget_message_poll_option_percent
"""

# Telegram's words about the message, not the author's.
_NOTICES = """
message_media_not_supported_label message_media_view_in_telegram tgme_widget_message_poll_type message_video_duration
tgme_widget_message_roundvideo_duration tgme_widget_message_voice_duration tgme_widget_message_audio_duration
tgme_widget_message_metatext
"""

# The words of the page linked to, written by its owner; the address itself is kept.
_LINKED_PAGE = """
link_preview_site_name link_preview_title link_preview_description link_preview_image link_preview_right_image
link_preview_image_wrap link_preview_video link_preview_video_wrap link_preview_video_player link_preview_video_thumb
link_preview_embed_wrap link_preview_author link_preview_duration link_preview_iv
"""

# The quoted beginning of the message answered; it is a post of its own.
_QUOTED = """
tgme_widget_message_reply_template tgme_widget_message_reply_thumb tgme_widget_message_reply_text user-color-name
"""

_NAMED = f"{_READ} {_LAYOUT} {_COUNTS} {_NOTICES} {_LINKED_PAGE} {_QUOTED}".split()
_KNOWN = frozenset((*_NAMED, *MEDIA, *WORDS_OUTSIDE_TEXT, *LINKED))

# js-… are handles for the page's own script; colours and picture numbers stand among the classes.
_KNOWN_FORMS = re.compile(r"js-[\w-]+|(bgcolor|color|user-color-)\d+|-?\d+|\d+_-?\d+")


def is_known(class_name: str) -> bool:
    return class_name in _KNOWN or _KNOWN_FORMS.fullmatch(class_name) is not None
