"""Unpack a compressed file, up to a limit."""

import zlib

from index.errors import ArticleError

MOST_BYTES = 500_000_000
"""What unpacks to more is taken for a trap rather than for articles."""

_EITHER_HEADER = zlib.MAX_WBITS | 32


def gunzip(data: bytes, *, most: int = MOST_BYTES) -> bytes:
    """Return what gzip packed, in one member or several; raise `ArticleError` where that is damaged or too much."""
    parts, left = [], most
    while data:
        unpack = zlib.decompressobj(_EITHER_HEADER)
        try:
            part = unpack.decompress(data, left + 1)
        except zlib.error as error:
            raise ArticleError("damaged: it does not unpack") from error
        left -= len(part)
        if left < 0:
            raise ArticleError(f"unpacks to more than {most // 1_000_000} MB")
        if not unpack.eof:
            raise ArticleError("damaged: its end is missing")
        parts.append(part)
        data = unpack.unused_data.lstrip(b"\0")
    return b"".join(parts)
