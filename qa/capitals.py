"""Give the names in a question that was typed in lower case the capitals that they have in texts."""

import unicodedata
from collections.abc import Iterator, Sequence

from qa.mentions import bare, is_small, opens_sentence
from qa.question_parts import WORD
from qa.word_lists import AUXILIARIES


def with_capitals(question: str, texts: Sequence[str]) -> str:
    """Return `what did Helen Prentiss do` for `what did helen prentiss do`: its words as the texts write them.

    Words that they also write small, or with a capital only where a sentence opens, stay as they are; and
    so does a question with a capital behind its first word. Accents are put in, too.
    """
    words = list(WORD.finditer(question))
    if any(word.group() != word.group().lower() for word in words[1:]):
        return question
    names: dict[str, str] = {}
    small: set[str] = set()
    for text in texts:
        for word in WORD.findall(text):
            if word.islower():
                small.add(_folded(bare(word)))
        names |= {_folded(name): name for name in _capitals(text)}
    parts, at = [], 0
    for word in words:
        name = bare(word.group())
        key = _folded(name)
        if key in names and key not in small and not is_small(name) and name.lower() not in AUXILIARIES:
            parts += [question[at : word.start()], names[key], word.group()[len(name) :]]
            at = word.end()
    return "".join((*parts, question[at:]))


def _capitals(text: str) -> Iterator[str]:
    """Yield the words with a capital that does not come of a sentence's beginning alone."""
    words = list(WORD.finditer(text))
    for at, word in enumerate(words):
        goes_on = at + 1 < len(words) and words[at + 1].group()[0].isupper() and text[word.end()] == " "
        if word.group()[0].isupper() and (goes_on or not opens_sentence(text, words, at)):
            yield bare(word.group())


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))
