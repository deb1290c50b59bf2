"""Large indexes that are made: the project's own reads hold of them, and what is measured is what it says."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.nearest import VectorSearch
from index.run import RunResult
from index.schema import open_catalog
from index.snapshot import reading
from index.staleness import find_staleness
from index.store import Store
from qa.engine import Engine
from tests.fakes import HashingEmbedder, KeywordReader
from tests.index.stored import contents, looking, passage_ids
from tests.measure.scale.building import build_generation, build_texts
from tests.measure.scale.figures import Built, Figures, table
from tests.measure.scale.made import Material, gather, make_text
from tests.measure.scale.nearness import nearness
from tests.measure.scale.plot import write_plot
from tests.measure.scale.real import read_real
from tests.measure.scale.renaming import Renaming, names_in

SENTENCES = (
    "On Monday the minister Anna Berg opened the bridge over the river in Lund.",
    "It had cost 340 million crowns, said the engineer Karl Holm in his speech.",
    "The council of Malmo will vote in March 2025 on whether trains may cross it.",
    "Critics such as Eva Strand call the plan of the railway company a gamble.",
)
WANTED = 300


def tell(_: str) -> None:
    """Say nothing."""


@pytest.fixture
def material(fake_store: Store, fake_index: Callable[..., RunResult], tmp_path: Path) -> Material:
    """Return the material in three short articles, embedded by hashes."""
    folder = tmp_path / "real"
    folder.mkdir()
    for number in range(3):
        body = "\n\n".join(SENTENCES[number:] + SENTENCES[:number])
        (folder / f"{number}.txt").write_text(f"Report {number}\n\n{body}\n", encoding="utf-8")
    fake_index(folder)
    return gather(read_real(fake_store))


@pytest.fixture
def made(material: Material, tmp_path: Path) -> Store:
    """Return an index of a few hundred passages, without a generation."""
    return build_texts(material, tmp_path / "made", WANTED, tell=tell)


def test_there_are_as_many_passages_as_wanted(made: Store) -> None:
    """The index has the passages that were asked for, and less than an article's more; all are published."""
    with looking(made) as snapshot:
        assert WANTED <= snapshot.totals().passages < WANTED + 40
        assert snapshot.count("passage") == snapshot.totals().passages == snapshot.count("unfolded")


def test_passages_lie_in_their_texts(made: Store) -> None:
    """Every passage is words of its text, and the passages hold every sentence."""
    for article in contents(made):
        assert all(0 <= span.start < span.end <= len(article.text) for span in article.passages)
        assert all(any(sentence in passage for passage in article.passages) for sentence in article.sentences)


def test_files_are_what_is_indexed(made: Store) -> None:
    """The folder is as new as its index, file by file, and each file is its text."""
    with looking(made) as snapshot:
        assert not find_staleness(made, snapshot)
    files = {path.name: path.read_text(encoding="utf-8") for path in made.path.parent.rglob("*.txt")}
    assert files == {article.name: article.text for article in contents(made)}


def test_real_articles_come_first(made: Store, material: Material) -> None:
    """An index begins with the real articles, as they are."""
    texts = {article.name: article.text for article in contents(made)}
    assert [texts[f"{number:07d}.txt"] for number in range(3)] == [text.content for text in material.real.texts]


def test_interrupted_build_goes_on(made: Store, material: Material, tmp_path: Path) -> None:
    """What was built in two goes is what is built in one."""
    work = tmp_path / "twice"
    build_texts(material, work, WANTED // 2, tell=tell)
    assert contents(build_texts(material, work, WANTED, tell=tell)) == contents(made)


def test_vectors_are_of_unit_length(material: Material) -> None:
    """A made article has a vector for each passage, of length 1."""
    text = make_text(material, 7)
    assert np.linalg.norm(text.vectors, axis=1) == pytest.approx(np.ones(len(text.passages)), abs=1e-5)


def test_same_number_makes_the_same_article(material: Material) -> None:
    """An article depends on its number alone."""
    one, again, other = make_text(material, 3), make_text(material, 3), make_text(material, 4)
    assert (one.content, one.vectors.tolist()) == (again.content, again.vectors.tolist())
    assert one.content != other.content


def test_generation_holds_every_passage(made: Store) -> None:
    """Once the generation is written, the search by vectors finds all passages in it."""
    build_generation(made)
    with (
        closing(open_catalog(made.catalog)) as connection,
        closing(VectorSearch(made, notify=pytest.fail)) as search,
        reading(connection, made) as snapshot,
    ):
        settings = snapshot.settings()
        assert settings is not None
        assert (settings.generation, snapshot.count("unfolded")) == (1, 0)
        vector = HashingEmbedder().embed_question("bridge")
        assert sorted(search.nearest(snapshot, vector, settings.folded)) == passage_ids(made)


def test_questions_are_answered_with_verified_quotes(made: Store) -> None:
    """What is quoted of a made article stands in its file."""
    build_generation(made)
    with Engine(
        made,
        notify=pytest.fail,
        open_embedder=lambda _: HashingEmbedder(),
        make_reader=lambda _embedder, _stemmer: KeywordReader(),
    ) as engine:
        answer = engine.ask("Which bridge did the minister open?", limit=5)
    assert answer.answered
    assert all(quote.verified for quote in answer.quotes)
    assert not answer.index.stale


def test_names_change_alike_throughout_an_article() -> None:
    """A name or number is exchanged for the same one wherever it stands, and a year keeps its century."""
    names = names_in(["He met Anna there, and Karl, and Eva, in Lund, of Malmo, by Berg."])
    assert names.known == {"Anna", "Karl", "Eva", "Lund", "Malmo", "Berg"}
    changed = {Renaming(names, np.random.default_rng(seed)).apply("Anna saw Anna in 1999.") for seed in range(20)}
    assert len(changed) > 5
    for text in changed:
        first, _, second, _, year = text.split()
        assert first == second
        assert year.startswith("19")


def test_nearness_is_of_others() -> None:
    """A vector is not its own neighbour; ranks count from the nearest."""
    angles = np.array([0.0, 0.1, 0.4])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found = nearness(vectors[:1], vectors, own=np.array([0]))
    assert found.cosines[0] == pytest.approx([np.cos(0.1)] * 3)


def figures_of(passages: int) -> Figures:
    return Figures(
        passages=passages,
        articles=passages // 10,
        cold=1.04,
        cold_slowest=1.5,
        first=2.0,
        cold_peak=200_000_000,
        warm=0.18,
        warm_p95=0.24,
        warm_peak=300_000_000,
        embed=0.005,
        vectors=0.004,
        parse=0.001,
        retrieve=0.02,
        read=0.15,
        stale=0.03,
        recall=0.9974,
        recall_once=1.0,
        verified=True,
        catalog=15_000_000,
        generation=20_000_000,
        built=Built(7.0, 400_000_000),
    )


def test_table_has_a_column_for_each_index() -> None:
    """The table is Markdown: a heading of sizes, and each figure in its unit."""
    lines = table([figures_of(10_000), figures_of(100_000)]).splitlines()
    assert lines[:2] == ["| passages | 10,000 | 100,000 |", "| --- | ---: | ---: |"]
    assert "| warm question, median | 180 ms | 180 ms |" in lines
    assert "| cold question, median | 1.0 s | 1.0 s |" in lines
    assert "| recall at 50, warm | 0.997 | 0.997 |" in lines
    assert "| memory, cold | 200 MB | 200 MB |" in lines


def test_plot_is_an_image(tmp_path: Path) -> None:
    """The figures are drawn into the kind of file that its name asks for."""
    pytest.importorskip("matplotlib")
    write_plot([figures_of(10_000), figures_of(100_000)], tmp_path / "scale.svg")
    drawn = (tmp_path / "scale.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<?xml")
    assert drawn.rstrip().endswith("</svg>")
