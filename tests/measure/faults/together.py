"""Ask, chat and index at once for minutes: no error, no crash, and no article that is half seen."""

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.commands import SECONDS, Place
from tests.measure.faults.folder import Author, Mix, State, lay_out, question, sentence
from tests.measure.faults.holding import BrokenPromiseError, damages, hold, leftovers
from tests.measure.faults.scenes import FOLDER, store_at

ASKERS = 8
_ONCE = 3
"""So many of the askers are a process for each question."""

_MIX = Mix(added=4, changed=4, renamed=2, deleted=3, copied=1)
_WAITING = "waiting for another qa index (process"


class Crowd:
    """A place with an index of the real model, its history, and processes that use it at once."""

    def __init__(self, here: Path, *, articles: int, seed: int) -> None:
        """Index `articles` in `here`, whose store has the exported model."""
        self.counts: Counter[str] = Counter()
        self._place = Place(here)
        self._author = Author(seed)
        self._known: dict[str, tuple[str, set[str]]] = {}
        self._sizes: set[int] = set()
        self._state = self._begin(self._author.begin(articles))
        self._stop = threading.Event()
        self._index(FOLDER)

    def crowd(self, minutes: float) -> None:
        """Index again and again, by two processes every other time, while all others ask."""
        began = time.monotonic()
        with ExitStack() as stack:
            for number in range(ASKERS):
                ask = self._ask_once if number < _ONCE else self._ask_on
                stack.enter_context(_beside(ask, self._stop))
            chat = stack.enter_context(self._served("chat", "--json", "--no-log"))
            stack.callback(self._stop.set)
            while time.monotonic() - began < minutes * 60:
                before = self._state
                self._state = self._begin(self._author.go_on(before, _MIX))
                self._index(twice=self.counts["index runs"] % 2 == 1)
                self._hold_chat_sees(chat, before)
        store = store_at(self._place.here)
        self._index()  # what was read till now can go
        hold(damages(store), "a crowd")
        hold(leftovers(store), "a crowd")
        self.counts["minutes of it"] = round((time.monotonic() - began) / 60)

    def _begin(self, state: State) -> State:
        """Lay a state out, known to be quoted from now on."""
        for name, text in state.texts.items():
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            self._known.setdefault(sha256, (text, set()))[1].add(name)
        self._sizes.add(len(state.texts))
        lay_out(state, self._place.here / FOLDER, tick=len(self._known))
        return state

    def _index(self, *arguments: str, twice: bool = False) -> None:
        runs = [self._place.start("index", *arguments) for _ in range(1 + twice)]
        for process in runs:
            output, errors = process.communicate(timeout=10 * SECONDS)
            told = [line for line in errors.splitlines() if "qa: indexing" not in line]
            if process.returncode != 0 or not all(_WAITING in line for line in told):
                raise BrokenPromiseError(
                    f"qa index, while others ask, left with {process.returncode}: {errors}{output}"
                )
            self.counts["index runs"] += 1
            self.counts["index runs that waited for another"] += len(told)

    def _ask_on(self) -> None:
        """Ask question after question of one process."""
        with self._served("ask", "--json", "-") as ask:
            while not self._stop.is_set():
                for fact in list(self._state.facts)[:: len(self._state.facts) // 5]:
                    self._hold_answer(ask(question(fact)))

    def _ask_once(self) -> None:
        """Ask one question of each of many processes."""
        while not self._stop.is_set():
            fact = list(self._state.facts)[self.counts["questions"] % len(self._state.facts)]
            done = self._place.run("ask", "--json", question(fact))
            if done.returncode not in (0, 1):
                raise BrokenPromiseError(f"qa ask, while others index, left with {done.returncode}: {done.stderr}")
            _hold_quiet(done.stderr)
            self._hold_answer(json.loads(done.stdout))

    def _hold_answer(self, answer: dict[str, Any]) -> None:
        """Hold that every quote stands in a text that its file had, and that the articles are those of one run."""
        if "error" in answer:
            raise BrokenPromiseError(f"{answer['question']!r} got an error: {answer['error']}")
        seen: dict[str, str] = {}
        for quote in answer["quotes"]:
            cited = quote["citation"]
            text, names = self._known.get(cited["text_sha256"], ("", set()))
            if Path(cited["path"]).name not in names or text[cited["start"] : cited["end"]] != quote["text"]:
                raise BrokenPromiseError(f"{quote['text']!r} was never in {cited['path']}")
            if seen.setdefault(cited["path"], cited["text_sha256"]) != cited["text_sha256"]:
                raise BrokenPromiseError(f"an answer quotes two texts of {cited['path']}")
        if answer["index"]["articles"] not in self._sizes:
            raise BrokenPromiseError(f"{answer['index']['articles']} articles were never published together")
        self.counts["questions"] += 1

    def _hold_chat_sees(self, chat: Callable[[str], dict[str, Any]], before: State) -> None:
        """Hold that an open chat quotes an article of the run that has just ended, and none that went with it."""
        fact = next(fact for fact in self._state.facts if fact not in before.facts)
        answer = chat(question(fact))
        self._hold_answer(answer)
        if not any(quote["text"] == sentence(fact) for quote in answer["quotes"]):
            raise BrokenPromiseError(f"an open chat does not see {fact}, which has just been indexed: {answer}")
        gone = next(fact for fact in before.facts if fact not in self._state.facts)
        answer = chat(question(gone))
        self._hold_answer(answer)
        if any(quote["text"] == sentence(gone) for quote in answer["quotes"]):
            raise BrokenPromiseError(f"an open chat still quotes {gone}, which is not indexed any more")
        self.counts["new articles seen by an open chat"] += 1

    @contextmanager
    def _served(self, *arguments: str) -> Iterator[Callable[[str], dict[str, Any]]]:
        """Start a process that answers a line with a line; at the end it has to leave well, having said nothing."""
        process = self._place.start(*arguments)
        assert process.stdin is not None
        assert process.stdout is not None
        sink, source = process.stdin, process.stdout

        def ask(line: str) -> dict[str, Any]:
            sink.write(line + "\n")
            sink.flush()
            answer = source.readline()
            if not answer:
                raise BrokenPromiseError(f"qa {' '.join(arguments)} went: {process.communicate()[1]}")
            return dict(json.loads(answer))

        try:
            yield ask
            _, errors = process.communicate(timeout=SECONDS)
            _hold_quiet(errors)
            if process.returncode != 0:
                raise BrokenPromiseError(f"qa {' '.join(arguments)} left with {process.returncode}: {errors}")
        finally:
            process.kill()
            with suppress(BrokenPipeError, ValueError):
                process.__exit__(None, None, None)


def _hold_quiet(errors: str) -> None:
    """Hold that nothing was said but that the folders have changed."""
    for line in errors.splitlines():
        if not line.endswith(": run qa index"):
            raise BrokenPromiseError(f"a question, while others index, said: {errors}")


@contextmanager
def _beside(function: Callable[[], None], stop: threading.Event) -> Iterator[None]:
    """Run a function in a thread beside the block, until `stop` is set; what it raises is raised at the end."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            function()
        except BaseException as error:  # noqa: BLE001 - it is raised again below
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    if raised:
        raise raised[0]
