"""Questions from a stream that is no terminal."""

import io

from qa.chat_input import LineInput


def test_lines_of_a_stream_are_read_to_the_end() -> None:
    """Lines come one by one, an empty one too, the last without its line end; then None, again and again."""
    source = LineInput(io.StringIO("first\n\nlast"))
    assert [source.read() for _ in range(5)] == ["first\n", "\n", "last", None, None]
