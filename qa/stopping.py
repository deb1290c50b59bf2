"""Let a process that is told to end do so in order."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_NAMES = ("SIGTERM", "SIGHUP")


def ending_signals() -> list[int]:
    """Return those signals that would end this process at once: neither ignored nor handled already."""
    numbers = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    return [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Have SIGTERM and SIGHUP raise `SystemExit` within the block, with the status that shells give: 143 and 129.

    One that is ignored, as after `nohup`, stays so, and one that is handled already is left alone.
    Only the main thread is told of signals: in another the block is run as it is.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    taken = ending_signals()

    def stop(number: int, _frame: object) -> None:
        for each in taken:
            signal.signal(each, signal.SIG_IGN)  # once is enough: what is left to do takes a moment
        raise SystemExit(128 + number)

    for number in taken:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
