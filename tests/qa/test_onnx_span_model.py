"""An exported reader over long and odd passages, held against spans found by hand."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.pre_tokenizers import Metaspace

from index.errors import ModelError
from index.onnx_session import open_session
from index.spans import Span
from qa.onnx_span_model import SPANS_A_PASSAGE, OnnxSpanModel, window_starts
from tests.qa.tiny_reader import BERT, ROBERTA, letter_tokenizer, spans_by_hand, write_tiny_reader

_SHORT = "the mayor of the town opened a bridge on a bright day"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> OnnxSpanModel:
    """Return a reader with known logits, set together as BERT does."""
    return OnnxSpanModel(write_tiny_reader(tmp_path_factory.mktemp("bert") / "reader", letter_tokenizer(BERT)))


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    """Return where a test's own reader goes."""
    return tmp_path / "reader"


def _prose(words: int, longest: int, *, seed: int = 3) -> str:
    draw = random.Random(seed)
    return " ".join(
        "".join(draw.choice("abcdefghijklmnopqrstuvwxy") for _ in range(draw.randint(1, longest))) for _ in range(words)
    )


@given(tokens=st.integers(0, 400), room=st.integers(2, 120), data=st.data())
def test_windows_cover_all_tokens_and_share_the_overlap(tokens: int, room: int, data: st.DataObject) -> None:
    """Every token lies in a window, neighbours share exactly the overlap, and none is there in vain."""
    overlap = data.draw(st.integers(0, room - 1))
    starts = list(window_starts(tokens, room, overlap))
    ends = [min(start + room, tokens) for start in starts]
    assert starts[:1] == [0][: min(tokens, 1)]
    assert ends[-1:] == [tokens][: min(tokens, 1)]
    assert [end - start for start, end in zip(starts[1:], ends, strict=False)] == [overlap] * (len(starts) - 1)
    assert len(set(ends)) == len(ends)


def test_spans_are_those_found_by_hand(model: OnnxSpanModel) -> None:
    """Spans and margins are those of the logits, the null's taken off, best first."""
    found = model.find_spans("who did", _SHORT)
    wanted = spans_by_hand(_SHORT)[:SPANS_A_PASSAGE]
    assert [each.span for each in found] == [each.span for each in wanted]
    assert [each.margin for each in found] == pytest.approx([each.margin for each in wanted], abs=1e-5)


@pytest.mark.parametrize(("weights", "exact"), [("int8", True), ("float32", False)])
def test_int8_weights_are_not_to_overflow(
    reader: Path, monkeypatch: pytest.MonkeyPatch, weights: str, *, exact: bool
) -> None:
    """A reader's int8 graph is opened so that its products are exact, which float32 ones are anyway."""
    folder = write_tiny_reader(reader, letter_tokenizer(BERT))
    folder.write_settings(replace(folder.read_settings(remedy="none"), weights=weights))
    asked = []

    def opened(graph: Path, *, exact: bool = False) -> object:
        asked.append(exact)
        return open_session(graph)

    monkeypatch.setattr("qa.onnx_span_model.open_session", opened)
    OnnxSpanModel(folder)
    assert asked == [exact]


def test_headings_are_read_and_give_no_spans(model: OnnxSpanModel) -> None:
    """No span begins or ends in a heading, others keep their margins; alone, it gives spans after all."""
    heading = Span(0, len("the mayor of the town"))
    found = model.find_spans("who did", _SHORT, headings=(heading,))
    wanted = [each for each in spans_by_hand(_SHORT) if not each.span.overlaps(heading)][:SPANS_A_PASSAGE]
    assert [each.span for each in found] == [each.span for each in wanted]
    assert [each.margin for each in found] == pytest.approx([each.margin for each in wanted], abs=1e-5)
    assert model.find_spans("who did", _SHORT, headings=(Span(0, len(_SHORT)),)) == model.find_spans("who did", _SHORT)


def test_question_counts_as_the_first_half(model: OnnxSpanModel) -> None:
    """The type ids tell the question from the passage: only the question's z raise the margins."""
    passage = "zoo " + _SHORT
    found = model.find_spans("zz z", passage)
    wanted = spans_by_hand(passage, asked=3)[:SPANS_A_PASSAGE]
    assert [each.margin for each in found] == pytest.approx([each.margin for each in wanted], abs=1e-5)


def test_model_without_types_is_read(reader: Path) -> None:
    """A graph that takes ids alone gets ids alone, between marks of its own."""
    model = OnnxSpanModel(write_tiny_reader(reader, letter_tokenizer(ROBERTA), types=False))
    found = model.find_spans("who", _SHORT)
    assert [each.span for each in found] == [each.span for each in spans_by_hand(_SHORT)[:SPANS_A_PASSAGE]]


def test_long_passage_is_read_in_windows(model: OnnxSpanModel) -> None:
    """The best spans of a passage of many windows are those of the whole, at their exact places, none twice."""
    passage = _prose(2_000, 1)
    found = model.find_spans("who", passage)
    assert [each.span for each in found] == [each.span for each in spans_by_hand(passage)[:SPANS_A_PASSAGE]]


def test_words_are_whole_at_the_edges_of_windows(model: OnnxSpanModel) -> None:
    """No span begins or ends within a word, though a window does."""
    passage = _prose(150, 20)
    found = model.find_spans("who", passage)
    assert [each.span for each in found] == [each.span for each in spans_by_hand(passage)[:SPANS_A_PASSAGE]]


def test_end_of_a_long_passage_is_read(model: OnnxSpanModel) -> None:
    """The best span may end with the last word, which only the last window has."""
    letters = sorted("abcdefghijklmnopqrstuvwxy", key=lambda letter: spans_by_hand(letter)[0].margin)
    passage = f"{letters[0]} " * 900 + letters[-1]
    assert model.find_spans("who", passage)[0].span.end == len(passage)


def test_offsets_are_code_points(model: OnnxSpanModel) -> None:
    """Emoji and accents before an answer do not move it."""
    passage = "🙂👩‍👩‍👧 Ünïcode " * 3 + _SHORT
    words = [Span(*match.span()) for match in re.finditer(r"\S+", passage)]
    found = model.find_spans("who", passage)
    assert {each.span.start for each in found} <= {word.start for word in words}
    assert {each.span.end for each in found} <= {word.end for word in words}


def test_reading_leaves_no_trace(model: OnnxSpanModel) -> None:
    """What was read before changes nothing, and equal input has equal output."""
    first = model.find_spans("who", _SHORT)
    model.find_spans("zzz", _prose(900, 2))
    assert model.find_spans("who", _SHORT) == first


def test_equal_spans_are_in_order_of_offsets(model: OnnxSpanModel) -> None:
    """Where every word is the same, the first come first, the shorter one before the longer."""
    spans = [each.span for each in model.find_spans("who", "ab ab ab ab")]
    assert spans == sorted(spans)
    assert len(set(spans)) == len(spans) == 10


def test_long_question_is_cut_to_a_quarter(reader: Path) -> None:
    """A question longer than a quarter of the model's input is read as far as that."""
    model = OnnxSpanModel(write_tiny_reader(reader, letter_tokenizer(), max_tokens=64))
    assert model.find_spans("z " * 500, _SHORT) == model.find_spans("z " * 16, _SHORT)
    assert model.find_spans("z " * 15, _SHORT)[0].margin < model.find_spans("z " * 16, _SHORT)[0].margin


@pytest.mark.parametrize("passage", ["", " ", "\n\t\u2028"])
def test_passage_without_words_has_no_spans(model: OnnxSpanModel, passage: str) -> None:
    """Where nothing is written, nothing is found."""
    assert model.find_spans("who", passage) == ()


def test_passage_with_words_has_spans(model: OnnxSpanModel) -> None:
    """A passage that has words has spans, however long the words."""
    assert model.find_spans("who", "a" * 60)


def test_padding_and_truncation_of_the_tokenizer_are_off(reader: Path) -> None:
    """A tokenizer that was saved as it cuts and pads finds the same spans."""
    tokenizer = letter_tokenizer()
    tokenizer.enable_padding(length=128)
    tokenizer.enable_truncation(8)
    model = OnnxSpanModel(write_tiny_reader(reader, tokenizer))
    assert [each.span for each in model.find_spans("who", _SHORT)] == [
        each.span for each in spans_by_hand(_SHORT)[:SPANS_A_PASSAGE]
    ]


def test_answer_keeps_its_last_accent(model: OnnxSpanModel) -> None:
    """A letter with a combining accent is not cut in two."""
    assert {each.span.of("cafe\u0301") for each in model.find_spans("who", "cafe\u0301")} == {"cafe\u0301"}


def _spaced_tokenizer() -> Tokenizer:
    """Return a tokenizer that counts the space to the word behind it, as those of SentencePiece do."""
    tokenizer = letter_tokenizer()
    tokenizer.pre_tokenizer = Metaspace(replacement="z", prepend_scheme="never")
    return tokenizer


def test_answer_has_no_space_around_it(reader: Path) -> None:
    """Whatever the tokenizer counts to a word, an answer neither begins nor ends with white space."""
    model = OnnxSpanModel(write_tiny_reader(reader, _spaced_tokenizer()))
    found = [each.span.of(_SHORT) for each in model.find_spans("who", _SHORT)]
    assert found == [words.strip() for words in found]


def test_damaged_reader_is_not_loaded(reader: Path) -> None:
    """A byte that changed is found before anything is read, and the remedy is the one given."""
    folder = write_tiny_reader(reader, letter_tokenizer())
    graph = bytearray(folder.graph.read_bytes())
    graph[len(graph) // 2] ^= 1
    folder.graph.write_bytes(graph)
    with pytest.raises(ModelError, match="not as it was written\ndo this"):
        OnnxSpanModel(folder, remedy="do this")


def test_graph_that_is_none_is_an_error_for_the_user(reader: Path) -> None:
    """Files that are whole, but no reader, raise our error."""
    folder = write_tiny_reader(reader, letter_tokenizer())
    settings = folder.read_settings(remedy="do this")
    folder.graph.write_bytes(b"no graph")
    folder.write_settings(settings)
    with pytest.raises(ModelError, match="cannot be loaded"):
        OnnxSpanModel(folder, remedy="do this")
