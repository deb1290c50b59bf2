"""Put an article's text together from its blocks, and note where its pages and headings begin."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from index.articles import Landmark, LandmarkKind


class BlockKind(Enum):
    """What a block of text is; a line is one of a list's or a table's and stands close to its neighbours."""

    PARAGRAPH = auto()
    HEADING = auto()
    LINE = auto()


@dataclass(frozen=True, slots=True)
class PageStart:
    """The page `label` begins at code point `at` of a block."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a line, as it will stand in the text; `pages` begin in it, in their order."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    pages: tuple[PageStart, ...] = ()


@dataclass(frozen=True, slots=True)
class BuiltText:
    """An article's text, and the landmarks in it."""

    text: str
    landmarks: tuple[Landmark, ...]


def build_text(blocks: Iterable[Block]) -> BuiltText:
    """Join blocks by blank lines, lines that follow one another by line ends.

    Blocks without a text are passed over. Where a page begins with a heading, the page comes first.
    """
    pieces: list[str] = []
    landmarks: list[Landmark] = []
    length = 0
    before: BlockKind | None = None
    for block in blocks:
        if not block.text:
            continue
        if before is not None:
            pieces.append("\n" if before is block.kind is BlockKind.LINE else "\n\n")
            length += len(pieces[-1])
        landmarks += [Landmark(length + page.at, LandmarkKind.PAGE, page.label) for page in block.pages]
        if block.kind is BlockKind.HEADING:
            landmarks.append(Landmark(length, LandmarkKind.HEADING, block.text))
        pieces.append(block.text)
        length += len(block.text)
        before = block.kind
    # Sorting keeps the order of what begins at the same place.
    landmarks.sort(key=lambda landmark: landmark.start)
    return BuiltText("".join(pieces), tuple(landmarks))
