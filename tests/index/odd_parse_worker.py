"""A process that parses files whose parsers fail in every way that they may, by the file's first word."""

import ctypes
import os
import sys
import time
from collections.abc import Iterator
from pathlib import PurePath

from index import parse_worker
from index.articles import Article, Fields, Loader, SourceFile, Warn
from index.errors import ArticleError, NotAnArticleError


class _OddFormat:
    def loader(self) -> Loader:
        return load


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:  # noqa: C901 - one case a failure
    """Do what the file says."""
    text = file.data.decode()
    match text.split()[0]:
        case "hang":
            yield Article(text="Before it hung.", title="Hanging")
            while True:
                pass
        case "wait":
            time.sleep(3_600)
        case "crash":
            ctypes.string_at(0)
        case "exit":
            os._exit(3)
        case "eat":
            yield Article(text="x" * (8 << 30), title="Large")
        case "print":
            print("This is no answer.")
            sys.stdout.flush()
            warn("it printed")
            yield Article(text="It printed.", title="Printing")
        case "bug":
            raise KeyError("a mistake")
        case "deep":
            load(file, fields=fields, warn=warn).__next__()
        case "fail":
            raise ArticleError("it failed")
        case "none":
            raise NotAnArticleError("scanned")
        case "blank":
            yield Article(text=" ", title="Blank")
        case "slow":
            for number in range(8):
                until = time.process_time() + 0.3
                while time.process_time() < until:
                    pass
                yield Article(text=f"Article {number}.", title="Slow", record=number + 1)
        case _:
            yield Article(text=text, title=fields.get("title", "None"))


def _format_of(_path: PurePath) -> _OddFormat:
    return _OddFormat()


def main() -> None:
    """Parse as the real worker does, with that parser."""
    parse_worker.format_of = _format_of  # type: ignore[assignment, attr-defined]
    parse_worker.main()
