"""Plain text of mails: lines that were broken to be sent are joined, others are not."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.plain_mail import join_flowed, tidy_plain


@pytest.mark.parametrize(
    ("flowed", "joined"),
    [
        ("The council \nmet. \nIt voted.\n", "The council met. It voted.\n"),
        ("The council \r\nmet.\r\n\r\nIt voted.", "The council met.\n\nIt voted."),
        ("Fixed line.\nAnother.", "Fixed line.\nAnother."),
        ("> The council \n> met.\n>> It \n>> voted.", "> The council met.\n>> It voted."),
        ("> The council \nmet.", "> The council \nmet."),
        (" >not quoted", ">not quoted"),
        (" From here \non.", "From here on."),
        ("Yours \n-- \nJane", "Yours \n-- \nJane"),
    ],
)
def test_flowed_lines_are_joined(flowed: str, joined: str) -> None:
    """A line that ends in a space goes on in the next of its depth; a signature's line does not."""
    assert join_flowed(flowed, delete_space=False) == joined


def test_added_spaces_are_deleted() -> None:
    """With DelSp, words of scripts without spaces are joined as they were."""
    assert join_flowed("東京で会議が \n開かれた。", delete_space=True) == "東京で会議が開かれた。"


@given(st.lists(st.lists(st.sampled_from(["council", "vote", "-", ">", "From", "Zürich"]), min_size=1), min_size=1))
def test_flowed_paragraphs_come_back(paragraphs: list[list[str]]) -> None:
    """Paragraphs that a mailer broke and stuffed are read as they were written."""
    written = [" ".join(words) for words in paragraphs]
    lines = [
        line if number == last else f"{line} "
        for text in written
        for wrapped in [textwrap.wrap(text, 30, break_on_hyphens=False)]
        for last in [len(wrapped) - 1]
        for number, line in enumerate(wrapped)
    ]
    stuffed = [f" {line}" if line.startswith((" ", ">", "From")) else line for line in lines]
    assert join_flowed("\r\n".join(stuffed), delete_space=False) == "\n".join(written)


def test_plain_text_is_tidied() -> None:
    """Line ends are of one kind, and no space stands before them; lines stay lines."""
    assert tidy_plain("\ufeff\r\n\r\nOne  \r\ntwo\r\r\n\n\n\n  Three \n\n") == "One\ntwo\n\n  Three"
