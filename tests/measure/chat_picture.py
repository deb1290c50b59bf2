"""Make the picture of the chat in the README, from a real chat over the seeds.

    pip install '.[test,picture]'
    python -m tests.measure.chat_picture tests/measure/chat.svg

Runs `qa chat` in tmux, which must be installed, types the questions, and draws what the terminal then shows.
"""

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

COLUMNS, LINES = 88, 44
QUESTIONS = ("Who initiated the call?", "What did Zelensky call it?", "Why?", "Who won the football match?")
_SECONDS = 60.0
_TERMINAL = "qa-picture"
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_PROMPT = re.compile(r"qa>\s*$", re.MULTILINE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path, help="the SVG file to write")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        shutil.copytree(Path(__file__).parents[2] / "seeds", Path(work) / "seeds")
        subprocess.run([sys.executable, "-m", "qa", "index", "seeds"], cwd=work, check=True)
        screen = talk(Path(work))
    options.output.write_text(draw(screen), encoding="utf-8")
    return 0


def talk(folder: Path) -> str:
    """Hold the conversation in a terminal of its own, and return its lines with their colours."""
    _tmux(
        "new-session",
        "-d",
        "-x",
        str(COLUMNS),
        "-y",
        str(LINES),
        "-c",
        str(folder),
        f"{sys.executable} -m qa chat",
    )
    try:
        for asked in QUESTIONS:
            _wait_for_prompt(asked)
            _tmux("send-keys", "-l", asked)
            _tmux("send-keys", "Enter")
            time.sleep(1.0)
        _wait_for_prompt("the end")
        return _tmux("capture-pane", "-p", "-e")
    finally:
        _tmux("kill-server")


def draw(screen: str) -> str:
    """Return a terminal's lines as a picture in SVG."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi(screen.rstrip("\n")), soft_wrap=True)
    # Fonts that would be fetched are left out: the reader's own will do.
    return _FONTS.sub("", console.export_svg(title="qa chat")) + "\n"


def _wait_for_prompt(what: str) -> None:
    until = time.monotonic() + _SECONDS
    while not _PROMPT.search(_tmux("capture-pane", "-p").split("\n articles")[0].rstrip()):
        if time.monotonic() > until:
            raise TimeoutError(f"no prompt before {what}")
        time.sleep(0.2)


def _tmux(*arguments: str) -> str:
    program = shutil.which("tmux")
    if program is None:
        raise FileNotFoundError("tmux is not installed")
    command = [program, "-L", _TERMINAL, *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


if __name__ == "__main__":
    sys.exit(main())
