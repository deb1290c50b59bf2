"""Find out whether this processor adds up products of bytes exactly."""

from functools import cache

import numpy as np
import onnxruntime

# One multiplication, `MatMulInteger`, of bytes by signed bytes; a test tells how it is made.
PRODUCT = (
    b'\x08\x08:b\n\x18\n\x01a\n\x01b\x12\x01c"\rMatMulInteger\x12\x01gZ\x15\n\x01a\x12\x10\n\x0e\x08\x02\x12\n\n\x03\x12'
    b"\x01m\n\x03\x12\x01kZ\x15\n\x01b\x12\x10\n\x0e\x08\x03\x12\n\n\x03\x12\x01k\n\x03\x12\x01nb\x15\n\x01c\x12\x10\n\x0e"
    b"\x08\x06\x12\n\n\x03\x12\x01m\n\x03\x12\x01nB\x04\n\x00\x10\n"
)

_ROWS, _INNER, _COLUMNS = 16, 64, 32


@cache
def adds_exactly() -> bool:
    """Tell whether onnxruntime's fast product of bytes by signed bytes is right, by one that is as large as can be.

    On x86 without VNNI it adds neighbours up in 16 bits, and what is too large is cut off there.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(PRODUCT, options, providers=["CPUExecutionProvider"])
    large = np.full((_ROWS, _INNER), 255, np.uint8), np.full((_INNER, _COLUMNS), 127, np.int8)
    (found,) = session.run(None, dict(zip("ab", large, strict=True)))
    return bool((np.asarray(found) == 255 * 127 * _INNER).all())
