"""Guess from a question what kind of words answer it, and find such words in a sentence."""

import re
from enum import Enum, auto

from qa.measures import MONTHS, UNITS_OF_TIME, may_be_measure
from qa.word_lists import AUXILIARIES, NUMBER_WORDS, PREPOSITIONS

_NUMBER_WORDS = f"{'|'.join(NUMBER_WORDS[1:13])}|dozens?|hundreds?|thousands?"
_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"


class Kind(Enum):
    """What a question asks for."""

    NAME = auto()
    NUMBER = auto()
    TIME = auto()
    REASON = auto()
    YES_OR_NO = auto()
    ANYTHING = auto()


def _words(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


_ASKS = (
    (
        Kind.YES_OR_NO,
        re.compile(
            r"^\W*(?:(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)"
            r"(?:n['’]t)?|(?:wo|sha)n['’]t)\b"
            r"(?!.*\bor\b)",
            re.IGNORECASE,
        ),
    ),
    (Kind.NUMBER, _words("how (?:many|much|long|old|far|often|large|big|tall|high)|what (?:percent|percentage|share)")),
    (Kind.TIME, _words("when|(?:what|which) (?:year|date|day|month|century|decade|time)")),
    (Kind.REASON, _words("why|what (?:is|was|were) the (?:reason|cause)s?")),
    (Kind.NAME, _words("who|whom|whose|where|(?:what|which) (?:city|country|state|region|company)")),
)
_ASKS_FOR_WORDS = "who|whom|whose|what|which|how"
_QUESTION_WORD = _words(f"{_ASKS_FOR_WORDS}|where|why|when")
_CLAUSE_FIRST = re.compile(
    rf"\W*when\s+(?!(?:{'|'.join(sorted(AUXILIARIES))})\b)[^?]*?(?=\b(?:{_ASKS_FOR_WORDS}|where|why)\b)",
    re.IGNORECASE,
)
"""`When the wall fell, ` of a question that asks for something else."""

_WHEN_OF_A_CLAUSE = re.compile(rf"\bwhen\s+(?=(?:{_ASKS_FOR_WORDS})\b)", re.IGNORECASE)
"""As in `They left when what happened?`, which asks for no time."""

_MEASURED_BY_WORDS = _words("how (?:much|often|large|big)")
"""What such questions ask for may be `small` or `daily` as well as a number."""

_POLITE = re.compile(
    r"^\W*(?:please\W+)?(?:(?:can|could|would|will) you (?:please )?|do you (?:happen to )?)"
    r"(?:tell me|say|know|explain|remember)\b[\s,]*(?=\w)",
    re.IGNORECASE,
)
_PLURAL = r"(?-i:(?!(?:news|series|species|sports|\w*(?:us|is))\b)[a-z]{2,}[a-rt-z]s)"
_OF_SEVERAL = "are|were|have|had|did|do|will|can|could|would"
_PAST = "(?-i:[a-z]{2,}ed|gave|got|held|left|lost|made|met|said|sent|took|went|won)"
_SEVERAL = re.compile(
    rf"""
    # An s behind `which` is a plural's, but for that of a clause: `the company which makes phones`.
    (?:^\W*|,\ |\b(?:{"|".join(sorted(PREPOSITIONS))}|and|or|but|so|me|know|say)\s+)which\s+{_PLURAL}\s+
        (?!\w+\s+(?:is|was|has)\b)\w+
    # One that comes later may be a verb's, as in `which country borders France`, where no plural's verb follows.
    |\bwhich\s+(?:\w+\s+){{1,2}}?{_PLURAL}\s+(?:{_OF_SEVERAL}|{_PAST})\b
    |\bwhich\s+(?:other|both|\d+|{_NUMBER_WORDS})\s+(?:\w+\s+)?{_PLURAL}\b
    |\b(?:what|whose)\s+(?:\w+\s+){{0,2}}?{_PLURAL}\s+(?:{_OF_SEVERAL})\b
    |\bwho\s+(?:all\s+)?(?:are|were)\b|\bwhat\s+are\b
    |^\W*(?:list\b|name\s+(?:\w+\s+){{0,2}}?
        (?:all|both|each|every|some|people|men|women|children|\d+|{_NUMBER_WORDS}|{_PLURAL})\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SHOWS = {
    Kind.NUMBER: re.compile(rf"\d|\b(?:{_NUMBER_WORDS}|[mb]illions?|half|third|quarter)\b", re.IGNORECASE),
    Kind.TIME: re.compile(rf"\b(?:1\d{{3}}|20\d\d)s?\b|\b(?:{MONTHS}|{_DAYS}|century|year|month|week|ago)\b"),
    Kind.REASON: _words(
        r"because|since|due to|owing to|as a result|in order to|so that|caus\w+|led to|reason\w*|after|amid\w*"
    ),
}
# Wider than what shows in a sentence, since an answer is few words: only what can hardly be one is to fail.
_DECADES = "(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ies)"
_TEENS = "|".join(NUMBER_WORDS[13:])
_ORDINALS = rf"(?:{_TEENS}|four|fif|six|seven|eigh|nin|ten|eleven|twelf)th|\w+tieth|first|second|third"
_ANSWERS = {
    Kind.NUMBER: _words(
        rf"\w*\d\w*|zero|(?:{_NUMBER_WORDS}|{_TEENS}|{_DECADES})|{_ORDINALS}|{UNITS_OF_TIME}|[mbtr]+illions?|millenni\w+"
        r"|scores?|half|halves|per ?cent|once|twice|thrice|\w+fold|doubled?|tripled?|quadrupled?|single|couple|pair"
        r"|an?|both|all|every\w*|each|most|many|much|few\w*|several|some\w*|multiple|numerous|countless|majority|minority"
        r"|none|no\w*|any\w*|never|always|forever|permanent(?:ly)?|indefinitely|until|since|more|less|very|too|enough"
        r"|whole|entire|life|newborn|teens|far|near\w*|close|short\w*|long\w*"
    ),
    Kind.TIME: _words(
        rf"\w*\d\w*|(?:{_NUMBER_WORDS}|{_TEENS}|{_DECADES})|{_ORDINALS}|{UNITS_OF_TIME}"
        rf"|(?-i:{MONTHS}|{_DAYS}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.?)"
        r"|moments?|\w*times?|eras?|ages?|periods?|seasons?|springs?|summers?|autumns?|fall|winters?|weekends?|eve"
        r"|(?:mor|eve)nings?|\w*noons?|\w*nights?|dawn|dusk|sun(?:rise|set)|to-?day|tomorrow|yesterday|\w+days?|o['’]clock"
        r"|now|then|ago|soon|shortly|current(?:ly)?|present|previous(?:ly)?|prior|early|earlier|late|later|mid|last|next"
        r"|start|beg[iau]n\w*|end\w*|after\w+|in the wake|whenever|once"
        r"|(?:before|after|during|when|whil(?:e|st)|as|if|since|until|till|upon|following)(?=\W+\w)"
        r"|recent(?:ly)?|immediate(?:ly)?"
        r"|(?!(?:\w*(?:friend|like|live|lone|cost|dead|ug|ho|orde)ly|only|family|italy|supply|reply|assembly|ally|rally)\b)"
        r"\w+ly|never|always|birth|death|easter|christmas|thanksgiving"
        r"|halloween|passover|ramadan|eid|lent|war|revolution|renaissance|antiquity|medieval|millenni\w+"
    ),
}
# A capitalised word that does not open the sentence, or two that do.
_NAME = re.compile(r"(?<=[a-z,;:)\"”’] )[A-Z][\w’'.-]+|^\W*[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)+")


def kind_asked(question: str) -> Kind:
    """Return what kind of words would answer the question: `What did he say when asked?` wants no time."""
    asked = _WHEN_OF_A_CLAUSE.sub("", without_politeness(question))
    if clause := _CLAUSE_FIRST.match(asked):
        asked = asked[clause.end() :]
    first = _QUESTION_WORD.search(asked)
    asks_at = first.start() if first else len(asked)
    found = ((kind, asks.search(asked)) for kind, asks in _ASKS)
    return next((kind for kind, match in found if match and match.start() <= asks_at), Kind.ANYTHING)


def without_politeness(question: str) -> str:
    """Return `who called?` of `Can you tell me who called?`."""
    return _POLITE.sub("", question)


def asks_for_several(question: str) -> bool:
    """Tell whether the question's grammar asks for more than one thing: `Which countries are …`."""
    return bool(_SEVERAL.search(question))


def shows_kind(sentence: str, kind: Kind, question: str) -> bool:
    """Tell whether a sentence has words of a kind; names that the question gave do not count."""
    if kind not in _SHOWS and kind is not Kind.NAME:
        return True
    if kind is not Kind.NAME:
        return bool(_SHOWS[kind].search(sentence))
    given = set(_name_words(question))
    return any(not given.issuperset(_name_words(name.group())) for name in _NAME.finditer(sentence))


def may_be_of_kind(answer: str, kind: Kind, question: str) -> bool:
    """Tell whether some words may be what is asked for: no number of years is called `German chancellor`."""
    if not may_be_measure(answer, question):
        return False
    return kind not in _ANSWERS or bool(_ANSWERS[kind].search(answer)) or bool(_MEASURED_BY_WORDS.search(question))


def _name_words(text: str) -> list[str]:
    """Return the words of a name in lower case, without what a genitive adds."""
    return [word for word in re.findall(r"\w+", text.lower()) if word != "s"]
