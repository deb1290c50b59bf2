"""Judge what a document's properties state: much of it was put there by a program, not by an author."""

import re
from pathlib import PurePath

LONGEST = 300
"""A title or an author's name of more code points is something else."""

_NO_TITLE = re.compile(
    r"\W*|(?:untitled|unnamed|no title|title|document|print|slide|layout|page|word document|"
    r"(?:microsoft )?(?:powerpoint|word|excel)(?: presentation| document)?|presentation)[ -]?\d*|"
    r"(?:microsoft (?:word|powerpoint|excel|publisher)|adobe \w+) - .*|"
    r"about:.*|(?:https?|file):.*|[a-z]:[\\/].*",
    re.IGNORECASE | re.DOTALL,
)
_FILE_NAME = re.compile(
    r".*\.(?:docx?|docm|dotx?|rtf|odt|pages|txt|md|html?|pdf|ps|eps|ai|tex|dvi|indd|qx[dp]|pmd|p65|fm|pub|pptx?|xlsx?)",
    re.IGNORECASE | re.DOTALL,
)
_CODE = re.compile(r"(?=\S*(?:_|\d{4}))\S+")
_NO_AUTHOR = re.compile(
    r"[\W\d_]*|\W*(?:admin(?:istrator)?|(?:windows |microsoft office |office )?user|owner|author|unknown|"
    r"anonymous|guest|default|none|null|root|pc|python-docx|\S*[\\/@]\S*)\d*\W*",
    re.IGNORECASE,
)


def stated_title(text: str | None, file_name: str) -> str | None:
    """Return a document's title as it states it, None where that is a program's or the file's own name."""
    title = _tidy(text)
    if _NO_TITLE.fullmatch(title) or _FILE_NAME.fullmatch(title) or _CODE.fullmatch(title):
        return None
    return None if title.casefold() == PurePath(file_name).stem.casefold() else title


def stated_author(text: str | None) -> str | None:
    """Return a document's author as it states it, None where that is an account's name."""
    author = _tidy(text)
    return None if _NO_AUTHOR.fullmatch(author) else author


def _tidy(text: str | None) -> str:
    tidy = " ".join("".join(each if each.isprintable() else " " for each in text or "").split())
    return tidy if len(tidy) <= LONGEST else ""
