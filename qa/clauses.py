"""Find the clause of a sentence that a span stands in."""

import re

from index.spans import Span, trimmed
from qa.loose_marks import without_loose_marks

_OPENERS = "and|but|or|so|yet|while|whereas|although|though|which|who|whose|because|since|as|after|before|when"
_BORDER = re.compile(rf"[;:](?=\s)|—|(?<=\s)[–-](?=\s)|,(?=\s+(?:{_OPENERS})\b)")

_FEW_WORDS = 2


def clause_of(text: str, sentence: Span, span: Span) -> Span:
    """Return the part of `sentence` between marks that part clauses that holds `span` as a whole.

    All spans are of `text`. Where the clause would be a word or two, the sentence is returned. Neither begins or ends
    with one of two marks whose partner lies outside.
    """
    start, end = sentence.start, sentence.end
    for border in _BORDER.finditer(text, sentence.start, sentence.end):
        if border.end() <= span.start:
            start = border.end()
        elif border.start() >= span.end:
            end = border.start()
            break
    clause = trimmed(text, start, end)
    if clause is None or len(clause.of(text).split()) <= _FEW_WORDS:
        clause = sentence
    # A span may begin or end with what was trimmed, such as a mark of the byte order.
    return without_loose_marks(text, clause).joined(span)
