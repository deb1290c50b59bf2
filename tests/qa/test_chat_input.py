"""Questions from a stream that is no terminal."""

import io

import pytest

from qa.chat_input import LineInput, questions_in


@pytest.mark.parametrize(
    ("typed", "questions"),
    [
        ("Who called?", ["Who called?"]),
        ("Who called?\nWhen? \n\nWhy?\n", ["Who called?", "When? ", "Why?"]),
        ("Who initiated\nthe call?", ["Who initiated\nthe call?"]),
        ("Who called?\nand when", ["Who called?\nand when"]),
        ("", [""]),
    ],
)
def test_questions_that_are_pasted(typed: str, questions: list[str]) -> None:
    """Each line is one where all of them are; a question that was wrapped stays one."""
    assert questions_in(typed) == questions


def test_lines_of_a_stream_are_read_to_the_end() -> None:
    """Lines come one by one, an empty one too, the last without its line end; then None, again and again."""
    source = LineInput(io.StringIO("first\n\nlast"))
    assert [source.read() for _ in range(5)] == ["first\n", "\n", "last", None, None]
