"""Articles shown around a citation or a line."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import NoIndexError, UsageError
from index.spans import Span
from index.store import Store
from qa.last_answer import KeptCitation
from qa.showing import find_citation, show_citation, show_place
from qa.style import Style
from tests.conftest import Index
from tests.qa.samples import PLAIN

_TEXT = "Harbour reopens\nHarbour Times\nThe harbour of Veldhaven reopened.\nA storm had shut it. It was bad.\n"
_SHA256 = hashlib.sha256(_TEXT.encode()).hexdigest()
_KEPT = [KeptCitation(number, Path("/a.txt"), None, Span(0, 1), "0" * 64) for number in (1, 2)]


@pytest.fixture
def article(fake_index: Index, tmp_path: Path) -> Path:
    """Return the one article of `fake_store`."""
    path = tmp_path / "articles" / "a.txt"
    path.parent.mkdir()
    path.write_text(_TEXT, encoding="utf-8")
    fake_index(path.parent)
    return path


Show = Callable[..., str]


@pytest.fixture
def show(fake_store: Store, tmp_path: Path) -> Show:
    """Return `show_place` from the folder above the articles."""

    def run(target: str, *, context: int | None = 0, here: Path = tmp_path) -> str:
        return show_place(fake_store, target, PLAIN, here, context=context).text

    return run


def test_citation_is_found_by_its_number() -> None:
    """A number of the last answer names its citation."""
    assert find_citation("2", _KEPT) == _KEPT[1]


@pytest.mark.parametrize("target", ["", "a.txt", "a.txt:1", "-1", "1.0", " 1"])
def test_other_targets_are_no_numbers(target: str) -> None:
    """What is no number may be a place."""
    assert find_citation(target, _KEPT) is None


def test_wrong_number_names_the_right_ones() -> None:
    """A number that the last answer lacks is an error that lists those it has."""
    with pytest.raises(UsageError, match="there is no citation 3") as caught:
        find_citation("3", _KEPT)
    assert caught.value.remedy == "the last answer has 1, 2"


def test_number_before_the_first_answer() -> None:
    """Without an answer, the remedy is to ask."""
    with pytest.raises(UsageError, match="ask a question first"):
        find_citation("1", [])


def test_show_citation(fake_store: Store, article: Path, tmp_path: Path) -> None:
    """A citation is shown with its line and the quote marked, under its own number."""
    start = _TEXT.index("The harbour")
    kept = KeptCitation(2, article, None, Span(start, start + len("The harbour of Veldhaven reopened.")), _SHA256)
    shown = show_citation(fake_store, kept, PLAIN, tmp_path, context=1)
    assert shown.text == (
        "[2] Harbour reopens — articles/a.txt:3 (Harbour Times)\n"
        "\n"
        "   2  Harbour Times\n"
        "   3  »The harbour of Veldhaven reopened.«\n"
        "   4  A storm had shut it. It was bad.\n"
    )


def test_heading_is_broken_between_words(fake_store: Store, article: Path, tmp_path: Path) -> None:
    """On a narrow screen what is cited above the article goes on in another line, set in."""
    narrow = replace(PLAIN, width=30)
    for target in ("articles/a.txt:1", "articles/a.txt"):
        first, second = show_place(fake_store, target, narrow, tmp_path, context=0).text.splitlines()[:2]
        assert len(first) <= 30
        assert second.startswith("    ")


def test_show_citation_of_a_changed_file(fake_store: Store, article: Path, tmp_path: Path) -> None:
    """The article is shown as it was indexed, with a line that says the file has changed."""
    article.write_text("Gone.\n", encoding="utf-8")
    shown = show_citation(fake_store, KeptCitation(1, article, None, Span(0, 15), _SHA256), PLAIN, tmp_path, context=0)
    assert shown.text == (
        "[1] Harbour reopens — articles/a.txt:1 (Harbour Times)\n"
        "! the file has changed since it was indexed, or is gone\n"
        "\n"
        "   1  »Harbour reopens«\n"
    )


@pytest.mark.parametrize("width", [80, 40])
def test_line_of_the_quote(fake_store: Store, article: Path, tmp_path: Path, fake_index: Index, width: int) -> None:
    """In the whole article, the line is told in which the quote begins, whatever was wrapped before it."""
    text = "A long first line of an article that is wrapped on screens that are narrow.\n" * 3 + _TEXT
    article.write_text(text, encoding="utf-8")
    fake_index(article.parent)
    start = text.index("The harbour")
    kept = KeptCitation(1, article, None, Span(start, start + 11), hashlib.sha256(text.encode()).hexdigest())
    shown = show_citation(fake_store, kept, Style(width, colour=False, links=False), tmp_path, context=None)
    assert "   6  »The harbour«" in shown.text.splitlines()[shown.line]


@pytest.mark.parametrize(
    ("line", "marked"),
    [(1, "   1  »Harbour reopens«\n"), (4, "   4  »A storm had shut it.« It was bad.\n")],
)
@pytest.mark.usefixtures("article")
def test_show_line(show: Show, line: int, marked: str) -> None:
    """A line is shown with its first sentence marked, under no number of a citation."""
    assert show(f"articles/a.txt:{line}") == f"Harbour reopens — articles/a.txt:{line} (Harbour Times)\n\n{marked}"


@pytest.mark.usefixtures("article")
def test_show_whole_article(show: Show) -> None:
    """A path without a line shows the whole article, whatever the context."""
    assert show("articles/a.txt", context=0) == (
        "Harbour reopens — articles/a.txt\n"
        "\n"
        "   1  Harbour reopens\n"
        "   2  Harbour Times\n"
        "   3  The harbour of Veldhaven reopened.\n"
        "   4  A storm had shut it. It was bad.\n"
    )


def test_show_absolute_path(show: Show, article: Path) -> None:
    """A place may be named by its whole path."""
    assert show(f"{article}:3") == show("articles/a.txt:3")


def test_show_path_from_a_sibling_folder(show: Show, article: Path) -> None:
    """A path may lead upward first, as from any folder beside the articles."""
    other = article.parent.parent / "notes"
    other.mkdir()
    assert "»The harbour of Veldhaven reopened.«" in show("../articles/a.txt:3", here=other)


@pytest.mark.usefixtures("article")
def test_line_behind_the_end(show: Show) -> None:
    """A line that the article lacks is an error."""
    with pytest.raises(UsageError, match="there is no line 9"):
        show("articles/a.txt:9")


@pytest.mark.usefixtures("article")
def test_line_behind_the_end_names_the_last_line(show: Show) -> None:
    """The error names the last line that there is."""
    with pytest.raises(UsageError, match=r"the article.s last line is 4"):
        show("articles/a.txt:5")


def test_path_with_a_colon_and_digits(show: Show, article: Path, fake_index: Index) -> None:
    """A file whose name ends like a place is a file."""
    article.rename(article.with_name("a:3.txt"))
    fake_index(article.parent)
    assert show("articles/a:3.txt").startswith("Harbour reopens — articles/a:3.txt\n")


@pytest.mark.parametrize("target", ["a.txt:3", "articles/a.txt:3"])
def test_end_of_a_path_is_enough(show: Show, article: Path, target: str) -> None:
    """From wherever it is asked for, a file is known by its name, and by more of its path."""
    assert "   3  »The harbour of Veldhaven reopened.«" in show(target, here=article.parents[1] / "elsewhere")


def test_several_files_of_one_name_are_told_apart(show: Show, article: Path, fake_index: Index) -> None:
    """Which file is meant has to be said where several have the name; the folder may do."""
    other = article.with_name("sport") / "a.txt"
    other.parent.mkdir()
    other.write_text("A match was won.\n", encoding="utf-8")
    fake_index(article.parent)
    with pytest.raises(UsageError, match=r"2 files are called a\.txt") as caught:
        show("a.txt:1")
    assert caught.value.remedy == "name more of the path, as in articles/a.txt, articles/sport/a.txt"
    assert "   1  »A match was won.«" in show("sport/a.txt:1")


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("target", ["", ".", "/", "txt", ":3", "b/a.txt"])
def test_end_of_a_path_is_whole_names(show: Show, target: str) -> None:
    """Part of a name, or nothing, is no file."""
    with pytest.raises(UsageError, match="is not in the index"):
        show(target)


@pytest.mark.usefixtures("article")
def test_path_outside_the_index(show: Show) -> None:
    """A file that is not indexed is an error that names it."""
    with pytest.raises(UsageError, match=r"other\.txt is not in the index"):
        show("articles/other.txt")


def test_no_index(tmp_path: Path) -> None:
    """Without an index nothing can be shown."""
    with pytest.raises(NoIndexError, match="run qa index FOLDER"):
        show_place(Store(tmp_path / ".qa"), "a.txt", PLAIN, tmp_path, context=0)


@pytest.mark.parametrize(
    "place",
    [
        ":3",
        "",
    ],
)
def test_escape_in_a_file_name_is_shown_by_number(show: Show, article: Path, fake_index: Index, place: str) -> None:
    """A file name cannot move the cursor, with a line or without."""
    evil = article.rename(article.with_name("a\x1b[2J.txt"))
    fake_index(article.parent)
    assert "\x1b" not in show(f"{evil}{place}")


def test_citation_of_an_article_indexed_anew_is_refused(
    fake_index: Index, fake_store: Store, article: Path, tmp_path: Path
) -> None:
    """The span of an answer from before the last run marks nothing in the text of now."""
    kept = KeptCitation(1, article, None, Span(0, 15), _SHA256)
    article.write_text(f"A new line.\n{_TEXT}", encoding="utf-8")
    fake_index(article.parent)
    with pytest.raises(UsageError, match="was indexed anew since that answer"):
        show_citation(fake_store, kept, PLAIN, tmp_path, context=0)
