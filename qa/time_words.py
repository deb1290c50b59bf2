"""Tell when the same words for a time, in articles of different dates, mean the same time."""

import re
from datetime import date, timedelta
from functools import cache

from qa.measures import MONTHS

_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_PARTS_OF_DAY = "morning|afternoon|evening|night|noon|midnight"
_POINTERS = (
    (0, rf"today|tonight|yesterday|tomorrow|now|(?:this|last)\ (?:{_PARTS_OF_DAY})|(?:minutes?|hours?|days?)\ ago"),
    (6, rf"{_WEEKDAYS}|weekend|(?:this|last|next)\ week|weeks?\ (?:ago|earlier|later)|days?\ (?:earlier|later)"),
    (27, r"(?:this|last|next)\ month|months?\ (?:ago|earlier|later)"),
    (182, rf"{MONTHS}|spring|summer|autumn|winter|(?:this|last|next)\ year|years?\ (?:ago|earlier|later)"),
)
"""Words whose time depends on when they are said, with the days by which that may differ and they mean the same."""

_OTHER_WORDS = rf"""
    a|an|the|this|that|last|next|past|previous|following|same|coming
    |on|in|at|of|by|before|after|since|until|till|from|to|between|and|during|about|around|early|earlier|late|later|mid
    |just|only|some|almost|nearly|more|than|shortly|o'clock|a\.?m\.?|p\.?m\.?|local|time|{_PARTS_OF_DAY}
    |first|second|third|fourth|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve
    |\d{{1,2}}(?:[:.]\d\d)?(?:st|nd|rd|th|[ap]\.?m\.?)?
"""
# Atomic, or `12.34.56` could be taken apart in too many ways.
_TIME = rf"\W*(?>(?:{'|'.join(words for _, words in _POINTERS)}|{_OTHER_WORDS})(?!\w)\W*)+"
_LONGEST = 80
"""Code points of an answer above which it is no time."""

_FROM_TODAY = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_DAY = rf"""
    (?:(?:early|late|later)\ )?(?:on\ )?(?P<day>{_WEEKDAYS}|{"|".join(_FROM_TODAY)})
    (?:\ (?:{_PARTS_OF_DAY}))?(?:\ at\ (?:about\ |around\ )?[\d.:]+(?:\ ?[ap]\.?m\.?)?)?
"""
_PAST_TENSE = r"\b(?:was|were|did|had)\b"
_FUTURE_TENSE = r"\b(?:will|is|are)\b"
_NO_TENSE = r"\b(?:due|scheduled|planned|expected|supposed|set)\b|\bdays?\s+of\s+the\s+week\b"
"""What leaves open when something is: `was due` is in the past, and what is due may not be."""

_MIDDLE = {4: ("-07-02", 183), 7: ("-15", 16), 10: ("", 0)}
"""By its length, what makes a date one of a day in its middle, and how many days its others are from that at most."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern as it is matched: few questions need one, and compiling them takes a while."""
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def days_apart(answer: str) -> int | None:
    """Return by how many days the dates of two articles may differ in which an answer is the same time.

    None where the answer is no time, or means the same whenever it is said, as one with its year does.
    """
    if len(answer) > _LONGEST or not _compiled(_TIME).fullmatch(answer):
        return None
    said_then = (days for days, words in _POINTERS if _compiled(rf"\b(?:{words})\b").search(answer))
    return min(said_then, default=None)


def day_of(answer: str, question: str, said_on: str | None) -> date | None:
    """Return the day that an answer such as `on Monday` or `yesterday` means in an article of the day `said_on`.

    None where the article's day is not known, and where the words alone do not tell: whether a weekday is the last or
    the next one is taken from the tense of the question.
    """
    found = _compiled(_DAY).fullmatch(answer.strip(" .,;:"))
    if found is None or said_on is None or len(said_on) != len("2024-11-15"):
        return None
    today = date.fromisoformat(said_on)
    word = found["day"].lower()
    if word in _FROM_TODAY:
        return today + timedelta(days=_FROM_TODAY[word])
    back = (today.weekday() - _WEEKDAYS.lower().split("|").index(word)) % 7
    past, future, none = (_compiled(tense).search(question) for tense in (_PAST_TENSE, _FUTURE_TENSE, _NO_TENSE))
    if none or bool(past) == bool(future):
        return None
    if past:
        return today - timedelta(days=back)
    return today + timedelta(days=7 - back) if back else None


def may_be_of_one_time(answer: str, one: str | None, other: str | None) -> bool:
    """Tell whether an answer may be the same in articles of two dates, as it may where either is unknown.

    A date is of a year, a month or a day, as in `qa.answer.Citation`.
    """
    apart = days_apart(answer) if one and other and one != other else None
    if apart is None or not one or not other:
        return True
    (more, slack), (other_more, other_slack) = _MIDDLE[len(one)], _MIDDLE[len(other)]
    between = date.fromisoformat(one + more) - date.fromisoformat(other + other_more)
    return abs(between.days) <= apart + slack + other_slack
