"""Open a file or a page on the web as the desktop does: with the system's opener."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from index.errors import UsageError

_OPENERS = ("xdg-open", "wslview", "gio")
_IN_THE_TERMINAL = "qa show, or /show in a chat, shows it in the terminal"
_FAILS_WITHIN = 1.0
"""Seconds within which an opener says that it cannot; some that can stay as long as the file is open."""


def open_file(path: Path) -> None:
    """Hand a file to the system's opener and do not wait; raise `UsageError` where there is none."""
    if not os.path.exists(path):  # noqa: PTH110 - false, too, where nobody may look
        raise UsageError(f"{path} is gone", "run qa index")
    _open(os.fspath(path))


def open_url(url: str) -> None:
    """Hand a page on the web to the system's opener, as `open_file` does a file."""
    if not url.startswith(("http://", "https://")) or not url.isprintable() or " " in url:
        raise UsageError(f"{url} is no page on the web", "open its file")
    _open(url)


def _open(target: str) -> None:
    try:
        _start(target)
    except OSError as error:
        raise UsageError(f"{target} cannot be opened: {error.strerror}", _IN_THE_TERMINAL) from error


def _start(target: str) -> None:
    """Start the opener; raise `UsageError` where it fails at once."""
    if sys.platform == "win32":
        os.startfile(target)  # noqa: S606 - the way of this system
        return
    command = ["open"] if sys.platform == "darwin" else _opener()
    opener = subprocess.Popen(  # noqa: S603 - a program by its whole path, and what to open as its one argument
        [*command, target],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = opener.wait(_FAILS_WITHIN)
    except subprocess.TimeoutExpired:
        threading.Thread(target=opener.wait, daemon=True).start()  # so that it is not left as a zombie
        return
    if code:
        raise UsageError(f"{Path(command[0]).name} cannot open {target}", _IN_THE_TERMINAL)


def _opener() -> list[str]:
    for name in _OPENERS:
        found = shutil.which(name)
        if found:
            return [found, "open"] if name == "gio" else [found]
    raise UsageError(
        "this system has no program to open files with",
        f"install {_OPENERS[0]}; or {_IN_THE_TERMINAL}",
    )
