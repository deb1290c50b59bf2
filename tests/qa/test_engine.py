"""The engine over fakes: snapshots, refusal, copies, verification."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import NoIndexError, QuestionError, UsageError
from index.schema import create_catalog
from index.store import Store
from qa.answer import Answer, Quote
from qa.engine import Engine
from qa.narrowing import EVERYTHING, ListedArticle, Narrowing, Selection
from qa.reader import MakeReader
from qa.sentence_picker import SentencePicker
from tests.conftest import Index
from tests.fakes import HashingEmbedder, KeywordReader, finding

OpenEngine = Callable[[], Engine]
_COPY = "Harbour reopens\nHarbour Times\nThe harbour of Veldhaven reopened on Monday after a storm.\n"


class UnsureReader(KeywordReader):
    """A reader whose candidates are never good enough."""

    threshold = 1.5


def _engine(store: Store, *, make_reader: MakeReader, least_confidence: float | None = None) -> Engine:
    return Engine(
        store,
        notify=lambda _: None,
        open_embedder=lambda _: HashingEmbedder(),
        make_reader=make_reader,
        least_confidence=least_confidence,
    )


def _write_dated(folder: Path, **texts: tuple[str, str]) -> None:
    """Write an article for each date and text."""
    folder.mkdir(exist_ok=True)
    for name, (date, text) in texts.items():
        (folder / f"{name}.txt").write_text(f"---\ndate: {date}\n---\n{text}\n", encoding="utf-8")


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
    fake_index(allow_empty=True)
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
    monkeypatch.setattr("qa.lookout.FRESH_SECONDS", 3600.0)  # so that a slow machine does not hide it
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
    make_reader: MakeReader,
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

    with Engine(
        fake_store,
        notify=lambda _: None,
        open_embedder=open_embedder,
        make_reader=lambda _embedder, _stemmer: KeywordReader(),
    ) as engine:
        assert not opened
        engine.ask("Pandora")
        engine.ask("Putin")
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("reader", "least", "answered"),
    [
        (KeywordReader(), None, True),
        (UnsureReader(), None, False),
        (UnsureReader(), 1.0, True),
        (UnsureReader(), 0.0, True),
        (KeywordReader(), 1.01, False),
    ],
)
def test_least_confidence_goes_before_the_reader_s_threshold(
    fake_index: Index, fake_store: Store, articles: Path, reader: KeywordReader, least: float | None, *, answered: bool
) -> None:
    """What the user asks for decides what is an answer, 0 too; without it the reader's threshold does."""
    fake_index(articles)
    with _engine(fake_store, make_reader=lambda _embedder, _stemmer: reader, least_confidence=least) as engine:
        answer = engine.ask("Pandora")
    assert (answer.answered, bool(answer.answer), bool(answer.answers)) == (answered, answered, answered)
    assert answer.quotes


_TROOPS = {
    "a": ("2024-01-01", "Troops came from Korea to the front."),
    "b": ("2024-03-01", "Later on, troops came from Iran."),
    "c": ("2024-02-01", "There were also troops from Chad in town."),
}
_SEVERAL = "Which countries sent troops?"


def test_question_for_several_gets_the_likely_ones(fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """Where several are asked for, the answers are the first and all that are at least half as likely."""
    _write_dated(tmp_path / "troops", **_TROOPS)
    fake_index(tmp_path / "troops")
    with _engine(fake_store, make_reader=finding(Korea=5.0, Iran=4.5, Chad=4.0)) as engine:
        answer = engine.ask(_SEVERAL)
    assert (answer.answer, answer.answers) == ("Korea", ("Korea", "Iran"))


def test_an_answer_has_a_quote_at_least(fake_index: Index, fake_engine: OpenEngine, articles: Path) -> None:
    """No number below 1 is taken for as many as there are."""
    fake_index(articles)
    for limit in (0, -1):
        with pytest.raises(UsageError, match="1 or more"):
            fake_engine().ask("Pandora", limit=limit)


def test_question_for_one_gets_one(fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """Where one thing is asked for, the alternatives are quoted and not called answers."""
    _write_dated(tmp_path / "troops", **_TROOPS)
    fake_index(tmp_path / "troops")
    with _engine(fake_store, make_reader=finding(Korea=5.0, Iran=4.9, Chad=4.8)) as engine:
        answer = engine.ask("Which country sent troops?")
    assert answer.answers == ("Korea",)
    assert len(answer.quotes) == 3


def test_alternatives_are_quoted_newest_first(fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """The likeliest answer is quoted first, then the alternatives by date, whatever their scores."""
    _write_dated(tmp_path / "troops", **_TROOPS)
    fake_index(tmp_path / "troops")
    with _engine(fake_store, make_reader=finding(Korea=5.0, Chad=4.9, Iran=4.8)) as engine:
        answer = engine.ask("Which country sent troops?")
    assert [quote.answer for quote in answer.quotes] == ["Korea", "Iran", "Chad"]


def test_answers_come_likeliest_first(fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """As `Answer` says, the other answers stand by how likely they are."""
    _write_dated(tmp_path / "troops", **_TROOPS)
    fake_index(tmp_path / "troops")
    with _engine(fake_store, make_reader=finding(Korea=5.0, Chad=4.9, Iran=4.8)) as engine:
        assert engine.ask(_SEVERAL).answers == ("Korea", "Chad", "Iran")


def test_every_answer_is_quoted(fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """What is called an answer stands in one of the quotes."""
    _write_dated(tmp_path / "troops", **_TROOPS)
    fake_index(tmp_path / "troops")
    with _engine(fake_store, make_reader=finding(Korea=5.0, Chad=4.9, Iran=4.8)) as engine:
        answer = engine.ask(_SEVERAL, limit=1)
    assert set(answer.answers) <= {quote.answer for quote in answer.quotes}


def test_equal_answers_are_quoted_together_and_agree(fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """An answer's other quotes stand before an alternative that is likelier than they are, and agree with it."""
    texts = {
        "a": ("2024-01-01", "It was Scholz who rang."),
        "b": ("2024-01-02", "It was Merz who rang."),
        "c": ("2024-01-03", "Then SCHOLZ rang again."),
    }
    _write_dated(tmp_path / "calls", **texts)
    fake_index(tmp_path / "calls")
    with _engine(fake_store, make_reader=finding(Scholz=5.0, Merz=4.9, SCHOLZ=4.5)) as engine:
        quotes = engine.ask("Who rang?").quotes
    assert [(quote.answer, quote.agrees) for quote in quotes] == [("Scholz", True), ("SCHOLZ", True), ("Merz", False)]


def test_same_day_of_the_week_months_apart_does_not_agree(fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """What happened on a Friday in March does not bear out that something did on one in May."""
    texts = {
        "a": ("2024-05-04", "It reopened on Friday."),
        "b": ("2024-03-05", "They mourned it on Friday."),
        "c": ("2024-05-06", "The mayor came, too, Friday."),
    }
    _write_dated(tmp_path / "fire", **texts)
    fake_index(tmp_path / "fire")
    with _engine(fake_store, make_reader=finding(Friday=5.0)) as engine:
        quotes = engine.ask("When did it reopen?").quotes
    agrees = {quote.citation.path.stem: quote.agrees for quote in quotes}
    assert agrees["a"] == agrees["c"] != agrees["b"]


def test_answers_of_other_times_are_called_by_their_words_once(
    fake_index: Index, fake_store: Store, tmp_path: Path
) -> None:
    """To a question for several days, `Friday` in March and in May is said once."""
    texts = {"a": ("2024-05-04", "It shut on Friday."), "b": ("2024-03-05", "It was shut Friday, too.")}
    _write_dated(tmp_path / "fire", **texts)
    fake_index(tmp_path / "fire")
    with _engine(fake_store, make_reader=finding(Friday=5.0)) as engine:
        answer = engine.ask("Which days were the shops shut?")
    assert (len(answer.quotes), answer.answers) == (2, ("Friday",))


@pytest.fixture
def tired(tmp_path: Path) -> Path:
    """Return a file of two sentences, of which the second says `he`."""
    folder = tmp_path / "tired"
    folder.mkdir()
    path = folder / "a.txt"
    path.write_bytes("🙂 Scholz was tired.\r\nHe rang Putin on Friday.\r\n".encode())
    return path


def test_context_is_a_slice_of_its_file(fake_index: Index, fake_engine: OpenEngine, tired: Path) -> None:
    """The sentence before a quote is verbatim, at its place in code points, and no part of the quote."""
    fake_index(tired.parent)
    (quote,) = fake_engine().ask("Putin").quotes
    assert quote.text == "He rang Putin on Friday."
    assert quote.context == "🙂 Scholz was tired."
    start = quote.context_start
    assert start is not None
    assert tired.read_bytes().decode()[start : start + len(quote.context)] == quote.context
    assert quote.verified


def test_changed_context_is_not_verified(fake_index: Index, fake_engine: OpenEngine, tired: Path) -> None:
    """A quote whose context was changed is not called verified, though the quote is where it was."""
    fake_index(tired.parent)
    engine = fake_engine()
    tired.write_bytes(tired.read_bytes().replace(b"Scholz", b"Schmid"))
    (quote,) = engine.ask("Putin").quotes
    assert _sliced(quote) == quote.text
    assert quote.verified is False


def test_quote_that_names_its_subject_has_no_context(fake_index: Index, fake_engine: OpenEngine, tired: Path) -> None:
    """Where there is no context, neither are its words nor its place there."""
    tired.write_text("It rained. Scholz rang Putin on Friday.\n", encoding="utf-8")
    fake_index(tired.parent)
    (quote,) = fake_engine().ask("Putin").quotes
    assert (quote.context, quote.context_start) == (None, None)


_NEWS = {
    "old": ("2023-05-01", "Veldhaven had a storm."),
    "new": ("2024-05-01", "Veldhaven had a flood."),
}


@pytest.fixture
def narrowed(fake_index: Index, fake_engine: OpenEngine, tmp_path: Path) -> Engine:
    """Return an engine over two dated articles and an undated one that has a copy."""
    _write_dated(tmp_path / "news", **_NEWS)
    for name in ("a.txt", "copy.md"):
        (tmp_path / "news" / name).write_text(_COPY, encoding="utf-8")
    fake_index(tmp_path / "news")
    return fake_engine()


@pytest.mark.parametrize(
    ("narrowing", "paths", "undated"),
    [
        (EVERYTHING, ["a.txt", "new.txt", "old.txt"], 0),
        (Narrowing(since="2024"), ["new.txt"], 2),
        (Narrowing(before="2024-05"), ["old.txt"], 2),
        (Narrowing(since="2023", only="o*"), ["old.txt"], 0),
        (Narrowing(only="*.md"), ["copy.md"], 0),
        (Narrowing(source="harbour"), ["a.txt"], 0),
    ],
)
def test_narrowing_leaves_its_articles_alone(
    narrowed: Engine, narrowing: Narrowing, paths: list[str], undated: int
) -> None:
    """Quotes are of articles that match, copies cited where they match; the filters and the undated are said."""
    answer = narrowed.ask("Veldhaven", narrowing=narrowing)
    assert sorted(_paths(answer)) == paths
    assert (answer.filters, answer.undated) == (narrowing.as_mapping(), undated)
    assert answer.index.articles == 4


def test_narrowing_that_leaves_nothing_is_told(narrowed: Engine) -> None:
    """The filters and the number of undated articles are named; the engine stays usable."""
    with pytest.raises(UsageError) as caught:
        narrowed.ask("Veldhaven", narrowing=Narrowing(only="[ax]*", since="2025"))
    assert (
        caught.value.problem == "no article matches: only [ax]*, since 2025 (1 article without an exact date left out)"
    )
    assert caught.value.remedy == "give a wider filter, or none"
    assert narrowed.ask("Veldhaven").answered


def test_selection_counts_articles(narrowed: Engine) -> None:
    """Copies are articles too; nothing left is no error here."""
    counts = [narrowed.selection(n) for n in (EVERYTHING, Narrowing(source="Times"), Narrowing(since="2025"))]
    assert counts == [Selection(4, 0), Selection(2, 0), Selection(0, 2)]


def test_listing_is_in_the_order_of_paths(narrowed: Engine, tmp_path: Path) -> None:
    """Every article is listed with what it says of itself, or those alone that match."""
    assert [article.path.name for article in narrowed.listing()] == ["a.txt", "copy.md", "new.txt", "old.txt"]
    assert narrowed.listing(Narrowing(only="a.txt")) == (
        ListedArticle(
            title="Harbour reopens", path=tmp_path / "news" / "a.txt", record=None, date=None, source="Harbour Times"
        ),
    )


def test_open_engine_narrows_what_was_published_last(narrowed: Engine, fake_index: Index, tmp_path: Path) -> None:
    """The same narrowing leaves an article that came since, and not one that is gone."""
    narrowing = Narrowing(since="2024")
    assert _paths(narrowed.ask("Veldhaven", narrowing=narrowing)) == ["new.txt"]
    (tmp_path / "news" / "new.txt").unlink()
    _write_dated(tmp_path / "news", newer=("2025-01-01", "Veldhaven had snow."))
    fake_index(tmp_path / "news")
    assert _paths(narrowed.ask("Veldhaven", narrowing=narrowing)) == ["newer.txt"]


def test_explanation_changes_nothing_else(narrowed: Engine) -> None:
    """An explained answer is the same answer; unexplained, it has no explanation."""
    plain, told = (narrowed.ask("Veldhaven storm", explain=explain) for explain in (False, True))
    assert plain.explanation is None
    assert replace(told, explanation=None, elapsed_ms=0) == replace(plain, elapsed_ms=0)


def test_explanation_is_of_what_the_narrowing_leaves(narrowed: Engine) -> None:
    """Passages and sentences are placed in the articles that match, and numbered as the quotes are."""
    answer = narrowed.ask("Veldhaven", narrowing=Narrowing(only="*.md"), explain=True)
    assert answer.explanation is not None
    assert {passage.path.name for passage in answer.explanation.retrieved} == {"copy.md"}
    assert [(s.path.name, s.quote) for s in answer.explanation.sentences] == [("copy.md", 1)]
    assert (answer.explanation.confidence, answer.explanation.threshold) == (1.0, 0.5)
