"""The engine with a conversation: the same way for every question, and what was said beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import QuestionError
from index.records import StoredText
from index.store import Store
from qa.conversation import NOTHING_SAID, Conversation
from qa.engine import Engine
from qa.question import Question
from qa.reader import Reading
from qa.retrieval import Hit
from tests.conftest import Index
from tests.fakes import HashingEmbedder, KeywordReader
from tests.qa.samples import turn_of

_SAID = Conversation((turn_of("Who is Zelensky?"),))


class ListeningReader(KeywordReader):
    """A keyword reader that remembers what it was asked, and is surer of some questions than of others."""

    def __init__(self, **confidences: float) -> None:
        self.asked: list[str] = []
        self._confidences = confidences

    def read(self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]) -> Reading:
        """Return the keywords, as likely as the first word says that the question has."""
        self.asked.append(question.text)
        sure = next((sure for word, sure in self._confidences.items() if word in question.text), 0.5)
        found = super().read(question, hits, texts)
        return replace(found, candidates=tuple(replace(each, score=each.score * sure) for each in found.candidates))


Listen = Callable[[ListeningReader], Engine]


@pytest.fixture
def listen(fake_store: Store, fake_index: Index, articles: Path) -> Listen:
    """Return a function that opens an engine over the seeds with a reader."""
    fake_index(articles)
    return lambda reader: Engine(
        fake_store,
        notify=pytest.fail,
        open_embedder=lambda _: HashingEmbedder(),
        make_reader=lambda _embedder, _stemmer: reader,
    )


def test_question_is_rewritten_from_what_was_said(listen: Listen) -> None:
    """The answer is to the rewritten question; the one that was asked is kept."""
    with listen(ListeningReader()) as engine:
        answer = engine.ask("Whom did he call?", earlier=_SAID)
    assert (answer.question, answer.rewritten) == ("Whom did he call?", "Whom did Zelensky call?")
    assert answer.quotes[0].answer == "Zelensky"


def test_question_that_stands_alone_is_read_for_once(listen: Listen) -> None:
    """What leans on nothing is not rewritten, and answered as without a conversation."""
    reader = ListeningReader()
    with listen(reader) as engine:
        within = engine.ask("Who is Putin?", earlier=_SAID)
        alone = engine.ask("Who is Putin?")
    assert within.rewritten is None
    assert replace(within, elapsed_ms=0) == replace(alone, elapsed_ms=0)
    assert reader.asked == ["Who is Putin?"] * 2


def test_nothing_said_changes_nothing(listen: Listen) -> None:
    """Without a conversation a pronoun is a word like any other."""
    reader = ListeningReader()
    with listen(reader) as engine:
        assert engine.ask("Whom did he call?", earlier=NOTHING_SAID).rewritten is None
    assert reader.asked == ["Whom did he call?"]


def test_way_that_the_reader_is_surest_of_is_taken(listen: Listen) -> None:
    """A clear lead beats the likelier name."""
    said = Conversation((turn_of("Did Scholz speak about Putin?"),))
    with listen(ListeningReader(Scholz=0.2, Putin=0.9)) as engine:
        assert engine.ask("Whom did he call?", earlier=said).rewritten == "Whom did Putin call?"


def test_question_as_it_was_asked_may_win(listen: Listen) -> None:
    """Where the names lead nowhere, nothing is rewritten."""
    with listen(ListeningReader(Zelensky=0.1)) as engine:
        assert engine.ask("Did he say that Germany called?", earlier=_SAID).rewritten is None


def test_chat_builds_on_what_was_understood(listen: Listen) -> None:
    """A third question leans on the rewritten second one."""
    with listen(ListeningReader()) as engine:
        said = NOTHING_SAID.after(engine.ask("Who is Zelensky?"))
        said = said.after(engine.ask("Whom did he call?", earlier=said))
        assert engine.ask("Why?", earlier=said).rewritten == "Why did Zelensky call Zelensky?"


def test_question_without_words_is_refused_in_a_conversation_too(listen: Listen) -> None:
    """A conversation does not make a question of a question mark."""
    with listen(ListeningReader()) as engine, pytest.raises(QuestionError):
        engine.ask("?", earlier=_SAID)
