"""Tell sentences of an article from its front matter, title, headings and rules, which answer nothing."""

import re
from functools import lru_cache

from index.front_matter import front_matter_end
from index.records import StoredText

_HEADING = re.compile(r"#{1,6}\s|[\W_]*$|(\*\*|__).+\1$", re.DOTALL)
_HEAD = 3


def is_prose(text: StoredText, position: int) -> bool:
    """Tell whether the `position`-th sentence of `text` is neither front matter nor a heading."""
    sentence = text.sentences[position]
    return sentence.start >= _body(text.content) and not is_heading(sentence.of(text.content), position)


def is_heading(sentence: str, position: int) -> bool:
    """Tell whether a sentence, the `position`-th of its article, is a title, a heading or a rule."""
    if _HEADING.match(sentence):
        return True
    return position < _HEAD and not ends(sentence)


def ends(sentence: str) -> bool:
    """Tell whether a mark that ends sentences stands behind the last letter or digit."""
    for character in reversed(sentence):
        if character in ".!?…" or character.isalnum():
            return not character.isalnum()
    return False


@lru_cache(maxsize=64)
def _body(content: str) -> int:
    return front_matter_end(content)
