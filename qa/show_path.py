"""Show a path as a user in some folder would write it."""

import os
from pathlib import Path


def show_path(path: Path, here: Path) -> str:
    """Return a path from `here` where it is below it, else whole."""
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else os.fspath(path)
