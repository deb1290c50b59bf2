"""Time the parts of an answer by themselves: embedding, reading, retrieving."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from tokenizers import Tokenizer

from index.passages import PASSAGE_TOKENS, cut_passages
from index.sentences import split_sentences
from index.spans import Span
from qa.evaluate.dataset import GoldQuestion
from tests.measure.benchmark.answering import one_line
from tests.measure.benchmark.contenders.models import exported_embedder
from tests.measure.benchmark.corpus import Corpus
from tests.measure.benchmark.layout import READ, ReadingTask
from tests.measure.benchmark.processes import ContenderError, Served, python
from tests.measure.benchmark.rounds import take_turns
from tests.measure.benchmark.rows import BARE, QA, SENTENCE_TRANSFORMERS, TORCH, Measure, Row, Unit, in_milliseconds

TEXTS = 96
"""Texts that are embedded in a round."""

_AT = (1, 5, 20)
_CONTENDERS = "tests.measure.benchmark.contenders"


@dataclass(frozen=True, slots=True)
class _Timed:
    """What a contender did with a line: the seconds, by its own clock, and its result."""

    seconds: float
    result: object


def time_embedding(corpus: Corpus, rounds: int) -> list[Row]:
    """Embed the same paragraphs in each round; the rate counts the tokens that the model sees, without padding."""
    every = corpus.paragraphs
    texts = [every[number * len(every) // TEXTS].text for number in range(TEXTS)]
    corpus.layout.texts.write_text(json.dumps(texts), encoding="utf-8")
    folder = exported_embedder(corpus.layout)
    tokenizer = Tokenizer.from_file(str(folder.tokenizer))
    tokenizer.no_padding()
    tokenizer.enable_truncation(folder.read_settings().max_tokens)
    tokens = sum(len(encoding.ids) for encoding in tokenizer.encode_batch(texts))
    modules = {QA: "embed_qa", SENTENCE_TRANSFORMERS: "embed_sentence_transformers", BARE: "embed_bare"}
    timed, _ = _run_all(corpus, modules, ["again"] * rounds)
    return [
        Row(
            measure=Measure.EMBEDDING,
            by=by,
            unit=Unit.TOKENS_A_SECOND,
            samples=tuple(tokens / each.seconds for each in taken),
            of=f"{TEXTS} paragraphs, {tokens:,} tokens",
        )
        for by, taken in timed.items()
    ]


def time_reading(corpus: Corpus, questions: Sequence[GoldQuestion]) -> list[Row]:
    """Read for each question its own paragraph's passages and those beside it, with the same weights in both."""
    tasks = _tasks(corpus, questions)
    corpus.layout.tasks.write_text(json.dumps([asdict(task) for task in tasks]), encoding="utf-8")
    timed, _ = _run_all(corpus, {QA: "read_qa", TORCH: "read_torch"}, [str(number) for number in range(len(tasks))])
    ours = [each.result for each in timed[QA]]
    return [
        in_milliseconds(
            Measure.READING,
            by,
            (each.seconds for each in taken),
            note="" if by == QA else f"the same words for {_same(ours, taken)} of {len(taken)} questions",
        )
        for by, taken in timed.items()
    ]


def time_retrieving(corpus: Corpus, questions: Sequence[GoldQuestion]) -> list[Row]:
    """Retrieve for each question, and see at which rank a passage or paragraph with a gold answer comes."""
    modules = {QA: "retrieve_qa", "bm25s": "retrieve_bm25s", "SQLite FTS5": "retrieve_fts5"}
    notes = {QA: "its own passages, by meaning and words", "bm25s": "paragraphs, by words"}
    timed, failed = _run_all(corpus, modules, [one_line(question) for question in questions])
    rows = [
        in_milliseconds(
            Measure.RETRIEVING,
            by,
            (each.seconds for each in taken),
            quality=_recall([_rank(each.result, q, corpus) for each, q in zip(taken, questions, strict=True)]),
            note=notes.get(by, "paragraphs, by words"),
        )
        for by, taken in timed.items()
    ]
    return rows + [
        Row(measure=Measure.RETRIEVING, by=by, unit=Unit.MILLISECONDS, samples=(), note=f"not run: {why}")
        for by, why in failed.items()
    ]


def _run_all(
    corpus: Corpus, modules: Mapping[str, str], lines: Sequence[str]
) -> tuple[dict[str, list[_Timed]], dict[str, str]]:
    """Give all lines to all contenders in turn, after one that is not counted; return also who failed, and why."""
    failed: dict[str, str] = {}
    with ExitStack() as stack:

        def asking(module: str) -> Callable[[str], _Timed]:
            command = python(f"{_CONTENDERS}.{module}", "serve", str(corpus.layout.path))
            served = stack.enter_context(Served(command))
            return lambda line: _Timed(**json.loads(served.ask(line).line))

        running = {}
        for by, module in modules.items():
            contender = asking(module)
            try:
                contender(lines[0])
            except ContenderError as error:
                if by == QA:
                    raise
                failed[by] = str(error)
            else:
                running[by] = contender
        return take_turns(running, lines), failed


def _tasks(corpus: Corpus, questions: Sequence[GoldQuestion]) -> list[ReadingTask]:
    tokenizer = Tokenizer.from_file(str(exported_embedder(corpus.layout).tokenizer))
    tokenizer.no_truncation()
    tokens = _Tokens(tokenizer)
    at = {paragraph.text: number for number, paragraph in enumerate(corpus.paragraphs)}
    tasks = []
    for question in questions:
        passages: list[str] = []
        number = at[question.context.rstrip("\n")]
        while len(passages) < READ:
            text = corpus.paragraphs[number % len(corpus.paragraphs)].text
            spans = cut_passages(text, split_sentences(text), tokens, budget=PASSAGE_TOKENS)
            passages += [span.of(text) for span in spans]
            number += 1
        tasks.append(ReadingTask(one_line(question), tuple(passages[:READ])))
    return tasks


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A tokenizer as passages are cut by."""

    tokenizer: Tokenizer

    def token_spans(self, text: str) -> Sequence[Span]:
        """Return the spans of the text's tokens, in order."""
        return [Span(start, end) for start, end in self.tokenizer.encode(text, add_special_tokens=False).offsets]


def _same(ours: Sequence[object], theirs: Sequence[_Timed]) -> int:
    return sum(one == other.result for one, other in zip(ours, theirs, strict=True))


def _rank(found: object, question: GoldQuestion, corpus: Corpus) -> int | None:
    """Return the rank, from 1, of the first that covers a gold answer at its place, None where none does."""
    assert isinstance(found, list)
    for rank, (path, start, end) in enumerate(found, start=1):
        if corpus.holds_answer(Path(path), Span(start, end), question):
            return rank
    return None


def _recall(ranks: Sequence[int | None]) -> str:
    shares = [sum(rank is not None and rank <= at for rank in ranks) / len(ranks) for at in _AT]
    return ", ".join(f"{share:.0%} in {at}" for share, at in zip(shares, _AT, strict=True))
