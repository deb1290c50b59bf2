"""Time whole answers, of a new process and of one that goes on, and see whether the first quote is right."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from index.spans import Span
from qa.evaluate.dataset import GoldQuestion
from tests.measure.benchmark.corpus import Corpus
from tests.measure.benchmark.making import PEERS, PeerProgram
from tests.measure.benchmark.processes import ContenderError, Reply, Served, Spent, python, run
from tests.measure.benchmark.rounds import take_turns
from tests.measure.benchmark.rows import QA, Measure, Row, Unit, in_milliseconds

_ANSWERED_OR_NOT = frozenset({0, 1})


@dataclass(frozen=True, slots=True)
class _Answered:
    """An answer: the time until it was there, and whether its first quote holds a gold answer at its place."""

    seconds: float
    hit: bool


def time_answers(
    corpus: Corpus, questions: Sequence[GoldQuestion], absent: Mapping[str, str], *, rounds: int
) -> list[Row]:
    """Ask all questions of processes that go on, then the first of them each in a new process, as often as `rounds`.

    In that order every new process finds its files in memory. `absent` says of peers why they cannot be asked.
    """
    warm, failed = _time_warm(corpus, questions, absent)
    cold = _time_cold(corpus, questions[:rounds], failed)
    return [
        *cold,
        *_not_run(Measure.COLD, Unit.SECONDS, failed),
        *warm,
        *_not_run(Measure.WARM, Unit.MILLISECONDS, failed),
    ]


def _time_cold(corpus: Corpus, questions: Sequence[GoldQuestion], failed: Mapping[str, str]) -> list[Row]:
    store, work = str(corpus.layout.store), str(corpus.layout.path)

    def ours(question: GoldQuestion) -> Spent:
        command = python("qa", "ask", "--store", store, "--json", one_line(question))
        return run(command, accepted=_ANSWERED_OR_NOT).spent

    def theirs(peer: PeerProgram) -> Callable[[GoldQuestion], Spent]:
        return lambda question: run(python(peer.module, "ask", work, one_line(question))).spent

    contenders = {QA: ours} | {peer.by: theirs(peer) for peer in PEERS if peer.by not in failed}
    return [
        Row(
            measure=Measure.COLD,
            by=by,
            unit=Unit.SECONDS,
            samples=tuple(each.seconds for each in taken),
            peak_bytes=max(each.peak_bytes for each in taken),
            note=_reads(by),
        )
        for by, taken in take_turns(contenders, questions).items()
    ]


def _time_warm(
    corpus: Corpus, questions: Sequence[GoldQuestion], absent: Mapping[str, str]
) -> tuple[list[Row], dict[str, str]]:
    """Return the rows of those that answer, timed until the line with the answer is there, and why others do not."""
    store, work = str(corpus.layout.store), str(corpus.layout.path)
    with ExitStack() as stack:

        def ours() -> Callable[[GoldQuestion], _Answered]:
            served = stack.enter_context(Served(python("qa", "ask", "--store", store, "--json", "-")))
            return lambda question: _judged(served.ask(one_line(question)), question, corpus, _our_quote)

        def theirs(peer: PeerProgram) -> Callable[[GoldQuestion], _Answered]:
            served = stack.enter_context(Served(python(peer.module, "serve", work)))
            return lambda question: _judged(served.ask(one_line(question)), question, corpus, _their_quote)

        opened = {QA: ours()} | {peer.by: theirs(peer) for peer in PEERS if peer.by not in absent}
        contenders, failed = _that_run(opened, questions[0], absent)
        answered = take_turns(contenders, questions)
    rows = [
        in_milliseconds(
            Measure.WARM,
            by,
            (each.seconds for each in taken),
            quality=f"{sum(each.hit for each in taken)} of {len(taken)}",
            note=_reads(by),
        )
        for by, taken in answered.items()
    ]
    return rows, failed


def one_line(question: GoldQuestion) -> str:
    """Return a question as a line."""
    return " ".join(question.text.split())


def _that_run(
    contenders: Mapping[str, Callable[[GoldQuestion], _Answered]], question: GoldQuestion, absent: Mapping[str, str]
) -> tuple[dict[str, Callable[[GoldQuestion], _Answered]], dict[str, str]]:
    """Try each contender once, which warms it up; return those that run, and why the others do not."""
    failed, running = dict(absent), {}
    for by, contender in contenders.items():
        if by in failed:
            continue
        try:
            contender(question)
        except ContenderError as error:
            if by == QA:
                raise
            failed[by] = str(error)
        else:
            running[by] = contender
    return running, failed


def _judged(
    reply: Reply,
    question: GoldQuestion,
    corpus: Corpus,
    quote: Callable[[object, Corpus], tuple[Path, Span] | None],
) -> _Answered:
    quoted = quote(json.loads(reply.line), corpus)
    return _Answered(reply.seconds, quoted is not None and corpus.holds_answer(*quoted, question))


def _our_quote(said: object, corpus: Corpus) -> tuple[Path, Span] | None:
    """Return where the first quote stands, whether or not it is called an answer."""
    assert isinstance(said, dict)
    if not said.get("quotes"):
        return None
    citation = said["quotes"][0]["citation"]
    return Path.cwd() / citation["path"], Span(citation["start"], citation["end"])


def _their_quote(said: object, corpus: Corpus) -> tuple[Path, Span] | None:
    """Return where the sentence around a peer's answer stands."""
    if said is None:
        return None
    assert isinstance(said, dict)
    return corpus.quote_around(said["paragraph"], Span(said["start"], said["end"]))


def _reads(by: str) -> str:
    return next((peer.reads for peer in PEERS if peer.by == by), "")


def _not_run(measure: Measure, unit: Unit, failed: Mapping[str, str]) -> list[Row]:
    return [Row(measure=measure, by=by, unit=unit, samples=(), note=f"not run: {why}") for by, why in failed.items()]
