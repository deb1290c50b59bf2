"""Unpack a compressed file, up to a limit."""

import zlib
from gzip import BadGzipFile, GzipFile
from io import BytesIO

from index.articles import Warn
from index.errors import ArticleError

MOST_BYTES = 500_000_000
"""What unpacks to more is taken for a trap rather than for articles."""

_PIECE = 1 << 20
_NO_MEMBER = "Not a gzipped file"
"""How Python says that what it finds where a member should begin is none."""


def gunzip(data: bytes, *, warn: Warn, most: int = MOST_BYTES) -> bytes:
    """Return what gzip packed, in one member or several; raise `ArticleError` where that is damaged or too much.

    As gzip itself does, it passes over bytes after the last member that are none, and tells `warn` where they are no
    zeros.
    """
    unpacked = bytearray()
    try:
        with GzipFile(fileobj=BytesIO(data)) as packed:
            # A read of all that may come would take so much memory at once.
            while len(unpacked) <= most and (piece := packed.read1(min(_PIECE, most + 1 - len(unpacked)))):
                unpacked += piece
    except EOFError as error:
        raise ArticleError("damaged: its end is missing") from error
    except (BadGzipFile, zlib.error) as error:
        # The members before were whole, or their sums would have been found wrong.
        if not (unpacked and str(error).startswith(_NO_MEMBER)):
            raise ArticleError("damaged: it does not unpack") from error
        warn("bytes after its end are left out")
    if len(unpacked) > most:
        raise ArticleError(f"unpacks to more than {most // 1_000_000} MB")
    return bytes(unpacked)
