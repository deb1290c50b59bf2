"""The choice of numbers: by what was measured, once."""

import pytest
import torch

from qa.train import precision


@pytest.mark.parametrize(("bfloat16", "float32", "faster"), [(1.0, 2.0, True), (2.0, 1.0, False), (1.0, 1.0, False)])
def test_the_faster_one_is_taken(
    monkeypatch: pytest.MonkeyPatch, bfloat16: float, float32: float, *, faster: bool
) -> None:
    """bfloat16 is used where it took less time than float32, and the trial is made once."""
    taken = {torch.bfloat16: [bfloat16], torch.float32: [float32]}
    monkeypatch.setattr(precision, "_seconds", lambda dtype: taken[dtype].pop())
    precision.bfloat16_is_faster.cache_clear()
    assert [precision.bfloat16_is_faster() for _ in range(2)] == [faster, faster]
    precision.bfloat16_is_faster.cache_clear()


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_both_can_be_tried(dtype: torch.dtype) -> None:
    """Every processor multiplies in both, if slowly."""
    assert precision._seconds(dtype) > 0
