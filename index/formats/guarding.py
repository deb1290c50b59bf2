"""Call a library that was not written for files from strangers."""

from collections.abc import Callable
from typing import TypeVar

from index.errors import ArticleError, NotAnArticleError

_T = TypeVar("_T")


def guarded(call: Callable[[], _T], problem: str) -> _T:
    """Return what a call of a library returns; raise `ArticleError` of `problem` where it fails.

    pdfminer, python-docx and striprtf document few of the errors they raise. Given a malformed file
    they run into whatever their code takes for granted: TypeError, KeyError, IndexError,
    AttributeError, AssertionError, OverflowError, and others with the next version.
    """
    try:
        return call()
    except (ArticleError, NotAnArticleError, MemoryError):
        raise
    except Exception as error:
        raise ArticleError(problem) from error
