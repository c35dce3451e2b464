"""Pages shaped like the platforms', with invented people: the hooks the readers hold on to, between markup they must not mind."""

from __future__ import annotations

from urllib.parse import quote

FACEBOOK = "https://www.facebook.com/groups/100000000000123/posts/200000000000456/"
FACEBOOK_GROUP = "https://www.facebook.com/groups/100000000000123/"
TIKTOK = "https://www.tiktok.com/@agen.contoh/video/7300000000000000042"
WHATSAPP = "https://web.whatsapp.com/"
UNKNOWN = "https://loker.example/luar-negeri/7?utm_source=fb"
PICTURE = "https://scontent.example/v/t39/brosur.png?oh=1"

TEXT = "Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah."
HIDDEN = "https://wa.me/6284055500042?text=minat"


def _wrapped(url: str) -> str:
    return f"https://l.facebook.com/l.php?u={quote(url, safe='')}&h=AT0contoh"


def facebook_post(number: int = 456, text: str = TEXT, comments: str = "", more: str = "") -> str:
    """A post of a group. Its address carries tracking, its link is wrapped and hidden behind a word."""
    return f"""
    <div role="article" aria-posinset="1" class="x1a2b3c">
      <h3 dir="auto"><strong><a role="link" href="/groups/100000000000123/user/61500000000077/?__tn__=R"><span>Calo Contoh</span></a></strong></h3>
      <span><a role="link" href="/groups/100000000000123/posts/200000000000{number}/?__cft__[0]=AZ0&__tn__=%2CO"><span>2 jam</span></a></span>
      <div data-ad-preview="message" dir="auto"><div>{text} <img alt="✈️" src="https://static.example/e.png" width="16" height="16"></div>
        <div>Hubungi <a role="link" href="{_wrapped(HIDDEN)}">di sini</a><span style="display:none">umpan tersembunyi</span></div></div>
      <img src="{PICTURE}" width="600" height="400" alt="Mungkin gambar teks">
      <div role="button" dir="auto">Suka</div>{comments}{more}
    </div>"""


def facebook_comment(name: str, text: str, number: int) -> str:
    return f"""
    <div role="article" aria-label="Komentar oleh {name} 1 jam yang lalu">
      <a role="link" href="/profile.php?id=6150000000{number}"><span>{name}</span></a>
      <div dir="auto">{text}</div>
      <a role="link" href="/groups/100000000000123/posts/200000000000456/?comment_id=30000000{number}&__tn__=R">1 jam</a>
    </div>"""


def _page(title: str, body: str, lang: str = "id") -> str:
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head><body style="margin:0">{body}</body></html>'


def facebook(high: int = 2400) -> str:
    """A group post with two comments on a page higher than the screen, under a bar that stays."""
    comments = facebook_comment("Peminat Contoh", "Minat kak, syaratnya apa?", 11) + facebook_comment(
        "Warga Contoh", "Hati-hati penipuan", 12
    )
    return _page(
        "Loker Luar Negeri Contoh | Facebook",
        '<div style="position:fixed;top:0;left:0;right:0;height:56px;background:#0a0">bar</div>'
        f'<div role="main" style="padding-top:80px"><h1><a href="/groups/100000000000123/">Loker Luar Negeri Contoh</a></h1>{facebook_post(comments=comments)}'
        f'<div style="height:{high}px;background:linear-gradient(#fff,#00f)"></div></div>',
    )


def facebook_feed() -> str:
    """Three posts; the second is the one most in sight."""
    texts = (
        "Jual motor bekas di Bandung, mulus, surat lengkap.",
        TEXT,
        "Lowongan Taiwan, kuota 20 orang, resmi disnaker.",
    )
    posts = "".join(
        f'<div style="height:{height}px;overflow:hidden">{facebook_post(450 + n, text)}</div>'
        for n, (text, height) in enumerate(zip(texts, (180, 420, 420), strict=True))
    )
    return _page(
        "Loker Luar Negeri Contoh | Facebook",
        f'<div role="main"><h1><a href="/groups/100000000000123/">Loker Luar Negeri Contoh</a></h1>{posts}</div>',
    )


def tiktok() -> str:
    comment = """<div class="css-1-DivCommentObjectWrapper"><a href="/@peminat_contoh"><p data-e2e="comment-username-1">Peminat</p></a>
      <span data-e2e="comment-level-1"><p>Info kak</p></span><span data-e2e="comment-time-1">3 hari yang lalu</span></div>"""
    return _page(
        "Agen Contoh di TikTok",
        f"""<div><a data-e2e="browse-user-avatar" href="/@agen.contoh"></a><a href="/@agen.contoh"><span data-e2e="browse-username">agen.contoh</span></a>
        <span data-e2e="browser-nickname"><span>Agen Contoh</span><span> · </span><span>11-12</span></span>
        <div data-e2e="browse-video-desc"><span>{TEXT}</span><a href="/tag/tkikamboja">#tkikamboja</a></div>{comment}</div>""",
    )


def whatsapp() -> str:
    def bubble(text: str, at: str) -> str:
        return f"""<div role="row"><div class="message-in" data-id="false_1203_contoh"><div class="copyable-text" data-pre-plain-text="[14.05, {at}] +62 840-5550-0042: ">
          <span class="selectable-text" dir="ltr">{text}</span></div></div></div>"""

    return _page(
        "WhatsApp",
        f'<div id="main"><header><span dir="auto" title="Info Kerja Contoh">Info Kerja Contoh</span></header>{bubble(TEXT, "22/11/2026")}</div>',
    )


def unknown() -> str:
    return _page(
        "Lowongan luar negeri",
        f"""<header>Menu situs</header><nav><a href="/">Beranda</a></nav><main><h1>Operator di Kamboja</h1><time datetime="2026-11-20T08:00:00+07:00">20 Nov</time>
        <p>{TEXT}</p><p>Kontak <a href="{HIDDEN}">admin</a></p></main><footer>Hak cipta</footer>""",
    )
