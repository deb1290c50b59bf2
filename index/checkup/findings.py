"""What an examination of an index finds, and what mends it."""

from dataclasses import dataclass
from enum import Enum, auto


class Cure(Enum):
    """What mends a finding."""

    NONE = auto()
    """Nothing needs to be done."""
    TIDY = auto()
    """Delete what is left over, and take others' permissions away."""
    RUN = auto()
    """An index run."""
    WORDS = auto()
    """Make the table of words anew from the texts."""
    VECTORS = auto()
    """Make Chroma's folder anew from the catalog."""
    TEXTS = auto()
    """Read the files of damaged texts again, and embed these texts alone."""
    MODEL = auto()
    """Export the model again."""
    EMBED = auto()
    """Embed everything again."""
    SALVAGE = auto()
    """Make a new catalog of what the damaged one still holds."""
    USER = auto()
    """The user has to: the finding says what."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, in one line."""

    problem: str
    cure: Cure


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an index as it was found: how much of it there is, and what is amiss."""

    part: str
    holds: str
    findings: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing has to be done about it."""
        return all(finding.cure is Cure.NONE for finding in self.findings)
