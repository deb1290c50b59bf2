"""Run a contender: make its index, or answer questions; without libraries, for what it loads is counted."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from tests.measure.benchmark.layout import Layout


@dataclass(frozen=True, slots=True)
class Found:
    """Where a peer sees the answer: in a paragraph, by its number, from code point to code point of it."""

    paragraph: int
    start: int
    end: int


class Peer(Protocol):
    """Something else that answers questions over the same paragraphs."""

    def build(self, layout: Layout, folder: Path) -> None:
        """Make its index in `folder`, which is there and empty."""

    def open(self, layout: Layout, folder: Path) -> Callable[[str], Found | None]:
        """Open its index, and return what answers a question: None for no answer."""


def run_peer(peer: Peer, name: str) -> None:
    """Run a peer's process: `build FOLDER`, `serve FOLDER` or `ask FOLDER QUESTION`."""
    options = _parser().parse_args()
    layout = Layout(options.work)
    folder = layout.peer(name)
    if options.act == "build":
        folder.mkdir(parents=True)
        peer.build(layout, folder)
        return
    answer = peer.open(layout, folder)
    if options.act == "ask":
        print(json.dumps(_as_json(answer(options.question))))
    else:
        for line in sys.stdin:
            print(json.dumps(_as_json(answer(line.rstrip("\n")))), flush=True)


def serve_timed(prepare: Callable[[Layout], Callable[[str], object]]) -> None:
    """Run the process of one function, for `serve FOLDER`: the seconds it took, and its result, for each line."""
    handle = prepare(Layout(_parser().parse_args().work))
    for line in sys.stdin:
        began = time.perf_counter()
        result = handle(line.rstrip("\n"))
        seconds = time.perf_counter() - began
        print(json.dumps({"seconds": seconds, "result": result}), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("act", choices=["build", "serve", "ask"])
    parser.add_argument("work", type=Path)
    parser.add_argument("question", nargs="?", default="")
    return parser


def _as_json(found: Found | None) -> object:
    return None if found is None else asdict(found)
