"""Find whom and what a text names: by capitals, by `the`, and by what the quotes say to the letter."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.question import STOP_WORDS
from qa.question_parts import PARTICIPLE, WORD, QuestionParts
from qa.word_lists import (
    AUXILIARIES,
    CONNECTORS,
    DAYS,
    DETERMINERS,
    FORMS_OF_BE,
    FORMS_OF_DO,
    PLACES,
    PREPOSITIONS,
    QUESTION_WORDS,
    ROLES,
    SENTENCE_OPENERS,
    THINGS,
)

_DEMONYM = re.compile(r"\w\w+(?:ian|[kc]an|[^d]ean|ese|ish)|German|French|Dutch|Greek|Swiss|Thai|Iraqi|Israeli")
_GENITIVE = re.compile(r"['’]s?$")
_PLURAL = re.compile(r"[a-z]{2,}[a-rt-z]s|people|men|women|children|police|media|data", re.ASCII)
_NO_PLURAL = re.compile(r".*(?:us|is|news|series|species|ics)")
_SAID_OF_PEOPLE = frozenset(["dead", "guilty", "innocent", "responsible"])
"""What somebody is found, which is no name of theirs."""

_SMALL = STOP_WORDS | PREPOSITIONS | QUESTION_WORDS
_OF_PARTICIPLES = FORMS_OF_BE | {"had", "has", "have"}
"""Auxiliaries that a participle goes with."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something named, in the words that name it.

    `person` is None where the words do not tell. `several` says that `they` would stand for it.
    """

    text: str
    person: bool | None
    several: bool


def find_names(text: str, known: Iterable[str] = ()) -> list[str]:
    """Return the names in a text, in order: runs of words with capitals, and the numbers that follow them.

    A single word that opens a sentence is a name only if it is among the `known` words.
    """
    words = list(WORD.finditer(text))
    names, at = [], 0
    while at < len(words):
        end = _end_of_name(text, words, at)
        opens = opens_sentence(text, words, at)
        first = bare(words[at].group())
        if end == at or (opens and end == at + 1 and first not in known):
            at = max(end, at + 1)
            continue
        start = at + (opens and first.lower() in SENTENCE_OPENERS | PREPOSITIONS)
        start = max([start, *(n + 1 for n in range(start, end - 1) if words[n].group().lower() in ROLES)])
        if start < end and words[start].group() not in DAYS and not _DEMONYM.fullmatch(words[end - 1].group()):
            names.append(bare(text[words[start].start() : words[end - 1].end()]))
        at = end
    return names


def opens_sentence(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Tell whether a word stands where a sentence begins, a quote or a bracket, and may have its capital of that."""
    return at == 0 or re.search(r"[.!?:;\"“(]", text[words[at - 1].end() : words[at].start()]) is not None


def _end_of_name(text: str, words: Sequence[re.Match[str]], at: int) -> int:
    """Return the end of the name that opens at a word; `at` itself where none does."""
    if not _is_capital(words[at].group()):
        return at
    end = at + 1
    while end < len(words) and words[end - 1].group() == bare(words[end - 1].group()):
        ahead = end
        while ahead < len(words) and ahead < end + 2 and words[ahead].group() in CONNECTORS | {"the"}:
            ahead += 1
        if ahead == len(words) or (ahead > end and words[end].group() == "the"):
            break
        next_word = words[ahead].group()
        if not _is_capital(next_word) and (ahead > end or not next_word[0].isdigit()):
            break
        if any(
            not _joins(text[words[n - 1].end() : words[n].start()], words[n - 1].group()) for n in range(end, ahead + 1)
        ):
            break
        end = ahead + 1
    return end


def _joins(gap: str, before: str) -> bool:
    """Tell whether what stands between two words keeps them in one name: a space, or the dot of `Dr.`."""
    return gap == " " or (gap == ". " and len(before) <= 2)


def _is_capital(word: str) -> bool:
    return word[0].isupper() and (word.lower() not in STOP_WORDS or _is_all_capitals(word))


def is_small(word: str) -> bool:
    """Tell whether a word names nothing: `us` does not, and `US` does."""
    return word.lower() in _SMALL and not _is_all_capitals(word)


def _is_all_capitals(word: str) -> bool:
    return word.isupper() and len(word) > 1


def bare(word: str) -> str:
    """Return a word without what a genitive adds."""
    genitive = _GENITIVE.search(word)
    return word[: genitive.start()] if genitive else word


def judge(name: str, texts: Sequence[str] = ()) -> Mention:
    """Return a mention of a name or noun, a person's or not as its words and those before it in `texts` tell."""
    words = WORD.findall(name)
    lower = [word.lower() for word in words]
    several = bool(re.search(r"\w (?:and|&) \w", name)) or is_plural(_head(words))
    if any(_words_before(name, text) & ROLES for text in texts) or _head(lower) in ROLES:
        return Mention(name, True, several)
    is_thing = any(word in THINGS or word in PLACES or word[0].isdigit() for word in lower)
    is_thing = is_thing or any(re.search(rf"\b(?:in|across) {re.escape(name)}(?!\w)", text) for text in texts)
    is_thing = is_thing or (len(words) == 1 and (words[0].isupper() or _DEMONYM.fullmatch(words[0]) is not None))
    if is_thing or not any(word[0].isupper() for word in words) or lower[0] == "the":
        return Mention(name, False, several)
    return Mention(name, None, several)


def _words_before(name: str, text: str) -> set[str]:
    """Return the words before a name in a text, in lower case, a given name between passed over."""
    found = re.findall(rf"(?:(\w+)\.? )?(\w+)\.? {re.escape(name)}(?!\w)", text)
    return {word.lower() for first, second in found for word in (second, first if second[0].isupper() else "")}


def _head(words: Sequence[str]) -> str:
    """Return the word that a noun phrase is about: the last one, or the one before `of`."""
    ends = next((at for at, word in enumerate(words) if at and word in PREPOSITIONS), len(words))
    return words[ends - 1]


def is_plural(word: str) -> bool:
    """Tell whether a noun looks like several things."""
    return _PLURAL.fullmatch(word) is not None and _NO_PLURAL.fullmatch(word) is None


def find_mentions(parts: QuestionParts, texts: Sequence[str]) -> list[Mention]:
    """Return what a question names behind its auxiliary, in order: names and nouns.

    Nouns are told from the verbs that follow them by what stands in `texts`, to the letter but for
    case, else by the auxiliary. Names joined by `and` are one mention, and each its own after that.
    """
    rest, words = parts.rest, list(WORD.finditer(parts.rest))
    folded = [text.casefold() for text in texts]
    found: list[Mention] = []
    opens_with_verb = bool(parts.asks) and not parts.auxiliary and bool(words) and words[0].group()[0].islower()
    at = int(opens_with_verb)
    while at < len(words):
        if is_small(words[at].group()) or (at == 0 and _is_participle(words, parts.form)):
            at += 1
            continue
        end = _end_of_noun(rest, words, at, folded, parts.form if not found else "")
        before = words[at - 1].group().lower() if at else ""
        start = at - (before in DETERMINERS or _GENITIVE.search(before) is not None)
        is_noun = start < at or not found or words[at].group()[0].isupper() or before in PREPOSITIONS - {"to"}
        is_object = end == len(words) and before in ("have", "has", "had")
        if (is_noun or is_object) and not rest[words[start].start() : words[end - 1].end()].isdecimal():
            found.append(judge(bare(rest[words[start].start() : words[end - 1].end()]), texts))
        at = end
    joined = re.search(r"[A-Z][\w.]*(?: [A-Z][\w.]*)* and [A-Z][\w.]*(?: [A-Z][\w.]*)*", rest)
    return [*([judge(bare(joined[0]), texts)] if joined else []), *found]


def _is_participle(words: Sequence[re.Match[str]], auxiliary: str) -> bool:
    """Tell whether the first word behind an auxiliary is a verb's, as in `Who was arrested in Berlin?`."""
    word = words[0].group()
    alone = len(words) == 1 or is_small(words[1].group()) or words[1].group() in _SAID_OF_PEOPLE
    return auxiliary in _OF_PARTICIPLES and alone and PARTICIPLE.fullmatch(word) is not None and not is_plural(word)


def _end_of_noun(rest: str, words: Sequence[re.Match[str]], at: int, folded: Sequence[str], auxiliary: str) -> int:
    """Return where the noun that opens at a word ends, with an `of …`, and the verb begins."""
    end, name = _end_of_run(rest, words, at), _end_of_name(rest, words, at)
    of = _start_after_of(words, end)
    if of and name in (at, end):
        return _end_of_noun(rest, words, of, folded, auxiliary)
    whole = at > 0 and words[at - 1].group().lower() in DETERMINERS and auxiliary not in FORMS_OF_DO
    for ahead in range(end, max(at, name), -1) if not whole else ():
        last = words[ahead - 1].group()
        if name > at and PARTICIPLE.fullmatch(last):
            continue  # quoted, with whose verb it is
        phrase = bare(rest[words[at].start() : words[ahead - 1].end()]).casefold()
        if any(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) for text in folded):
            return ahead
    if name > at and not whole:
        return min(name + 1, end) if _DEMONYM.fullmatch(words[name - 1].group()) else name
    takes_verb = auxiliary in AUXILIARIES or whole
    verb_follows = auxiliary in FORMS_OF_DO or (takes_verb and words[end - 1].group().endswith(("ed", "en")))
    return end - 1 if verb_follows and end > at + 1 else end


def _end_of_run(rest: str, words: Sequence[re.Match[str]], at: int) -> int:
    """Return the end of the words that may be one noun: up to a small word, a mark, a genitive or a verb's object."""
    end = at + 1
    whole = at > 0 and words[at - 1].group().lower() in DETERMINERS
    while (
        end < len(words)
        and rest[words[end - 1].end() : words[end].start()] == " "
        and not is_small(words[end].group())
        and words[end - 1].group() == bare(words[end - 1].group())
        and (whole or words[at].group()[0].isupper() or not words[end].group()[0].isupper())
    ):
        end += 1
    return end


def _start_after_of(words: Sequence[re.Match[str]], end: int) -> int:
    """Return where the noun opens that an `of` after another joins to it; 0 where there is none."""
    if end + 1 >= len(words) or words[end].group().lower() != "of":
        return 0
    after = end + 1 + (words[end + 1].group().lower() in DETERMINERS)
    return after if after < len(words) and not is_small(words[after].group()) else 0
