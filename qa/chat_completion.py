"""Complete what is typed in the chat: commands, then what they take, and in questions the words of titles."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from index.errors import QaError
from qa.chat_commands import COMMANDS, Completes, find_command
from qa.narrowing import ListedArticle
from qa.sanitise import sanitise, sanitise_name

_MOST = 50
_LEAST_LETTERS = 2
_WORD = re.compile(r"[^\W_][\w'’-]*")
_LAST_WORD = re.compile(rf"(?<![\w'’-]){_WORD.pattern}\Z")


class ChatCompleter(Completer):
    """Offer commands at once, and in questions, at the Tab key, words that titles and sources have."""

    def __init__(self, listing: Callable[[], Sequence[ListedArticle]]) -> None:
        """`listing` returns the articles; where it cannot, nothing of them is offered."""
        self._listing = listing

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Yield what may stand where the cursor is."""
        typed = document.text_before_cursor.lstrip()
        if not typed.startswith("/"):
            last = _LAST_WORD.search(typed)
            yield from _matching(last[0], self._words()) if last and len(last[0]) >= _LEAST_LETTERS else ()
            return
        name, space, rest = typed.partition(" ")
        if not space:
            for command in COMMANDS:
                if command.name.startswith(name.lower()):
                    yield Completion(command.name, -len(name), display_meta=command.what)
            return
        try:
            completes = find_command(name).completes
        except QaError:
            return
        yield from _matching(rest.lstrip(), self._offered(completes), anywhere=True)

    def _offered(self, completes: Completes) -> Iterable[str]:
        if completes is Completes.COMMANDS:
            return [command.name.removeprefix("/") for command in COMMANDS]
        if completes is Completes.TITLES:
            return dict.fromkeys(sanitise_name(article.title) for article in self._articles())
        if completes is Completes.SOURCES:
            return sorted({sanitise_name(article.source) for article in self._articles() if article.source})
        return ()

    def _words(self) -> Iterable[str]:
        named = (text for article in self._articles() for text in (article.title, article.source or ""))
        return dict.fromkeys(word for text in named for word in _WORD.findall(sanitise(text)))

    def _articles(self) -> Sequence[ListedArticle]:
        try:
            return self._listing()
        except QaError:
            return ()


def _matching(typed: str, offered: Iterable[str], *, anywhere: bool = False) -> Iterator[Completion]:
    """Yield what begins with `typed`, or with `anywhere` has it inside, in any case; at most so many."""
    wanted = typed.casefold()
    found = 0
    for text in offered:
        if (wanted in text.casefold()) if anywhere else (text.casefold().startswith(wanted) and text != typed):
            yield Completion(text, -len(typed))
            found += 1
            if found == _MOST:
                return
