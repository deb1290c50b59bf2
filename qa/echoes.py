"""Tell sentences that only ask: the question of an interview, a headline that the article answers."""

import re

from index.words import Stems
from qa.question import STOP_WORDS, Question
from qa.word_lists import AUXILIARIES, PREPOSITIONS, QUESTION_WORDS

_ASKS = re.compile(r"\?[\"'”’)\]*_]*$")
_ANY_AUXILIARY = "|".join(sorted(AUXILIARIES))
_OPENS = re.compile(
    rf"[*_\s]*(?:Q:\s*)?(?:(?:and|but|so|then),?\s)?(?:{_ANY_AUXILIARY}|(?:when|where)\s+(?:{_ANY_AUXILIARY})"
    rf"|(?:(?:{'|'.join(sorted(PREPOSITIONS))})\s)?(?:{'|'.join(sorted(QUESTION_WORDS - {'when', 'where'}))}))\b"
    r".*\?[)\]*_]*$",
    re.IGNORECASE | re.DOTALL,
)
"""A question of the article's own; one in quotation marks was put by somebody it reports on."""

_ABOUT_QUESTIONS = re.compile(r"\b(?:ask(?:s|ed|ing)?|questions?|wonder(?:s|ed|ing)?)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]{2,}")


def only_asks(sentence: str, question: Question, stemmer: Stems) -> bool:
    """Tell whether a sentence is a question, and hardly what `question` looks for.

    It is of the article's own, or has no word that matters but those of `question`. Of 20,500 sentences of the data
    38 are questions, and hold seven of 21,100 answers.
    """
    if not _ASKS.search(sentence):
        return False
    if _OPENS.match(sentence) and not _ABOUT_QUESTIONS.search(question.text):
        return True
    words = [word for word in _WORD.findall(sentence) if word.lower() not in STOP_WORDS]
    (stems,) = stemmer.stems([" ".join(words)])
    return set(stems) <= set(question.stems)
