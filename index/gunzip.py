"""Unpack a compressed file, up to a limit."""

import zlib
from gzip import BadGzipFile, GzipFile
from io import BytesIO

from index.errors import ArticleError

MOST_BYTES = 500_000_000
"""What unpacks to more is taken for a trap rather than for articles."""


def gunzip(data: bytes, *, most: int = MOST_BYTES) -> bytes:
    """Return what gzip packed, in one member or several; raise `ArticleError` where that is damaged or too much."""
    try:
        with GzipFile(fileobj=BytesIO(data)) as packed:
            unpacked = packed.read(most + 1)
    except EOFError as error:
        raise ArticleError("damaged: its end is missing") from error
    except (BadGzipFile, zlib.error) as error:
        raise ArticleError("damaged: it does not unpack") from error
    if len(unpacked) > most:
        raise ArticleError(f"unpacks to more than {most // 1_000_000} MB")
    return unpacked
