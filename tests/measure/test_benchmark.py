"""The benchmark's pieces that could be wrong: places, turns, figures, processes, the reader as torch has it."""

import json
import sys
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from index.errors import UsageError
from index.spans import Span
from qa.evaluate.dataset import Dataset
from qa.readers import SHIPPED_FOLDER
from qa.span_reader import READ_HITS
from qa.squad import SquadArticle, SquadParagraph, SquadQuestion
from tests.measure.benchmark.contenders import retrieve_fts5
from tests.measure.benchmark.corpus import PARAGRAPHS, SPARE, Corpus, make_corpus, write_many
from tests.measure.benchmark.layout import READ
from tests.measure.benchmark.machine import Machine
from tests.measure.benchmark.processes import ContenderError, Served, run
from tests.measure.benchmark.rounds import take_turns
from tests.measure.benchmark.rows import QA, SENTENCE_TRANSFORMERS, TORCH, Measure, Row, Unit, find, slower
from tests.measure.benchmark.table import Results, as_json, as_markdown, as_text
from tests.measure.benchmark.targets import judge
from tests.measure.benchmark.torch_reader import write_torch_reader

CONTEXT = "Nobody was there. The mayor opened the bridge. It rained."
MAYOR = Span(18, 27)


def asked() -> Dataset:
    """Return a dataset of one article with one question."""
    question = SquadQuestion("Who opened the bridge?", ("The mayor",), (MAYOR,))
    paragraphs = (SquadParagraph("It opens a day.", ()), SquadParagraph(CONTEXT, (question,)))
    return Dataset("asked", (SquadArticle("Bridges", paragraphs),))


def distractors(articles: int, first: int = 0) -> Dataset:
    """Return a dataset of one long article, whose paragraphs come again as a copy, with one that is asked about."""
    contexts = [f"Paragraph {first + n} is here. It says {n}." for n in range(articles * PARAGRAPHS)]
    paragraphs = tuple(SquadParagraph(context, ()) for context in (*contexts, CONTEXT, *contexts))
    return Dataset("long", (SquadArticle("Long", paragraphs),))


def corpus_in(work: Path, *, articles: int = 3) -> Corpus:
    """Return a corpus of a few articles."""
    return make_corpus([asked()], [distractors(2 + SPARE)], articles, work)


def row(measure: Measure, by: str, *samples: float, unit: Unit = Unit.MILLISECONDS, peak: int | None = None) -> Row:
    return Row(measure=measure, by=by, unit=unit, samples=samples, peak_bytes=peak)


def test_paragraphs_stand_where_they_are_said_to(tmp_path: Path) -> None:
    """Each paragraph's words are in its file at its place, and each once."""
    corpus = corpus_in(tmp_path)
    assert len(corpus.paragraphs) == 2 + 2 * PARAGRAPHS
    for paragraph in corpus.paragraphs:
        assert Path(paragraph.path).read_text(encoding="utf-8").startswith(paragraph.text, paragraph.start)
    assert corpus.layout.read_paragraphs() == list(corpus.paragraphs)
    assert len(list(corpus.layout.articles.rglob("*.txt"))) == 3


def test_a_quote_counts_where_the_answer_stands(tmp_path: Path) -> None:
    """A peer's quote is the sentence around its answer, and right only in the question's own paragraph."""
    corpus = corpus_in(tmp_path)
    (question,) = corpus.questions
    number = next(n for n, paragraph in enumerate(corpus.paragraphs) if paragraph.text == CONTEXT)
    path, quote = corpus.quote_around(number, Span(22, 27))
    assert quote.of(path.read_text(encoding="utf-8")) == "The mayor opened the bridge."
    assert corpus.holds_answer(path, quote, question)
    assert not corpus.holds_answer(path, Span(quote.start + 4, quote.end), question)
    assert not corpus.holds_answer(Path(corpus.paragraphs[number - 1].path).with_name("other.txt"), quote, question)
    assert not corpus.holds_answer(*corpus.quote_around(number, Span(0, 6)), question)


def test_the_same_articles_are_found_again(tmp_path: Path) -> None:
    """A second run leaves the files as they are; other articles are in another folder."""
    first = corpus_in(tmp_path)
    stamps = {path: path.stat().st_mtime_ns for path in first.layout.articles.rglob("*.txt")}
    again, other = corpus_in(tmp_path), corpus_in(tmp_path, articles=2)
    assert again == first
    assert {path: path.stat().st_mtime_ns for path in again.layout.articles.rglob("*.txt")} == stamps
    assert other.layout.path != first.layout.path


def test_spare_articles_are_not_in_the_folder(tmp_path: Path) -> None:
    """What is added later is new to the index."""
    corpus = corpus_in(tmp_path)
    known = {path.read_text(encoding="utf-8") for path in corpus.layout.articles.rglob("*.txt")}
    assert len(set(corpus.spare)) == SPARE
    assert known.isdisjoint(corpus.spare)


def test_too_few_articles_are_said(tmp_path: Path) -> None:
    """The message names how many can be made."""
    with pytest.raises(UsageError) as caught:
        corpus_in(tmp_path, articles=4)
    assert "ask for 1 to 3" in str(caught.value.remedy)


def test_many_articles_are_all_different(tmp_path: Path) -> None:
    """No short article is the copy of another."""
    write_many([distractors(2)], 5, tmp_path / "many")
    texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "many").iterdir())]
    assert len(set(texts)) == 5
    with pytest.raises(UsageError):
        write_many([distractors(2)], 100, tmp_path / "more")


def test_words_find_the_place_of_the_answer(tmp_path: Path) -> None:
    """What FTS5 finds first for a question is its own paragraph, as a stretch of its article."""
    corpus = corpus_in(tmp_path)
    (question,) = corpus.questions
    found = retrieve_fts5.prepare(corpus.layout)(question.text)
    assert isinstance(found, list)
    path, start, end = found[0]
    assert corpus.holds_answer(Path(path), Span(start, end), question)


def test_peers_read_as_many_passages_as_qa() -> None:
    assert READ == READ_HITS


def test_turns_alternate() -> None:
    """A is followed by B before A comes again, and samples stay in order."""
    order: list[str] = []

    def contender(name: str, given: int) -> int:
        order.append(name)
        return given * 10

    samples = take_turns({name: partial(contender, name) for name in "AB"}, [1, 2])
    assert order == ["A", "B", "A", "B"]
    assert samples == {"A": [10, 20], "B": [10, 20]}


def test_ratios_say_how_much_faster_qa_is() -> None:
    """A time is divided by ours, a rate divides ours: above 1 where we are faster."""
    rows = (
        row(Measure.READING, QA, 9, 10, 200),
        row(Measure.READING, TORCH, 40),
        row(Measure.EMBEDDING, QA, 600, unit=Unit.TOKENS_A_SECOND),
        row(Measure.EMBEDDING, SENTENCE_TRANSFORMERS, 100, unit=Unit.TOKENS_A_SECOND),
    )
    assert slower(rows, rows[1]) == 4
    assert slower(rows, rows[3]) == 6
    assert slower(rows, row(Measure.COLD, TORCH, 1)) is None
    assert find(rows, Measure.READING) is rows[0]


def test_p95_takes_enough_samples() -> None:
    """Of twenty, all but the slowest are below it; of fewer it is not given."""
    assert row(Measure.WARM, QA, *range(19)).p95 is None
    p95 = row(Measure.WARM, QA, *range(20)).p95
    assert p95 is not None
    assert 18 <= p95 < 19


def test_targets_are_judged_at_their_size() -> None:
    """A figure of a smaller folder is shown, but meets nothing; a missing one is said to be missing."""
    rows = (row(Measure.WARM, QA, 90), row(Measure.COLD, QA, 1, peak=360_000_000))
    small, full = (
        {verdict.target: verdict for verdict in judge(rows, articles=articles, files=0)} for articles in (100, 1_000)
    )
    warm, memory = "warm question 100 ms at the median", "peak memory of qa ask at most 350 MB"
    assert (small[warm].met, full[warm].met) == (None, True)
    assert (small[memory].met, full[memory].met) == (None, False)
    assert full["one article added to 10,000 at most 2 s"].met is None
    assert full["cold qa ask at least 8 times as fast as the plain script"].found == "not measured"


def test_the_table_has_every_row() -> None:
    """What could not run stands there with its reason, in text, Markdown and JSON."""
    rows = (
        row(Measure.COLD, QA, 1.0, 3.0, 2.0, unit=Unit.SECONDS, peak=200_000_000),
        Row(measure=Measure.COLD, by="other", unit=Unit.SECONDS, samples=(), note="not run: a | b"),
    )
    machine = Machine("Processor", ("avx2",), 2, 25_000_000_000, "Linux", ("qa 1",))
    results = Results(machine, ("3 articles",), rows, judge(rows, articles=3, files=0))
    assert "one question, new process  qa     2.00 s  1.00 to 3.00                        200" in as_text(results)
    assert r"| one question, new process | other |  |  |  |  |  |  | not run: a \| b |" in as_markdown(results)
    read = json.loads(as_json(results))
    assert [each["median"] for each in read["rows"]] == [2.0, None]
    assert len(read["targets"]) == len(results.verdicts)


def test_memory_is_the_childs_own() -> None:
    """What this process holds does not count, what the child holds does."""
    held = np.ones(300_000_000, dtype=np.uint8)
    small = run([sys.executable, "-c", "pass"]).spent
    large = run([sys.executable, "-c", "held = bytearray(b'x') * 100_000_000"]).spent
    assert held.nbytes > 200_000_000 > large.peak_bytes > 100_000_000 > small.peak_bytes > 1_000_000


def test_a_process_that_fails_says_why() -> None:
    """The last line of its standard error is the message; an exit status may be accepted."""
    command = [sys.executable, "-c", "import sys; print('said'); print('first\\nlast', file=sys.stderr); sys.exit(1)"]
    with pytest.raises(ContenderError, match=r"^last$"):
        run(command)
    assert run(command, accepted=frozenset({1})).output == "said\n"


def test_lines_are_answered_by_one_process() -> None:
    """Each line gets its own line back, and a process that dies says why."""
    program = "import sys\nfor n, line in enumerate(sys.stdin): print(n, 10 // int(line), flush=True)"
    with Served([sys.executable, "-c", program]) as served:
        assert [served.ask(line).line for line in ("5", "2")] == ["0 2\n", "1 5\n"]
        with pytest.raises(ContenderError, match="ZeroDivisionError"):
            served.ask("0")


def test_torch_reads_with_the_same_weights(tmp_path: Path) -> None:
    """The reader in torch gives the graph's logits, but for the rounding of what flows between int8 matrices."""
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    write_torch_reader(SHIPPED_FOLDER, tmp_path / "reader")
    model, loaded = AutoModelForQuestionAnswering.from_pretrained(tmp_path / "reader", output_loading_info=True)
    assert not loaded["missing_keys"]
    assert not loaded["unexpected_keys"]
    encoded = AutoTokenizer.from_pretrained(tmp_path / "reader")("Who opened the bridge?", CONTEXT, return_tensors="pt")
    with torch.inference_mode():
        logits = model.eval()(**encoded)
    session = onnxruntime.InferenceSession(str(SHIPPED_FOLDER.graph))
    feeds = {node.name: encoded[node.name].numpy() for node in session.get_inputs()}
    starts, ends = session.run(["start_logits", "end_logits"], feeds)
    for found, wanted in ((logits.start_logits, starts), (logits.end_logits, ends)):
        assert np.corrcoef(found.numpy().ravel(), wanted.ravel())[0, 1] > 0.995
        assert np.abs(found.numpy() - wanted).max() < 1.5
