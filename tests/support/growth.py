"""How the time that something takes grows with what it is given."""

import time
from collections.abc import Callable

TIMES = 16


def require_linear_growth(work: Callable[[int], object], size: int) -> None:
    """`work` does it for something of a size; it is called with `size` and with TIMES of it.

    Linear is TIMES as long, quadratic TIMES squared: the bound is far from both, since machines are noisy.
    """
    one, many = _cpu(work, size), _cpu(work, TIMES * size)
    assert many < 4 * TIMES * one + 0.1, f"{size:,}: {one:.4f} s, {TIMES * size:,}: {many:.4f} s"


def _cpu(work: Callable[[int], object], size: int) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        work(size)
        best = min(best, time.process_time() - start)
    return best
