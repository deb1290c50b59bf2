"""The process that parses files: told of one at a time, it answers with the articles, and may be killed over any.

It reads a line of JSON a file and writes a line an article, a warning, and the end of each file.
Its limits are kept by the system: whatever code hangs or takes the memory, in Python or below it,
is stopped, and costs the one file that it was parsing.
"""

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from index.article_json import ParsedArticle, to_json
from index.articles import Article, SourceFile, Warn
from index.datelines import date_of
from index.errors import ArticleError, NotAnArticleError
from index.gunzip import gunzip
from index.loaders import COMPRESSED, format_of
from index.long_texts import is_too_long
from index.regular_files import read_regular
from index.sentences import split_sentences
from index.signatures import sign
from index.storable import storable

MOST_MEMORY = 2 << 30
"""Bytes of address space."""

_MOST_WAITING = 10
"""A file that waits on something else is given so many times as long."""


def main() -> None:
    """Parse the files that standard input names until it ends."""
    replies = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # a library that prints does not print into the answers
    _limit_memory()
    for line in sys.stdin:
        _answer(json.loads(line), replies)


def _answer(request: dict[str, Any], replies: TextIO) -> None:
    """Parse one file, and answer with its articles and its end."""

    def reply(text: str) -> None:
        with _limited(0.0):  # whoever reads the answers may be busy for long
            replies.write(text + "\n")
            replies.flush()

    with _limited(request["seconds"]) as renew:
        end: dict[str, str] = {}
        try:
            path = Path(request["path"])
            data = read_regular(path)
            end["end"] = hashlib.sha256(data).hexdigest()
            for parsed in _parse(path, data, request["fields"], lambda text: reply(json.dumps({"warning": text}))):
                reply(to_json(parsed))
                renew()
        except NotAnArticleError as error:
            end["skipped"] = str(error)
        except Exception as error:  # noqa: BLE001 - a parser's own mistake costs its file, whatever it is
            end = {"failed": _reason(error)}
        reply(json.dumps(end))


def _reason(error: Exception) -> str:
    """Say why a file cannot be read."""
    match error:
        case ArticleError():
            return str(error)
        case OSError():
            return (error.strerror or str(error)).lower()
        case MemoryError():
            return f"needs more than {MOST_MEMORY >> 30} GB of memory: split it"
        case RecursionError():
            return "nested too deeply"
        case _:
            return f"its parser failed ({type(error).__name__})"


def _parse(path: Path, data: bytes, fields: dict[str, str], warn: Warn) -> Iterator[ParsedArticle]:
    """Yield a file's articles, but for those without a sentence; raise `NotAnArticleError` where no other is there."""
    found, left_out = False, ""
    for article in _load(path, data, fields, warn):
        if problem := is_too_long(article.text):
            if article.record is None:
                raise ArticleError(f"{problem}: split it")
            left_out = problem
            warn(f"record {article.record} has {problem}: left out")
            continue
        sentences = split_sentences(article.text)
        if sentences:
            found = True
            yield ParsedArticle(article, sentences, sign(article.text))
    if not found:
        raise NotAnArticleError(left_out or "empty")


def _load(path: Path, data: bytes, fields: dict[str, str], warn: Warn) -> Iterator[Article]:
    known = format_of(path)
    if known is None:
        raise NotAnArticleError("unknown type")
    name = path.name
    if path.suffix.lower() == COMPRESSED:
        name, data = path.stem, gunzip(data, warn=warn)
    for article in known.loader()(SourceFile(name, data), fields=fields, warn=warn):
        yield storable(replace(article, date=date_of(article, name)))


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # where a system knows no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[Callable[[], None]]:
    """Have the system end this process after so much of the processor's time; 0 stands for no limit.

    The time that was left before goes on after the block. What is yielded starts the time anew.
    """
    import signal

    if not hasattr(signal, "setitimer"):
        yield lambda: None
        return

    def start() -> None:
        set_both(seconds, seconds * _MOST_WAITING)

    def set_both(processor: float, clock: float) -> tuple[float, float]:
        return signal.setitimer(signal.ITIMER_PROF, processor)[0], signal.setitimer(signal.ITIMER_REAL, clock)[0]

    before = set_both(seconds, seconds * _MOST_WAITING)
    try:
        yield start
    finally:
        set_both(*before)
