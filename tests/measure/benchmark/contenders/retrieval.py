"""What those that only retrieve share: how deep they look, and where a paragraph stands."""

from tests.measure.benchmark.layout import Paragraph

DEPTH = 20
"""Passages or paragraphs that are asked for."""


def place(paragraph: Paragraph) -> tuple[str, int, int]:
    """Return a paragraph's path, its first code point and the one behind its last."""
    return paragraph.path, paragraph.start, paragraph.start + len(paragraph.text)
