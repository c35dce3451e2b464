"""What may go wrong on a channel's pages, said in both languages."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from patrol import domain
from patrol.sources.shared import markup

LOCKED_SHAPES = ("tgme_page", "tgme_page_wrap", "tgme_page_extra", "tgme_page_title")


def _problem(code: str, id_: str, en: str, *, permanent: bool = False, where: str = "") -> domain.Problem:
    return domain.Problem(code, domain.Sentence(id=id_, en=en), permanent, where)


def bad_query(query: str) -> domain.Problem:
    shown = query[:100]
    return _problem(
        "bad_query",
        f"{shown!r} bukan nama kanal publik Telegram. Tulis namanya saja, misalnya loker_taiwan; undangan ke grup "
        "tertutup tidak dapat dipantau.",
        f"{shown!r} is no name of a public Telegram channel. Write the name only, such as loker_taiwan; invitations to "
        "closed groups cannot be watched.",
        permanent=True,
    )


def unless_no_channel(answer: domain.RawAnswer, *, is_channel: bool, asks_login: bool) -> None:
    """Raises SourceError where the answer is not the preview of a channel, and says what it is instead.

    t.me redirects /s/NAME to /NAME for groups, persons, channels without preview and names nobody has; the page there
    counts subscribers or members for the first three.
    """
    at_preview = urlsplit(answer.final_url).path.startswith("/s/")
    if at_preview and is_channel:
        return
    if not asks_login and not at_preview:
        soup = markup.parse(markup.decode(answer.body, truncated=answer.truncated)[0])
        extra = markup.first(soup, "tgme_page_extra")
        if extra is not None and any(character.isdigit() for character in extra.get_text()):
            raise domain.SourceError(
                "no_preview",
                domain.Sentence(
                    id="Nama itu ada, tetapi tidak membuka pratinjau web: grup, atau kanal yang menutupnya.",
                    en="The name exists but opens no web preview: a group, or a channel that closed it.",
                ),
                permanent=True,
                answer=answer,
            )
        if any(markup.first(soup, shape) is not None for shape in LOCKED_SHAPES):
            raise domain.SourceError(
                "channel_not_found",
                domain.Sentence(
                    id="Tidak ada kanal publik dengan nama itu: salah eja, berganti nama, atau sudah dihapus.",
                    en="There is no public channel of that name: misspelt, renamed or deleted.",
                ),
                permanent=True,
                answer=answer,
            )
    if asks_login:
        raise domain.SourceError(
            "login_wall",
            domain.Sentence(
                id="Alih-alih isi kanal tampil halaman masuk. Sumber ini tidak lagi terbuka untuk umum.",
                en="A login page came instead of the channel. The source is no longer open to the public.",
            ),
            permanent=True,
            answer=answer,
        )
    raise domain.SourceError(
        "unexpected_page",
        domain.Sentence(
            id="Jawabannya bukan halaman kanal Telegram. Tidak ada yang dibaca darinya.",
            en="The answer is no Telegram channel page. Nothing was read from it.",
        ),
        answer=answer,
    )


def channel_changed() -> domain.Problem:
    return _problem(
        "channel_changed",
        "Nama itu kini dipakai kanal lain. Kanal baru dibaca dari awal.",
        "The name now belongs to another channel. The new one is read from its beginning.",
    )


def cut_page() -> domain.Problem:
    return _problem(
        "cut_page",
        "Halaman terputus di tengah jalan. Pesan yang utuh sudah dibaca, sisanya diambil lagi pada putaran berikutnya.",
        "The page broke off. Complete messages were read; the rest is fetched again in the next run.",
    )


def no_posts() -> domain.Problem:
    return _problem(
        "no_posts",
        "Kanal ini tidak menampilkan satu pesan pun. Periksa apakah kanalnya kosong atau pesannya disembunyikan.",
        "The channel shows no message at all. Check whether it is empty or hides its messages.",
    )


def page_repeats(before: int) -> domain.Problem:
    return _problem(
        "page_repeats",
        f"Halaman sebelum pesan {before} tidak maju: Telegram mengirim halaman yang sama. Dilanjutkan pada putaran berikutnya.",
        f"The page below message {before} gets no further: Telegram sent the same page. It goes on in the next run.",
    )


def bad_charset() -> domain.Problem:
    return _problem(
        "bad_charset",
        "Sebagian huruf pada halaman ini rusak (bukan UTF-8) dan ditandai �. Berkas aslinya tersimpan.",
        "Some characters of this page are broken (not UTF-8) and shown as �. The raw answer is kept.",
    )


def unreadable_messages(count: int) -> domain.Problem:
    return _problem(
        "unreadable_message",
        f"{count} pesan pada halaman ini tidak bernomor dan tidak dapat dibaca. Bentuk halaman mungkin berubah.",
        f"{count} messages of this page carry no number and could not be read. The page's shape may have changed.",
    )


def no_channel_id(where: str, *, resolved: bool) -> domain.Problem:
    if resolved:
        return _problem(
            "no_channel_id",
            "Nomor kanal tidak terbaca pada pesan ini; dipakai nomor dari pesan lain di kanal yang sama.",
            "The channel's number is not readable on this message; that of the channel's other messages is used.",
            where=where,
        )
    return _problem(
        "no_channel_id",
        "Nomor kanal tidak terbaca. Pesan disimpan atas nama kanalnya; bila kanal berganti nama, pesan bisa tercatat dua kali.",
        "The channel's number is not readable. The message is kept under the channel's name; after a rename it may be recorded twice.",
        where=where,
    )


def unknown_fields(names: Sequence[str]) -> domain.Problem:
    listed = ", ".join(names)
    return _problem(
        "unknown_field",
        f"Ada bagian pesan yang belum dikenal: {listed}. Isinya tersimpan bersama pesan.",
        f"Parts of messages are not known yet: {listed}. They are kept with the message.",
    )


def bad_time(written: str, where: str) -> domain.Problem:
    return _problem(
        "bad_time",
        f"Waktu pesan tidak terbaca: {written[:60]!r}. Pesan disimpan tanpa waktu.",
        f"The message's time is not readable: {written[:60]!r}. It is kept without a time.",
        where=where,
    )


def future_time(written: str, where: str) -> domain.Problem:
    return _problem(
        "future_time",
        f"Waktu pesan ada di masa depan: {written[:60]!r}.",
        f"The message's time lies in the future: {written[:60]!r}.",
        where=where,
    )


def not_shown(where: str) -> domain.Problem:
    return _problem(
        "not_shown",
        "Isi pesan ini tidak ditampilkan di web; hanya terlihat di aplikasi Telegram.",
        "The content of this message is not shown on the web, only in the Telegram app.",
        where=where,
    )
