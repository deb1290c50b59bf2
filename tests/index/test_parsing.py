"""Parsing away from this process: what a parser does costs its own file, and nothing else."""

import gzip
import hashlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import ArticleError, NotAnArticleError
from index.parsing import Parse, Parsers
from index.sentences import split_sentences

SECONDS = 0.7
"""The processor's time that a file gets in these tests."""


@pytest.fixture(scope="module")
def parsers() -> Iterator[Parsers]:
    """Return processes with parsers that misbehave."""
    with Parsers(seconds=SECONDS, worker="tests.index.odd_parse_worker") as parsers:
        yield parsers


def start(parsers: Parsers, folder: Path, said: str, **fields: str) -> Parse:
    """Have a file parsed that says something."""
    path = folder / f"{said.split()[0]}.txt"
    path.write_text(said)
    return parsers.start(str(path), fields)


def texts(parse: Parse) -> list[str]:
    return [parsed.article.text for parsed in parse]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("hang", "took more than 1 seconds to parse"),
        ("crash", "its parser crashed"),
        ("exit", "its parser crashed"),
        ("eat", "needs more than 2 GB of memory: split it"),
        ("bug", "its parser failed (KeyError)"),
        ("deep", "nested too deeply"),
        ("fail", "it failed"),
    ],
)
def test_parser_that_fails_costs_its_file(parsers: Parsers, tmp_path: Path, said: str, reason: str) -> None:
    """The file's reason is told, and the files before and after it are parsed."""
    before, odd, after = (start(parsers, tmp_path, said) for said in ("Before it.", said, "After it."))
    assert texts(before) == ["Before it."]
    with pytest.raises(ArticleError) as told:
        texts(odd)
    assert str(told.value) == reason
    assert texts(after) == ["After it."]


def test_parser_that_waits_is_ended(tmp_path: Path) -> None:
    """A parser that takes none of the processor's time is ended after ten times as long."""
    with Parsers(seconds=0.1, worker="tests.index.odd_parse_worker") as parsers:
        with pytest.raises(ArticleError, match="took more than 0 seconds"):
            texts(start(parsers, tmp_path, "wait"))
        assert texts(start(parsers, tmp_path, "Next.")) == ["Next."]


def test_time_is_for_each_article(parsers: Parsers, tmp_path: Path) -> None:
    """A file of many articles may take longer in all than one article may."""
    assert texts(start(parsers, tmp_path, "slow")) == [f"Article {number}." for number in range(8)]


def test_time_of_whoever_takes_the_articles_does_not_count(parsers: Parsers, tmp_path: Path) -> None:
    """Articles may wait to be taken."""
    found = []
    for parsed in start(parsers, tmp_path, "slow"):
        time.sleep(SECONDS / 2)
        found.append(parsed.article.record)
    assert found == list(range(1, 9))


@pytest.mark.parametrize(("said", "reason"), [("none", "scanned"), ("blank", "empty")])
def test_file_without_articles(parsers: Parsers, tmp_path: Path, said: str, reason: str) -> None:
    """A file that holds no article says so, and its bytes are known all the same."""
    parse = start(parsers, tmp_path, said)
    with pytest.raises(NotAnArticleError, match=reason):
        texts(parse)
    assert parse.sha256 == hashlib.sha256(said.encode()).hexdigest()


def test_what_a_library_prints_is_no_answer(parsers: Parsers, tmp_path: Path) -> None:
    """What is printed goes nowhere, and warnings arrive."""
    parse = start(parsers, tmp_path, "print")
    assert texts(parse) == ["It printed."]
    assert parse.warnings == ["it printed"]


def test_articles_come_whole(parsers: Parsers, tmp_path: Path) -> None:
    """An article arrives with its sentences, the fields asked for, and the hash of its bytes."""
    said = "“Grüße”, he said. \U0001f600 It met."
    parse = start(parsers, tmp_path, said, title="Given")
    (parsed,) = parse
    assert (parsed.article.text, parsed.article.title) == (said, "Given")
    assert parsed.sentences == split_sentences(said)
    assert parse.sha256 == hashlib.sha256(said.encode()).hexdigest()


def test_many_files_keep_their_order(parsers: Parsers, tmp_path: Path) -> None:
    """Files that are parsed at once are taken one after another, whichever is done first."""
    started = [start(parsers, tmp_path, said) for said in ("slow", *(f"File{number} here." for number in range(20)))]
    found = [texts(parse)[0] for parse in started]
    assert found == ["Article 0.", *(f"File{number} here." for number in range(20))]


def test_giving_up_does_not_wait(tmp_path: Path) -> None:
    """Whoever gives up waits neither for parsers at work nor for articles that nobody takes."""
    began = time.monotonic()
    with Parsers(seconds=600, worker="tests.index.odd_parse_worker") as parsers:
        for _ in range(5):
            start(parsers, tmp_path, "wait")
    assert time.monotonic() - began < 30


def test_real_parser_reads_compressed_files(tmp_path: Path) -> None:
    """A compressed file is read as what it holds; one that is damaged says so."""
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"It met."))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"It met." * 100)[:-12])
    with Parsers() as parsers:
        whole, cut = (parsers.start(str(tmp_path / name), {}) for name in ("a.txt.gz", "b.txt.gz"))
        assert texts(whole) == ["It met."]
        with pytest.raises(ArticleError, match="damaged"):
            texts(cut)


def test_records_that_are_all_too_long(tmp_path: Path) -> None:
    """A file of which nothing can be taken says why."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "It met. " * 2_600_000}) + "\n", encoding="utf-8")
    with Parsers() as parsers:
        parse = parsers.start(str(tmp_path / "a.jsonl"), {})
        with pytest.raises(NotAnArticleError, match="characters"):
            texts(parse)
    assert "record 1 has" in parse.warnings[0]


def test_file_that_is_gone(tmp_path: Path) -> None:
    """A file that was deleted meanwhile fails with the system's words."""
    with Parsers() as parsers, pytest.raises(ArticleError, match="no such file"):
        texts(parsers.start(str(tmp_path / "gone.txt"), {}))


def test_process_that_died_while_it_waited_costs_no_file(tmp_path: Path) -> None:
    """A process that was killed between two files is replaced."""
    with Parsers(worker="tests.index.odd_parse_worker") as parsers:
        assert texts(start(parsers, tmp_path, "One.")) == ["One."]
        while not parsers._idle:
            time.sleep(0.01)
        for worker in parsers._idle:
            worker._process.kill()
            worker._process.wait()
        assert texts(start(parsers, tmp_path, "Two.")) == ["Two."]


@pytest.mark.skipif("not sys.platform.startswith('linux')")
def test_processes_that_crashed_leave_nothing_open(tmp_path: Path) -> None:
    """However many files crash their parsers, no more is open than before."""
    with Parsers(worker="tests.index.odd_parse_worker") as parsers:
        opened = []
        for _ in range(12):
            with pytest.raises(ArticleError, match="crashed"):
                texts(start(parsers, tmp_path, "exit"))
            opened.append(sum(1 for _ in Path("/proc/self/fd").iterdir()))
        assert max(opened) < min(opened) + 12


def test_name_that_is_no_text_is_made_one(tmp_path: Path) -> None:
    """A raw byte in a mail's header does not reach whoever writes the article down."""
    (tmp_path / "raw.eml").write_bytes(b"From: Ren\xe9 Dupont <r@example.org>\nSubject: Budget\n\nIt met on Monday.\n")
    with Parsers() as parsers:
        (parsed,) = parsers.start(str(tmp_path / "raw.eml"), {})
    assert (parsed.article.author or "").encode().startswith(b"Ren")
