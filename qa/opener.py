"""Open a file as the desktop does: with the system's opener."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from index.errors import UsageError

_OPENERS = ("xdg-open", "wslview", "gio")


def open_file(path: Path) -> None:
    """Hand a file to the system's opener and do not wait; raise `UsageError` where there is none."""
    try:
        _open(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be opened: {error.strerror}", "show it with /article") from error


def _open(path: Path) -> None:
    if not path.exists():
        raise UsageError(f"{path} is gone", "run /index, or qa index")
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - the way of this system
        return
    command = ["open"] if sys.platform == "darwin" else _opener()
    opener = subprocess.Popen(  # noqa: S603 - a program by its whole path, and a file's path as its one argument
        [*command, os.fspath(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=opener.wait, daemon=True).start()  # so that it is not left as a zombie


def _opener() -> list[str]:
    for name in _OPENERS:
        found = shutil.which(name)
        if found:
            return [found, "open"] if name == "gio" else [found]
    raise UsageError("this system has no program to open files with", f"install {_OPENERS[0]}, or use /article")
