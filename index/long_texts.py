"""Say how long an article's text may be."""

LONGEST_TEXT = 20_000_000
"""Code points of an article's text: of longer ones the sentences and passages do not fit in memory together."""


def is_too_long(text: str) -> str | None:
    """Return what is wrong with a text that is too long to be an article, None for others."""
    return f"more than {LONGEST_TEXT // 1_000_000} million characters" if len(text) > LONGEST_TEXT else None
