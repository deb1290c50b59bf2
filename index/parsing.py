"""Have files parsed away from this process, several at a time, and take their articles in order."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from index.article_json import ParsedArticle, from_json
from index.articles import Fields
from index.errors import ArticleError, NotAnArticleError
from index.processors import processors

MOST_SECONDS = 60.0
"""Of the processor, for an article; and for a file, before its first."""

_CRASHED = "its parser crashed"
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""What numpy takes for its threads, one a processor, counts against a process's limit of memory."""

_MOST_WAITING = 64
"""Articles of a file that are parsed before the first of them is taken."""

_CODE = "import sys; sys.path[:] = sys.argv[2:]; from importlib import import_module as i; i(sys.argv[1]).main()"
_OUT_OF_TIME = frozenset(-getattr(signal, name) for name in ("SIGPROF", "SIGALRM", "SIGXCPU") if hasattr(signal, name))

_Message = dict[str, Any]


class Parse:
    """The parsing of one file, under way. Iterate over it once, for its articles in their order.

    At the end the iteration raises `ArticleError` where the file cannot be read, however its parser
    ended, and `NotAnArticleError` where it holds no article. After it `sha256` is the hash of the
    bytes that were parsed, and `warnings` what a user should know of them.
    """

    def __init__(self) -> None:
        self.sha256 = ""
        self.warnings: list[str] = []
        self._messages: queue.Queue[_Message] = queue.Queue(_MOST_WAITING)

    def __iter__(self) -> Iterator[ParsedArticle]:
        while True:
            message = self._messages.get()
            if "article" in message:
                yield from_json(message)
            elif "warning" in message:
                self.warnings.append(message["warning"])
            elif "failed" in message:
                raise ArticleError(message["failed"])
            else:
                self.sha256 = message["end"]
                if "skipped" in message:
                    raise NotAnArticleError(message["skipped"])
                return

    def put(self, message: _Message, given_up: threading.Event) -> None:
        """Hand over a message; wait while too many are there, unless nobody takes them any more."""
        while not given_up.is_set():
            try:
                self._messages.put(message, timeout=0.2)
                return
            except queue.Full:
                continue


class Parsers:
    """Processes that parse files, as many as there are processors; each is started when it is needed.

    A file gets `seconds` of the processor's time before its first article and after each. Use it in a
    `with` block.
    """

    def __init__(self, *, seconds: float = MOST_SECONDS, worker: str = "index.parse_worker") -> None:
        """Prepare to parse; `worker` names the module whose `main` a process runs."""
        self.count = processors()
        self._worker = worker
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="parser")
        self._given_up = threading.Event()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop the processes, whatever they are doing."""
        self._given_up.set()
        with self._lock:
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.close()

    def start(self, name: str, fields: Fields) -> Parse:
        """Have a file parsed, by its path, as soon as a process is free; files are begun in their order."""
        parse = Parse()
        request = {"path": name, "fields": dict(fields), "seconds": self._seconds}
        self._threads.submit(self._run, request, parse)
        return parse

    def _run(self, request: _Message, parse: Parse) -> None:
        """Have a process answer a request. One that died while it waited for work answers nothing: another is asked."""
        try:
            worker = self._take()
            answered = worker.ask(request, lambda message: parse.put(message, self._given_up))
            while not answered and worker.was_used and worker.ended == _CRASHED and not self._given_up.is_set():
                self._let_go(worker)
                worker = self._take()
                answered = worker.ask(request, lambda message: parse.put(message, self._given_up))
            if worker.ended is not None:
                self._let_go(worker)
                parse.put({"failed": worker.ended}, self._given_up)
                return
            worker.was_used = True
            with self._lock:
                self._idle.append(worker)
        except Exception as error:  # noqa: BLE001 - whoever waits for the file has to be told, whatever it is
            parse.put({"failed": f"its parser cannot be run ({type(error).__name__})"}, self._given_up)

    def _take(self) -> "_Worker":
        """Return a process that waits for work, or a new one."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
            worker = _Worker(self._worker)
            self._all.add(worker)
            if self._given_up.is_set():
                worker.kill()
            return worker

    def _let_go(self, worker: "_Worker") -> None:
        """Forget a process that has ended."""
        with self._lock:
            self._all.discard(worker)
        worker.close()


class _Worker:
    """A process that parses. `ended` says how it came to its end, None while it has not; `was_used`, that it worked."""

    def __init__(self, module: str) -> None:
        self.ended: str | None = None
        self.was_used = False
        self._process = subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-P", "-c", _CODE, module, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="ascii",
            start_new_session=True,  # Ctrl-C is for the process that indexes
            env=os.environ | _ONE_THREAD,
        )

    def ask(self, request: _Message, take: Callable[[_Message], None]) -> bool:
        """Hand the answers about a file to `take`, the last of which tells its end; tell whether there was any."""
        source, sink = self._process.stdout, self._process.stdin
        assert source is not None
        assert sink is not None
        answered = False
        try:
            sink.write(json.dumps(request) + "\n")
            sink.flush()
            for line in source:
                message: _Message = json.loads(line)
                take(message)
                answered = True
                if "end" in message or "failed" in message:
                    return True
        except (BrokenPipeError, ValueError):  # it died over a line
            pass
        self.ended = self._epitaph(request["seconds"])
        return answered

    def _epitaph(self, seconds: float) -> str:
        self.kill()
        code = self._process.wait()
        return f"took more than {seconds:.0f} seconds to parse" if code in _OUT_OF_TIME else _CRASHED

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def close(self) -> None:
        """End the process and let go of it."""
        self.kill()
        with contextlib.suppress(BrokenPipeError):  # what was not sent yet
            self._process.__exit__(None, None, None)
