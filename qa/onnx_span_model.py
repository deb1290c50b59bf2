"""Find answers with an exported reader: onnxruntime and tokenizers, nothing heavier."""

import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.errors import ModelError
from index.onnx_session import open_session
from index.spans import Span, trimmed
from index.tokenizing import open_tokenizer
from qa.confidence import Calibration
from qa.loose_marks import without_loose_marks
from qa.pairs import PairTemplate
from qa.reader_folder import ReaderFolder
from qa.span_model import FoundSpan
from qa.span_search import best_spans

LONGEST_ANSWER = 40
"""In tokens."""

SPANS_A_PASSAGE = 12
"""Spans that are handed on of each passage; the others have hardly any probability."""

OVERLAP = 100
"""Tokens that two windows of a passage share, where it is longer than the model's input."""

_QUESTION_SHARE = 4
_REMEDY = "reinstall qa, or name another reader with --reader"


class OnnxSpanModel:
    """An exported reader, run one window at a time, so that no score depends on batch-mates.

    Dynamic int8 takes its scale over all that is run at once.
    """

    def __init__(self, folder: ReaderFolder, *, remedy: str = _REMEDY) -> None:
        """Load the reader in `folder`, whose files are checked first; raise `ModelError` with `remedy`."""
        folder.check(remedy=remedy)
        self._settings = folder.read_settings(remedy=remedy)
        try:
            self._tokenizer = open_tokenizer(folder.tokenizer)
            self._session = open_session(folder.graph, exact=self._settings.weights == "int8")
        except Exception as error:  # tokenizers and onnxruntime raise errors without a public base
            raise ModelError(f"the reader in {folder.path} cannot be loaded: {error}", remedy) from error
        self._template = PairTemplate.of(self._tokenizer)
        self._inputs = {node.name for node in self._session.get_inputs()}

    @property
    def calibration(self) -> Calibration:
        """What was fitted to turn this reader's margins into probabilities."""
        return self._settings.calibration

    def find_spans(self, question: str, passage: str, *, headings: Sequence[Span] = ()) -> tuple[FoundSpan, ...]:
        """Return the likeliest spans of `passage`, best first, no two the same, ties by offset.

        None begins or ends in `headings`, unless nothing else is there.
        A passage longer than the model's input is read in windows that overlap; a span that
        stands in two of them keeps the better margin.
        """
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids
        asked = asked[: self._settings.max_tokens // _QUESTION_SHARE]
        encoding = self._tokenizer.encode(passage, add_special_tokens=False)
        words = np.array([-1 if word is None else word for word in encoding.word_ids], dtype=np.int64)
        room = self._settings.max_tokens - len(asked) - self._template.added
        best: dict[Span, float] = {}
        for first in window_starts(len(encoding.ids), room, min(OVERLAP, room // 2)):
            start, end, null = self._logits(asked, encoding.ids[first : first + room])
            low, high = _whole_words(words, first, min(first + room, len(words)))
            logits = start[low - first : high - first], end[low - first : high - first], words[low:high]
            prose = _outside(encoding.offsets[low:high], headings)
            if prose.any():
                logits = np.where(prose, logits[0], -np.inf), np.where(prose, logits[1], -np.inf), words[low:high]
            # Only where no word is as short as an answer may be does one have to be a longer answer.
            found = best_spans(*logits, LONGEST_ANSWER, SPANS_A_PASSAGE) or best_spans(*logits, high - low, 1)
            for tokens in found:
                opens, closes = encoding.offsets[low + tokens.first][0], encoding.offsets[low + tokens.last][1]
                if span := _in_text(passage, opens, closes):
                    best[span] = max(best.get(span, -np.inf), tokens.score - null)
        ordered = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:SPANS_A_PASSAGE]
        return tuple(FoundSpan(span, margin) for span, margin in ordered)

    def _logits(
        self, asked: Sequence[int], ids: Sequence[int]
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], float]:
        """Return the logits of the passage's tokens as start and end, and that of no answer."""
        feeds = self._template.feeds(asked, ids)
        starts, ends = self._session.run(["start_logits", "end_logits"], {name: feeds[name] for name in self._inputs})
        begin = self._template.passage_start(asked)
        stretch = slice(begin, begin + len(ids))
        return starts[0, stretch], ends[0, stretch], float(starts[0, 0]) + float(ends[0, 0])


def _outside(offsets: Sequence[tuple[int, int]], spans: Sequence[Span]) -> npt.NDArray[np.bool_]:
    """Tell of each token, by its offsets, whether it lies outside of all spans; shape `(tokens,)`."""
    return np.array([not any(span.overlaps(Span(*offset)) for span in spans) for offset in offsets], dtype=bool)


def window_starts(tokens: int, room: int, overlap: int) -> range:
    """Return where windows of `room` tokens begin that together cover `tokens`, sharing `overlap` each."""
    if tokens == 0:
        return range(0)
    if tokens <= room:
        return range(1)
    step = room - overlap
    return range(0, tokens - overlap, step)


def _whole_words(words: npt.NDArray[np.int64], first: int, last: int) -> tuple[int, int]:
    """Return the tokens of a window without the words that it cuts, half-open; all, where nothing else is there."""
    low, high = first, last
    while 0 < low < last and words[low] == words[low - 1]:
        low += 1
    while first < high < len(words) and words[high - 1] == words[high]:
        high -= 1
    return (low, high) if low < high else (first, last)


def _in_text(passage: str, start: int, end: int) -> Span | None:
    """Return the code points of some tokens: with the accents that follow, without what stands around loosely."""
    while end < len(passage) and unicodedata.combining(passage[end]):
        end += 1
    span = trimmed(passage, start, end)
    return span and without_loose_marks(passage, span)
