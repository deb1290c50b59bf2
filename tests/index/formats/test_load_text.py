"""Loading text files: one article, its text untouched."""

import pytest

from index.articles import Article, ArticleDate, DateOrigin
from index.errors import NotAnArticleError
from tests.conftest import SEEDS
from tests.index.formats.loading import loaded


def test_file_is_one_article() -> None:
    """A file's text is the article's, to the last line end, with what it says of itself."""
    text = "---\ndate: 2024-11-15\n---\nCouncil Approves Budget\r\nReuters News\r\nIt met. It voted.\r\n\r\n"
    date = ArticleDate("2024-11-15", DateOrigin.METADATA)
    assert loaded("load_text", text.encode()).articles == (
        Article(text=text, title="Council Approves Budget", date=date, source="Reuters News"),
    )


def test_author_and_url_are_of_the_article() -> None:
    """Who wrote the article and where it is go with it."""
    article = loaded("load_text", b"---\nbyline: By Jane Doe\nlink: https://example.org/a\n---\nIt met.").article
    assert (article.author, article.url) == ("Jane Doe", "https://example.org/a")


def test_seeds_keep_their_text() -> None:
    """The seed articles' texts are the files', code point by code point."""
    for seed in sorted(SEEDS.iterdir()):
        article = loaded("load_text", seed.read_bytes()).article
        with seed.open(encoding="utf-8", newline="") as file:
            assert article.text == file.read()


def test_utf8_has_no_warning() -> None:
    """Nothing is said of a file that is as it should be."""
    assert loaded("load_text", b"It met. It voted.").warnings == ()


def test_guess_is_warned_of() -> None:
    """A guessed encoding is told, and the text read by it."""
    found = loaded("load_text", "The café in Zürich reopened – “at last”, its owner said.".encode("cp1252"))
    assert found.warnings == ("not UTF-8, read as cp1252",)
    assert found.article.text.startswith("The café")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf\n", b"\xff\xfe"])
def test_no_text_is_no_article(data: bytes) -> None:
    """White space and a mark alone make no article."""
    with pytest.raises(NotAnArticleError, match="empty"):
        loaded("load_text", data)
