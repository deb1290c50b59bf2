"""ZIP archives from strangers: read within bounds, or refused."""

import struct
import time
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ArticleError
from index.formats.archive import MOST_BYTES, MOST_TIMES, SMALL, open_archive, read_member

_CENTRAL = b"PK\x01\x02"
_FLAGS, _SIZE, _OFFSET = 8, 24, 42
"""Where a member's entry in the directory has its flags, its unpacked size and its place."""


def archive_of(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def patched(data: bytes, at: int, value: bytes) -> bytes:
    """Overwrite a field of the last member's entry in the directory."""
    at += data.rindex(_CENTRAL)
    return data[:at] + value + data[at + len(value) :]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_read(method: int) -> None:
    """A member is read whole, by its name."""
    data = archive_of({"a.txt": b"one", "b/ü.txt": b"two" * 9_999, "empty": b""}, method)
    with open_archive(data) as archive:
        assert read_member(archive, "a.txt") == b"one"
        assert read_member(archive, "b/ü.txt") == b"two" * 9_999
        assert read_member(archive, "empty") == b""


def test_missing_member_is_a_key_error() -> None:
    """Whether a member is there is the caller's business."""
    with open_archive(archive_of({"a": b"one"})) as archive, pytest.raises(KeyError):
        read_member(archive, "b")


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04" + bytes(100)])
def test_no_archive(data: bytes) -> None:
    """What is no archive is a damaged one."""
    with pytest.raises(ArticleError, match="damaged archive"):
        open_archive(data)


def test_bomb_is_refused_unread() -> None:
    """An archive that unpacks to far more than it is costs no memory: its directory says so."""
    data = archive_of({"bomb": bytes(50 << 20)})
    assert len(data) * MOST_TIMES < 50 << 20 < MOST_BYTES
    tracemalloc.start()
    try:
        with pytest.raises(ArticleError, match="too large when unpacked"):
            open_archive(data)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_small_members_may_be_packed_well() -> None:
    """A few megabytes of nothing are no bomb."""
    with open_archive(archive_of({"a": bytes(SMALL)})) as archive:
        assert read_member(archive, "a") == bytes(SMALL)


def test_many_members_are_counted_together() -> None:
    """No single member need be too large for the archive to be."""
    with pytest.raises(ArticleError, match="too large when unpacked"):
        open_archive(archive_of({str(number): bytes(1 << 20) for number in range(8)}))


def test_claim_beyond_the_limit_is_refused() -> None:
    """A member that claims four gigabytes is not asked for them, however large the archive is."""
    data = patched(archive_of({"a": b"one"}), _SIZE, struct.pack("<I", 0xFFFFFFFE))
    with pytest.raises(ArticleError, match="too large when unpacked"):
        open_archive(data)


def test_lying_directory_does_not_help() -> None:
    """A member that holds more than the directory claims is not unpacked beyond the claim."""
    data = patched(archive_of({"bomb": bytes(50 << 20)}), _SIZE, struct.pack("<I", 1_000))
    with open_archive(data) as archive:
        tracemalloc.start()
        try:
            with pytest.raises(ArticleError, match="damaged archive"):
                read_member(archive, "bomb")
            assert tracemalloc.get_traced_memory()[1] < 1 << 20
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packing_is_refused(method: int) -> None:
    """Methods whose output nothing bounds are not used by documents, nor read."""
    with pytest.raises(ArticleError, match="unknown way"):
        open_archive(archive_of({"a": b"one"}, method))


def test_encrypted_archive_is_refused() -> None:
    """A member that needs a password says so in the directory."""
    data = patched(archive_of({"a": b"one"}), _FLAGS, b"\x01")
    with pytest.raises(ArticleError, match="encrypted"):
        open_archive(data)


def test_member_beyond_any_file_is_damage() -> None:
    """A member said to lie where no file reaches is not looked for there."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as writer:
        member = zipfile.ZipInfo("a")
        member.extra = struct.pack("<HHQ", 1, 8, 2**63 + 5)
        writer.writestr(member, b"one")
    data = patched(packed.getvalue(), _OFFSET, b"\xff" * 4)
    with open_archive(data) as archive, pytest.raises(ArticleError, match="damaged archive"):
        read_member(archive, "a")


@settings(max_examples=300)
@given(
    st.lists(st.binary(max_size=60), min_size=1, max_size=3),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    st.data(),
)
def test_damage_is_an_article_error(contents: list[bytes], method: int, draws: st.DataObject) -> None:
    """An archive that was cut off or garbled is read as far as its checksums fit, or is damaged."""
    data = bytearray(archive_of({f"member {number}": content for number, content in enumerate(contents)}, method))
    if draws.draw(st.booleans()):
        del data[draws.draw(st.integers(0, len(data) - 1)) :]
    for _ in range(draws.draw(st.integers(0, 4)) if data else 0):
        data[draws.draw(st.integers(0, len(data) - 1))] = draws.draw(st.integers(0, 255))
    began = time.perf_counter()
    try:
        with open_archive(bytes(data)) as archive:
            read = [read_member(archive, name) for name in archive.namelist()]
    except ArticleError:
        pass
    else:
        assert sum(map(len, read)) <= SMALL
    assert time.perf_counter() - began < 1
