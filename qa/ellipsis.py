"""Complete a question that leaves words out, by those of the question before it: `Why?`, and `And Zelensky?`."""

import re

from qa.conversation import Turn
from qa.mentions import Mention, find_mentions, is_plural, judge
from qa.question import STOP_WORDS
from qa.question_parts import (
    OPENINGS,
    PAST,
    WORD,
    QuestionParts,
    take_apart,
)
from qa.word_lists import AUXILIARIES, FORMS_OF_DO, PREPOSITIONS, QUESTION_WORDS

_BARE = re.compile(
    # `Who is that?` asks about what was answered.
    r"(?!(?:who|whom|whose|what|which) (?:is|was|are|were) |where (?:is|are) )"
    rf"(?P<asks>(?:(?:{'|'.join(sorted(PREPOSITIONS))}) )?(?:who|whom|whose|what|which|where|when|why"
    r"|how(?: (?:long|many|much|often|far|old|come))?))"
    r"(?P<not> not)?(?: (?:so|else|exactly|then|again))*"
    r"(?: (?:is|was|are|were) (?:that|this)(?: so)?| (?:did|does|do) (?:he|she|it|they) do (?:that|this|so|it)"
    r"| (?:did|does) (?:that|this) (?:all )?(?:happen|occur|come about))?",
    re.IGNORECASE,
)
_NOUN_ALONE = re.compile(
    rf"""
    (?:{"|".join(sorted(PREPOSITIONS))})\ (?:(?:which|what|whose)(?:\ \w+){{1,2}}|how\ (?:much|many)(?:\ \w+){{1,4}})
    |which\ \w+
    |what\ (?:age|city|company|country|court|date|day|hour|month|number|paper|party|place|prize|team|time|town|year)
    |how\ many\ (?:people|of\ (?:\w+\ )?\w+|\w+s)
    |how\ much\ (?:money|of\ (?:\w+\ )?\w+)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A question word with what is asked for, and nothing said of it: `Which court?`, `With how much of the vote?`."""

_EMPTY_EVENT = re.compile(r"(?P<asks>when|where|why|how) did it (?:all )?(?:happen|occur|come about)", re.IGNORECASE)
_WHO_THEY = re.compile(r"who (?:are|were) (?:they|those|those people)", re.IGNORECASE)
_ABOUT = re.compile(r"(?:what|how) about (?P<about>.+)", re.IGNORECASE)
_HEADLESS = re.compile(rf"(?P<asks>which|how many) (?P<rest>(?:{'|'.join(sorted(AUXILIARIES))}) .+)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:\w+ )?how (?:many|much) (?P<what>.+)", re.IGNORECASE)
_PEOPLE = ("people", "men", "women", "children")
_COUNTED_PEOPLE = re.compile(rf"how many (?:{'|'.join(_PEOPLE)})\b(?= \w)", re.IGNORECASE)
_BE_BEFORE = re.compile(r"\b(?P<be>is|are|was|were|has been|have been)(?: \w+ly)?\s*$")
_HAPPENED = re.compile(r"happened\b")
_VERBS = frozenset(["be", "been", "being"])
_ENDINGS = ("ed", "ing")
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_DENIED = {"can": "can't", "will": "won't", "shall": "shan't", "am": "am not", "may": "may not", "might": "might not"}
_LONGEST_FRAGMENT = 7
_LONGEST_ANSWER = 12


def complete(question: str, before: Turn) -> list[str]:
    """Return a question's completions by the turn before it, likeliest first; none where it leaves no words out."""
    asked = _unopened(question)
    opened = OPENINGS.match(question) is not None
    bare = _BARE.fullmatch(asked)
    if bare:
        return [f"{text}?" for text in _ask_otherwise(bare["asks"], bare["not"] is not None, before)]
    if _NOUN_ALONE.fullmatch(asked) and not _says_something(asked):
        return [f"{text}?" for text in _ask_otherwise(asked, False, before)]
    event = _EMPTY_EVENT.fullmatch(asked)
    if event and not find_mentions(take_apart(before.understood), (*before.quotes, *before.titles)):
        return [f"{text}?" for text in _ask_otherwise(event["asks"], False, before)]
    counted = _COUNTED_PEOPLE.match(before.understood) if _WHO_THEY.fullmatch(asked) else None
    if counted:
        return [f"Who {before.understood[counted.end() :].strip().rstrip('?!. ')}?"]
    about = _ABOUT.fullmatch(asked)
    if about or (opened and _is_fragment(asked)):
        return [f"{text}?" for text in _put_in_place(about["about"] if about else asked, before)]
    headless = _HEADLESS.fullmatch(asked)
    if headless:
        asks = headless["asks"].capitalize()
        return [f"{asks} {noun} {headless['rest']}?" for noun in _nouns(asks, before)]
    return []


def is_bare(question: str) -> bool:
    """Tell whether a question is hardly more than its question word, and takes all else from the one before it."""
    return _BARE.fullmatch(_unopened(question)) is not None


def _unopened(question: str) -> str:
    """Return a question without the `And` that it goes on with and without its mark."""
    return " ".join(OPENINGS.sub("", question).split()).rstrip("?!. ")


def stands_alone(question: str) -> bool:
    """Tell whether a question that leaves words out may be whole all the same: `Which is the largest city?`."""
    return OPENINGS.match(question) is None and _HEADLESS.fullmatch(question.strip().rstrip("?!. ")) is not None


def names_topic(question: str) -> bool:
    """Tell whether a question names what it is about and nothing else: `What about the toll?`."""
    return _ABOUT.fullmatch(_unopened(question)) is not None


def _is_fragment(asked: str) -> bool:
    words = [word.lower() for word in WORD.findall(asked)]
    return 0 < len(words) <= _LONGEST_FRAGMENT and not any(w in AUXILIARIES | QUESTION_WORDS for w in words)


def _says_something(asked: str) -> bool:
    """Tell whether a question word is followed by a verb, as far as that shows."""
    words = [word.lower() for word in WORD.findall(asked)]
    return words[-1].endswith("ed") or any(word in AUXILIARIES for word in words)


def _ask_otherwise(asks: str, denied: bool, before: Turn) -> list[str]:
    """Ask the question before with another question word, its answer in the place of the old one."""
    parts = take_apart(before.understood)
    asks = asks[0].upper() + asks[1:]
    if names_topic(before.understood):
        return [f"{asks} {parts.rest}"]
    if parts.asks.lower() == "what" and not parts.auxiliary and _HAPPENED.match(parts.rest):
        return [_ask_of_event(asks, parts.rest, before)]
    auxiliary, answer = _auxiliary(parts, denied), _short(before.answer)
    if parts.asks and (not auxiliary or (_goes_on_with_verb(parts.rest) and parts.form not in FORMS_OF_DO)):
        return [_ask_of_subject(asks, auxiliary, answer, parts)]
    plain = _spaced(asks, auxiliary, parts.rest)
    return [f"{plain} {answer}", plain] if answer and parts.word in ("what", "which", "who", "whom") else [plain]


def _ask_of_event(asks: str, happened: str, before: Turn) -> str:
    """Ask of what happened: `Why did it happen?`, or `Why was it that the mayor was hurt?` where he was."""
    answer, to_whom = _short(before.answer), happened.removeprefix("happened")
    if not (to_whom.startswith(" to ") and PAST.fullmatch(answer.split(" ")[0])):
        return f"{asks} did it happen{to_whom}"
    suffered = _BE_BEFORE.search(before.quotes[0].split(answer)[0]) if before.quotes else None
    return _spaced(asks, "was it that", to_whom.removeprefix(" to "), suffered["be"] if suffered else "", answer)


def _ask_of_subject(asks: str, auxiliary: str, answer: str, parts: QuestionParts) -> str:
    """Ask again a question for who or what did something: the answer did it."""
    counted = _COUNTED.fullmatch(parts.asks)
    stand_in = counted["what"] if counted else answer or parts.noun
    if asks.lower().removesuffix(" one") == parts.word or (asks.lower() == "who" and stand_in in _PEOPLE):
        # The same asked again, as by `Who else?` or `Which one?`, is not to name the answer.
        return _spaced(asks, auxiliary, parts.rest)
    if auxiliary and stand_in:
        return _spaced(asks, auxiliary, stand_in, parts.rest)
    # English would have a `did`, and another form of the verb, but for this way to put it.
    first = WORD.match(parts.rest)
    verb = parts.form or (first.group() if first else "")
    is_present = verb in ("is", "are") or (verb != "was" and verb.endswith("s"))
    is_present = is_present or (is_plural(parts.noun) and not auxiliary and not PAST.fullmatch(verb))
    stand_in = stand_in or ("something" if parts.word == "what" else "somebody")
    return _spaced(asks, "is" if is_present else "was", "it that", stand_in, auxiliary, parts.rest)


def _auxiliary(parts: QuestionParts, denied: bool) -> str:
    """Return the auxiliary of a question in lower case, with its `not` where that is asked for."""
    auxiliary = parts.auxiliary.lower()
    if denied and auxiliary and auxiliary == parts.form:
        return _DENIED.get(auxiliary, f"{auxiliary}n't")
    return auxiliary


def _goes_on_with_verb(rest: str) -> bool:
    first = WORD.match(rest)
    if first is None:
        return False
    return first.group() in _VERBS or (first.group().islower() and first.group().endswith(_ENDINGS))


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _short(answer: str | None) -> str:
    """Return an answer's words on one line, nothing where they are too many to stand in a question."""
    words = (answer or "").split()
    return " ".join(words).rstrip(".,;:") if len(words) <= _LONGEST_ANSWER else ""


def _put_in_place(about: str, before: Turn) -> list[str]:
    """Put a fragment in the place of what it answers to in the question before."""
    asked = OPENINGS.sub("", before.understood).strip().rstrip("?!. ")
    words, new = list(WORD.finditer(asked)), WORD.findall(about)
    if not new:
        return []
    years = list(_YEAR.finditer(asked))
    if years and _YEAR.fullmatch(new[-1]):
        return [f"{asked[: years[-1].start()]}{new[-1]}{asked[years[-1].end() :]}"]
    alike = _alike([word.group().lower() for word in words], [word.lower() for word in new])
    if alike is None and new[0].lower() in PREPOSITIONS:
        same = [at for at, word in enumerate(words) if word.group().lower() == new[0].lower()]
        return [f"{asked[: words[same[-1]].start()]}{about}" if same else f"{asked} {about}"]
    if alike is None and len(new) == 1 and new[0].islower() and new[0].endswith("ed"):
        verbs = [at for at, word in enumerate(words) if word.group().endswith("ed")]
        alike = (verbs[-1], verbs[-1] + 1) if verbs else None
    if alike is not None:
        start, end = words[alike[0]].start(), words[alike[1] - 1].end()
        return [asked[:start] + about + asked[end:]]
    places = _places(judge(about), take_apart(asked), before)
    return [asked.replace(place.text, about, 1) for place in places if place.text in asked] or [f"{asked} {about}"]


def _alike(words: list[str], new: list[str]) -> tuple[int, int] | None:
    """Return the place of what ends, or else begins, with the same word: `moral ontology` for `moral epistemology`."""
    for at, word in enumerate(words):
        if word == new[-1] and word not in STOP_WORDS and at + 1 >= len(new) > 1:
            return at + 1 - len(new), at + 1
    for at, word in enumerate(words):
        if word == new[0] and word not in STOP_WORDS | PREPOSITIONS and len(new) > 1 and at + len(new) <= len(words):
            return at, at + len(new)
    return None


def _places(new: Mention, parts: QuestionParts, before: Turn) -> list[Mention]:
    """Return what a name or noun may take the place of: names for a name, the last noun for a noun."""
    mentions = find_mentions(parts, (*before.quotes, *before.titles))
    if any(word[0].isupper() for word in WORD.findall(new.text)):
        return sorted(mentions, key=lambda m: not any(word[0].isupper() for word in WORD.findall(m.text)))
    return mentions[::-1]


def _nouns(asks: str, before: Turn) -> list[str]:
    """Return the nouns that a `which` or `how many` without one may ask for."""
    parts = take_apart(before.understood)
    mentions = find_mentions(parts, (*before.quotes, *before.titles))
    nouns = [parts.noun] if parts.noun else []
    if asks.lower() == "how many":
        nouns = [noun for noun in nouns if is_plural(WORD.findall(noun)[-1])]
        mentions.sort(key=lambda mention: not mention.several)
        return [*nouns, *(_last_of(mention.text) for mention in mentions)]
    return [*nouns, *(mention.text for mention in mentions if not mention.person)]


def _last_of(noun: str) -> str:
    """Return `Catholicos` of `the plural form of Catholicos`: what is counted."""
    return re.sub(r"^(?:.* of )?(?:the |an? )?", "", noun)
