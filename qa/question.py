"""Take a question apart: its words that matter, their stems and weights, a query for the word table."""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from index.errors import QuestionError
from index.snapshot import Snapshot
from index.words import Stemmer
from qa.worth_scoring import worth_scoring

LONGEST_QUESTION = 2_000
"""In code points; the encoder sees the first few hundred words of it anyway."""

MOST_TERMS = 64
"""Words and phrases of a question that are searched for; more are left out."""

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about all also am an and any are as at be because been being both but by can could did do does doing
        for from further get give had has have having he her here hers herself him himself his how i if in
        into is it its itself just kind let many me might more most much must my myself no nor not of off
        often old on once only or other our ours out over own please said same say says she should so some
        sort such tell than that the their theirs them themselves then there these they this those through to
        too type under until up us very was we were what when where which while who whom whose why will with
        would you your yours
        """,
    )
)
# Letters and digits with the accents that follow them, as FTS5's unicode61 cuts words.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_CLITIC = re.compile(r"(?<=\w)['’](?:s|t|d|m|ll|re|ve)\b", re.IGNORECASE)
"""What FTS5 takes for a word of its own, and nearly every passage has: the end of `John's` or `isn't`."""

_PHRASE = re.compile(r'["“”]([^"“”]+)["“”]')
# Of FTS5's bm25(), which takes log(odds) and no less than this; the weights take log(1 + odds), as
# Lucene does, so that a word in half of a small folder still counts.
_K1 = 1.2
_LEAST_IDF = 1e-6
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked, and what is searched for.

    `stems` are those of all its words in order; `weights` tell how much each of those that matter
    does, by stem; `match` is the query for the word table, and `ideal` the BM25 score that no
    passage exceeds by much. `among` is a query for the passages that are worth scoring, as
    `qa.worth_scoring` tells.
    """

    text: str
    stems: tuple[str, ...]
    weights: Mapping[str, float]
    match: str
    ideal: float
    among: str | None = None

    def share(self, stems: Collection[str]) -> float:
        """Return the share of the weights whose stems are among `stems`."""
        total = sum(self.weights.values()) or 1.0
        return sum(weight for stem, weight in self.weights.items() if stem in stems) / total


def parse_question(text: str, stemmer: Stemmer, snapshot: Snapshot) -> Question:
    """Return the question in `text`; raise `QuestionError` where there is none."""
    asked = " ".join(_CONTROL.sub(" ", text).split())
    words = _WORD.findall(asked)
    if not words:
        raise QuestionError("there are no words in the question", 'ask like this: "Who initiated the call?"')
    if len(asked) > LONGEST_QUESTION:
        raise QuestionError(
            f"the question has {len(asked):,} characters, more than {LONGEST_QUESTION:,}", "ask in fewer words"
        )
    phrases = [phrase for phrase in _PHRASE.findall(asked) if len(_WORD.findall(phrase)) > 1]
    quoted = {word for phrase in phrases for word in _WORD.findall(phrase)}
    whole = _WORD.findall(_CLITIC.sub("", asked))
    shouted = asked == asked.upper()
    content = [word for word in whole if not _is_small(word, shouted=shouted) or word in quoted] or words
    spelled: dict[str, str] = {}
    for term in (*phrases, *content):
        spelled.setdefault(term.casefold(), term)
    terms = list(spelled.values())[:MOST_TERMS]
    all_stems, *term_stems = stemmer.stems([" ".join(words), *terms])
    stems = list(dict.fromkeys(stem for found in term_stems for stem in found))
    counts = snapshot.document_counts(stems)
    passages = snapshot.totals().passages
    matches = [f'"{" ".join(_WORD.findall(term))}"' for term in terms]
    rarest = [min((counts.get(stem, 0) for stem in found), default=0) for found in term_stems]
    odds = {stem: (passages - counts.get(stem, 0) + 0.5) / (counts.get(stem, 0) + 0.5) for stem in stems}
    return Question(
        text=asked,
        stems=all_stems,
        weights={stem: math.log(1 + ratio) for stem, ratio in odds.items()},
        match=" OR ".join(matches),
        ideal=(_K1 + 1) * sum(max(math.log(ratio), _LEAST_IDF) for ratio in odds.values()),
        among=worth_scoring(dict(zip(matches, rarest, strict=True)), passages),
    )


def _is_small(word: str, *, shouted: bool) -> bool:
    """Tell whether a word is not worth searching for; one in capitals is a name, unless the whole question is."""
    return word.lower() in STOP_WORDS and not (word.isupper() and len(word) > 1 and not shouted)
