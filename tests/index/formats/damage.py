"""Damage files, as broken downloads and hostile hands do."""

from hypothesis import strategies as st


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """Draw a file with some bytes changed, some cut out and the end cut off."""
    mutable = bytearray(data)
    for at, byte in draw(st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=4)):
        mutable[at] = byte
    start = draw(st.integers(0, len(data)))
    del mutable[start : start + draw(st.integers(0, 10))]
    return bytes(mutable[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else mutable)
