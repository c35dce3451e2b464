"""What Telegram Desktop exports ("Export chat history", machine-readable JSON): one chat, or everything of an account.

Shape: {name, type, id, messages: [...]}, or {chats: {list: [chat, ...]}}. A message of a channel or supergroup has the identity its
public page has, `<channel id>/<number>`. Read piece by piece: exports of some hundred megabytes are usual. Private talks in a full
export are nobody's business and stay out by name; a single chat was chosen, and comes in.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import ijson
from ijson.common import ObjectBuilder

from patrol import domain
from patrol.intake.formats import files, shape, times

NAME = "telegram"
TITLE = domain.Sentence(id="Ekspor Telegram Desktop (JSON)", en="Telegram Desktop export (JSON)")
ASKS: tuple[str, ...] = ("zone",)

_NUMBERED = {"public_channel", "private_channel", "public_supergroup", "private_supergroup"}
_PRIVATE = {"personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes"}
_LEFT_SERVICE = domain.Sentence(id="catatan Telegram (bukan pesan)", en="notices of Telegram (no messages)")
_LEFT_PRIVATE = domain.Sentence(
    id="pesan obrolan pribadi dalam ekspor seluruh akun", en="messages of private talks in an export of the whole account"
)
_LEFT_EMPTY = domain.Sentence(id="pesan kosong", en="empty messages")

_READ = {
    "id",
    "type",
    "date",
    "date_unixtime",
    "edited",
    "edited_unixtime",
    "from",
    "from_id",
    "author",
    "forwarded_from",
    "forwarded_from_id",
    "saved_from",
    "reply_to_message_id",
    "reply_to_peer_id",
    "photo",
    "file",
    "file_name",
    "mime_type",
    "media_type",
    "text",
    "text_entities",
    "poll",
    "location_information",
    "contact_information",
    "inline_bot_buttons",
    "place_name",
    "address",
    "title",
    "performer",
    "sticker_emoji",
}
_IGNORED = {  # looks, counts, and what Telegram says of the file
    "width",
    "height",
    "duration_seconds",
    "thumbnail",
    "thumbnail_file_size",
    "photo_file_size",
    "file_size",
    "via_bot",
    "reactions",
    "media_spoiler",
    "live_location_period_seconds",
    "contact_vcard",
    "contact_vcard_file_size",
    "self_destruct_period_seconds",
    "schedule_date",
    "paid_stars_amount",
    "signature",
    "icon_emoji_id",
    "from_paid_post",
    "forwarded_from_date",
}
_ALBUM = 10  # pictures at most
_SHARED = ("posted_at_source", "author", "author_name", "reply_to", "forward_of", "forward_name", "origin")
_MEDIA = {
    "sticker": "sticker",
    "video_file": "video",
    "video_message": "video",
    "animation": "video",
    "voice_message": "voice",
    "audio_file": "voice",
}


def recognises(peek: shape.Peek) -> bool:
    if peek.is_archive:
        return _member(peek.members) is not None
    head = peek.text.lstrip()
    return (
        head.startswith("{")
        and (('"messages"' in head and '"type"' in head) or ('"chats"' in head and '"list"' in head))
        and ('"date_unixtime"' in head or '"text_entities"' in head or '"about"' in head or '"messages": []' in head)
    )


def _member(members: tuple[str, ...]) -> str | None:
    found = [name for name in members if name.rpartition("/")[2] == "result.json" and name.count("/") <= 1]
    return found[0] if len(found) == 1 else None


@contextmanager
def _opened(file: shape.File) -> Iterator[tuple[shape.File, str, frozenset[str]]]:
    peek = files.peek(file)
    if not peek.is_archive:
        yield file, "", frozenset()
        return
    name = _member(peek.members)
    if name is None:
        raise shape.refused("no_export", "Zip ini tidak berisi result.json dari Telegram.", "The zip holds no result.json of Telegram.")
    with files.member(file, name) as inside:
        yield inside, name.removesuffix("result.json"), frozenset(peek.members)


def read(file: shape.File, options: shape.Options) -> Generator[shape.Item]:
    """Raises FileRefusedError (no_export); a file that breaks off gives its messages and then one Problem."""
    album: list[domain.RawPost] = []
    for item in _each(file, options):
        if isinstance(item, domain.RawPost) and _goes_on(album, item):
            album.append(item)
            continue
        if album:
            yield _joined(album)
        album = []
        if isinstance(item, domain.RawPost):
            album = [item]
        else:
            yield item
    if album:
        yield _joined(album)


def _goes_on(album: list[domain.RawPost], post: domain.RawPost) -> bool:
    """Whether the message is the next picture of the album. The export numbers each by itself and does not say what belongs together:
    pictures sent in one second, with numbers in a row and at most one caption, are what Telegram shows as one message."""
    every = [*album, post]
    if not album or len(every) > _ALBUM or not post.posted_at_source.isdecimal() or sum(bool(one.text) for one in every) > 1:
        return False
    first, (home, _slash, number) = album[0], post.external_id.rpartition("/")
    return (
        f"{home}/{int(number) - len(album)}" == first.external_id
        and all(len(one.media) == 1 and one.media[0].kind in {"photo", "video"} for one in every)
        and all(getattr(post, name) == getattr(first, name) for name in _SHARED)
    )


def _joined(album: list[domain.RawPost]) -> domain.RawPost:
    """One message by each of its numbers."""
    first, *others = album
    if not others:
        return first
    return replace(
        first,
        text="".join(one.text for one in album),
        edited=any(one.edited for one in album),
        collected_at=max((one.collected_at for one in album if one.collected_at), default=None),
        links=tuple(dict.fromkeys(link for one in album for link in one.links)),
        media=tuple(medium for one in album for medium in one.media),
        also=tuple(one.external_id for one in others),
        unknown={key: value for one in album for key, value in one.unknown.items()},
    )


def _each(file: shape.File, options: shape.Options) -> Generator[shape.Item]:
    zone = options.tz()
    with _opened(file) as (content, folder, members):
        number = 0
        try:
            for chat, whole, message in _messages(content):
                number += 1
                where = f"message:{number}"
                if whole and chat.get("type") in _PRIVATE:
                    yield shape.Left(_LEFT_PRIVATE, where)
                    continue
                try:
                    yield _item(chat, message, zone, folder, members, where)
                except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError, RecursionError):
                    yield shape.problem("bad_message", f"Pesan ke-{number} tidak terbaca.", f"Message {number} cannot be read.", where)
        except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError, OverflowError):
            yield shape.problem(
                "file_broken",
                f"Berkas rusak atau terpotong setelah pesan ke-{number}; sisanya tidak terbaca.",
                f"The file is damaged or cut short after message {number}; the rest cannot be read.",
                f"message:{number}",
            )


def _messages(content: shape.File) -> Iterator[tuple[dict[str, Any], bool, dict[str, Any]]]:
    """(chat, whether the file is a whole account, message). A chat's name, type and id stand before its messages."""
    content.content.seek(0)
    chat: dict[str, Any] = {}
    builder: ObjectBuilder | None = None
    inside = ""
    for prefix, event, value in ijson.parse(content.content):
        if builder is not None:
            builder.event(event, value)
            if prefix == inside and event == "end_map":
                yield chat, inside.startswith("chats."), builder.value
                builder = None
            continue
        if event == "start_map":
            if prefix in {"messages.item", "chats.list.item.messages.item", "left_chats.list.item.messages.item"}:
                builder, inside = ObjectBuilder(), prefix
                builder.event(event, value)
            elif prefix in {"", "chats.list.item", "left_chats.list.item"}:
                chat = {}
        elif event in {"string", "number"} and prefix.removeprefix("left_").removeprefix("chats.list.item.") in {"name", "type", "id"}:
            chat[prefix.rpartition(".")[2]] = value


def _item(chat: Mapping[str, Any], message: Mapping[str, Any], zone: Any, folder: str, members: frozenset[str], where: str) -> shape.Item:
    if message.get("type") != "message":
        return shape.Left(_LEFT_SERVICE, where)
    number, chat_id = _number(message["id"]), str(chat.get("id") or "0")
    numbered = chat.get("type") in _NUMBERED
    home = chat_id if numbered else f"{chat.get('type') or 'chat'}:{chat_id}"
    text, links = _words(message)
    media = _media(message, folder, members)
    if not text and not media and not links:
        return shape.Left(_LEFT_EMPTY, where)
    at, written = _time(message, zone)
    author = str(message.get("from_id") or "")
    reply = message.get("reply_to_message_id")
    return domain.RawPost(
        platform=domain.Platform.TELEGRAM,
        external_id=f"{home}/{number}",
        url=f"https://t.me/c/{chat_id}/{number}" if numbered and chat_id.isdecimal() else "",
        text=text,
        author=f"id:{author.removeprefix('user')}" if author.startswith("user") else "",
        author_name=str(message.get("from") or message.get("author") or chat.get("name") or ""),
        posted_at=at,
        posted_at_source=written,
        edited="edited" in message or "edited_unixtime" in message,
        reply_to=f"{home}/{_number(reply)}" if reply and not message.get("reply_to_peer_id") else "",
        forward_of=str(message.get("forwarded_from_id") or ""),
        forward_name=str(message.get("forwarded_from") or message.get("saved_from") or ""),
        # So late the message had these words: the export is younger than its last edit.
        collected_at=(times.unix(message["edited_unixtime"]) if message.get("edited_unixtime") else None) or at,
        origin=str(chat.get("name") or ""),
        links=tuple(dict.fromkeys(links)),
        media=tuple(media),
        locator=where,
        unknown={key: str(value)[:200] for key, value in message.items() if key not in _READ and key not in _IGNORED},
    )


def _number(given: Any) -> int:
    """Of a message. Raises TypeError for one with a fraction or an exponent: written out, 1e100000000 takes hours. ValueError otherwise."""
    if not isinstance(given, int | str):
        raise TypeError("no number of a message")
    return int(given)


def _time(message: Mapping[str, Any], zone: Any) -> tuple[datetime | None, str]:
    if message.get("date_unixtime"):
        return times.unix(message["date_unixtime"]), str(message["date_unixtime"])
    written = str(message.get("date") or "")
    return times.parse(written, zone, "dmy"), written


def _words(message: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The text with what stands outside of it (poll, place, contact, buttons), and the links, hidden ones included."""
    pieces, links = [], []
    entities = message.get("text_entities") or message.get("text") or []
    for entity in [entities] if isinstance(entities, str) else entities:
        if isinstance(entity, str):
            pieces.append(entity)
            continue
        pieces.append(str(entity.get("text") or ""))
        if entity.get("type") == "text_link" and entity.get("href"):
            links.append(str(entity["href"]))
        elif entity.get("type") == "link":
            links.append(str(entity["text"]))
    outside = ["".join(pieces)]
    poll = message.get("poll") or {}
    outside += [str(poll.get("question") or ""), *(str(answer.get("text") or "") for answer in poll.get("answers") or [])]
    contact = message.get("contact_information") or {}
    outside.append(" ".join(str(contact[key]) for key in ("first_name", "last_name", "phone_number") if contact.get(key)))
    outside += [str(message.get(key) or "") for key in ("place_name", "address", "performer", "title", "file_name")]
    for row in message.get("inline_bot_buttons") or []:
        for button in row:
            outside.append(str(button.get("text") or ""))
            if button.get("type") in {"url", "auth"} and button.get("data"):
                links.append(str(button["data"]))
    return "\n".join(part for part in outside if part.strip()), links


def _media(message: Mapping[str, Any], folder: str, members: frozenset[str]) -> list[domain.MediaReference]:
    found = []
    is_picture = str(message.get("mime_type") or "").startswith("image/") and message.get("media_type") is None
    sent_as = _MEDIA.get(str(message.get("media_type")), "photo" if is_picture else "document")
    for key, kind in (("photo", "photo"), ("file", sent_as)):
        path = message.get(key)
        if not path:
            continue
        named = folder + str(path)
        found.append(domain.MediaReference(kind, shape.ATTACHED + named if named in members else ""))
    return found
