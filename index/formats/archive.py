"""Read the members of a ZIP archive from a stranger: never more of them than memory should hold.

E-books and word processors' documents are such archives. A small one can claim, or hide, terabytes.
"""

import zipfile
import zlib
from io import BytesIO

from index.errors import ArticleError

MOST_BYTES = 200 << 20
"""All members together, unpacked. The longest books are a few megabytes of text; pictures are the rest."""

MOST_TIMES = 200
"""An archive may be this many times as large when unpacked: prose is three times, sparse markup fifty."""

SMALL = 4 << 20
"""What is no larger than this when unpacked may have been packed as well as it likes."""

# Both kinds of document allow no other method, and `zipfile` bounds what it unpacks of no other.
_METHODS = frozenset([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
_ENCRYPTED = 0x1

# What `zipfile` raises for archives that are cut off or garbled, by trial; it documents the first only.
_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OverflowError, ValueError)


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open an archive whose members fit in memory, to be closed by the caller.

    Raises `ArticleError` for one that is damaged, encrypted, or too large when unpacked.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _DAMAGES as error:
        raise ArticleError("damaged archive") from error
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if size > min(MOST_BYTES, max(SMALL, MOST_TIMES * len(data))):
        raise ArticleError("archive too large when unpacked")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise ArticleError("encrypted")
    if any(member.compress_type not in _METHODS for member in members):
        raise ArticleError("archive packed in an unknown way")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a member's bytes, never more of them than the archive's directory claims.

    Raises `KeyError` where there is no such member, `ArticleError` where it is damaged: one that
    holds more than is claimed is not read to its end, and its checksum does not fit.
    """
    member = archive.getinfo(name)
    try:
        with archive.open(member) as file:
            return file.read(member.file_size)
    except _DAMAGES as error:
        raise ArticleError("damaged archive") from error
