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
    texts = ("Jual motor bekas di Bandung, mulus, surat lengkap.", TEXT, "Lowongan Taiwan, kuota 20 orang, resmi disnaker.")
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


# --- Instagram, Threads, X, YouTube, Telegram: shapes as recorded by public projects (docs/offices/extension.md) -----------

INSTAGRAM = "https://www.instagram.com/p/CXcontoh123/"
INSTAGRAM_PAGE = "https://www.instagram.com/p/CXcontoh456/"
INSTAGRAM_FEED = "https://www.instagram.com/"
INSTAGRAM_SILENT = "https://www.instagram.com/p/CXcontoh789/"
THREADS = "https://www.threads.com/@agen.contoh/post/DAcontoh12"
THREADS_FEED = "https://www.threads.com/"
X = "https://x.com/agen_contoh/status/1900000000000000042"
X_FEED = "https://x.com/home"
YOUTUBE = "https://www.youtube.com/watch?v=contoh00042"
YOUTUBE_LATER = "https://www.youtube.com/watch?v=contoh00099"
YOUTUBE_SHORT = "https://www.youtube.com/shorts/contoh00077"
YOUTUBE_POSTS = "https://www.youtube.com/@agencontoh/posts"
TELEGRAM = "https://web.telegram.org/k/#@loker_contoh"
TELEGRAM_A = "https://web.telegram.org/a/#-1001000000042"
TELEGRAM_PREVIEW = "https://t.me/s/loker_contoh"

AT = "2026-11-20T03:15:00.000Z"
LATER = "2026-11-21T09:30:00.000Z"
LINES = f"{TEXT}<br><br>Hubungi admin 🇰🇭"
READ_LINES = f"{TEXT}\n\nHubungi admin 🇰🇭"
ANSWER = "Minat kak, syaratnya apa saja dan kapan berangkatnya? Saya di Cirebon, sudah punya paspor, mohon dibalas segera ya kak, terima kasih banyak sebelumnya."


def _instagram_comment(name: str, text: str, number: int) -> str:
    """A row of the list under a picture: the whole row acts as a button, its time leads to the comment's own address."""
    return f"""<ul class="_a9ym"><div role="button" tabindex="0"><li class="_a9zj _a9zl"><div class="_a9zm"><div class="_a9zr">
      <h3 class="_a9zc"><a role="link" href="/{name}/">{name}</a></h3><div class="_a9zs"><span class="_ap3a" dir="auto">{text}</span></div>
      <div><a role="link" href="/p/CXcontoh123/c/{number}/"><time datetime="{LATER}">1 hr</time></a><button><span>2 suka</span></button><button>Balas</button></div>
    </div></div></li></div></ul>"""


def _instagram_article(code: str, caption: str, comments: str = "", heading: str = "h1", high: int = 300) -> str:
    row = ""
    if caption:
        row = f"""<div role="button"><li class="_a9zj"><div class="_a9zr"><h2><a role="link" href="/agen.contoh/">agen.contoh</a></h2>
          <div class="_a9zs"><{heading} class="_ap3a" dir="auto">{caption} <a role="link" href="/explore/tags/tkikamboja/">#tkikamboja</a></{heading}></div>
          <div><time datetime="{AT}">1 mgg</time></div></div></li></div>"""
    return f"""<article role="presentation"><header><a role="link" href="/agen.contoh/"><img alt="Foto profil agen.contoh" src="{PICTURE}" width="32" height="32"></a>
      <div><a role="link" href="/agen.contoh/"><span dir="auto">agen.contoh</span></a><span> • </span><button>Ikuti</button>
      <a role="link" href="/explore/locations/42/batam/">Batam, Indonesia</a></div></header>
      <div style="height:{high}px"><img class="x5yr21d" alt="Photo by Agen Contoh" src="{PICTURE}" width="600" height="{high}"></div>
      <ul class="_a9z6">{row}{comments}</ul><section><span role="button">12 suka</span>
      <a role="link" href="/p/{code}/"><span><time datetime="{AT}">20 November</time></span></a></section></article>"""


def instagram() -> str:
    """A post opened over the feed: the two posts behind it take more of the screen and are not meant."""
    comments = _instagram_comment("peminat.contoh", ANSWER, 17900000000000011) + _instagram_comment(
        "warga_contoh", "Hati-hati penipuan", 17900000000000012
    )
    return _page(
        "Instagram",
        f"""<main role="main">{_instagram_article("CXlain00001", "Jual motor bekas", heading="span", high=900)}</main>
        <div role="dialog" style="position:fixed;inset:10px;background:#fff;overflow:auto">{_instagram_article("CXcontoh123", LINES, comments)}</div>""",
    )


def instagram_page() -> str:
    """The page of a post as it is without a box of its own: one column, the comment longer than the caption."""

    def row(name: str, text: str, number: int) -> str:
        return f"""<div class="x9f619"><div><a role="link" href="/{name}/"><span dir="auto">{name}</span></a>
          <a role="link" href="/p/CXcontoh456/c/{number}/"><time datetime="{LATER}">1 hr</time></a></div>
          <div><span dir="auto">{text}</span></div><div role="button"><span dir="auto">Balas</span></div></div>"""

    return _page(
        "Agen Contoh di Instagram",
        f"""<main role="main"><div><div><img alt="Photo by Agen Contoh" src="{PICTURE}" width="600" height="400"></div><div>
        <div><a role="link" href="/agen.contoh/"><span dir="auto">agen.contoh</span></a></div>
        <div><div><span dir="auto">{LINES}</span></div><a role="link" href="/p/CXcontoh456/"><time datetime="{AT}">1 mgg</time></a></div>
        <div>{row("peminat.contoh", ANSWER, 17900000000000021)}{row("warga_contoh", "Hati-hati penipuan", 17900000000000022)}</div>
        </div></div></main>""",
    )


def instagram_feed() -> str:
    return _page(
        "Instagram",
        f'<main role="main">{_instagram_article("CXlain00001", "Jual motor bekas", heading="span", high=40)}'
        f"{_instagram_article('CXcontoh123', TEXT, heading='span', high=400)}</main>",
    )


def instagram_silent() -> str:
    return _page("Instagram", f'<main role="main">{_instagram_article("CXcontoh789", "")}</main>')


def _thread(name: str, code: str, text: str, at: str = AT, more: str = "", high: int = 0) -> str:
    return f"""<div data-pressable-container="true" data-interactive-id="" style="min-height:{high}px"><div><a role="link" href="/@{name}"><img alt="Foto profil {name}" src="{PICTURE}" width="36" height="36"></a></div>
      <div><span><a role="link" href="/@{name}"><span translate="no">{name}</span></a></span><a role="link" href="/@{name}/post/{code}"><time datetime="{at}" title="20 November">6 hr</time></a></div>
      <div><span dir="auto"><span>{text}</span></span>{more}</div><div><div role="button"><span dir="auto">12 suka dan 345 balasan untuk utas ini</span></div></div></div>"""


def threads() -> str:
    """A post that quotes another and carries a card, and two answers below it."""
    card = f'<a role="link" href="https://l.threads.com/?u={quote(HIDDEN, safe="")}&e=AT0contoh"><div>wa.me</div><span dir="auto">Bagikan di WhatsApp: tulis pesan kepada admin sekarang juga tanpa menunggu, tanpa biaya</span></a>'
    quotes = _thread(
        "lain.contoh",
        "DAlain0001",
        "Kutipan dari orang lain yang jauh lebih panjang daripada unggahan yang mengutipnya, ditulis kemarin dan bukan dari agen ini.",
        LATER,
    )
    return _page(
        "Threads",
        f"""<div>{_thread("agen.contoh", "DAcontoh12", LINES, more=card + quotes)}</div>
        <div>{_thread("peminat.contoh", "DAjawab001", ANSWER, LATER)}</div><div>{_thread("warga.contoh", "DAjawab002", "Hati-hati penipuan", LATER)}</div>""",
    )


def threads_feed() -> str:
    return _page(
        "Threads", f"{_thread('lain.contoh', 'DAlain0001', 'Jual motor bekas')}{_thread('agen.contoh', 'DAcontoh12', TEXT, high=500)}"
    )


def _tweet(name: str, shown: str, number: int, text: str, at: str = AT, more: str = "", high: int = 0) -> str:
    words = f'<div data-testid="tweetText" lang="in" dir="auto"><span>{text}</span></div>' if text else ""
    return f"""<div data-testid="cellInnerDiv"><article data-testid="tweet" role="article" tabindex="0" style="min-height:{high}px"><div data-testid="Tweet-User-Avatar"><a role="link" href="/{name}"><img alt="" src="{PICTURE}" width="200" height="200"></a></div>
      <div data-testid="User-Name"><div><a role="link" href="/{name}"><span>{shown}</span></a></div><div><a role="link" href="/{name}" tabindex="-1"><span>@{name}</span></a>
      <span>·</span><a role="link" href="/{name}/status/{number}"><time datetime="{at}">20 Nov</time></a></div></div>{words}{more}
      <div role="group"><button data-testid="reply"><span>3</span></button></div></article></div>"""


_QUOTED = f"""<div role="link" tabindex="0"><div data-testid="User-Name"><div><span>Orang Lain</span></div><div><span>@lain_contoh</span><span>·</span><time datetime="{LATER}">21 Nov</time></div></div>
  <div data-testid="tweetText" lang="in"><span>Kutipan dari orang lain</span></div></div>"""


def x() -> str:
    words = f'{TEXT} <img alt="✈️" src="https://abs.example/e.svg" width="16" height="16"> <a role="link" href="/hashtag/tkikamboja?src=hashtag_click">#tkikamboja</a> <a href="https://t.co/contoh1" target="_blank"><span aria-hidden="true">https://</span>wa.me/6284055…</a>'
    photo = f'<div data-testid="tweetPhoto"><img alt="Gambar" src="{PICTURE}" width="500" height="300"></div>'
    card = '<div data-testid="card.wrapper"><a role="link" href="https://t.co/contoh2">loker.example</a></div>'
    return _page(
        "Agen Contoh di X",
        f"""<main role="main"><div data-testid="primaryColumn">{_tweet("agen_contoh", "Agen Contoh", 1900000000000000042, words, more=photo + card + _QUOTED)}
        {_tweet("peminat_contoh", "Peminat", 1900000000000000043, ANSWER, LATER)}{_tweet("warga_contoh", "Warga", 1900000000000000044, "Hati-hati penipuan", LATER)}</div></main>""",
    )


def x_feed() -> str:
    """The post in sight has no words of its own: a picture, and the words it quotes."""
    photo = f'<div data-testid="tweetPhoto"><img alt="Gambar" src="{PICTURE}" width="300" height="200"></div>'
    return _page(
        "Beranda / X",
        f'<main role="main">{_tweet("lain_contoh", "Lain", 1900000000000000001, "Jual motor bekas")}'
        f"{_tweet('agen_contoh', 'Agen Contoh', 1900000000000000045, '', more=photo + _QUOTED, high=500)}</main>",
    )


def _youtube(watched: str, described: str) -> str:
    """A video; `described` is the one the head of the page was written for."""

    def comment(name: str, text: str, number: str) -> str:
        return f"""<ytd-comment-thread-renderer style="display:block"><ytd-comment-view-model id="comment" style="display:block"><div id="body"><div id="header-author"><h3><a id="author-text" href="/@{name}"><span>@{name}</span></a></h3>
          <span id="published-time-text"><a href="/watch?v={watched}&lc={number}">2 hari yang lalu</a></span></div>
          <yt-attributed-string id="content-text"><span role="text">{text}</span></yt-attributed-string></div></ytd-comment-view-model></ytd-comment-thread-renderer>"""

    out = f"https://www.youtube.com/redirect?event=video_description&redir_token=contoh&q={quote(HIDDEN, safe='')}"
    body = f"""<ytd-watch-flexy><ytd-watch-metadata style="display:block"><div id="above-the-fold"><div id="title"><h1><yt-formatted-string>Loker Kamboja 15 juta</yt-formatted-string></h1></div>
      <div id="top-row"><div id="owner"><ytd-video-owner-renderer><a href="/@agencontoh"><img alt="" src="{PICTURE}" width="40" height="40"></a><div id="upload-info">
      <ytd-channel-name id="channel-name"><div><yt-formatted-string><a href="/@agencontoh">Agen Contoh</a></yt-formatted-string></div></ytd-channel-name><yt-formatted-string id="owner-sub-count">1,2 rb subscriber</yt-formatted-string></div></ytd-video-owner-renderer></div></div>
      <div id="bottom-row"><div id="description"><div id="description-inner"><ytd-watch-info-text><div id="info-container"><yt-formatted-string id="info"><span>12 rb x ditonton</span><span> </span><span>1 minggu yang lalu</span></yt-formatted-string></div></ytd-watch-info-text>
      <ytd-text-inline-expander id="description-inline-expander"><div id="snippet"><yt-attributed-string><span>{LINES} <a href="{out}">wa.me/62840…</a></span></yt-attributed-string></div>
      <tp-yt-paper-button id="expand" role="button">...selengkapnya</tp-yt-paper-button></ytd-text-inline-expander></div></div></div></div></ytd-watch-metadata>
      <ytd-comments>{comment("peminatcontoh", ANSWER, "UgxContoh1")}{comment("wargacontoh", "Hati-hati penipuan", "UgxContoh2")}</ytd-comments></ytd-watch-flexy>"""
    head = f'<meta itemprop="identifier" content="{described}"><meta itemprop="datePublished" content="2026-11-20T10:15:00+07:00">'
    return _page("Loker Kamboja 15 juta - YouTube", head + body)


def youtube() -> str:
    return _youtube("contoh00042", "contoh00042")


def youtube_later() -> str:
    """Reached from another video: the head of the page still tells of that one."""
    return _youtube("contoh00099", "contoh00042")


def youtube_short() -> str:
    def short(title: str, name: str, active: str, high: int) -> str:
        return f"""<ytd-reel-video-renderer {active} style="display:block;height:{high}px"><yt-reel-channel-bar-view-model><a href="/@{name}/shorts"><img alt="" src="{PICTURE}" width="36" height="36"></a><a href="/@{name}/shorts">@{name}</a></yt-reel-channel-bar-view-model>
          <yt-shorts-video-title-view-model><h2><span>{title}</span></h2></yt-shorts-video-title-view-model></ytd-reel-video-renderer>"""

    return _page("Shorts", f"{short('Jual motor', 'laincontoh', '', 300)}{short(TEXT, 'agencontoh', 'is-active', 600)}")


def youtube_posts() -> str:
    def post(number: str, text: str, high: int) -> str:
        return f"""<ytd-backstage-post-thread-renderer><ytd-backstage-post-renderer style="display:block;min-height:{high}px"><div id="header"><a id="author-text" href="/@agencontoh"><span>Agen Contoh</span></a>
          <yt-formatted-string id="published-time-text"><a href="/post/{number}">3 hari yang lalu</a></yt-formatted-string></div>
          <yt-formatted-string id="content-text"><span>{text}</span></yt-formatted-string></ytd-backstage-post-renderer></ytd-backstage-post-thread-renderer>"""

    return _page("Agen Contoh - YouTube", post("UgkxLain01", "Jual motor bekas", 0) + post("UgkxContoh02", TEXT, 500))


_SECONDS = 1795144500  # 2026-11-20T03:15:00Z


def telegram() -> str:
    """Web K, a public group: an answer to somebody, numbered from 2 to the 32nd on."""

    def bubble(number: int, name: str, body: str, before: str = "", high: int = 0) -> str:
        return f"""<div class="bubbles-group"><div class="bubble is-in can-have-tail" data-mid="{4294967296 + number}" data-peer-id="-1000000042" data-timestamp="{_SECONDS}" style="min-height:{high}px">
          <div class="bubble-content-wrapper"><div class="bubble-content"><div class="colored-name name floating-part" data-peer-id="6100000042"><span class="peer-title with-icons"><span class="peer-title-inner">{name}</span><span class="emoji-status"><span>★</span></span></span></div>
          {before}<div class="message spoilers-container" dir="auto"><span class="translatable-message">{body}</span><span class="time"><span class="i18n">10:15</span><div class="time-inner" title="20 November 2026, 10:15:00"><span class="i18n">10:15</span></div></span></div>
          </div></div></div></div>"""

    reply = """<div class="reply quote-like"><div class="reply-content"><div class="reply-title"><span class="peer-title">Peminat Contoh</span></div>
      <div class="reply-subtitle"><span class="translatable-message">Ada loker ke luar negeri?</span></div></div></div>"""
    words = f'{TEXT} <custom-emoji-element class="custom-emoji" data-sticker-emoji="✈️"><canvas></canvas></custom-emoji-element> <a class="anchor-url" href="{HIDDEN}">di sini</a>'
    return _page(
        "Telegram Web",
        f"""<div class="chat-info"><span class="peer-title">Loker Contoh</span></div><div class="bubbles">
        <div class="bubble service" data-mid="4294967299" style="height:200px">Warga bergabung</div>{bubble(41, "Warga Contoh", "Jual motor bekas")}
        {bubble(42, "Agen Contoh", words, reply, 400)}</div>""",
    )


def telegram_a() -> str:
    return _page(
        "Telegram Web",
        f"""<div class="MiddleHeader"><h3 class="fullName">Grup Contoh</h3></div><div class="MessageList"><div id="message-42" class="Message message-list-item" data-message-id="42"><div class="message-content-wrapper"><div class="message-content text">
        <div class="content-inner" dir="auto"><div class="message-title"><span class="message-title-name-container"><span class="message-title-name">Agen Contoh</span></span></div>
        <div class="EmbeddedMessage"><div class="message-text"><p class="embedded-text-wrapper text-content">Ada loker?</p></div></div>
        <div class="text-content clearfix with-meta" dir="auto">{TEXT} <a class="text-entity-link" href="{HIDDEN}">di sini</a><span class="MessageMeta"><span class="message-time" title="20 November 2026, 10:15">10:15</span></span></div>
        </div></div></div></div></div>""",
    )


def telegram_preview() -> str:
    return _page(
        "Loker Contoh – Telegram",
        f"""<div class="tgme_channel_info_header_title"><span dir="auto">Loker Contoh</span></div><section class="tgme_channel_history"><div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="loker_contoh/42">
        <div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/loker_contoh"><span dir="auto">Loker Contoh</span></a></div>
        <a class="tgme_widget_message_reply" href="https://t.me/loker_contoh/40"><div class="tgme_widget_message_author">Loker Contoh</div><div class="tgme_widget_message_text js-message_reply_text">Kemarin</div></a>
        <div class="tgme_widget_message_text js-message_text" dir="auto">{LINES} <a href="{HIDDEN}">di sini</a></div>
        <div class="tgme_widget_message_footer"><a class="tgme_widget_message_date" href="https://t.me/loker_contoh/42"><time datetime="2026-11-20T03:15:00+00:00">03:15</time></a></div></div></div></div></section>""",
    )


PAGES = {
    FACEBOOK: facebook,
    FACEBOOK_GROUP: facebook_feed,
    TIKTOK: tiktok,
    WHATSAPP: whatsapp,
    UNKNOWN: unknown,
    INSTAGRAM: instagram,
    INSTAGRAM_PAGE: instagram_page,
    INSTAGRAM_FEED: instagram_feed,
    INSTAGRAM_SILENT: instagram_silent,
    THREADS: threads,
    THREADS_FEED: threads_feed,
    X: x,
    X_FEED: x_feed,
    YOUTUBE: youtube,
    YOUTUBE_LATER: youtube_later,
    YOUTUBE_SHORT: youtube_short,
    YOUTUBE_POSTS: youtube_posts,
    TELEGRAM: telegram,
    TELEGRAM_A: telegram_a,
    TELEGRAM_PREVIEW: telegram_preview,
}
