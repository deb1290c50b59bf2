"""Files from strangers: each is skipped with its reason, and the run goes on.

Held elsewhere: pipes, names that are not UTF-8 and links in circles in `tests/index/test_walk.py`; parsers that
hang, crash or take the memory in `tests/index/test_parsing.py`; archives that unpack to too much in
`tests/index/formats/test_archive.py` and `tests/index/test_gunzip.py`; entities of XML in `test_markup_tree.py`,
`test_load_docx.py`, `test_load_epub.py` and `test_xmp.py`; malformed and encrypted PDFs in `test_load_pdf.py`.
"""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index import parse_worker
from index.errors import ArticleError
from index.hashing import hash_file
from index.parsing import Parsers
from index.passages import LONGEST_AT_ONCE, cut_passages
from index.regular_files import open_regular, read_regular
from index.sentences import split_sentences
from index.walk import Walk, walk_articles
from qa.engine import Engine
from tests.conftest import Index
from tests.fakes import HashingEmbedder

NO_STORE = Path("/no/store")
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")


def walked(*roots: Path) -> Walk:
    return walk_articles(roots, exclude=(), store=NO_STORE)


def names(walk: Walk) -> list[str]:
    return [file.path.name for file in walk.files]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one good article."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text("Mayor Ann opened the bridge on Friday.")
    return folder


def reason(tmp_path: Path, name: str, content: bytes) -> str:
    """Return why a file cannot be read."""
    (tmp_path / name).write_bytes(content)
    with Parsers() as parsers, pytest.raises(ArticleError) as told:
        list(parsers.start(str(tmp_path / name), {}))
    return str(told.value)


@pytest.mark.parametrize("target", ["secret.txt", "secrets", "/dev/zero", "/etc"])
def test_link_out_of_the_folder_is_skipped(folder: Path, target: str) -> None:
    """What a link shows outside of the folders that are indexed is not indexed, and is told of."""
    (folder.parent / "secret.txt").write_text("My password is swordfish.")
    (folder.parent / "secrets").mkdir()
    (folder.parent / "secrets" / "a.txt").write_text("My password is swordfish.")
    (folder / "link.txt").symlink_to(folder.parent / target)
    walk = walked(folder)
    assert (names(walk), walk.skipped.counts, walk.failures) == (["good.txt"], {"link out of the folder": 1}, [])


def test_link_out_by_way_of_another_is_skipped(folder: Path) -> None:
    """A link to a link is where the last one leads; so is one that climbs out by dots."""
    (folder.parent / "secret.txt").write_text("My password is swordfish.")
    (folder / "a.txt").symlink_to("b.txt")
    (folder / "b.txt").symlink_to("../secret.txt")
    assert walked(folder).skipped.counts == {"link out of the folder": 2}


def test_link_to_another_folder_that_is_indexed_is_followed(folder: Path) -> None:
    """Between folders that are indexed links may lead anywhere, and a folder may be named by a link."""
    other = folder.parent / "other"
    other.mkdir()
    (other / "more.txt").write_text("More.")
    (folder / "link.txt").symlink_to(other / "more.txt")
    (folder.parent / "by").symlink_to(folder)
    assert names(walked(folder.parent / "by", other)) == ["good.txt", "link.txt", "more.txt"]


def test_links_in_a_circle_fail_and_the_others_are_found(folder: Path) -> None:
    """Links that lead to each other are told of."""
    (folder / "a.txt").symlink_to("b.txt")
    (folder / "b.txt").symlink_to("a.txt")
    walk = walked(folder)
    assert names(walk) == ["good.txt"]
    assert {failure.path.name: failure.reason for failure in walk.failures} == dict.fromkeys(
        ("a.txt", "b.txt"), "too many levels of symbolic links"
    )


def test_folders_deeper_than_a_path_may_be_fail(folder: Path) -> None:
    """Where a path is too long for the system it is told of, and the others are found."""
    here = os.open(folder, os.O_RDONLY)
    try:
        for _ in range(20):
            os.mkdir("d" * 250, dir_fd=here)
            deeper = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
    finally:
        os.close(here)
    walk = walked(folder)
    assert names(walk) == ["good.txt"]
    assert [failure.reason for failure in walk.failures] == ["file name too long"]


@needs_pipes
@pytest.mark.parametrize("read", [hash_file, read_regular])
def test_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path, read: Callable[[Path], object]) -> None:
    """What was a file when it was found and is a pipe when it is opened fails at once."""
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(OSError, match="not a file"):
        read(tmp_path / "a.txt")


@pytest.mark.skipif("not __import__('pathlib').Path('/dev/zero').exists()")
def test_device_is_not_read() -> None:
    """A device, which has no end, is not opened for reading."""
    with pytest.raises(OSError, match="not a file"):
        open_regular(Path("/dev/zero"))


def test_file_of_a_terabyte_of_holes_is_not_read(folder: Path, fake_index: Index) -> None:
    """A file that is larger than any article fails before a byte of it is read, and the others are indexed."""
    (folder / "huge.txt").touch()
    os.truncate(folder / "huge.txt", 1 << 40)
    result = fake_index(folder)
    assert (result.report.added, result.report.failed) == (1, 1)
    assert [(each.path.name, each.reason) for each in result.failures] == [("huge.txt", "file too large")]


@needs_pipes
def test_pipe_in_the_place_of_a_file_costs_that_file(tmp_path: Path) -> None:
    """A parser does not wait for a pipe."""
    os.mkfifo(tmp_path / "a.txt")
    with Parsers() as parsers, pytest.raises(ArticleError, match="not a file"):
        list(parsers.start(str(tmp_path / "a.txt"), {}))


@needs_pipes
def test_quote_from_a_file_that_became_a_pipe_is_not_verified(
    folder: Path, fake_index: Index, fake_engine: Callable[[], Engine]
) -> None:
    """A question does not wait for a pipe, and says that the file has changed."""
    fake_index(folder)
    (folder / "good.txt").unlink()
    os.mkfifo(folder / "good.txt")
    answer = fake_engine().ask("bridge")
    assert [quote.verified for quote in answer.quotes] == [False]


def test_file_that_grows_is_read_as_far_as_it_was(tmp_path: Path) -> None:
    """A file that is written to without an end is read to where its end was."""
    path = tmp_path / "log.txt"
    path.write_bytes(b"It met. " * 100_000)
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab") as file:
            while not stop.is_set():
                file.write(b"It met. " * 1_000)
                file.flush()
                stop.wait(0.001)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        read = [len(read_regular(path)) for _ in range(5)]
        hash_file(path)
    finally:
        stop.set()
        writer.join()
    assert read == sorted(read)
    assert read[-1] <= path.stat().st_size


def test_text_of_a_hundred_megabytes_on_one_line(tmp_path: Path) -> None:
    """It is not taken into memory as an article, and says what to do."""
    assert reason(tmp_path, "a.txt", b"a" * 100_000_000) == "more than 20 million characters: split it"


def test_record_that_is_too_long_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other records of its file are read, and it is told of."""
    monkeypatch.setattr("index.long_texts.LONGEST_TEXT", 1_000_000)
    told: list[str] = []
    data = b'{"text": "It met."}\n{"text": "%s"}\n{"text": "They left."}\n' % (b"a " * 600_000)
    found = list(parse_worker._parse(tmp_path / "a.jsonl", data, {}, told.append))
    assert [each.article.text for each in found] == ["It met.", "They left."]
    assert told == ["record 2 has more than 1 million characters: left out"]


class CountingTokens(HashingEmbedder):
    """Remember how much text was cut into tokens at once."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0

    def token_spans(self, text: str) -> list:  # type: ignore[type-arg]
        """Take words and marks for tokens."""
        self.longest = max(self.longest, len(text))
        return list(super().token_spans(text))


def test_long_text_is_not_cut_into_tokens_at_once() -> None:
    """A tokenizer is given some sentences of a long text at a time; the passages are those of the whole."""
    text = "The mayor opened a bridge on Friday. Why did he? " * 5_000
    sentences, counting = split_sentences(text), CountingTokens()
    passages = cut_passages(text, sentences, counting, budget=30)
    assert counting.longest < LONGEST_AT_ONCE + 100
    spans = HashingEmbedder().token_spans(text)
    whole = cut_passages(text[:LONGEST_AT_ONCE], split_sentences(text[:LONGEST_AT_ONCE]), HashingEmbedder(), budget=30)
    assert passages[: len(whole) - 2] == whole[:-2]
    assert passages[-1].end == spans[-1].end


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("deep.html", b"<div>" * 200_000 + b"It met.", "nested too deeply"),
        ("deep.json", b"[" * 200_000, "not valid JSON (nested too deeply)"),
        ("deep.jsonl", b'{"text":' * 200_000, "no line is a JSON object"),
        ("wide.csv", b"a," * 1_000_000 + b"text\n" + b"1," * 1_000_000 + b"It met.\n", "more than 10,000 columns"),
        ("rows.csv", b'"' + b"a\n" * 6_000_000, ""),
        ("bad.pdf", b"%PDF-1.7\n" + b"1 0 obj << /Length 99999999999 >> stream\n" * 100, ""),
        ("bad.epub", b"PK\x05\x06" + b"\0" * 18, ""),
        ("bad.docx", b"PK\x03\x04" + b"\xff" * 1000, "damaged archive"),
        ("bad.txt.gz", b"\x1f\x8b\x08\0" + b"\0" * 100, ""),
    ],
)
def test_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    """Files that are too deep, too wide or none at all say so; none crashes its parser."""
    said = reason(tmp_path, name, content)
    assert said.startswith(why)
    assert not any(word in said for word in ("crashed", "failed", "took"))


def test_hostile_files_do_not_stop_a_run(folder: Path, fake_index: Index) -> None:
    """A run over files of all these kinds indexes the good one, and tells of each of the others once."""
    (folder / "deep.json").write_bytes(b"[" * 200_000)
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    (folder / "bad.docx").write_bytes(b"PK\x03\x04")
    (folder / "zeros.txt").write_bytes(b"\0" * 1000)
    (folder / "out.txt").symlink_to("/etc/passwd")
    (folder / "loop.txt").symlink_to("loop.txt")
    result = fake_index(folder)
    assert result.report.added == 1
    assert {failure.path.name for failure in result.failures} == {"deep.json", "bad.pdf", "bad.docx", "loop.txt"}
    assert {path.name for paths in result.skipped.examples.values() for path in paths} == {"zeros.txt", "out.txt"}
