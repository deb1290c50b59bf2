"""What a question gets: the same objects for the command line, the chat, JSON and Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.articles import DateOrigin
from qa.answer_kind import Kind, kind_asked
from qa.explanation import Explanation
from qa.time_words import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a quote stands.

    `start` and `end` are half-open code-point offsets into the article's text. `line` counts from 1,
    in files of plain text; `page` is as the document numbers it; `heading` the one that the quote
    stands under; `record` the article's position in a file of several, from 1, and `record_id` what
    the file calls it. `date` is of a year,
    a month or a day. `sha256` is of the file's bytes when it was indexed, `text_sha256` of the
    article's text as UTF-8, `path` is absolute.
    """

    number: int
    title: str
    path: Path
    record: int | None
    record_id: str | None
    start: int
    end: int
    line: int | None
    page: str | None
    heading: str | None
    date: str | None
    date_origin: DateOrigin | None
    source: str | None
    author: str | None
    url: str | None
    sha256: str
    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of an article, verbatim, that answer or come nearest to it.

    `answer` is `text[answer_start:answer_end]`. `score` lies between 0 and 1 and compares within
    one answer; `agrees` says that it speaks for the first quote's answer; `verified` that the file
    was read again just now and still says so, None where that was left out. `context` is the
    sentence before, at `context_start` of the article's text, where the quote opens with a word for
    what that one names; it is no part of the quote. `copies` are the other places of the quote's
    words, in copies and near copies of the article, in the order of paths; their numbers are the
    quote's own. `voice` is the number of the answer's first quote from this article or a near copy.
    """

    text: str
    answer: str | None
    answer_start: int | None
    answer_end: int | None
    score: float
    agrees: bool
    verified: bool | None
    citation: Citation
    voice: int
    context: str | None = None
    context_start: int | None = None
    copies: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexState:
    """The index that a question was asked of; `stale` where its folders have changed since."""

    articles: int
    generation: int
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question, with its quotes, best first.

    Where nothing answers, `answered` is false and `answer` None; the nearest quotes are there all
    the same. `confidence` is the probability that the first quote answers, between 0 and 1.
    `answers` are `answer` and, to a question that asks for several, the others, likeliest first.
    `lapsed` says that there was an answer, in an article that has changed since or is gone.
    `filters` say to which articles the question was narrowed, `undated` how many were left out only
    since they have no date, or none that is exact enough. `explanation` is there where it was asked for.
    """

    question: str
    rewritten: str | None
    filters: Mapping[str, str]
    answered: bool
    answer: str | None
    confidence: float
    quotes: tuple[Quote, ...]
    index: IndexState
    elapsed_ms: int
    answers: tuple[str, ...] = ()
    undated: int = 0
    explanation: Explanation | None = None
    lapsed: bool = False

    @property
    def understood(self) -> str:
        """The question as it was searched for."""
        return self.rewritten or self.question

    @property
    def day(self) -> str | None:
        """The day that an answer such as `on Monday` means, worked out from the date of the first quote's article.

        None where no time is asked for, the answer is none, or one of several, or that article's date is not known to
        the day.
        """
        if self.answer is None or len(self.answers) > 1 or kind_asked(self.understood) is not Kind.TIME:
            return None
        day = day_of(self.answer, self.understood, self.quotes[0].citation.date)
        return day.isoformat() if day else None
