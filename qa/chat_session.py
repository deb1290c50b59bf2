"""A conversation in progress: what was asked and answered so far, and of which articles."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import QaError, UsageError
from qa.agreement import without_faint
from qa.answer import Answer
from qa.conversation import NOTHING_SAID, Conversation
from qa.conversation_log import ConversationLog, KeptConversation
from qa.engine import QUOTES, Engine
from qa.last_answer import KeptCitation, keep_citations, kept_citations
from qa.narrowing import EVERYTHING, ListedArticle, Narrowing, nothing_left, undated_line
from qa.render import render_answer
from qa.replay import replay_all
from qa.sanitise import sanitise
from qa.screen import Screen


@dataclass(frozen=True, slots=True)
class Asked:
    """The last question as it was asked, for `limit` quotes, so that more can be had of its answer."""

    question: str
    narrowing: Narrowing
    earlier: Conversation
    limit: int


class Session:
    """What the chat's commands work on."""

    def __init__(
        self,
        engine: Engine,
        screen: Screen,
        *,
        notify: Callable[[str], None],
        here: Path,
        quotes: int | None,
        logged: bool = True,
    ) -> None:
        """`screen` takes answers, `notify` a line that is none; without `logged` nothing is kept in the store.

        Answers have `quotes` quotes at most; as many as usual, without faint ones, where that is None.
        """
        self.engine = engine
        self.screen = screen
        self.here = here
        self.narrowing = EVERYTHING
        self.answers: list[Answer] = []
        self.asked: Asked | None = None
        self._whole: Answer | None = None
        self._notify = notify
        self._quotes = quotes or QUOTES
        self._all = quotes is not None
        self._conversation = NOTHING_SAID
        self._log = ConversationLog(engine.store) if logged else None
        self._file: Path | None = None
        self._stale = ""
        self._listing: tuple[ListedArticle, ...] | None = None

    @property
    def cited(self) -> list[KeptCitation]:
        """The citations of the last answer."""
        return kept_citations(self._whole) if self._whole else []

    def ask(self, question: str) -> None:
        """Answer a question on the screen, and remember it."""
        asked = Asked(question, self.narrowing, self._conversation, self._quotes)
        answer = self._answer(asked)
        shown = self._shown(answer)
        self.asked, self._whole = asked, answer
        self.answers.append(shown)
        self._conversation = self._conversation.after(answer)
        self.forget_listing()
        if self._log is not None:
            keep_citations(self.engine.store, answer)
            self._log.keep(answer, asked.earlier)
        self.screen.write(render_answer(shown, self.screen.style(), self.here))
        if answer.undated:
            self._notify(undated_line(answer.undated))
        self.tell_stale()

    def more(self) -> tuple[Answer, Collection[int] | None] | None:
        """Return the last answer with more quotes, and the numbers of those shown before; None if nothing was asked.

        Where the articles have changed since, so that a number is of another quote now, these are None.
        """
        if self.asked is None:
            return None
        asked = replace(self.asked, limit=self.asked.limit + self._quotes)
        answer, before = self._answer(asked), self.answers[-1]
        self.asked, self._whole, self.answers[-1] = asked, answer, answer
        if self._log is not None:
            keep_citations(self.engine.store, answer)
        shown, now = kept_citations(before), kept_citations(answer)
        return answer, {each.number for each in shown} if all(each in now for each in shown) else None

    def explained(self) -> Answer | None:
        """Return the last answer with its explanation; None where nothing was asked."""
        return self._answer(self.asked, explain=True) if self.asked is not None else None

    def reset(self) -> None:
        """Forget the conversation; what is asked next begins another one."""
        self.answers, self.asked, self._whole, self._conversation = [], None, None, NOTHING_SAID
        self._keep_in(None)

    def resume(self, kept: KeptConversation) -> None:
        """Go on with an earlier conversation, of the articles that it was narrowed to last unless others are asked."""
        answers = replay_all(kept, self.engine.store)
        self.reset()
        self.answers = [self._shown(answer) for answer in answers]
        for answer in answers:
            earlier = self._conversation
            limit = len(answer.quotes) or self._quotes
            self.asked = Asked(answer.question, Narrowing(**answer.filters), earlier, limit)
            self._whole = answer
            self._conversation = earlier.after(answer)
        self._keep_in(kept.file)
        if self.asked and self.asked.narrowing and not self.narrowing:
            with suppress(UsageError):  # there are no such articles any more
                self.narrow(self.asked.narrowing)

    def is_current(self, kept: KeptConversation) -> bool:
        """Tell whether a kept conversation is this one."""
        return kept.file == self._file or (self._log is not None and kept.file == self._log.file)

    def narrow(self, narrowing: Narrowing) -> None:
        """Ask only some of the articles from now on; raise `UsageError` where there are none such."""
        selection = self.engine.selection(narrowing)
        if not selection.articles:
            raise nothing_left(narrowing, selection.undated)
        self.narrowing = narrowing
        undated = f"; {undated_line(selection.undated)}" if selection.undated else ""
        self.screen.write(f"{_articles(selection.articles)}{undated}\n")

    def listing(self) -> tuple[ListedArticle, ...]:
        """Return all articles, as they were when they were last asked."""
        if self._listing is None:
            self._listing = self.engine.listing(EVERYTHING)
        return self._listing

    def toolbar(self) -> str:
        """Return the line below the prompt: articles, filters, whether the folders have changed."""
        try:
            return self._state()
        except QaError as error:  # it will be told, with what to do, when a question is asked
            return sanitise(error.problem)

    def _keep_in(self, file: Path | None) -> None:
        """Write what comes to a conversation's file, None for a new one; nothing where nothing is to be kept."""
        self._file = file
        if self._log is not None:
            self._log = ConversationLog(self.engine.store, file=file)

    def _state(self) -> str:
        parts = [_articles(self.engine.articles())]
        if self.narrowing:
            selection = self.engine.selection(self.narrowing)
            parts = [f"{selection.articles} of {parts[0]}", f"{sanitise(str(self.narrowing))} (/all: every article)"]
        stale = str(self.engine.staleness())
        return " · ".join([*parts, f"{sanitise(stale)}: /index"] if stale else parts)

    def forget_listing(self) -> None:
        """List the articles anew when they are next asked for."""
        self._listing = None

    def tell_stale(self) -> None:
        """Say in a line that the folders have changed, once for each change."""
        stale = str(self.engine.staleness())
        if stale and stale != self._stale:
            self._notify(f"{stale}: run qa index, or /index here")
        self._stale = stale

    def _shown(self, answer: Answer) -> Answer:
        return answer if self._all else without_faint(answer)

    def _answer(self, asked: Asked, *, explain: bool = False) -> Answer:
        with self.screen.waiting("reading"):
            return self.engine.ask(
                asked.question, limit=asked.limit, narrowing=asked.narrowing, earlier=asked.earlier, explain=explain
            )


def _articles(count: int) -> str:
    return f"{count} article{'' if count == 1 else 's'}"
