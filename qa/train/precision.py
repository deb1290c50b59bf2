"""Choose the numbers to calculate with: bfloat16 is fast on some processors, and far slower than float32 on others."""

import time
from functools import cache

import torch

_ROWS, _WIDTH = 1024, 384
_TIMES = 3


@cache
def bfloat16_is_faster() -> bool:
    """Tell whether this processor multiplies in bfloat16 faster than in float32, by trying, once a process."""
    return _seconds(torch.bfloat16) < _seconds(torch.float32)


def _seconds(dtype: torch.dtype) -> float:
    """Return the least time that a multiplication of a model's size takes."""
    rows, weights = torch.ones(_ROWS, _WIDTH, dtype=dtype), torch.ones(_WIDTH, _WIDTH, dtype=dtype)
    taken = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        rows @ weights
        taken.append(time.perf_counter() - began)
    return min(taken)
