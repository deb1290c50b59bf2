"""Read the plain text of a mail: its lines as they are, but for those that were only broken to be sent."""

import re

SIGNATURE = "-- "
"""The line above a signature, which ends in a space all the same (RFC 3676, section 4.3)."""

_BLANK_LINES = re.compile(r"\n{3,}")


def tidy_plain(text: str) -> str:
    """Return text with one kind of line end, no spaces before them, and no two blank lines together."""
    lines = (line.rstrip() for line in _lines(text))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def join_flowed(text: str, *, delete_space: bool) -> str:
    """Join the lines of `format=flowed` text that were broken to be sent (RFC 3676).

    A line that ends in a space goes on in the next one of the same depth of quotation. With
    `delete_space`, the parameter `DelSp`, the space itself was added, too.
    """
    joined: list[str] = []
    open_depth: int | None = None
    for line in _lines(text):
        depth = len(line) - len(line.lstrip(">"))
        # A space is put before a line that begins with one, with `>` or with `From `.
        content = line[depth:].removeprefix(" ")
        flows = content.endswith(" ") and content != SIGNATURE
        kept = content[:-1] if flows and delete_space else content
        if depth == open_depth and content != SIGNATURE:
            joined[-1] += kept
        else:
            joined.append(f"{'>' * depth} {kept}" if depth else kept)
        open_depth = depth if flows else None
    return "\n".join(joined)


def _lines(text: str) -> list[str]:
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
