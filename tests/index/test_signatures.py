"""Signatures: near copies are known by their words, whoever looks, and grouped."""

import os
import random
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.signatures import LEAST_SIMILARITY, LEAST_WORDS, RUN, group_copies, sign, similarity
from tests.strategies import unicode_text

_ROOT = Path(__file__).parent.parent.parent
_VALUES = 128


def _prose(seed: str, words: int) -> list[str]:
    """Return words that no other seed gives in the same order."""
    draw = random.Random(seed)
    return [f"word{draw.randrange(2_000)}" for _ in range(words)]


_REPORT = _prose("report", 500)


def _similar(one: Sequence[str], other: Sequence[str]) -> float:
    return similarity(sign(" ".join(one)), sign(" ".join(other)))


def _jaccard(one: Sequence[str], other: Sequence[str]) -> float:
    runs, others = ({tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)} for words in (one, other))
    return len(runs & others) / len(runs | others)


@pytest.mark.parametrize(
    "copy",
    [
        [*_prose("headline", 9), *_REPORT[8:]],
        [*_prose("first paragraph", 45), *_REPORT[40:]],
        _REPORT[: len(_REPORT) * 2 // 3],
        [*_REPORT, *_prose("boilerplate", 80)],
        [*_prose("headline", 9), *_REPORT[8:350], *_prose("boilerplate", 80)],
        [word if at % 20 else "other" for at, word in enumerate(_REPORT)],
    ],
    ids=["headline", "first paragraph", "cut", "boilerplate", "three at once", "a word in twenty"],
)
def test_what_papers_make_of_a_report_is_a_near_copy(copy: list[str]) -> None:
    """A report stays a near copy under another headline, edited, cut, and with a site's own words below."""
    assert _similar(_REPORT, copy) >= LEAST_SIMILARITY


@pytest.mark.parametrize("share", [0.1, 0.4])
def test_reports_with_the_same_quotations_are_no_near_copies(share: float) -> None:
    """Articles that share up to two fifths of their words, as quotations, are apart."""
    shared = _prose("quotation", int(500 * share))
    one, other = ([*_prose(name, 500 - len(shared)), *shared] for name in ("one", "other"))
    assert _similar(one, other) < LEAST_SIMILARITY - 0.05


@pytest.mark.parametrize("kept", [0, 100, 200, 300, 400, 500])
def test_similarity_is_near_the_jaccard_index(kept: int) -> None:
    """The estimate is within four standard deviations of what the runs of words come to."""
    other = [*_REPORT[:kept], *_prose("other", 500 - kept)]
    exact = _jaccard(_REPORT, other)
    assert _similar(_REPORT, other) == pytest.approx(exact, abs=4 * (exact * (1 - exact) / _VALUES) ** 0.5 + 1e-9)


def test_long_text_is_signed_whole() -> None:
    """The two halves of a text of many thousand words have half of it each."""
    book = _prose("book", 20_000)
    assert [_similar(book, half) for half in (book[:10_000], book[10_000:])] == pytest.approx([0.5, 0.5], abs=0.18)


def test_short_text_is_a_near_copy_of_nothing() -> None:
    """With fewer words than the least a text has an empty signature, which is similar to none, itself included."""
    short, long = _REPORT[: LEAST_WORDS - 1], _REPORT[:LEAST_WORDS]
    assert sign(" ".join(short)) == b""
    assert (_similar(short, short), _similar(short, long), _similar(long, long)) == (0.0, 0.0, 1.0)


def test_case_marks_and_spaces_do_not_count() -> None:
    """Only the words are signed, in their order, however accents are encoded."""
    text = (
        "Zürich’s Café Noël reopened on Monday, the mayor said; “nobody” knows why it had closed, after years: a storm?"
    )
    other = unicodedata.normalize("NFD", text.upper())
    for mark in "’,;“”:?":
        other = other.replace(mark, "\n— ")
    assert sign(other) == sign(text) != b""
    assert sign(" ".join(reversed(text.split()))) != sign(text)


@given(unicode_text())
def test_any_text_can_be_signed(text: str) -> None:
    """A signature is empty or of one size, and a text is wholly similar to itself."""
    signature = sign(text)
    assert len(signature) in (0, 2 * _VALUES)
    assert similarity(signature, signature) == float(bool(signature))
    assert bool(signature) == (len(re.findall(r"\w+", unicodedata.normalize("NFC", text.casefold()))) >= LEAST_WORDS)


@pytest.mark.parametrize("seed", ["0", "1", "random"])
def test_signatures_are_the_same_in_every_process(seed: str) -> None:
    """What one run stored another may compare, whatever Python's hashes are."""
    code = f"from index.signatures import sign; print(sign({' '.join(_REPORT)!r}).hex())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=_ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert bytes.fromhex(done.stdout) == sign(" ".join(_REPORT))


def test_comparing_loads_no_library_for_signing() -> None:
    """At a question signatures are only compared, without datasketch and scipy."""
    code = (
        "import sys; from index.signatures import group_copies, similarity;"
        " group_copies({1: bytes(256), 2: bytes(256)}), similarity(bytes(256), bytes(256));"
        " print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"datasketch", "scipy"}


_SIGN_AND_COMPARE = """
from index.signatures import sign
mine = sign(TEXT)
alone = "scipy" not in sys.modules
import datasketch, zlib
words = TEXT.split()
whole = datasketch.MinHash(128, seed=1, hashfunc=zlib.crc32)
whole.update_batch(" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4))
print(alone, mine == bytes(whole.digest().astype("<u2").tobytes()), datasketch.MinHashLSH.__name__)
"""

_REFUSE_ALONE = """
class NotAlone:
    def find_spec(self, name, path=None, target=None):
        if name == "datasketch.minhash" and not hasattr(sys.modules["datasketch"], "__version__"):
            raise ImportError(name)
sys.meta_path.insert(0, NotAlone())
"""


def _sign_in_a_process(before: str) -> list[str]:
    """Run `before`, sign, and compare with the package imported whole; return what is printed."""
    code = f"import sys\nTEXT = {' '.join(_REPORT)!r}\n{before}{_SIGN_AND_COMPARE}"
    done = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_signing_imports_one_module_of_its_library() -> None:
    """Scipy, which other sketches need, is not loaded; the package can still be imported whole, and signs alike."""
    assert _sign_in_a_process("") == ["True", "True", "MinHashLSH"]


def test_library_whose_module_does_not_stand_alone_is_imported_whole() -> None:
    """Where the module wants more of its package, signatures are the same."""
    assert _sign_in_a_process(_REFUSE_ALONE) == ["False", "True", "MinHashLSH"]


def _signature(values: Sequence[int]) -> bytes:
    return np.array(values, dtype="<u2").tobytes()


@st.composite
def _signatures(draw: st.DrawFn) -> dict[int, bytes]:
    """Draw signatures, some of them empty, of which several share about as many values as near copies do."""
    drawn: dict[int, bytes] = {}
    for number, id in enumerate(draw(st.lists(st.integers(0, 99), max_size=8, unique=True))):
        source = draw(st.integers(0, 3))
        share = draw(st.sampled_from((0.3, LEAST_SIMILARITY, 0.42, 0.7, 1.0)))
        kept = round(share * _VALUES) + draw(st.integers(0, 1))
        start = draw(st.integers(0, _VALUES - 1))
        values = [1_000 * source + at for at in range(_VALUES)]
        for at in range(start, start + _VALUES - kept):
            values[at % _VALUES] = 10_000 + 200 * number + at % _VALUES
        drawn[id] = draw(st.sampled_from((b"", *[_signature(values)] * 7)))
    return drawn


def _groups_one_by_one(signatures: Mapping[int, bytes]) -> dict[int, int]:
    """Say what groups are: take the smaller first of two near copies for both, until nothing changes."""
    firsts = {id: id for id in signatures}
    changed = True
    while changed:
        changed = False
        for one in signatures:
            for other in signatures:
                if firsts[other] < firsts[one] and similarity(signatures[one], signatures[other]) >= LEAST_SIMILARITY:
                    firsts[one], changed = firsts[other], True
    return firsts


@settings(max_examples=200)
@given(_signatures(), st.randoms(use_true_random=False))
def test_groups_are_those_of_a_naive_oracle(signatures: dict[int, bytes], order: random.Random) -> None:
    """Each text has the smallest id that copies of copies connect it to, in whatever order they are given."""
    ids = list(signatures)
    order.shuffle(ids)
    assert group_copies({id: signatures[id] for id in ids}) == _groups_one_by_one(signatures)


def test_copies_of_copies_are_one_group() -> None:
    """Two texts that share little are copies where one between them shares much with both."""
    parts = [_REPORT[:300], _REPORT[100:400], _REPORT[200:]]
    assert _similar(parts[0], parts[2]) < LEAST_SIMILARITY
    signed = {id: sign(" ".join(words)) for id, words in zip((7, 5, 9), parts, strict=True)}
    assert group_copies(signed) == {7: 5, 5: 5, 9: 5}


def test_many_texts_are_grouped_without_comparing_all() -> None:
    """Among thousands the groups are those that were put there, and nothing is in a group by chance."""
    random_values = np.random.default_rng(0)
    values = random_values.integers(0, 1 << 16, (3_000, _VALUES), dtype=np.uint16)
    for first in range(0, 600, 3):  # groups of three, whose others share seven tenths with the first
        for other in (first + 1, first + 2):
            kept = random_values.permutation(_VALUES) < 0.7 * _VALUES
            values[other][kept] = values[first][kept]
    grouped = group_copies({id: _signature(row.tolist()) for id, row in enumerate(values)})
    assert grouped == {id: id // 3 * 3 if id < 600 else id for id in range(3_000)}


def test_what_all_articles_of_a_site_have_connects_none() -> None:
    """Texts that share a fifth of their values, all the same ones, are compared and left apart."""
    values = np.random.default_rng(0).integers(0, 1 << 16, (600, _VALUES), dtype=np.uint16)
    values[:, : _VALUES // 5] = values[0, : _VALUES // 5]
    assert set(group_copies({id: _signature(row.tolist()) for id, row in enumerate(values)}).values()) == set(
        range(600)
    )
