"""What goes wrong with a web page and its selectors, in the words of whoever made the watch."""

from patrol import domain
from patrol.sources.web import asked


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


_PARTS = {part.key: part for part in asked.PARTS}
_NAMES = {key: (_small(part.label.id), _small(part.label.en)) for key, part in _PARTS.items()}


def raised(problem: domain.Problem, answer: domain.RawAnswer | None = None) -> domain.SourceError:
    return domain.SourceError(problem.code, problem.sentence, permanent=problem.permanent, answer=answer, told=problem.told)


def bad_part(piece: str) -> domain.Problem:
    shown = piece[:80]
    return _permanent(
        "bad_query",
        f"Bagian ini tidak dikenali: {shown!r}. Tulis di sini alamatnya saja; setiap pemilih punya kolomnya sendiri.",
        f"This part is not understood: {shown!r}. Write the address alone here; each selector has a field of its own.",
    )


def bad_address(address: str) -> domain.Problem:
    shown = address[:120]
    return _permanent(
        "bad_query",
        f"Ini bukan alamat halaman: {shown!r}. Mulailah dengan https atau http.",
        f"This is no address of a page: {shown!r}. Begin with https or http.",
    )


def too_long(length: int) -> domain.Problem:
    return _permanent(
        "bad_query",
        f"Alamat dan semua pemilih bersama-sama terlalu panjang ({length} huruf, paling banyak 500). Pendekkan pemilihnya.",
        f"Address and all selectors together are too long ({length} letters, 500 at most). Shorten the selectors.",
    )


def bad_selector(name: str, selector: str, why: str) -> domain.Problem:
    (own_id, own_en), example = _NAMES[name], _PARTS[name].example
    return _permanent(
        "bad_selector",
        f"Pemilih {own_id} ini tidak dapat dibaca: {selector[:80]!r}. Tulis nama elemen atau .kelas, misalnya {example}.",
        f"This selector of the {own_en} cannot be read: {selector[:80]!r}. Write the name of an element or a .class, such as {example}.",
        where=name,
        told=f"CSS: {why[:100]}",
    )


def detail_without_link() -> domain.Problem:
    return _permanent(
        "bad_selector",
        "Isi halaman rinci hanya dapat diambil bila Tautan juga diisi.",
        "The text of a post's own page can only be fetched where Link is filled in too.",
        where="detail",
    )


def finds_nothing(name: str, selector: str) -> domain.Problem:
    own_id, own_en = _NAMES[name]
    return domain.Problem(
        "finds_nothing",
        domain.Sentence(
            id=f"Pemilih {own_id} tidak menemukan apa pun: {selector[:80]!r}. Periksa nama kelas dan tanda titiknya, atau halaman ini "
            "dibuat oleh skrip yang tidak kami jalankan.",
            en=f"The selector of the {own_en} finds nothing: {selector[:80]!r}. Check the class names and their dots, or the page is "
            "made by a script we do not run.",
        ),
        where=name,
    )


def no_value(name: str, selector: str) -> domain.Problem:
    own_id, own_en = _NAMES[name]
    return domain.Problem(
        "no_value",
        domain.Sentence(
            id=f"Pemilih {own_id} menemukan elemen, tetapi isinya kosong: {selector[:80]!r}. Mungkin perlu tanda @ dengan nama atribut di "
            "belakangnya, misalnya href.",
            en=f"The selector of the {own_en} finds elements, but nothing in them: {selector[:80]!r}. Perhaps it needs an @ with the name "
            "of an attribute behind it, such as href.",
        ),
        where=name,
    )


def no_time(written: str) -> domain.Problem:
    return domain.Problem(
        "bad_time",
        domain.Sentence(
            id=f"Waktu ini tidak dapat dibaca: {written!r}. Unggahan disimpan tanpa waktu.",
            en=f"This time cannot be read: {written!r}. Posts are kept without a time.",
        ),
        where="time",
    )


def no_items(selector: str, answer: domain.RawAnswer) -> domain.Problem:
    return domain.Problem(
        "no_posts",
        domain.Sentence(
            id=f"Halaman terbaca, tetapi tidak memuat satu pun unggahan ({selector[:80]}). Kosong, atau bentuk situs berubah.",
            en=f"The page was read but holds no post ({selector[:80]}). It is empty, or the site changed its shape.",
        ),
        where=answer.final_url[:200],
    )


def login_wall(answer: domain.RawAnswer) -> domain.SourceError:
    return domain.SourceError(
        "login_wall",
        domain.Sentence(
            id="Situs meminta masuk dulu, jadi tidak ada yang terbaca. Kami tidak memakai akun; pakai tangkapan petugas bila perlu.",
            en="The site asks for a login, so nothing was read. We use no account; let an officer capture it where it matters.",
        ),
        answer=answer,
    )


def not_a_page(answer: domain.RawAnswer) -> domain.SourceError:
    kind = answer.header("Content-Type").partition(";")[0].strip()[:60] or "?"
    return domain.SourceError(
        "not_a_page",
        domain.Sentence(
            id=f"Alamat ini tidak menjawab dengan halaman web ({kind}). Periksa alamatnya.",
            en=f"This address does not answer with a web page ({kind}). Check the address.",
        ),
        permanent=True,
        answer=answer,
    )


def cut_page() -> domain.Problem:
    return _passing(
        "cut_page",
        "Halaman terputus di tengah jalan; yang sudah datang disimpan, sisanya diminta lagi pada pengambilan berikutnya.",
        "The page broke off; what came is kept, the rest is asked for again by the next fetch.",
    )


def bad_charset() -> domain.Problem:
    return _passing(
        "bad_charset",
        "Sebagian huruf halaman rusak dan tampil sebagai \ufffd; aslinya tetap disimpan.",
        "Some letters of the page are broken and are shown as \ufffd; the original is kept.",
    )


def link_repeated(places: int) -> domain.Problem:
    return _passing(
        "link_repeated",
        f"{places} unggahan di halaman ini menunjuk ke alamat yang sama, jadi dibedakan menurut isinya; suntingan tidak dikenali.",
        f"{places} posts of this page lead to the same address, so they are told apart by their text; edits are not recognised.",
    )


def no_link(places: int) -> domain.Problem:
    return _passing(
        "no_link",
        f"{places} unggahan di halaman ini tanpa tautan sendiri, jadi dibedakan menurut isinya; suntingan tidak dikenali.",
        f"{places} posts of this page have no link of their own, so they are told apart by their text; edits are not recognised.",
    )


def too_many_items(kept: int) -> domain.Problem:
    return _passing(
        "too_many_items",
        f"Pemilih menemukan lebih dari {kept} unggahan di satu halaman; hanya {kept} yang pertama dibaca. Pemilihnya mungkin terlalu luas.",
        f"The selector finds more than {kept} posts on one page; only the first {kept} are read. It may be too wide.",
    )


def unreadable_times(places: int, written: str) -> domain.Problem:
    return _passing(
        "bad_time",
        f"Waktu {places} unggahan tidak dapat dibaca (misalnya {written[:80]!r}); disimpan tanpa waktu.",
        f"The time of {places} posts could not be read (such as {written[:80]!r}); they are kept without a time.",
    )


def page_repeats() -> domain.Problem:
    return _passing(
        "page_repeats",
        "Tautan halaman berikutnya menuju halaman yang sudah dibaca. Pengambilan berhenti di situ.",
        "The link to the next page leads to one already read. Fetching stopped there.",
    )


def next_elsewhere(host: str) -> domain.Problem:
    return _passing(
        "next_elsewhere",
        f"Tautan halaman berikutnya menuju situs lain ({host[:80]}) dan tidak diikuti.",
        f"The link to the next page leads to another site ({host[:80]}) and is not followed.",
    )


def too_deep(pages: int) -> domain.Problem:
    return _passing(
        "too_deep",
        f"Situs masih punya halaman lama setelah {pages} halaman; selebihnya tidak diambil.",
        f"The site has older pages after {pages} of them; the rest is not fetched.",
    )


def detail_missing(error: domain.Problem, where: str) -> domain.Problem:
    return domain.Problem(
        "detail_missing",
        domain.Sentence(
            id=f"Halaman rinci satu unggahan tidak terbaca; yang tampil di daftar disimpan. {error.sentence.id}",
            en=f"The own page of one post could not be read; what the list shows is kept. {error.sentence.en}",
        ),
        where=where[:200],
    )


def _permanent(code: str, sentence_id: str, sentence_en: str, *, where: str = "", told: str = "") -> domain.Problem:
    return domain.Problem(code, domain.Sentence(id=sentence_id, en=sentence_en), permanent=True, where=where, told=told)


def _passing(code: str, sentence_id: str, sentence_en: str) -> domain.Problem:
    return domain.Problem(code, domain.Sentence(id=sentence_id, en=sentence_en))
