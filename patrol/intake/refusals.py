"""Why something sent in is not taken: one plain sentence a fault, in both languages, with the place it is about."""

from __future__ import annotations

from patrol.domain import Sentence


class RefusedError(Exception):
    """What was sent cannot be taken. `field` is where the person looks; `status` is what an HTTP door answers."""

    def __init__(self, code: str, sentence: Sentence, *, field: str = "", status: int = 400) -> None:
        super().__init__(f"{code} {field}: {sentence.en}")
        self.code = code
        self.sentence = sentence
        self.field = field
        self.status = status


class TooOftenError(RefusedError):
    """Too many calls in a short time; `seconds` until the next one is admitted."""

    def __init__(self, seconds: float) -> None:
        whole = max(1, round(seconds))
        sentence = Sentence(f"Terlalu sering. Coba lagi dalam {whole} detik.", f"Too often. Try again in {whole} seconds.")
        super().__init__("too_often", sentence, status=429)
        self.seconds = whole
