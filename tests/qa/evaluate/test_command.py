"""`qa eval` from the command line, with the fakes and once with the real embedder."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.spans import Span
from index.store import Store
from qa.cli import main
from qa.span_model import FoundSpan, SpanModel
from tests.conftest import HASHING, Index
from tests.fakes import HashingEmbedder
from tests.qa.evaluate.samples import paragraph, write_dataset

Run = Callable[..., tuple[int, str, str]]


class FirstWord:
    """A span model that finds the first word."""

    def find_spans(self, question: str, passage: str, *, headings: Sequence[Span] = ()) -> tuple[FoundSpan, ...]:
        """Return the first word, surely."""
        return (FoundSpan(Span(0, passage.index(" ")), 3.0),)


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a dataset in the current folder, which has no index."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("QA_STORE", raising=False)
    return write_dataset(folder / "news.json").name


@pytest.fixture
def fakes(news: str, monkeypatch: pytest.MonkeyPatch, fake_index: Index, fake_store: Store, articles: Path) -> str:
    """Have the command find the hashing embedder in an index; return the dataset."""
    fake_index(articles)
    monkeypatch.setenv("QA_STORE", str(fake_store.path))
    monkeypatch.setattr("index.embedder.OnnxEmbedder", lambda _: HashingEmbedder())
    return news


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `qa eval` and returns its status, output and errors."""

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main(["eval", *arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return command


def test_table(run: Run, fakes: str) -> None:
    """A table a dataset and one of all, on standard output alone."""
    status, out, err = run("--embedder", HASHING, "--reader", "none", f"{fakes}:0,1", f"{fakes}:2,3")
    assert (status, err) == (0, "")
    assert out.startswith("news.json:0,1: 2 articles, 4 questions\n")
    assert "\n\nnews.json:2,3: 2 articles, 4 questions\n" in out
    assert "\n\ntogether: 4 articles, 8 questions\n" in out
    assert out.count("top-quote hit") == 3


def test_json(run: Run, fakes: str, tmp_path: Path) -> None:
    """One JSON object; nothing is left behind, neither here nor in the index."""
    before = sorted(tmp_path.rglob("*"))
    status, out, err = run(fakes, "--embedder", HASHING, "--reader", "none", "--json", "--leave-out", "articles")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert found["settings"]["leave_out"] == "articles"
    assert found["reports"][0]["to_refuse"] == 6
    assert sorted(path for path in tmp_path.rglob("*") if "-shm" not in path.name) == [
        path for path in before if "-shm" not in path.name
    ]


def test_plot(run: Run, fakes: str, tmp_path: Path) -> None:
    """The plot is written beside the table."""
    pytest.importorskip("matplotlib")
    path = tmp_path / "risk.png"
    status, _, _ = run(fakes, "--embedder", HASHING, "--reader", "none", "--limit", "4", "--plot", str(path))
    assert status == 0
    assert path.stat().st_size > 0


def test_reader_only(run: Run, news: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is given the paragraphs, and no index is made."""
    asked: list[str] = []

    def open_span_model(name: str, store: Store, *, notify: Callable[[str], None]) -> SpanModel:
        asked.append(name)
        return FirstWord()

    monkeypatch.setattr("qa.readers.open_span_model", open_span_model)
    status, out, err = run(news, "--reader-only", "--reader", "mine", "--json")
    (report,) = json.loads(out)["reports"]
    assert (status, err, asked) == (0, "", ["mine"])
    assert report["figures"]["exact_match"]["value"] == 0.5
    assert list(Path.cwd().iterdir()) == [Path.cwd() / news]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nosuch.json",), "nosuch.json cannot be read"),
        (("news.json:9",), "there is no article 9 in news.json"),
        (("news.json", "--distractors", "nosuch"), "nosuch cannot be read"),
        (("news.json", "--articles", "nosuch"), "nosuch"),
        (("news.json", "--articles", ".", "--leave-out", "articles"), "--leave-out takes nothing out"),
        (("news.json", "--reader-only", "--leave-out", "articles"), "--reader-only makes no index for --leave-out"),
        (("news.json", "--reader-only", "--plot", "x.png"), "--reader-only makes no index for --plot"),
    ],
)
def test_wrong_usage(run: Run, fakes: str, arguments: tuple[str, ...], said: str) -> None:
    """What does not fit is told in two lines, and nothing is printed."""
    reader = () if "--reader-only" in arguments else ("--reader", "none")
    status, out, err = run(*arguments, *reader)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 2


@pytest.mark.parametrize("limit", ["0", "-1", "few"])
def test_wrong_limit(run: Run, news: str, limit: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A limit is a number of questions."""
    with pytest.raises(SystemExit):
        run(news, f"--limit={limit}")
    assert "is not a number from 1" in capsys.readouterr().err


def test_plot_without_matplotlib(run: Run, fakes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plot that cannot be drawn is told before anything is indexed."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    status, out, err = run(fakes, "--reader", "none", "--plot", "risk.png")
    assert (status, out) == (2, "")
    assert "pip install '.[eval]'" in err


@pytest.mark.real_model
def test_real_embedder(run: Run, news: str, real_store: Store, articles: Path) -> None:
    """Over a tiny dataset, the real embedder and the sentence picker find the sentences."""
    data = [
        {
            "title": "Harbour",
            "paragraphs": [
                paragraph(
                    "The harbour of Dunmore reopened on Monday. Repairs had taken nine weeks.",
                    {"When did the harbour reopen?": ["on Monday"], "How long did repairs take?": ["nine weeks"]},
                )
            ],
        },
        {
            "title": "Museum",
            "paragraphs": [
                paragraph(
                    "A painting was stolen from the museum in Lyon. Police arrested two guards.",
                    {"What was stolen?": ["A painting"], "Who sold the painting?": []},
                )
            ],
        },
    ]
    write_dataset(Path(news), data)
    status, out, _ = run(
        news, "--reader", "none", "--store", str(real_store.path), "--distractors", str(articles), "--json"
    )
    (report,) = json.loads(out)["reports"]
    assert status == 0
    assert (report["questions"], report["to_refuse"]) == (4, 1)
    assert report["figures"]["top_quote_hit"]["value"] == 1.0
    assert report["figures"]["recall_at_5_fused"]["value"] == 1.0
