"""Ask an index about facts: those that it published are quoted verbatim, others are not."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from index.store import Store
from qa.engine import Engine
from tests.commands import Place
from tests.fakes import KeywordReader
from tests.measure.faults.embedder import SignedEmbedder
from tests.measure.faults.folder import State, question, sentence


def open_fakes(store: Store, complaints: list[str], *, once: bool = False) -> Engine:
    """Open an index that was made with the hashing embedder; what is amiss is added to the `complaints`."""
    return Engine(
        store,
        notify=complaints.append,
        open_embedder=lambda _: SignedEmbedder(),
        make_reader=lambda _embedder, _stemmer: KeywordReader(),
        once=once,
    )


def unanswered(engine: Engine, state: State, facts: Sequence[str]) -> Iterator[str]:
    """Yield how answers about facts differ from what a state says: what is lost, phantom, or not verbatim."""
    for fact in facts:
        answer = engine.ask(fact, verify=False)
        for quote in answer.quotes:
            text = state.texts.get(quote.citation.path.name)
            if text is None or text[quote.citation.start : quote.citation.end] != quote.text:
                yield f"asked for {fact}: {quote.text!r} does not stand in {quote.citation.path.name}"
        said = any(fact in quote.text for quote in answer.quotes)
        if said != (fact in state.facts):
            yield f"{fact} is {'quoted, though no article has it' if said else 'not found'}"
        if answer.index.articles != len(state.texts):
            yield f"the answer counts {answer.index.articles} articles, there are {len(state.texts)}"


def misanswers(store: Store, state: State, facts: Sequence[str], *, hashing: bool) -> Iterator[str]:
    """Yield what is amiss with questions asked by Chroma, and as by a process that asks once.

    With the real model, processes are asked.
    """
    if not hashing:
        yield from _misanswers_of_processes(Place(store.path.parent), state, facts)
        return
    complaints: list[str] = []
    for once in (False, True):
        with closing(open_fakes(store, complaints, once=once)) as engine:
            yield from unanswered(engine, state, facts)
    yield from complaints


def _misanswers_of_processes(place: Place, state: State, facts: Sequence[str]) -> Iterator[str]:
    done = place.run("ask", "--json", "-", given="".join(f"{question(fact)}\n" for fact in facts))
    told = [line for line in done.stderr.splitlines() if not line.endswith(": run qa index")]
    if done.returncode != 0 or told:
        yield f"qa ask left with {done.returncode}: {done.stderr}"
    once = place.run("ask", "--json", question(facts[0]))
    for fact, line in zip((*facts, facts[0]), (*done.stdout.splitlines(), once.stdout), strict=True):
        answer = json.loads(line)
        for quote in answer["quotes"]:
            cited = quote["citation"]
            if state.texts.get(Path(cited["path"]).name, "")[cited["start"] : cited["end"]] != quote["text"]:
                yield f"asked for {fact}: {quote['text']!r} does not stand in {cited['path']}"
        if any(quote["text"] == sentence(fact) for quote in answer["quotes"]) != (fact in state.facts):
            yield f"{fact} is not quoted as it should, or quoted though no article has it: {line}"
        if answer["index"]["articles"] != len(state.texts):
            yield f"the answer counts {answer['index']['articles']} articles, there are {len(state.texts)}"
