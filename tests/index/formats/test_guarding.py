"""Calls of libraries that fail in ways nobody has foreseen."""

import pytest

from index.errors import ArticleError, NotAnArticleError
from index.formats.guarding import guarded


def failing(error: Exception) -> int:
    raise error


def test_what_is_returned() -> None:
    """A call that does not fail returns what it returns."""
    assert guarded(lambda: 3, "broken") == 3


@pytest.mark.parametrize("error", [TypeError("x"), AssertionError(), RecursionError(), KeyError(1)])
def test_any_failure_is_one_of_the_article(error: Exception) -> None:
    """Whatever the library raises is an error of the article, with what was raised as its cause."""
    with pytest.raises(ArticleError, match="broken") as caught:
        guarded(lambda: failing(error), "broken")
    assert caught.value.__cause__ is error


@pytest.mark.parametrize("error", [ArticleError("other"), NotAnArticleError("empty"), MemoryError()])
def test_what_has_a_reason_already(error: Exception) -> None:
    """An error that says what is wrong goes on as it is, and so does a lack of memory."""
    with pytest.raises(type(error)) as caught:
        guarded(lambda: failing(error), "broken")
    assert caught.value is error
