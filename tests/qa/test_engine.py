"""The engine over fakes: snapshots, refusal, copies, verification."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import NoIndexError, QuestionError
from index.schema import create_catalog
from index.store import Store
from qa.answer import Answer, Quote
from qa.engine import Engine
from qa.sentence_picker import SentencePicker
from tests.conftest import Index
from tests.fakes import HashingEmbedder, KeywordReader

OpenEngine = Callable[[], Engine]
_COPY = "Harbour reopens\nHarbour Times\nThe harbour of Veldhaven reopened on Monday after a storm.\n"


class UnsureReader(KeywordReader):
    """A reader whose candidates are never good enough."""

    threshold = 1.5


def _engine(store: Store, *, make_reader: Callable[..., KeywordReader | SentencePicker]) -> Engine:
    return Engine(store, notify=lambda _: None, open_embedder=lambda _: HashingEmbedder(), make_reader=make_reader)


def _sliced(quote: Quote) -> str:
    """Return what the cited file says now at the cited place, with its line ends as they are."""
    text = quote.citation.path.read_bytes().decode("utf-8")
    return text[quote.citation.start : quote.citation.end]


def _paths(answer: Answer) -> list[str]:
    return [quote.citation.path.name for quote in answer.quotes]


def test_engine_quotes_the_sentence_around_the_answer(
    fake_index: Index, fake_engine: OpenEngine, articles: Path
) -> None:
    """A candidate of one word is quoted with its sentence, whose slice of the text it is."""
    fake_index(articles)
    answer = fake_engine().ask("Pandora")
    quote = answer.quotes[0]
    text = quote.citation.path.read_text(encoding="utf-8")
    assert quote.answer == "Pandora"
    assert text[quote.citation.start : quote.citation.end] == quote.text
    assert quote.text.startswith("Zelensky referred")
    assert quote.text.endswith("isolation.")


def test_answer_is_that_of_the_first_quote(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """An answered question has the first quote's answer and its candidate's score."""
    fake_index(articles)
    answer = fake_engine().ask("Pandora")
    assert (answer.answered, answer.answer, answer.confidence) == (True, "Pandora", 1.0)
    assert answer.quotes[0].score == 1.0
    assert (answer.question, answer.rewritten, answer.filters) == ("Pandora", None, {})


def test_refusal_lists_the_nearest_quotes(fake_index: Index, fake_store: Store, articles: Path) -> None:
    """Where the best candidate is below the threshold, nothing is answered, but quotes are there."""
    fake_index(articles)
    with _engine(fake_store, make_reader=lambda _embedder, _stemmer: UnsureReader()) as engine:
        answer = engine.ask("Pandora")
    assert (answer.answered, answer.answer) == (False, None)
    assert "Pandora" in answer.quotes[0].text
    assert answer.confidence == 1.0


def test_nothing_found_is_a_refusal_without_quotes(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """Where the reader finds nothing, there are no quotes and no confidence."""
    fake_index(articles)
    answer = fake_engine().ask("xylophone")
    assert (answer.answered, answer.answer, answer.quotes, answer.confidence) == (False, None, (), 0.0)


def test_no_more_quotes_than_asked_for(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """The limit is the number of quotes; they are numbered from 1."""
    fake_index(articles)
    assert [len(fake_engine().ask("Putin", limit=limit).quotes) for limit in (1, 2, 5)] == [1, 2, 5]
    assert [quote.citation.number for quote in fake_engine().ask("Putin", limit=5).quotes] == [1, 2, 3, 4, 5]


def test_quotes_say_whether_they_agree(fake_index: Index, fake_engine: OpenEngine, tmp_path: Path) -> None:
    """A quote agrees with the first one whose answer has the same words."""
    folder = tmp_path / "agreeing"
    folder.mkdir()
    (folder / "a.txt").write_text("Veldhaven port Veldhaven port opened again.\n", encoding="utf-8")
    (folder / "b.txt").write_text("The Veldhaven was seen by the mayor of the town.\n", encoding="utf-8")
    (folder / "c.txt").write_text("A port is what the people in the other towns wanted.\n", encoding="utf-8")
    fake_index(folder)
    quotes = fake_engine().ask("Veldhaven port").quotes
    assert {quote.answer: quote.agrees for quote in quotes} == {"Veldhaven": True, "port": False}
    assert len(quotes) == 3


def test_copies_of_an_article_count_once(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """An article that lies in several files is quoted once, and its first path is cited."""
    for name in ("b.txt", "a.txt", "c.md"):
        (articles / name).write_text(_COPY, encoding="utf-8")
    fake_index(articles)
    answer = fake_engine().ask("Veldhaven", limit=10)
    assert _paths(answer) == ["a.txt"]
    assert answer.index.articles == 5


def test_copy_left_behind_is_cited(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """When the cited copy is gone, the next question cites the other one."""
    for name in ("a.txt", "b.txt"):
        (articles / name).write_text(_COPY, encoding="utf-8")
    fake_index(articles)
    engine = fake_engine()
    assert _paths(engine.ask("Veldhaven")) == ["a.txt"]
    (articles / "a.txt").unlink()
    fake_index(articles)
    assert _paths(engine.ask("Veldhaven")) == ["b.txt"]


def test_open_engine_sees_an_added_article(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """What another process indexed is found at the next question."""
    fake_index(articles)
    engine = fake_engine()
    assert not engine.ask("Veldhaven").quotes
    (articles / "new.txt").write_text(_COPY, encoding="utf-8")
    fake_index(articles)
    answer = engine.ask("Veldhaven")
    assert _paths(answer) == ["new.txt"]
    assert answer.index.articles == engine.articles() == 3


def test_open_engine_sees_a_changed_article(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """The next question quotes an article's new words, and its old ones no more."""
    path = articles / "new.txt"
    path.write_text(_COPY, encoding="utf-8")
    fake_index(articles)
    engine = fake_engine()
    engine.ask("Monday")
    path.write_text(_COPY.replace("Monday", "Tuesday"), encoding="utf-8")
    fake_index(articles)
    assert not engine.ask("Monday").quotes
    (quote,) = engine.ask("Tuesday").quotes
    assert quote.text == _sliced(quote) == "The harbour of Veldhaven reopened on Tuesday after a storm."
    assert quote.verified


def test_open_engine_sees_a_renamed_article(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """The next question cites an article under its new name."""
    path = articles / "old.txt"
    path.write_text(_COPY, encoding="utf-8")
    fake_index(articles)
    engine = fake_engine()
    assert _paths(engine.ask("Veldhaven")) == ["old.txt"]
    path.rename(articles / "renamed.txt")
    assert fake_index(articles).report.renamed == 1
    (quote,) = engine.ask("Veldhaven").quotes
    assert quote.citation.path == articles / "renamed.txt"
    assert quote.verified


def test_open_engine_sees_a_deleted_article(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """A deleted article is not quoted at the next question."""
    path = articles / "new.txt"
    path.write_text(_COPY, encoding="utf-8")
    fake_index(articles)
    engine = fake_engine()
    assert engine.ask("Veldhaven").quotes
    path.unlink()
    fake_index(articles)
    answer = engine.ask("Veldhaven")
    assert not answer.quotes
    assert answer.index.articles == 2


def test_index_without_articles_answers_nothing(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """When every article is gone, a question is a refusal and no error."""
    fake_index(articles)
    engine = fake_engine()
    for path in articles.iterdir():
        path.unlink()
    fake_index()
    answer = engine.ask("Pandora")
    assert (answer.answered, answer.quotes, answer.index.articles) == (False, (), 0)


def test_changed_file_is_not_verified(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """A quote of a file that has changed since it was indexed says so; another file's quote stays verified."""
    path = articles / "new.txt"
    path.write_text(_COPY, encoding="utf-8")
    fake_index(articles)
    engine = fake_engine()
    assert engine.ask("Veldhaven").quotes[0].verified is True
    path.write_text("Correction. " + _COPY, encoding="utf-8")
    assert engine.ask("Veldhaven").quotes[0].verified is False
    assert engine.ask("Pandora").quotes[0].verified is True


def test_verification_can_be_left_out(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """Without it, no quote is called verified or changed."""
    fake_index(articles)
    assert {quote.verified for quote in fake_engine().ask("Putin", verify=False).quotes} == {None}


def test_changed_folder_is_stale(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """An answer says that its index is older than the folder."""
    fake_index(articles)
    assert not fake_engine().ask("Putin").index.stale
    (articles / "new.txt").write_text(_COPY, encoding="utf-8")
    engine = fake_engine()
    assert engine.ask("Putin").index.stale
    assert str(engine.staleness()) == "1 new"


def test_published_index_is_looked_at_again(
    fake_index: Index, fake_engine: OpenEngine, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a run the index is not called stale for what the run has taken in."""
    monkeypatch.setattr("qa.engine._STALENESS_SECONDS", 3600.0)  # so that a slow machine does not hide it
    fake_index(articles)
    (articles / "new.txt").write_text(_COPY, encoding="utf-8")
    engine = fake_engine()
    assert engine.ask("Putin").index.stale
    fake_index(articles)
    assert not engine.ask("Veldhaven").index.stale


@pytest.mark.parametrize(
    "question",
    ["Who initiated the call?", "Why did Zelensky call it Pandora's box?", "How many came? 🙂", "Veldhaven é", "word"],
)
@pytest.mark.parametrize("make_reader", [SentencePicker, lambda _embedder, _stemmer: KeywordReader()])
def test_every_quote_is_a_slice_of_its_file(
    fake_index: Index,
    fake_store: Store,
    articles: Path,
    question: str,
    make_reader: Callable[..., KeywordReader | SentencePicker],
) -> None:
    """Quotes are verbatim in files of any line ends, with marks, emoji and sentences without an end."""
    body = "Un café à Veldhaven 🙂.{0}How many came? Eleven 👩‍👩‍👧 came.{0}{0}Who called?\tNobody called\u2028it so."
    for name, text in (
        ("crlf.txt", body.format("\r\n")),
        ("cr.txt", body.format("\r")),
        ("mark.txt", "\ufeff" + body.format("\n")),
        ("long.txt", "word " * 400 + "call"),
    ):
        (articles / name).write_bytes(text.encode())
    fake_index(articles)
    with _engine(fake_store, make_reader=make_reader) as engine:
        quotes = engine.ask(question, limit=20).quotes
    for quote in quotes:
        assert _sliced(quote) == quote.text
        assert quote.verified
        assert quote.text[quote.answer_start : quote.answer_end] == quote.answer
    assert quotes or make_reader is not SentencePicker


def test_the_same_question_gets_the_same_answer(fake_index: Index, fake_store: Store, articles: Path) -> None:
    """But for the time it took, an answer is the same however often it is asked."""
    fake_index(articles)
    with _engine(fake_store, make_reader=SentencePicker) as engine:
        answers = [engine.ask("Who initiated the call?") for _ in range(3)]
    assert len({answer.quotes for answer in answers}) == 1


def test_unusable_question_leaves_the_engine_usable(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """After a question that cannot be asked the next one is answered."""
    fake_index(articles)
    engine = fake_engine()
    with pytest.raises(QuestionError):
        engine.ask("?")
    assert engine.ask("Pandora").answered


def test_index_that_was_never_finished_cannot_be_asked(fake_store: Store, fake_engine: OpenEngine) -> None:
    """A catalog that no run was published in is no index yet."""
    with closing(create_catalog(fake_store.catalog)):
        engine = fake_engine()
        with pytest.raises(NoIndexError, match="never finished"):
            engine.ask("Pandora")


def test_no_index_cannot_be_opened(fake_engine: OpenEngine) -> None:
    """Where there is no catalog, the engine does not open."""
    with pytest.raises(NoIndexError, match="there is no index"):
        fake_engine()


def test_models_are_loaded_once(fake_index: Index, fake_store: Store, articles: Path) -> None:
    """The first question loads the embedder; later ones use it again."""
    fake_index(articles)
    opened: list[HashingEmbedder] = []

    def open_embedder(_: object) -> HashingEmbedder:
        opened.append(HashingEmbedder())
        return opened[-1]

    with Engine(fake_store, notify=lambda _: None, open_embedder=open_embedder) as engine:
        assert not opened
        engine.ask("Pandora")
        engine.ask("Putin")
    assert len(opened) == 1
