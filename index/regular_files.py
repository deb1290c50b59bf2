"""Open files that may have become something else since they were found: a pipe, a device, a file that grows."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""A pipe that nobody writes to is opened at once, rather than waited for."""

MOST_BYTES = 2 << 30
"""A larger file is no article, nor a dump of them that could be parsed: holes on the disk make exabytes of nothing."""


def open_regular(path: Path) -> BufferedReader:
    """Open a file to read its bytes; `OSError`, for what is no regular file too, comes through."""
    descriptor = os.open(path, _FLAGS)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "not a file", str(path))
        return open(descriptor, "rb")  # noqa: PTH123 - of a descriptor
    except BaseException:
        os.close(descriptor)
        raise


def open_article(path: Path) -> BufferedReader:
    """Open a regular file of at most `MOST_BYTES`; `OSError` comes through."""
    file = open_regular(path)
    if os.fstat(file.fileno()).st_size > MOST_BYTES:
        file.close()
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return file


def read_regular(path: Path) -> bytes:
    """Return an article's bytes, as many as it has when it is opened: it may grow for ever."""
    with open_article(path) as file:
        return file.read(os.fstat(file.fileno()).st_size)
