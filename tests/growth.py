"""How the cost of a call grows with its text, as a ratio: no machine is too slow for it, none too busy."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

SHORT, LONG = 5_000, 20_000  # characters; the longest text that is read
LINEAR = 8  # a cost that grows with the length grows four times, one that grows with its square sixteen times
ROUNDS = 5


def growth(call: Callable[[str], object], piece: str) -> float:
    """How many times the call's cost at LONG characters of the repeated piece is that at SHORT.

    The least of some rounds of each, of the processor's time: what else the machine does can only add to a reading.
    It ends with the first rounds whose ratio is at most LINEAR.
    """
    repeated = piece * LONG
    least = {SHORT: float("inf"), LONG: float("inf")}
    for _ in range(ROUNDS):
        for length in (SHORT, LONG):
            text = repeated[:length]
            gc.collect(0)
            gc.disable()  # a collection of the whole heap takes half a second, whoever happens to start it
            try:
                began = time.process_time()
                call(text)
                least[length] = min(least[length], time.process_time() - began)
            finally:
                gc.enable()
        if least[LONG] <= LINEAR * least[SHORT]:
            break
    return least[LONG] / least[SHORT]
