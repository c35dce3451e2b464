"""What may go wrong with a feed, said in both languages."""

from collections.abc import Sequence

from patrol import domain


def _problem(code: str, id_: str, en: str, *, permanent: bool = False, where: str = "") -> domain.Problem:
    return domain.Problem(code, domain.Sentence(id=id_, en=en), permanent, where)


def bad_query(query: str) -> domain.Problem:
    shown = query[:100]
    return _problem(
        "bad_query",
        f"{shown!r} bukan alamat RSS. Tulis alamat lengkap yang diawali https.",
        f"{shown!r} is no feed address. Write the full address, beginning with https.",
        permanent=True,
    )


def not_a_feed(host: str, answer: domain.RawAnswer) -> domain.SourceError:
    """A web page, a login page or something else came with status 200."""
    beginning = answer.body[:2000].lower()
    if b"<html" in beginning or b"<!doctype html" in beginning:
        sentence = domain.Sentence(
            id=f"{host} menjawab dengan halaman web, bukan RSS/Atom: mungkin halaman masuk, atau alamatnya berubah.",
            en=f"{host} answered with a web page instead of an RSS or Atom feed: a login page, or the address changed.",
        )
    elif not beginning.strip():
        sentence = domain.Sentence(id=f"{host} menjawab tanpa isi.", en=f"{host} answered with nothing.")
    else:
        sentence = domain.Sentence(
            id=f"Jawaban {host} bukan RSS/Atom, jadi tidak ada yang dibaca.",
            en=f"The answer of {host} is no RSS or Atom feed, so nothing was read.",
        )
    return domain.SourceError("not_a_feed", sentence, answer=answer)


def half_feed(entries: int) -> domain.Problem:
    return _problem(
        "half_feed",
        f"RSS rusak atau terputus. {entries} entri yang masih utuh sudah dibaca; RSS diambil lagi seluruhnya nanti.",
        f"The feed is broken or broke off. {entries} entries that are whole were read; it is fetched in full again later.",
    )


def bad_charset(encoding: str) -> domain.Problem:
    return _problem(
        "bad_charset",
        f"RSS mengaku memakai penyandian lain, tetapi hanya terbaca sebagai {encoding}. Sebagian huruf bisa salah.",
        f"The feed claims another encoding but can only be read as {encoding}. Some letters may be wrong.",
    )


def speech_unclear() -> domain.Problem:
    return _problem(
        "speech_unclear",
        "RSS ini memuat ucapan dalam video, tetapi tidak jelas milik entri yang mana. Ucapannya tidak dibaca.",
        "The feed holds what is said in videos, and it is not clear in which entry. What is said was not read.",
    )


def no_posts() -> domain.Problem:
    return _problem(
        "no_posts",
        "RSS ini tidak memuat satu entri pun. Periksa apakah alamatnya masih benar.",
        "The feed holds no entry at all. Check whether its address is still right.",
    )


def guid_repeated(count: int) -> domain.Problem:
    return _problem(
        "guid_repeated",
        f"{count} tanda pengenal (guid) dipakai oleh entri yang berbeda. Sebagai gantinya dipakai tautan atau isi entri.",
        f"{count} guids are shared by different entries. Their links or contents are used instead.",
    )


def no_guid(where: str) -> domain.Problem:
    return _problem(
        "no_guid",
        "Entri tanpa guid dan tanpa tautan. Bila isinya berubah, entri ini tercatat sebagai unggahan baru.",
        "An entry without guid and without link. If its content changes it is recorded as a new post.",
        where=where,
    )


def empty_entry(where: str) -> domain.Problem:
    return _problem("empty_entry", "Entri tanpa isi apa pun dilewati.", "An entry without any content.", where=where)


def unknown_fields(names: Sequence[str]) -> domain.Problem:
    listed = ", ".join(names)
    return _problem(
        "unknown_field",
        f"Ada kolom RSS yang belum dikenal: {listed}. Isinya tersimpan bersama unggahan.",
        f"Fields of the feed are not known yet: {listed}. They are kept with the post.",
    )


def bad_time(written: str, where: str) -> domain.Problem:
    return _problem(
        "bad_time",
        f"Waktu entri tidak terbaca: {written[:60]!r}. Entri disimpan tanpa waktu.",
        f"The entry's time is not readable: {written[:60]!r}. It is kept without a time.",
        where=where,
    )


def zone_assumed(written: str, where: str) -> domain.Problem:
    return _problem(
        "zone_assumed",
        f"Waktu entri tanpa zona: {written[:60]!r}. Dianggap WIB.",
        f"The entry's time has no zone: {written[:60]!r}. Western Indonesian time is assumed.",
        where=where,
    )


def future_time(written: str, where: str) -> domain.Problem:
    return _problem(
        "future_time",
        f"Waktu entri ada di masa depan: {written[:60]!r}.",
        f"The entry's time lies in the future: {written[:60]!r}.",
        where=where,
    )
