"""Find the place in an article that a user names: a line, a page or a heading."""

from bisect import bisect_left, bisect_right

from index.articles import Landmark, LandmarkKind
from index.errors import UsageError
from index.loaders import has_lines
from index.records import Place, StoredText
from index.spans import Span
from qa.citations import start_of_line
from qa.positions import cut, line_of

_MOST_NAMED = 5
_LONGEST_NAME = 40


def sentence_at(text: StoredText, place: Place, named: str) -> Span:
    """Return the first sentence at a line, on a page or under a heading; raise `UsageError` where there is none such.

    Files of text have lines; others have pages or headings, if any. A heading may be given by its beginning.
    """
    if has_lines(place.path):
        start = _start_of_line(text, named)
        at = bisect_right(text.sentences, start, key=lambda sentence: sentence.end)
    else:
        start = _start_of_landmark(place, named)
        at = bisect_left(text.sentences, start, key=lambda sentence: sentence.start)
    return text.sentences[min(at, len(text.sentences) - 1)]


def _start_of_line(text: StoredText, named: str) -> int:
    last = line_of(text.content, max(text.sentences[-1].end - 1, 0))
    if not named.isdecimal() or not 1 <= int(named) <= last:
        raise UsageError(f"there is no line {named}", f"the article's last line is {last}")
    return start_of_line(text.content, int(named))


def _start_of_landmark(place: Place, named: str) -> int:
    pages = [each for each in place.landmarks if each.kind == LandmarkKind.PAGE]
    headings = [each for each in place.landmarks if each.kind == LandmarkKind.HEADING]
    wanted = " ".join(named.split()).casefold().rstrip("…")
    exact = [each for each in (*pages, *headings) if each.label.casefold() == wanted]
    found = exact or [each for each in headings if wanted and each.label.casefold().startswith(wanted)]
    if not found:
        what = " or ".join([*(["page"] if pages else []), *(["heading"] if headings else [])])
        problem = f"there is no {what} {named} in {place.path.name}"
        if not what:
            raise UsageError(f"{place.path.name} has no lines, pages or headings", "name it alone")
        raise UsageError(problem, f"it has {_listed(pages or headings)}")
    return found[0].start


def _listed(landmarks: list[Landmark]) -> str:
    names = [cut(each.label, _LONGEST_NAME) for each in landmarks[:_MOST_NAMED]]
    return ", ".join(names) + (f" and {len(landmarks) - _MOST_NAMED} more" if len(landmarks) > _MOST_NAMED else "")
