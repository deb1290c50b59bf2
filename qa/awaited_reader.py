"""Stand for a reader that is being opened beside other work, until it is needed."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future

from index.records import StoredText
from qa.question import Question
from qa.reader import Reader, Reading
from qa.retrieval import Hit


class AwaitedReader:
    """A reader that will be there; what went wrong in opening it is raised when it is first used."""

    def __init__(self, opening: Future[Reader]) -> None:
        self._opening = opening

    @property
    def threshold(self) -> float:
        """The score below which the best candidate is not called an answer."""
        return self._opening.result().threshold

    def read(self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]) -> Reading:
        """Return candidates, best first, and what they were weighed by."""
        return self._opening.result().read(question, hits, texts)
