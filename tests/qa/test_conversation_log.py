"""Conversations are kept as questions and places, privately, and come back with the words of the articles."""

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.store import Store
from qa.conversation import NOTHING_SAID
from qa.conversation_log import ConversationLog, kept_conversations, list_heads
from qa.engine import Engine
from qa.render import render_answer
from qa.replay import replay_all
from qa.style import Style
from qa.transcript import render_transcript
from tests.conftest import Index
from tests.fakes import HashingEmbedder, finding

_NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
_TEXT = (
    "Harbour reopens\nHarbour Times\nThe harbour of Veldhaven reopened on Monday.\nIt was shut by a storm in March.\n"
)


@pytest.fixture
def article(fake_index: Index, tmp_path: Path) -> Path:
    """Return the one article of `fake_store`."""
    path = tmp_path / "articles" / "a.txt"
    path.parent.mkdir()
    path.write_text(_TEXT, encoding="utf-8")
    fake_index(path.parent)
    return path


@pytest.mark.usefixtures("article")
def test_answers_come_back(fake_store: Store, fake_engine: Callable[[], Engine]) -> None:
    """An answer that was kept is, put together again, what it was."""
    engine, log = fake_engine(), ConversationLog(fake_store)
    answers = [engine.ask(question) for question in ("Veldhaven", "storm", "xylophone")]
    assert answers[1].quotes[0].context is not None
    for answer in answers:
        log.keep(answer, NOTHING_SAID)
    (kept,) = kept_conversations(fake_store)
    for answer, again in zip(answers, replay_all(kept, fake_store), strict=True):
        assert again.quotes == answer.quotes
        assert (again.question, again.answered, again.answer) == (answer.question, answer.answered, answer.answer)
        assert again.confidence == answer.confidence


def test_several_answers_come_back(fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """An answer of several stays one; in a log of before they were kept, it is the first."""
    for name, told in (("a", "Troops came from Korea."), ("b", "Later on, troops came from Iran.")):
        (tmp_path / "troops").mkdir(exist_ok=True)
        (tmp_path / "troops" / f"{name}.txt").write_text(told, encoding="utf-8")
    fake_index(tmp_path / "troops")
    log = ConversationLog(fake_store)
    with Engine(
        fake_store,
        notify=pytest.fail,
        open_embedder=lambda _: HashingEmbedder(),
        make_reader=finding(Korea=5.0, Iran=4.9),
    ) as engine:
        log.keep(engine.ask("Which countries sent troops?"), NOTHING_SAID)
    (kept,) = kept_conversations(fake_store)
    (again,) = replay_all(kept, fake_store)
    assert again.answers == ("Korea", "Iran")
    (tmp_path / "troops" / "b.txt").unlink()
    fake_index(tmp_path / "troops")
    assert replay_all(kept, fake_store)[0].answers == ("Korea",)
    turn = json.loads(log.file.read_text(encoding="utf-8"))
    del turn["answering"]
    log.file.write_text(json.dumps(turn) + "\n", encoding="utf-8")
    (kept,) = kept_conversations(fake_store)
    assert replay_all(kept, fake_store)[0].answers == ("Korea",)


@pytest.mark.usefixtures("article")
def test_no_word_of_an_article_is_kept(fake_store: Store, fake_engine: Callable[[], Engine]) -> None:
    """What is written are questions and places, for its owner only."""
    log = ConversationLog(fake_store)
    log.keep(fake_engine().ask("Veldhaven"), NOTHING_SAID)
    written = log.file.read_text(encoding="utf-8")
    assert "Veldhaven" in written
    assert not any(word in written for word in ("harbour", "Harbour", "Monday", "storm"))
    assert stat.S_IMODE(log.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.file.parent.stat().st_mode) == 0o700


@pytest.mark.usefixtures("article")
def test_rewritten_question_comes_back_and_is_not_kept(fake_store: Store, fake_engine: Callable[[], Engine]) -> None:
    """How a follow-up was put has an article's words in it: it is worked out again from the conversation."""
    engine, log = fake_engine(), ConversationLog(fake_store)
    first = engine.ask("storm")
    said = NOTHING_SAID.after(first)
    second = engine.ask("Why?", earlier=said)
    assert second.rewritten is not None
    log.keep(first, NOTHING_SAID)
    log.keep(second, said)
    assert second.rewritten not in log.file.read_text(encoding="utf-8")
    (kept,) = kept_conversations(fake_store)
    assert [answer.rewritten for answer in replay_all(kept, fake_store)] == [None, second.rewritten]


@pytest.mark.usefixtures("article")
def test_file_that_cannot_be_read_costs_itself(fake_store: Store, fake_engine: Callable[[], Engine]) -> None:
    """Beside a folder of such a name, conversations are found."""
    log = ConversationLog(fake_store)
    log.keep(fake_engine().ask("Veldhaven"), NOTHING_SAID)
    for name in ("0.jsonl", "z.jsonl"):
        (fake_store.conversations / name).mkdir()
    assert [kept.file for kept in kept_conversations(fake_store)] == [log.file]


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("filters", [{"since": "soon"}, {"nonsense": "x"}, {"only": ""}, {"only": 3}, [], None])
def test_filters_that_cannot_be(fake_store: Store, fake_engine: Callable[[], Engine], filters: object) -> None:
    """A turn that was narrowed in a way that there is not costs itself."""
    log = ConversationLog(fake_store)
    log.keep(fake_engine().ask("Veldhaven"), NOTHING_SAID)
    turn = json.loads(log.file.read_text(encoding="utf-8"))
    with log.file.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**turn, "filters": filters}) + "\n")
    (kept,) = kept_conversations(fake_store)
    assert len(kept.turns) == 1


@pytest.mark.usefixtures("article")
def test_torn_line_does_not_take_the_next(fake_store: Store, fake_engine: Callable[[], Engine]) -> None:
    """A turn that was cut off without a line's end leaves the one after it whole."""
    log = ConversationLog(fake_store)
    log.keep(fake_engine().ask("Veldhaven"), NOTHING_SAID)
    with log.file.open("a", encoding="utf-8") as file:
        file.write('{"at": "2026')
    log.keep(fake_engine().ask("storm"), NOTHING_SAID)
    (kept,) = kept_conversations(fake_store)
    assert [turn.question for turn in kept.turns] == ["Veldhaven", "storm"]


def test_changed_article_is_not_quoted(
    article: Path, fake_store: Store, fake_engine: Callable[[], Engine], fake_index: Index
) -> None:
    """A quote of an article that was indexed anew since is left out, and then nothing is answered."""
    ConversationLog(fake_store).keep(fake_engine().ask("Veldhaven"), NOTHING_SAID)
    article.write_text(_TEXT + "More.\n", encoding="utf-8")
    (kept,) = kept_conversations(fake_store)
    (before,) = replay_all(kept, fake_store)
    assert [quote.verified for quote in before.quotes] == [True]  # the words still stand where they stood
    fake_index(article.parent)
    (after,) = replay_all(kept, fake_store)
    assert (after.answered, after.answer, after.quotes) == (False, None, ())
    assert (before.lapsed, after.lapsed) == (False, True)
    assert "has changed since or is gone" in render_answer(
        after, Style(width=80, colour=False, links=False), article.parent
    )
    assert "has changed since or is gone" in render_transcript([after], article.parent)


@pytest.mark.usefixtures("article")
def test_refusal_has_not_lapsed(fake_store: Store, fake_engine: Callable[[], Engine]) -> None:
    """What was not answered is said to be that."""
    ConversationLog(fake_store).keep(fake_engine().ask("xylophone"), NOTHING_SAID)
    (refused,) = replay_all(kept_conversations(fake_store)[0], fake_store)
    assert (refused.answered, refused.lapsed) == (False, False)


@pytest.mark.usefixtures("article")
def test_latest_first(fake_store: Store, fake_engine: Callable[[], Engine]) -> None:
    """The conversation with the latest turn comes first, each in a line with its number."""
    answer = fake_engine().ask("Veldhaven")
    early, late = (ConversationLog(fake_store, now=_NOON + timedelta(seconds=n)) for n in range(2))
    late.keep(answer, NOTHING_SAID, now=_NOON + timedelta(days=1))
    early.keep(answer, NOTHING_SAID, now=_NOON)
    early.keep(answer, NOTHING_SAID, now=_NOON + timedelta(days=2))
    kept = kept_conversations(fake_store)
    assert [conversation.file for conversation in kept] == [early.file, late.file]
    days = [datetime.fromisoformat(c.turns[-1].at).astimezone().strftime("%Y-%m-%d %H:%M") for c in kept]
    assert list(list_heads(kept)) == [
        (f"  1  {days[0]}  2 questions   ", "Veldhaven"),
        (f"  2  {days[1]}  1 question    ", "Veldhaven"),
    ]


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize(
    "rubbish",
    ["", "{", "[]", "null", '{"at": "x"}', '{"at": 3}', "\x00\ud800", '{"question": 1}', "[" * 100_000],
    ids=range(9),
)
def test_damaged_lines_are_passed_over(fake_store: Store, fake_engine: Callable[[], Engine], rubbish: str) -> None:
    """A line that was cut off, or is something else, costs itself and nothing more."""
    log = ConversationLog(fake_store)
    log.keep(fake_engine().ask("Veldhaven"), NOTHING_SAID)
    with log.file.open("a", encoding="utf-8", errors="surrogatepass") as file:
        file.write(rubbish + "\n")
    log.keep(fake_engine().ask("storm"), NOTHING_SAID)
    (kept,) = kept_conversations(fake_store)
    assert [turn.question for turn in kept.turns] == ["Veldhaven", "storm"]


def test_nothing_kept_yet(fake_store: Store) -> None:
    """A store without conversations has none."""
    assert kept_conversations(fake_store) == []


@pytest.mark.usefixtures("article")
def test_store_that_cannot_be_written(fake_store: Store, fake_engine: Callable[[], Engine]) -> None:
    """Where nothing can be written, the chat goes on without a log."""
    fake_store.conversations.write_bytes(b"a file where the folder should be")
    ConversationLog(fake_store).keep(fake_engine().ask("Veldhaven"), NOTHING_SAID)
    assert kept_conversations(fake_store) == []
