"""Invented files in the shapes tools and telephones write. Nothing here was ever said by anybody."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from PIL import Image

from patrol import domain
from patrol.intake import formats
from patrol.intake.formats import shape

WHATSAPP_ANDROID_ID = """12/11/26 14.05 - Pesan dan panggilan dienkripsi secara end-to-end. Tidak seorang pun dapat membacanya.
12/11/26 14.05 - Bu Sari membuat grup "Info Kerja: Taiwan"
12/11/26 14.05 - +62 840-1234-5678: Dibutuhkan segera CS chat ke Kamboja
gaji 15 juta, tiket ditanggung
hubungi: nomor ini
12/11/26 14.06 - Bu Sari: <Media tidak disertakan>
12/11/26 14.06 - Bu Sari: up
12/11/26 14.06 - Bu Sari: up
12/11/26 14.07 - Bu Sari: IMG-20261112-WA0001.jpg (file terlampir)
Lowongan Taiwan <Pesan ini diedit>
12/11/26 14.08 - Bu Sari: Pesan ini dihapus
13/11/26 09.00 - +62 841-0000-1111 keluar
"""
WHATSAPP_IPHONE_ID = """\u200e[12/11/26 14.05.00] Info Kerja: \u200ePesan dan panggilan dienkripsi secara end-to-end.
[12/11/26 14.05.33] +62 840-1234-5678: Dibutuhkan segera CS chat ke Kamboja
gaji 15 juta, tiket ditanggung
hubungi: nomor ini
[12/11/26 14.06.01] Bu Sari: \u200egambar tidak disertakan
[12/11/26 14.06.10] Bu Sari: up
[12/11/26 14.06.40] Bu Sari: up
[12/11/26 14.07.12] Bu Sari: Lowongan Taiwan \u200e<Pesan ini diedit>
"""
WHATSAPP_ANDROID_EN = (
    "11/12/26, 2:05\u202fPM - Messages and calls are end-to-end encrypted. Only people in this chat can read them.\n"
    "11/12/26, 2:05\u202fPM - +62 840-1234-5678: Dibutuhkan segera CS chat ke Kamboja\n"
    "gaji 15 juta, tiket ditanggung\nhubungi: nomor ini\n"
    "11/12/26, 2:06\u202fPM - Bu Sari: <Media omitted>\n"
    "11/12/26, 2:06\u202fPM - Bu Sari: up\n"
    "11/12/26, 2:06\u202fPM - Bu Sari: up\n"
    "11/12/26, 2:07\u202fPM - Bu Sari: IMG-20261112-WA0001.jpg (file attached)\nLowongan Taiwan <This message was edited>\n"
    "11/13/26, 9:00\u202fAM - Bu Sari: This message was deleted\n"
)

TELEGRAM: dict[str, Any] = {
    "name": "Loker Taiwan Contoh",
    "type": "public_channel",
    "id": 1999000111,
    "messages": [
        {
            "id": 1,
            "type": "service",
            "date": "2026-11-12T14:00:00",
            "date_unixtime": "1794466800",
            "actor": "Loker",
            "action": "create_channel",
            "text": "",
            "text_entities": [],
        },
        {
            "id": 7,
            "type": "message",
            "date": "2026-11-12T14:05:33",
            "date_unixtime": "1794467133",
            "edited": "2026-11-12T14:09:00",
            "edited_unixtime": "1794467340",
            "from": "Loker Taiwan Contoh",
            "from_id": "channel1999000111",
            "photo": "photos/photo_1.jpg",
            "width": 800,
            "height": 600,
            "text": ["Daftar ", {"type": "text_link", "text": "di sini", "href": "https://daftar.example/a"}],
            "text_entities": [
                {"type": "plain", "text": "Daftar "},
                {"type": "text_link", "text": "di sini", "href": "https://daftar.example/a"},
            ],
        },
        {
            "id": 8,
            "type": "message",
            "date": "2026-11-12T14:06:00",
            "date_unixtime": "1794467160",
            "from": "Rina",
            "from_id": "user42",
            "forwarded_from": "Kanal Lain",
            "reply_to_message_id": 7,
            "text": "minat",
            "text_entities": [{"type": "plain", "text": "minat"}],
            "bagian_baru": {"x": 1},
        },
    ],
}


def file(content: bytes | str, name: str = "") -> shape.File:
    return shape.File(io.BytesIO(content.encode() if isinstance(content, str) else content), name)


def ndjson(*items: dict[str, Any], platform: str) -> str:
    return "".join(
        json.dumps(
            {
                "nav_index": "1:2:0",
                "item_id": str(number),
                "timestamp_collected": 1794470000000,
                "source_platform": platform,
                "source_platform_url": f"https://www.{platform}/",
                "source_url": f"https://www.{platform}/api/",
                "user_agent": "contoh",
                "data": item,
            }
        )
        + "\n"
        for number, item in enumerate(items)
    )


def archive(members: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return out.getvalue()


def read(content: bytes | str, name: str = "", **options: Any) -> list[shape.Item]:
    """Recognised by content and read to the end."""
    return list(formats.read(file(content, name), formats.recognise(file(content, name)), shape.Options.of(options)))


def as_posts(items: Iterable[shape.Item]) -> list[domain.RawPost]:
    """The items, each of which must be a post."""
    posts = []
    for item in items:
        assert isinstance(item, domain.RawPost), item
        posts.append(item)
    return posts


def as_post(item: shape.Item) -> domain.RawPost:
    (post,) = as_posts([item])
    return post


def as_problem(item: shape.Item) -> domain.Problem:
    assert isinstance(item, domain.Problem), item
    return item


def tiktok(**given: Any) -> dict[str, Any]:
    return {
        "id": "7400000000000000001",
        "desc": "Loker Taiwan gaji besar #pmi",
        "createTime": 1794467133,
        "author": {"id": "1", "uniqueId": "Loker_Contoh", "nickname": "Loker Contoh"},
        "video": {"cover": "https://gambar.example/c.jpg", "downloadAddr": "https://video.example/v.mp4"},
        "music": {"title": "suara asli"},
        "stats": {"diggCount": 3},
        "stickersOnItem": [{"stickerText": ["WA di bio"]}],
    } | given


def instagram(**given: Any) -> dict[str, Any]:
    return {
        "code": "DAbc123_-xy",
        "pk": "3500000000000000001",
        "id": "3500000000000000001_1",
        "taken_at": 1794467133,
        "media_type": 8,
        "caption": {"text": "Lowongan ABK"},
        "user": {"username": "kapal.contoh", "full_name": "Kapal Contoh"},
        "carousel_media": [
            {
                "media_type": 1,
                "image_versions2": {"candidates": [{"url": "https://gambar.example/1.jpg"}]},
                "accessibility_caption": "teks: ABK",
            },
            {
                "media_type": 2,
                "image_versions2": {"candidates": [{"url": "https://gambar.example/2.jpg"}]},
                "video_versions": [{"url": "https://video.example/2.mp4"}],
            },
        ],
    } | given


def facebook(**given: Any) -> dict[str, Any]:
    story = {
        "post_id": "122000000000001",
        "wwwURL": "https://www.facebook.com/groups/555000/posts/122000000000001/",
        "message": {"text": "Dibutuhkan ART ke Malaysia", "ranges": [{"entity": {"external_url": "https://formulir.example/x"}}]},
        "actors": [{"name": "Agen Contoh", "url": "https://www.facebook.com/agen.contoh", "id": "100"}],
        "attachments": [
            {"styles": {"attachment": {"media": {"__typename": "Photo", "photo_image": {"uri": "https://gambar.example/f.jpg"}}}}}
        ],
    }
    stamp = {"__typename": "CometFeedStoryMinimizedTimestampStrategy", "story": {"creation_time": 1794467133, "url": story["wwwURL"]}}
    return {
        "id": "S:_I100:122000000000001:122000000000001",
        "comet_sections": {"content": {"story": story}, "context_layout": {"story": {"comet_sections": {"metadata": [stamp]}}}},
    } | given


def x(**given: Any) -> dict[str, Any]:
    return {
        "id": "1990000000000000001",
        "rest_id": "1990000000000000001",
        "core": {"user_results": {"result": {"core": {"screen_name": "Agen_Contoh", "name": "Agen Contoh"}, "legacy": {}}}},
        "legacy": {
            "created_at": "Thu Nov 12 07:05:33 +0000 2026",
            "full_text": "Loker https://t.co/a",
            "conversation_id_str": "1990000000000000001",
            "user_id_str": "9",
            "entities": {"urls": [{"expanded_url": "https://daftar.example/a"}]},
            "extended_entities": {
                "media": [{"type": "photo", "media_url_https": "https://gambar.example/x.jpg", "ext_alt_text": "brosur"}]
            },
        },
    } | given


def threads(**given: Any) -> dict[str, Any]:
    return {
        "code": "DAbc123_-xy",
        "taken_at": 1794467133,
        "user": {"username": "agen.contoh", "full_name": "Agen Contoh"},
        "caption": {"text": "Loker Korea"},
        "carousel_media": None,
        "image_versions2": {"candidates": [{"url": "https://gambar.example/t.jpg"}]},
        "video_versions": None,
        "audio": None,
        "text_post_app_info": {"link_preview_attachment": {"url": "https://l.threads.com/?u=https%3A%2F%2Fdaftar.example%2Fb"}},
    } | given
