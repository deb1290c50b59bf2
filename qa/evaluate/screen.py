"""Show on standard error how far an evaluation is: bars on a terminal, lines elsewhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO, TypeVar

from tqdm import tqdm

from index.run import Progress
from qa.progress import progress_for

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class StreamScreen:
    """Bars for a stream that is a terminal; `say` is told the lines."""

    stream: TextIO
    say: Callable[[str], None]

    def notify(self, line: str) -> None:
        """Say what is amiss, or what takes long."""
        self.say(line)

    def indexing(self) -> Progress:
        """Return what shows how far the index is."""
        return progress_for(self.stream)

    def counted(self, items: Iterable[_Item], total: int, what: str) -> Iterable[_Item]:
        """Yield the items behind a bar, which is taken away at the end; without one where there is no terminal."""
        shown = self.stream.isatty() and total > 0
        return tqdm(items, total=total, desc=what, unit=" questions", file=self.stream, leave=False) if shown else items
