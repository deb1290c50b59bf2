"""The hash of a file's bytes."""

from pathlib import Path

from index.hashing import hash_file


def test_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    """The hash is the bytes' SHA-256, as `sha256sum` prints it."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc\r\n")
    assert hash_file(path) == "552bab6864c7a7b69a502ed1854b9245c0e1a30f008aaa0b281da62585fdb025"
