"""The engine over copies: one voice, all places, and no place taken from what others say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.store import Store
from qa.agreement import dissent, voices
from qa.answer import Answer, Quote
from qa.confidence import SIGNS, Calibration
from qa.conversation import NOTHING_SAID
from qa.conversation_log import ConversationLog, kept_conversations
from qa.engine import Engine
from qa.evidence import FEATURES
from qa.narrowing import Narrowing
from qa.replay import replay_all
from qa.span_reader import SpanReader
from tests.conftest import Index
from tests.fakes import HashingEmbedder, WordSpanModel

OpenEngine = Callable[[], Engine]

_REPORT = (
    "The harbour of Veldhaven reopened on Monday after a storm.\n\n"
    "Ships had waited outside for nine days while divers cleared the entrance of timber.\n\n"
    "The mayor thanked the crews and said that the town had seen nothing like it since her childhood.\n\n"
    "Insurers will look at the damage in the coming weeks, a spokesman for the port told the agency.\n"
)
_ANALYSIS = (
    "What a closed port costs\n\nShops ran out of fruit within a week, and prices rose everywhere on the coast.\n\n"
    "Now Veldhaven is open, but trust in its old breakwater has gone with the tide.\n"
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a folder with a report twice, a near copy of it, and another article."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("b.txt", "d.txt"):
        (folder / name).write_text(f"Harbour reopens\n\n{_REPORT}", encoding="utf-8")
    (folder / "c.txt").write_text(
        f"Relief on the coast as ships return\n\nBy our staff.\n\n{_REPORT}", encoding="utf-8"
    )
    (folder / "z.txt").write_text(_ANALYSIS, encoding="utf-8")
    return folder


def _places(quote: Quote) -> list[tuple[str, int | None]]:
    return [(citation.path.name, citation.line) for citation in (quote.citation, *quote.copies)]


def _say_what_is_quoted(quote: Quote) -> bool:
    """Tell whether each cited file has the quote's words at its cited place."""
    cited = (quote.citation, *quote.copies)
    return {c.path.read_text(encoding="utf-8")[c.start : c.end] for c in cited} == {quote.text}


def test_copies_and_near_copies_are_one_voice(fake_index: Index, fake_engine: OpenEngine, news: Path) -> None:
    """A report that lies there twice, and once under another headline, is quoted once, and says it once."""
    (news / "z.txt").unlink()
    fake_index(news)
    answer = fake_engine().ask("Veldhaven", limit=5)
    (quote,) = answer.quotes
    assert sorted(_places(quote)) == [("b.txt", 3), ("c.txt", 5), ("d.txt", 3)]
    assert _say_what_is_quoted(quote)
    assert (voices(answer), answer.index.articles) == (1, 3)


def test_another_article_is_another_voice(fake_index: Index, fake_engine: OpenEngine, news: Path) -> None:
    """Beside all copies of a report, an article of somebody else's is the second that says so."""
    fake_index(news)
    answer = fake_engine().ask("Veldhaven", limit=5)
    assert [len(quote.copies) for quote in sorted(answer.quotes, key=lambda quote: quote.text)] == [0, 2]
    assert voices(answer) == 2


def test_only_places_that_the_narrowing_leaves_are_cited(
    fake_index: Index, fake_engine: OpenEngine, news: Path
) -> None:
    """What is not asked is not cited either, be it a copy or a near copy."""
    fake_index(news)
    engine = fake_engine()
    cited = {
        only: [_places(quote) for quote in engine.ask("Veldhaven", narrowing=Narrowing(only=only)).quotes]
        for only in ("d.txt", "[cd].txt")
    }
    assert cited["d.txt"] == [[("d.txt", 3)]]
    assert [sorted(places) for places in cited["[cd].txt"]] == [[("c.txt", 5), ("d.txt", 3)]]


def test_copy_that_is_gone_is_cited_no_more(fake_index: Index, fake_engine: OpenEngine, news: Path) -> None:
    """After a run the places of deleted copies are not named."""
    fake_index(news)
    engine = fake_engine()
    engine.ask("harbour")
    for name in ("b.txt", "c.txt"):
        (news / name).unlink()
    fake_index(news)
    assert [_places(quote) for quote in engine.ask("harbour").quotes] == [[("d.txt", 3)]]


def test_report_s_other_version_is_no_dissent(fake_index: Index, fake_store: Store, news: Path) -> None:
    """Where a near copy was given another number, it is quoted apart, and not as another article that says so."""
    near = news / "c.txt"
    near.write_text(near.read_text(encoding="utf-8").replace("nine", "eleven"), encoding="utf-8")
    fake_index(news)
    ranking = (1.0, *(0.0,) * (len(FEATURES) - 1))
    sure = Calibration(ranking=ranking, weights=(0.0, 1.0, *(0.0,) * (len(SIGNS) - 2)), bias=0.0, threshold=0.5)
    with Engine(
        fake_store,
        notify=lambda _: None,
        open_embedder=lambda _: HashingEmbedder(),
        make_reader=lambda _, stemmer: SpanReader(WordSpanModel({"nine": 5.0, "eleven": 4.9}), sure, stemmer),
    ) as engine:
        answer = engine.ask("For how many days had ships waited?", limit=2)
    assert [(quote.answer, quote.voice, quote.agrees) for quote in answer.quotes] == [
        ("nine", 1, True),
        ("eleven", 1, False),
    ]
    assert dissent(answer) is None


def test_many_copies_do_not_hide_what_others_say(fake_index: Index, fake_engine: OpenEngine, news: Path) -> None:
    """A report that forty papers printed takes no more place among what is read than one."""
    for number in range(40):
        text = f"Paper {number}\n\n{_REPORT}\nPaper {number} is printed on paper.\n"
        (news / f"paper{number}.txt").write_text(text, encoding="utf-8")
    fake_index(news)
    answer = fake_engine().ask("harbour Veldhaven storm", limit=50)
    assert "z.txt" in {quote.citation.path.name for quote in answer.quotes}
    assert len([quote for quote in answer.quotes if quote.text == _REPORT.splitlines()[0]]) == 1


def _kept(engine: Engine, store: Store, answer: Answer) -> Answer:
    """Return an answer as it comes back from the log."""
    log = ConversationLog(engine.store)
    log.keep(answer, NOTHING_SAID)
    return replay_all(kept_conversations(store)[0], store)[0]


def test_voices_come_back_with_a_conversation(
    fake_index: Index, fake_engine: OpenEngine, fake_store: Store, news: Path
) -> None:
    """An answer that is put together again counts its voices as it did."""
    (news / "c.txt").write_text(
        f"Relief\n\n{_REPORT.replace('Veldhaven reopened', 'Veldhaven has opened')}", encoding="utf-8"
    )
    fake_index(news)
    engine = fake_engine()
    answer = engine.ask("Veldhaven", limit=5)
    again = _kept(engine, fake_store, answer)
    assert [quote.voice for quote in again.quotes] == [quote.voice for quote in answer.quotes]
    assert len(answer.quotes) == 3
    assert voices(again) == voices(answer) == 2
