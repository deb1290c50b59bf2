"""The engine over fakes: snapshots, refusal, copies, verification."""

from collections.abc import Callable
from pathlib import Path

from qa.engine import Engine
from tests.conftest import Index


def test_engine_quotes_the_sentence_around_the_answer(
    fake_index: Index, fake_engine: Callable[[], Engine], articles: Path
) -> None:
    """A candidate of one word is quoted with its sentence, whose slice of the text it is."""
    fake_index(articles)
    answer = fake_engine().ask("Pandora")
    quote = answer.quotes[0]
    text = quote.citation.path.read_text(encoding="utf-8")
    assert quote.answer == "Pandora"
    assert text[quote.citation.start : quote.citation.end] == quote.text
    assert quote.text.startswith("Zelensky referred") and quote.text.endswith("isolation.")
