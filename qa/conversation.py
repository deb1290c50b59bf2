"""What was said before a question: a value, handed to the engine with it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from qa.answer import Answer

REMEMBERED = 4
"""Turns that a conversation keeps; what was said before them is forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question and what it got.

    `understood` is the question as it was searched for, `question` as it was asked. `quotes` are the
    words of the quotes, best first; `titles` and `paths` those of the cited articles, in that order.
    What was not answered has none of these: what came nearest is not what was talked about, though it may tell how a
    name is spelled that the question has in small letters.
    """

    question: str
    understood: str
    answer: str | None
    quotes: tuple[str, ...]
    titles: tuple[str, ...]
    paths: tuple[Path, ...]

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Return the turn that ended with an answer."""
        from qa.capitals import with_capitals  # a single question needs none of it

        quotes = answer.quotes if answer.answered else ()
        citations = [quote.citation for quote in quotes]
        texts = tuple(quote.text for quote in quotes)
        titles = tuple(dict.fromkeys(citation.title for citation in citations))
        return cls(
            question=answer.question,
            understood=with_capitals(answer.understood, [quote.text for quote in answer.quotes]),
            answer=answer.answer,
            quotes=texts,
            titles=titles,
            paths=tuple(dict.fromkeys(citation.path for citation in citations)),
        )


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last turns, oldest first."""

    turns: tuple[Turn, ...] = ()

    def after(self, answer: Answer) -> "Conversation":
        """Return the conversation with one more turn, the oldest forgotten where there are too many."""
        return Conversation((*self.turns, Turn.of(answer))[-REMEMBERED:])


NOTHING_SAID = Conversation()
"""The conversation before its first question."""
