"""The weights of a token in several columns as one integer: adding up tokens then costs one addition each, however many columns."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final

_FIELD: Final = 32  # bits a column: as many tokens as are read of a text cannot overflow it
_HALF: Final = 1 << (_FIELD - 1)


class Packing:
    """Of so many columns."""

    def __init__(self, columns: int) -> None:
        self._fields = struct.Struct(f"<{columns}I")
        self._offset = self.pack([_HALF] * columns)

    def pack(self, numbers: Iterable[int]) -> int:
        """Packed integers add up as their numbers do, each column by itself, while all sums stay within 31 bits."""
        return sum(number << (_FIELD * place) for place, number in enumerate(numbers))

    def unpack(self, packed: int) -> list[int]:
        return [number - _HALF for number in self._fields.unpack((packed + self._offset).to_bytes(self._fields.size, "little"))]
