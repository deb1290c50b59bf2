"""Explanations on the screen, whole."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

from qa.confidence import SIGNS
from qa.evidence import FEATURES
from qa.explanation import Explanation, Fate, Sign
from qa.render_explanation import MOST_SENTENCES, render_explanation
from qa.style import UNWRAPPED, Style
from tests.qa.samples import EXPLANATION, HERE, PLAIN
from tests.qa.strategies import hostile_text

_PASSAGE, _SENTENCE = EXPLANATION.retrieved[0], EXPLANATION.sentences[0]
_WHOLE = """\
26% needed, 80% sure: answered
2 passages retrieved, 1 read, 4 sentences weighed

Sentences that may answer, best first:
       share   rank     a     b
[1]      75%   2.50  3.00  0.50
      Germany | Germany initiated the call on Friday.
         12%   0.50  3.00  0.50
      the call | Germany initiated the call on Friday. (overlaps [1])
          6%  -0.50  3.00  0.50
      Germany | Germany initiated the call on Friday. (same words as [1])
          1%  -2.00  3.00  0.50
      Nobody.
  share: of all sentences together, by rank; rank: a, b, … times their weights
  a: margin; b: nearness of the passage
  margin: logarithm of the odds of an answer here against none in the passage

How sure: signs times their weights add up to the logarithm of the odds:
  lead over other answers    2.00 ×  0.50 =   1.00
  margin                     3.00 ×  0.25 =   0.75
  to begin with                              -0.36
  together, which is 80%                      1.39

Passages, best first:
  score  near  words
   0.88  0.50   0.25  A rare call — articles/call.txt:2
  not read:
   0.25  0.25   0.00  A rare call — articles/call.txt:9
  near: cosine of the meanings of passage and question
  words: share of the best possible match of the question's words
  score: near + 1.5 × words
"""


def test_whole_explanation() -> None:
    """The verdict comes first, then sentences with their numbers and fates, signs, passages; all of it explained."""
    assert render_explanation(EXPLANATION, PLAIN, HERE) == _WHOLE


def test_screen_without_a_width_has_eighty_columns() -> None:
    """Where lines are not wrapped, tables are as wide as on a screen."""
    assert render_explanation(EXPLANATION, Style(UNWRAPPED, colour=False, links=False), HERE) == _WHOLE


def test_passages_that_were_not_read_stand_together() -> None:
    """A passage may be read after one that was not: its row is among those that were."""
    read, unread = EXPLANATION.retrieved
    shown = render_explanation(replace(EXPLANATION, retrieved=(read, unread, read, unread)), PLAIN, HERE)
    rows = [line for line in shown.splitlines() if line.endswith(("call.txt:2", "call.txt:9", "not read:"))]
    assert [row.split(":")[-1] for row in rows[-5:]] == ["2", "2", "", "9", "9"]


def test_nothing_retrieved() -> None:
    """Where nothing was found, there is a verdict alone."""
    nothing = Explanation(
        confidence=0.0, threshold=0.26, answered=False, retrieved=(), sentences=(), signs=(), bias=0.0
    )
    assert render_explanation(nothing, PLAIN, HERE) == (
        "26% needed, 0% sure: not answered\n0 passages retrieved, 0 read, 0 sentences weighed\n"
    )


def test_verdict_tells_what_rounds_to_the_same_apart() -> None:
    """An answer missed by less than a percent is told to a tenth of one."""
    close = replace(EXPLANATION, confidence=0.2579, threshold=0.2601, answered=False)
    first = render_explanation(close, PLAIN, HERE).splitlines()[0]
    assert first == "26.0% needed, 25.8% sure: not answered"


def test_reader_without_grounds_has_scores() -> None:
    """Where there are no features, a sentence has its score, and nothing needs a legend."""
    bare = replace(_SENTENCE, features={}, rank=None, share=None)
    lines = render_explanation(replace(EXPLANATION, sentences=(bare,), signs=()), PLAIN, HERE).splitlines()
    assert lines[3:8] == [
        "Sentences that may answer, best first:",
        "       score",
        "[1]      80%",
        "      Germany | Germany initiated the call on Friday.",
        "",
    ]


def test_best_sentences_and_every_quote_are_shown() -> None:
    """The best are shown, a weaker one where it is quoted, and the rest are counted."""
    below = replace(_SENTENCE, fate=Fate.BELOW, quote=None)
    many = (*(below,) * (MOST_SENTENCES + 5), _SENTENCE)
    shown = render_explanation(replace(EXPLANATION, sentences=many), PLAIN, HERE)
    assert shown.count("Germany | ") == MOST_SENTENCES + 1
    assert (
        "      and 5 sentences below these\n  equal answers are quoted together, and other ones newest first" in shown
    )


@pytest.mark.parametrize("width", [80, 100])
def test_lines_keep_to_the_screen(width: int) -> None:
    """Long titles, paths and sentences are cut, a path at its beginning."""
    far = HERE / ("folder" * 20) / "article.txt"
    long = replace(
        EXPLANATION,
        retrieved=(replace(_PASSAGE, title="title " * 50, path=far),),
        signs=tuple(Sign(name, -88.88, -8.88) for name in SIGNS),
        sentences=(
            replace(_SENTENCE, text="word " * 90, features=dict.fromkeys(FEATURES, -88.88), fate=Fate.REPEATS),
            replace(_SENTENCE, text="word " * 90, answer="word " * 80, fate=Fate.OVERLAPS),
        ),
    )
    lines = render_explanation(long, Style(width, colour=False, links=False), HERE).splitlines()
    assert max(map(len, lines)) <= width
    assert any(line.endswith("folder/article.txt:2") and "… — …" in line for line in lines)


@given(hostile=hostile_text)
def test_no_escape_of_an_article_reaches_the_screen(hostile: str) -> None:
    """Whatever a title, path or sentence holds, only our own escape sequences are written."""
    path = HERE / ("x" + hostile.replace("\0", "").encode("utf-8", "ignore").decode().replace("/", "") + ".txt")
    evil = replace(
        EXPLANATION,
        retrieved=(replace(_PASSAGE, title=hostile, path=path),),
        sentences=(replace(_SENTENCE, text=f"x {hostile}", answer=hostile, path=path),),
    )
    left = re.sub(r"\x1b\[[012]m", "", render_explanation(evil, Style(80, colour=True, links=True), HERE))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]", left)
    assert len(left.splitlines()) == left.count("\n")


def test_passage_that_was_just_spoken_of() -> None:
    """A score that gained by what was said before is told of."""
    preferred = replace(EXPLANATION, retrieved=(replace(_PASSAGE, score=_PASSAGE.score + 0.15),))
    shown = render_explanation(preferred, PLAIN, HERE)
    assert shown.endswith("  score: near + 1.5 × words, and more for what was just spoken of\n")


def test_long_numbers_keep_to_their_columns() -> None:
    """A margin far below zero stands apart from the rank before it."""
    low = replace(_SENTENCE, features={"margin": -12.345, "nearness of the passage": 0.5}, rank=-10.5)
    assert " -10.50 -12.3  0.50\n" in render_explanation(replace(EXPLANATION, sentences=(low,)), PLAIN, HERE)
