"""Questions from a stream that is no terminal, and what is pasted at a prompt."""

import io

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from qa.chat_input import LineInput, PromptInput, questions_in


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


def test_pasted_questions_that_wait_are_dropped() -> None:
    """What was pasted behind the first question can be dropped; the next one is what is typed then."""
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        source = PromptInput(None)
        keys.send_text("\x1b[200~Who called?\nWhen?\nWhy?\x1b[201~\r")
        assert source.read() == "Who called?"
        assert source.drop_waiting() == 2
        keys.send_text("Where?\r")
        assert source.read() == "Where?"
        assert source.drop_waiting() == 0
