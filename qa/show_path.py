"""Show a path as a user in some folder would write it."""

import os
from pathlib import Path

from qa.sanitise import sanitise_path


def show_path(path: Path, here: Path) -> str:
    """Return a path from `here` where it is below it, else whole: for programs, and files."""
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else os.fspath(path)


def shown_path(path: Path, here: Path) -> str:
    """Return a path as `show_path` does, sanitised for a screen."""
    return sanitise_path(show_path(path, here))
