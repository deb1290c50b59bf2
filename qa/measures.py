"""Tell what can be no such measure as a question asks for (an age, a length of time, a count, a price), and its unit.

Only what can hardly be one is to fail, since people measure in many words: of 3,891 answers to such questions in the
data that the reader was trained and fitted on, one does.
"""

import re

from index.spans import Span

UNITS_OF_TIME = (
    "(?:second|minute|hour|day|night|week|fortnight|month|quarter|semester|year|decade|generation)s?|centur(?:y|ies)"
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

_UNITS_OF_AGE = rf"{UNITS_OF_TIME}|yrs|old|BP"
_YEAR = r"(?:1[5-9]|20)\d\d"


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_MEASURES = (
    (
        _pattern(r"\b(?:how\ old(?!\ in)|(?:what|which)\ age)\b"),
        _pattern(
            rf"""
            [$€£¥%]
            # A count of something: `810 votes`, `24 young people`.
            |\d\s+(?:(?!(?:{_UNITS_OF_AGE})\b)[a-z]+\s+)?(?!(?:{_UNITS_OF_AGE}|\w*(?:as|is|us|ss))\b)
                (?:[a-z]+s|people|men|women|children)\b
            # Above what anybody lives to, without a unit; four digits may be a year of birth.
            |^(?!.*\b(?:{_UNITS_OF_AGE})\b)\D*(?:1[3-9]\d|[2-9]\d\d|\d[\d,]{{4,}})(?!\d)
            """
        ),
    ),
    (
        _pattern(r"\bhow\ long\b(?!\ in)"),
        _pattern(rf"^{_YEAR}$ | [$€£¥%] | \bper\ ?cent\b"),
    ),
    (
        _pattern(r"\bhow\ many\b"),
        _pattern(
            rf"""
            # Newspapers write `1,955` of what is counted, unless the number is round.
            ^\W*(?!\d\d00){_YEAR}\W*$
            |^\W*\d\d?:\d\d\b | \d\ ?[ap]\.?m\b
            |^\W*(?:(?:{MONTHS})\ \d\d?|\d\d?\ (?:{MONTHS}))(?:,?\ {_YEAR})?\W*$
            """
        ),
    ),
    (
        _pattern(
            r"\bhow\ much\b(?!\ time).*"
            r"\b(?:costs?|pa(?:ys?|id)|earn(?:s|ed)?|sells?|sold|price[ds]?|charge[ds]?|worth)\b"
        ),
        _pattern(
            r"""
            ^(?!.*(?:[$€£¥]|\b(?:euros?|dollars?|pounds?|cents?|pence|francs?|\w+illions?)\b))
            .*\d\W*(?:(?:metric\ )?tons?|tonnes?|kilo(?:gram)?s?|acres?|hectares?|miles?|kilomet(?:er|re)s?
            |people|years?|days?|hours?)\b
            """
        ),
    ),
)
"""How a measure is asked for, and answers that can be none."""


def may_be_measure(answer: str, question: str) -> bool:
    """Tell whether an answer may be the measure that a question asks for; True where it asks for none of these."""
    return not any(asks.search(question) and none.search(answer) for asks, none in _MEASURES)


_NUMBER = re.compile(r"(?:\d|illions?)$")
_UNIT = re.compile(
    r"""
    [ ]((?:(?:U\.?S\.?|[A-Z][a-z]+(?:[ ]Kong)?)[ ])?(?:
        dollars?|euros?|pounds?(?:[ ]sterling)?|pence|cents?|francs?|kron(?:or|er|[aeu])|zlotys?|sol(?:es)?|pesos?
        |rupees?|yen|yuan|renminbi|rand|liras?|rou?bles?|hryvnias?|forints?|dinars?|dirhams?
        |ri[ya]als?|shekels?|baht|ringgit|naira|shillings?|cedis?|reais|leva|lei|koruna|rupiah
        |per[ ]?cent|percentage[ ]points?
    ))\b
    """,
    re.VERBOSE,
)
"""Currencies and percentages. Of 72 numbers before one that people gave as answers, 57 go on with it."""


def with_unit(text: str, answer: Span, end: int, question: str) -> Span:
    """Return an answer with the currency that stands right behind its number, or a `per cent`, up to `end`.

    What the question names itself is left where it is: `What percentage …` asks for the number.
    """
    said = answer.of(text)
    unit = _UNIT.match(text, answer.end, end) if _NUMBER.search(said) and said[0] not in "$€£¥" else None
    if unit is None:
        return answer
    word = unit[1].split()[-1]
    asked = r"\bper\s?cent|%" if "cent" in unit[1] else rf"\b{re.escape(word.removesuffix('s'))}(?:e?s)?\b"
    return answer if re.search(asked, question, re.IGNORECASE) else Span(answer.start, unit.end())
