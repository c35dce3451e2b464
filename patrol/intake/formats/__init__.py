"""Files people bring: exports of tools and messengers, and tables. One format, one file, one line in the table.

Pure: bytes in, RawPost and Problem out. What a file is says its content, in the order of the table: the most particular first.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from types import MappingProxyType

from patrol.intake.formats import files, fourcat, shape, table, telegram_export, whatsapp, zeeschuimer

FORMATS: Mapping[str, shape.Format] = MappingProxyType(
    {
        zeeschuimer.NAME: zeeschuimer,
        telegram_export.NAME: telegram_export,
        whatsapp.NAME: whatsapp,
        fourcat.NAME: fourcat,
        table.NAME: table,
    }
)


def recognise(file: shape.File) -> str:
    """The format of a file, a key of FORMATS. Raises FileRefusedError, also for what nobody knows."""
    peek = files.peek(file)
    for name, known in FORMATS.items():
        if known.recognises(peek):
            return name
    raise shape.refused(
        "format_unknown",
        "Isi berkas ini tidak dikenal. Yang dapat diimpor: Zeeschuimer, 4CAT, ekspor WhatsApp, ekspor Telegram Desktop (JSON), dan "
        "tabel dengan kolom berjudul “teks” atau “isi”.",
        "The content of this file is not known. What can be imported: Zeeschuimer, 4CAT, WhatsApp export, Telegram Desktop export "
        "(JSON), and tables with a column called “text” or “content”.",
    )


def read(file: shape.File, name: str, options: shape.Options) -> Generator[shape.Item]:
    """Every row of the file, in its order, the same each time. Raises FileRefusedError, also after some rows."""
    return FORMATS[name].read(file, options)
