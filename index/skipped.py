"""Count the files that are no articles, by reason, with a few of each by name."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

EXAMPLES = 3
"""Files of a reason that are kept by name."""


@dataclass(slots=True)
class Skipped:
    """How many files were left out for each reason, and the first few of them."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Path]] = field(default_factory=dict)

    def add(self, name: str, reason: str) -> None:
        """Count a file, by its path as a string."""
        self.counts[reason] += 1
        known = self.examples.setdefault(reason, [])
        if len(known) < EXAMPLES:
            known.append(Path(name))

    def total(self) -> int:
        """Return the number of all files that were counted."""
        return self.counts.total()
