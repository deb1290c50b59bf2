"""`qa ask` over fakes: whole transcripts, as they stand on the screen."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedder import Embedder
from index.store import Store
from index.words import Stemmer
from qa.cli import main
from qa.confidence import SIGNS, Calibration
from qa.engine import Engine
from qa.evidence import FEATURES
from qa.reader import MakeReader
from qa.sentence_picker import SentencePicker
from qa.span_reader import SpanReader
from tests.conftest import Index
from tests.fakes import HashingEmbedder, WordSpanModel

_CALIBRATION = Calibration(
    ranking=(1.0, *(0.0,) * (len(FEATURES) - 1)),
    weights=(0.5, 0.25, *(0.0,) * (len(SIGNS) - 2)),
    bias=-0.5,
    threshold=0.26,
)
_FILES = {
    "call.txt": "---\ndate: 2024-11-15\nsource: ICARO\n---\nA rare call\n\nScholz called Putin. It was a Friday.\n",
    "echo.txt": "An echo\n\nIn Kyiv, Zelensky heard that Scholz called Putin. He objected.\n",
    "copy.txt": "---\ndate: 2023-01-31\n---\nOld news\n\nMerkel called Putin in the spring.\n",
}
_EXPLAINED = """\
Scholz (likely, 80% sure; said by 2 articles)

  In Kyiv, Zelensky heard that Scholz called Putin.
  [1] An echo — news/echo.txt:3

  Scholz called Putin.
  [2] A rare call — news/call.txt:7 (ICARO, 2024-11-15)

Less likely, other answers:

  Merkel called Putin in the spring.
  [3] Old news — news/copy.txt:6 (2023-01-31)

26% needed, 80% sure: answered
3 passages retrieved, 3 read, 7 sentences weighed

Sentences that may answer, best first:
       share   rank     a     b     c     d     e     f     g     h     i     j
[1]      45%   3.00  3.00  0.34  0.50  1.00  0.00  0.00  1.00  0.00  1.00  0.10
      Scholz | In Kyiv, Zelensky heard that Scholz called Putin.
[2]      45%   3.00  3.00  0.20  0.54  1.00  0.00  0.00  0.00  0.00  1.00  0.10
      Scholz | Scholz called Putin.
[3]       6%   1.00  1.00  0.37  0.47  1.00  0.00  0.00  0.00  0.00  1.00  0.10
      Merkel | Merkel called Putin in the spring.
          4%   0.50  0.50  0.20  0.54  0.00  1.00  0.00  1.00  0.00  1.00  0.10
      Friday | It was a Friday.
          0%  -7.90 -7.90  0.20  0.54  0.50  0.00  0.50  0.00  0.00  1.00  0.10
      A | A rare call
          0%  -8.31 -8.31  0.34  0.50  0.00  1.00  0.00  0.00  0.00  1.00  0.10
      He | He objected.
          0%  -8.31 -8.31  0.37  0.47  0.00  0.00  1.00  0.00  0.00  1.00  0.10
      Old | Old news
  share: of all sentences together, by rank; rank: a, b, … times their weights
  a: margin; b: nearness of the passage; c: wording of the passage
  d: share of the question's words; e: share in the sentence before
  f: share in the sentence after; g: kind of words asked for
  h: crosses a sentence's end; i: answer may be of the kind asked for
  j: words of the answer
  margin: logarithm of the odds of an answer here against none in the passage

How sure: signs times their weights add up to the logarithm of the odds:
  lead over other answers                         2.22 ×  0.50 =   1.11
  margin                                          3.00 ×  0.25 =   0.75
  nearness of the passage                         0.34 ×  0.00 =   0.00
  share of the question's words here or beside    1.00 ×  0.00 =   0.00
  to begin with                                                   -0.50
  together, which is 80%                                           1.36

Passages, best first:
  score  near  words
   1.08  0.34   0.50  An echo — news/echo.txt:1
   1.07  0.37   0.47  Old news — news/copy.txt:1
   1.02  0.20   0.54  A rare call — news/call.txt:1
  near: cosine of the meanings of passage and question
  words: share of the best possible match of the question's words
  score: near + 1.5 × words
"""
_PICKED = """\
Answered in these articles (likely, 83% sure):

  In Kyiv, Zelensky heard that Scholz called Putin.
  [1] An echo — news/echo.txt:3

20% needed, 83% sure: answered
3 passages retrieved, 3 read, 7 sentences weighed

Sentences that may answer, best first:
       score   rank     a     b     c     d     e     f     g     h
[1]      83%   1.61  0.41  0.34  1.00  0.00  0.00  0.50  1.00  1.00
      In Kyiv, Zelensky heard that Scholz called Putin.
         74%   1.06  0.47  0.37  1.00  0.00  0.00  0.50  0.00  1.00
      Merkel called Putin in the spring.
         74%   1.02  0.67  0.20  1.00  0.00  0.00  0.50  0.00  0.25
      Scholz called Putin.
          7%  -2.51  0.00  0.20  0.00  1.00  0.00  0.00  1.00  1.00
      It was a Friday.
          4%  -3.15  0.00  0.34  0.00  1.00  0.00  0.00  0.00  0.50
      He objected.
          3%  -3.62  0.00  0.20  0.50  0.00  0.50  0.00  0.00  0.50
      A rare call
          1%  -4.88  0.00  0.37  0.00  0.00  1.00  0.00  0.00  0.50
      Old news
  score: how likely the sentence answers; rank: a, b, … times their weights
  a: nearness of the sentence; b: nearness of its passage
  c: share of the question's words; d: share in the sentence before
  e: share in the sentence after; f: share of the question's word pairs
  g: kind of words asked for; h: words of its own

How sure: signs times their weights add up to the logarithm of the odds:
  nearness of the sentence              0.41 ×  3.04 =   1.25
  nearness of its passage               0.34 ×  2.52 =   0.84
  share of the question's words         1.00 ×  4.28 =   4.28
  share in the sentence before          0.00 ×  2.73 =   0.00
  share in the sentence after           0.00 ×  0.91 =   0.00
  share of the question's word pairs    0.50 ×  2.01 =   1.00
  kind of words asked for               1.00 ×  0.84 =   0.84
  words of its own                      1.00 ×  0.27 =   0.27
  to begin with                                         -6.87
  together, which is 83%                                 1.61

Passages, best first:
  score  near  words
   1.08  0.34   0.50  An echo — news/echo.txt:1
   1.07  0.37   0.47  Old news — news/copy.txt:1
   1.02  0.20   0.54  A rare call — news/call.txt:1
  near: cosine of the meanings of passage and question
  words: share of the best possible match of the question's words
  score: near + 1.5 × words
"""
_NARROWED = """\
Scholz (likely, 73% sure)

  Scholz called Putin.
  [1] A rare call — news/call.txt:7 (ICARO, 2024-11-15)
"""

Ask = Callable[..., tuple[int, str, str]]


def _read_words(_: Embedder, stemmer: Stemmer) -> SpanReader:
    return SpanReader(WordSpanModel({"Scholz": 3.0, "Merkel": 1.0, "Friday": 0.5}), _CALIBRATION, stemmer)


def _find_nothing(_: Embedder, stemmer: Stemmer) -> SpanReader:
    return SpanReader(WordSpanModel({}, otherwise=-20.0), _CALIBRATION, stemmer)


@pytest.fixture
def ask(
    fake_index: Index,
    fake_store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Ask:
    """Return a function that runs `qa ask` over three articles and returns its status, output and errors."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in _FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    fake_index(folder)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, make_reader: MakeReader = _read_words) -> tuple[int, str, str]:
        def open_engine(*_: object, once: bool) -> Engine:
            embedder = HashingEmbedder()
            return Engine(
                fake_store, notify=print, open_embedder=lambda _: embedder, make_reader=make_reader, once=once
            )

        monkeypatch.setattr("qa.opening.open_engine", open_engine)
        status = main(("ask", *arguments))
        return status, *capsys.readouterr()

    return run


def test_explained_answer(ask: Ask) -> None:
    """The explanation follows the answer: the verdict, sentences with what they came to, signs, passages."""
    assert ask("--explain", "Who called Putin?") == (0, _EXPLAINED, "")


def test_explained_answer_of_the_sentence_picker(ask: Ask) -> None:
    """Without a trained reader a sentence has a score, and its own features are the signs."""
    status, out, err = ask("--explain", "-k", "1", "Who called Putin?", make_reader=SentencePicker)
    assert (status, out, err) == (0, _PICKED, "")


def test_explained_refusal(ask: Ask) -> None:
    """What is not answered is explained likewise, and exits 1."""
    status, out, _ = ask("--explain", "--only", "copy.txt", "Who called Putin?", make_reader=_find_nothing)
    assert status == 1
    assert "\n26% needed, 1% sure: not answered\n1 passage retrieved, 1 read, 2 sentences weighed\n" in out


def test_answer_is_not_explained_unasked(ask: Ask) -> None:
    """Without the option there is the answer alone."""
    _, out, _ = ask("Who called Putin?")
    assert _EXPLAINED.startswith(out)
    assert "needed" not in out


def test_explanation_as_json(ask: Ask) -> None:
    """With `--json` the object has it as a field, for each line too, and null where it was not asked for."""
    _, explained, _ = ask("--json", "--explain", "Who called Putin?")
    _, plain, _ = ask("--json", "Who called Putin?")
    told = json.loads(explained)["explanation"]
    assert [sentence["quote"] for sentence in told["sentences"]] == [1, 2, 3, None, None, None, None]
    assert json.loads(plain)["explanation"] is None


def test_narrowed_question(ask: Ask) -> None:
    """The undated articles that were left out are counted on standard error, beside the answer."""
    status, out, err = ask("--since", "2023", "-k", "1", "Who called Putin?")
    assert (status, out, err) == (0, _NARROWED, "qa: 1 article without an exact date left out\n")


def test_narrowed_question_as_json(ask: Ask) -> None:
    """The filters are echoed and the undated counted in the object; standard error has nothing."""
    _, out, err = ask("--json", "--since", "2023", "--before", "2024-01", "--source", "icaro", "--only", "*", "x")
    assert (out, err.splitlines()[0]) == (
        "",
        "qa: no article matches: only *, since 2023, before 2024-01, source icaro",
    )
    _, out, err = ask("--json", "--before", "2024", "Who called Putin?")
    answer = json.loads(out)
    assert (answer["filters"], answer["undated"], answer["answer"], err) == ({"before": "2024"}, 1, "Merkel", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--since", "2024-11-16"),
            "qa: no article matches: since 2024-11-16 (1 article without an exact date left out)\n"
            "    give a wider filter, or none\n",
        ),
        (
            ("--since", "soon"),
            "qa: soon is not a date\n    give a year, a month or a day, as in 2024, 2024-11 or 2024-11-15\n",
        ),
        (("--only", ""), "qa: the pattern is empty\n    give one, or leave it out to ask all articles\n"),
    ],
)
def test_narrowing_that_makes_no_sense(ask: Ask, arguments: tuple[str, ...], said: str) -> None:
    """What is wrong with a filter is said in two lines, with what to do."""
    assert ask(*arguments, "Who called Putin?") == (2, "", said)
