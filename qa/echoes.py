"""Tell sentences that only ask what is asked: the question of an interview, a headline that the article answers."""

import re

from index.words import Stems
from qa.question import STOP_WORDS, Question

_ASKS = re.compile(r"\?[\"'”’)\]*_]*$")
_WORD = re.compile(r"[^\W_]{2,}")


def echoes(sentence: str, question: Question, stemmer: Stems) -> bool:
    """Tell whether a sentence is a question without a word that matters but those of `question`."""
    if not _ASKS.search(sentence):
        return False
    words = [word for word in _WORD.findall(sentence) if word.lower() not in STOP_WORDS]
    (stems,) = stemmer.stems([" ".join(words)])
    return set(stems) <= set(question.stems)
