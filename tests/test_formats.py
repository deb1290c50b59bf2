"""A folder with every kind of article: each answers, with its own words and its own place."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.build import update_index
from index.inputs import BuildOptions
from index.loaders import FORMATS
from index.store import Store
from qa.engine import Engine
from qa.json_output import answer_json
from qa.positions import place_words
from tests.conftest import Index
from tests.every_format import FACTS, HEADING, write_every_format
from tests.fakes import SilentProgress
from tests.index.stored import looking

_PLACES = {
    "plain.txt": "plain.txt:5",
    "notes.md": "notes.md:5",
    "page.html": f"page.html, under “{HEADING}”",
    "saved.mhtml": f"saved.mhtml, under “{HEADING}”",
    "report.pdf": "report.pdf, page 2",
    "letter.docx": f"letter.docx, under “{HEADING}”",
    "story.rtf": "story.rtf",
    "book.epub": f"book.epub, under “{HEADING}”",
    "mail.eml": "mail.eml",
    "packed.txt.gz": "packed.txt.gz:5",
    "lines.jsonl": "lines.jsonl, record 2",
    "dump.json": "dump.json, record 2",
    "table.csv": "table.csv, record 2",
    "table.tsv": "table.tsv, record 2",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every kind of article."""
    folder = tmp_path_factory.mktemp("kinds") / "articles"
    folder.mkdir()
    write_every_format(folder)
    return folder


@pytest.fixture(scope="module")
def engine(folder: Path, exported_models: Path) -> Iterator[Engine]:
    """Return the real engine over the folder."""
    store = Store(folder.parent / ".qa")
    store.create()
    for model in exported_models.iterdir():
        (store.models / model.name).symlink_to(model)
    options = BuildOptions(roots=(folder,))
    result = update_index(store, options, notify=lambda _: None, progress=SilentProgress())
    assert (result.failures, result.report.added) == ((), len(FACTS))
    with Engine(store, notify=lambda _: None) as engine:
        yield engine


def test_every_kind_is_here() -> None:
    """No kind of file that is indexed is left out of these tests, but for other names of the same kind."""
    same = {".htm": ".html", ".xhtml": ".html", ".mht": ".mhtml", ".ndjson": ".jsonl"}
    assert {same.get(suffix, suffix) for suffix in FORMATS} <= {Path(name).suffix for name in FACTS}


@pytest.mark.real_model
@pytest.mark.parametrize("name", FACTS)
def test_article_answers(engine: Engine, folder: Path, name: str) -> None:
    """The mayor is the answer, in the article's own sentence, cited by title and place; the text has it there."""
    fact = FACTS[name]
    answer = engine.ask(fact.question)
    quote = answer.quotes[0]
    citation = quote.citation
    assert answer.answered
    assert (answer.answer or "").removeprefix("Mayor ") == fact.mayor
    assert quote.text == fact.sentence
    assert (citation.path, citation.title, quote.verified) == (folder / name, fact.title, True)
    assert place_words(citation, folder) == _PLACES[name]
    with looking(engine.store) as snapshot:
        places = snapshot.places_at(engine.store.shorten(citation.path))
        (place,) = [place for place in places if place.record == citation.record]
        assert snapshot.text(place.text_id).content[citation.start : citation.end] == quote.text


@pytest.mark.real_model
@pytest.mark.parametrize(
    ("name", "date", "source", "author"),
    [
        ("page.html", "2024-11-15", "The Daily Post", "Kim Reed"),
        ("saved.mhtml", "2024-11-15", "The Daily Post", "Kim Reed"),
        ("book.epub", "2024-11", None, None),
        ("mail.eml", "2024-11-15", None, "Kim Reed"),
        ("lines.jsonl", "2024-11-15", None, None),
        ("report.pdf", None, None, None),
    ],
)
def test_what_articles_say_of_themselves(
    engine: Engine, name: str, date: str | None, source: str | None, author: str | None
) -> None:
    """Date, source and author are those of the file's metadata; a date as it is written, and in no other zone."""
    citation = engine.ask(FACTS[name].question).quotes[0].citation
    assert (citation.date, citation.source, citation.author) == (date, source, author)


@pytest.mark.real_model
def test_changed_file_of_extracted_text_is_no_proof(engine: Engine, folder: Path) -> None:
    """When a page's bytes have changed, its quotes are not called verified any more."""
    page = folder / "page.html"
    before = page.read_bytes()
    try:
        page.write_bytes(before + b"\n")
        assert engine.ask(FACTS["page.html"].question).quotes[0].verified is False
    finally:
        page.write_bytes(before)


def test_indexing_again_changes_nothing(fake_index: Index, tmp_path: Path) -> None:
    """A second run finds every kind of file unchanged, and so does one that reads all of them again."""
    folder = tmp_path / "articles"
    folder.mkdir()
    write_every_format(folder)
    fake_index(folder)
    assert fake_index(folder).report.unchanged == len(FACTS)
    again = fake_index(folder, fields={"title": "title"}).report
    assert (again.unchanged, again.added, again.changed, again.removed) == (len(FACTS), 0, 0, 0)


def test_json_names_the_place(engine: Engine, folder: Path) -> None:
    """The contract has the page, the heading and the record beside the line."""
    said: dict[str, Any] = json.loads(answer_json(engine.ask(FACTS["report.pdf"].question), folder))
    citation = said["quotes"][0]["citation"]
    assert (citation["line"], citation["page"], citation["record"]) == (None, "2", None)


def test_dump_of_ten_thousand_records(fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """Each record is an article with a place and a name of its own, and indexing them again changes nothing."""
    folder = tmp_path / "articles"
    folder.mkdir()
    dump = folder / "dump.jsonl"
    records = ({"id": f"n{number}", "body": f"Council {number} met. It voted."} for number in range(1, 10_001))
    dump.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert fake_index(folder).report.added == 1
    with looking(fake_store) as snapshot:
        assert (snapshot.count("article"), snapshot.count("passage")) == (10_000, 10_000)
        places = snapshot.places_at(fake_store.shorten(dump))
        assert [(place.record, place.record_id) for place in places[:2]] == [(1, "n1"), (2, "n2")]
        assert snapshot.text(places[-1].text_id).content == "Council 10000 met. It voted."
    assert fake_index(folder).report.unchanged == 1


@pytest.mark.parametrize("kind", sorted({"empty", "noise", "cut", "html in disguise"}))
def test_broken_files_cost_themselves_alone(fake_index: Index, tmp_path: Path, kind: str) -> None:
    """Files of every kind that are empty, noise, cut short or something else do not stop the run."""
    folder = tmp_path / "articles"
    folder.mkdir()
    write_every_format(folder)
    for path in list(folder.iterdir()):
        whole = path.read_bytes()
        broken = {
            "empty": b"",
            "noise": bytes((index * 7919 + 13) % 256 for index in range(3_000)),
            "cut": whole[: len(whole) // 2],
            "html in disguise": b"<html><body><p>It met on Monday.</p></body></html>",
        }[kind]
        path.with_name(f"broken-{path.name}").write_bytes(broken)
    result = fake_index(folder)
    assert result.report.added >= len(FACTS)
    assert all("broken-" in failure.path.name for failure in result.failures)
    told = {failure.path.name: failure.reason for failure in result.failures}
    assert not any("crashed" in reason or "parser failed" in reason for reason in told.values()), told
