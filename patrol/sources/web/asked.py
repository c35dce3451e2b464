"""What a watch of a web page asks for: the address of the page, and what of it is a post, in words for whoever fills in the form."""

from patrol import domain

ADDRESS = domain.Sentence(id="Alamat halaman", en="Address of the page")
ASKS = domain.Sentence(
    id="Tulis alamat halaman yang mendaftar lowongan, misalnya https://loker.example/lowongan.",
    en="Write the address of the page that lists the offers, such as https://loker.example/lowongan.",
)
EXAMPLE = "https://loker.example/lowongan"


def _part(key: str, label: tuple[str, str], asks: tuple[str, str], example: str) -> domain.QueryPart:
    return domain.QueryPart(key, domain.Sentence(*label), domain.Sentence(*asks), example)


PARTS = (
    _part(
        "item",
        ("Tiap unggahan", "Each post"),
        (
            "Kotak yang memuat satu unggahan. Kosong: seluruh halaman adalah satu unggahan.",
            "The box that holds one post. Empty: the whole page is one post.",
        ),
        ".job",
    ),
    _part("title", ("Judul", "Title"), ("Di dalam kotak itu.", "Inside that box."), "h2"),
    _part("text", ("Isi", "Text"), ("Kosong: semua kata di dalam kotak.", "Empty: all words inside the box."), ".isi"),
    _part("link", ("Tautan", "Link"), ("Ke halaman unggahan itu sendiri.", "To the post's own page."), "a@href"),
    _part("time", ("Waktu", "Time"), ("Kapan diunggah. Kosong: tanpa waktu.", "When it was posted. Empty: no time."), "time@datetime"),
    _part("author", ("Pengunggah", "Author"), ("Siapa yang memasang lowongan itu.", "Who put up the offer."), ".perusahaan"),
    _part("image", ("Gambar", "Picture"), ("Kosong: semua gambar di dalam kotak.", "Empty: all pictures inside the box."), "img@src"),
    _part(
        "next",
        ("Halaman berikutnya", "Next page"),
        ("Tautan ke unggahan yang lebih lama. Kosong: hanya halaman pertama.", "The link to older posts. Empty: the first page only."),
        "a.next",
    ),
    _part(
        "detail",
        ("Isi halaman rinci", "Text of the post's own page"),
        ("Pada halaman unggahan itu sendiri, bila Tautan diisi.", "On the post's own page, where Link is filled in."),
        ".isi",
    ),
)
