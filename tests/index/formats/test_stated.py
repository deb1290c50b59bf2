"""What documents state of themselves: which of it an author wrote."""

import pytest

from index.formats.stated import LONGEST, stated_author, stated_title


@pytest.mark.parametrize(
    "title",
    [
        "Council Approves Budget",
        "Ulysses",
        "COVID-19",
        "The 2024 Budget: a Document",
        "Print is dead",
        "Über uns",
    ],
)
def test_titles(title: str) -> None:
    """What an author may have called an article is its title."""
    assert stated_title(title, "story.pdf") == title


@pytest.mark.parametrize(
    "title",
    [
        *("", " ", "--", "untitled", "Untitled-1", "Document1", "Slide 1", "Layout 1", "Title", "Word Document"),
        *("Microsoft Word - Budget of the Council", "PowerPoint Presentation", "Adobe InDesign - A1", "presentation"),
        *("budget.docx", "A1 final version.indd", "Budget.PDF", "nyt_a1_final", "A1-20241115", "C:\\news\\a1"),
        *("https://example.org/story", "about:blank", "file:///tmp/x", "w" * (LONGEST + 1)),
    ],
)
def test_no_titles(title: str) -> None:
    """What a program calls a document, and the name of a file, is no title."""
    assert stated_title(title, "story.pdf") is None


def test_no_title_is_stated() -> None:
    """A document may state nothing."""
    assert stated_title(None, "story.pdf") is None
    assert stated_author(None) is None


def test_name_of_the_file_itself_is_no_title() -> None:
    """A title that is the file's name says nothing more than that does."""
    assert stated_title("Budget story", "budget story.docx") is None


def test_white_space_is_tidied() -> None:
    """A title is one line, and has no control characters in it."""
    assert stated_title(" Council\r\n Approves\x00 Budget ", "story.pdf") == "Council Approves Budget"


@pytest.mark.parametrize("author", ["Jane Doe", "J. Doe and A. Roe", "Reuters", "Admiral Roe", "O'Neill"])
def test_authors(author: str) -> None:
    """A person's or an agency's name is an author's."""
    assert stated_author(author) == author


@pytest.mark.parametrize(
    "author",
    [
        *("", "admin", "Administrator", "Microsoft Office User", "Windows User", "user1", "python-docx"),
        *("(anonymous)", "CORP\\jdoe", "jdoe@example.org", "12345", "unknown", "Owner"),
    ],
)
def test_no_authors(author: str) -> None:
    """The name of an account or a program is no author's."""
    assert stated_author(author) is None
