"""What the Tab key offers."""

from dataclasses import replace
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from index.errors import UsageError
from qa.chat_commands import COMMANDS
from qa.chat_completion import ChatCompleter
from qa.narrowing import ListedArticle


def _article(title: str, source: str | None) -> ListedArticle:
    return ListedArticle(title=title, path=Path("/a.txt"), record=None, date=None, source=source)


_LISTED = (
    _article("Scholz calls Putin", "ICARO Media"),
    _article("Harbour of Veldhaven reopens", None),
    _article("Evil\x1b[2J title", "Harbour Times"),
)


def offered(typed: str, *, articles: tuple[ListedArticle, ...] = _LISTED) -> list[str]:
    completer = ChatCompleter(lambda: articles)
    found = completer.get_completions(Document(typed), CompleteEvent())
    return [typed[: len(typed) + each.start_position] + each.text for each in found]


def test_commands_are_offered() -> None:
    """A slash offers every command, some letters those that begin so, in any case."""
    assert offered("/") == [command.name for command in COMMANDS]
    assert offered("/so") == ["/sources", "/source"]
    assert offered("/SI") == ["/since"]
    assert offered("/xyz") == []


def test_titles_are_offered() -> None:
    """Behind a command that takes an article stand titles with what was typed, safe to show."""
    assert offered("/article put") == ["/article Scholz calls Putin"]
    assert offered("/only e") == ["/only Harbour of Veldhaven reopens", "/only Evil<U+001B>[2J title"]


def test_sources_and_commands_are_offered() -> None:
    """Behind others stand sources, each once, or commands."""
    assert offered("/source ") == ["/source Harbour Times", "/source ICARO Media"]
    assert offered("/help his") == ["/help history"]


@pytest.mark.parametrize("typed", ["/since 20", "/quit ", "/nonsense a", ""])
def test_nothing_is_offered(typed: str) -> None:
    """Where nothing is to be chosen from, nothing is offered."""
    assert offered(typed) == []


def test_words_of_titles_in_questions() -> None:
    """In a question, the word before the cursor is completed to words of titles and sources."""
    assert offered("When did vel") == ["When did Veldhaven"]
    assert offered("When did v") == []
    towns = (replace(_LISTED[0], title="Zürich and North-Korea"),)
    assert offered("Who rang Zür", articles=towns) == ["Who rang Zürich"]
    assert offered("Who rang North-Kor", articles=towns) == ["Who rang North-Korea"]
    assert offered("Who rang (zü", articles=towns) == ["Who rang (Zürich"]
    assert offered("Who rang Zürich ", articles=towns) == []
    assert offered("When did Veldhaven") == []


def test_index_that_cannot_be_read() -> None:
    """Where articles cannot be listed, commands are offered all the same."""

    def fail() -> tuple[ListedArticle, ...]:
        raise UsageError("broken", "mend it")

    completer = ChatCompleter(fail)
    assert not list(completer.get_completions(Document("/article a"), CompleteEvent()))
    assert list(completer.get_completions(Document("/"), CompleteEvent()))


def test_long_lists_are_cut() -> None:
    """Of very many titles the first fifty are offered."""
    assert len(offered("/article t", articles=tuple(_article(f"title {n}", None) for n in range(200)))) == 50
