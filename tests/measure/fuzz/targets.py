"""What is fuzzed: functions of bytes that raise only where something is wrong."""

import io
import json
import tempfile
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lxml import etree

from index.article_json import from_json, to_json
from index.errors import ArticleError, NotAnArticleError, QaError, QuestionError
from index.loaders import FORMATS
from index.passages import cut_passages
from index.schema import create_catalog
from index.sentences import split_sentences
from index.snapshot import Snapshot
from index.spans import trimmed
from index.store import Store
from index.words import Stemmer
from qa.answer import Answer
from qa.conversation_log import _read
from qa.narrowing import Narrowing
from qa.question import parse_question
from qa.sanitise import sanitise, sanitise_cited, sanitise_path
from tests.fakes import HashingEmbedder
from tests.qa.samples import ANSWER, HERE

if TYPE_CHECKING:
    from qa.engine import Engine

LOADED = tuple(dict.fromkeys(known.module.removeprefix("load_") for known in FORMATS.values()))
"""The kinds of files, one for each loader."""

ARCHIVES = ("docx", "epub")
_MEMBER = b"\n=== "
_SMALL = 4_000


@dataclass(frozen=True, slots=True)
class Target:
    """A function to fuzz, and inputs to begin with."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Sequence[bytes]]


def load_file(kind: str, data: bytes) -> None:
    """Parse a file as the parser's process does: its articles can be kept, or it says why there are none."""
    from index.parse_worker import _parse

    suffix = next(suffix for suffix, known in FORMATS.items() if known.module == f"load_{kind}")
    with suppress(ArticleError, NotAnArticleError, RecursionError):  # the last is `nested too deeply` there
        for parsed in _parse(Path(f"a{suffix}"), data, {}, lambda _: None):
            kept = from_json(json.loads(to_json(parsed)))
            article = kept.article
            assert kept == parsed
            article.text.encode()
            assert article.title
            assert all(0 <= each.start <= len(article.text) for each in article.landmarks)
            assert all(span.of(article.text) for span in kept.sentences)


def load_members(kind: str, data: bytes) -> None:
    """Parse an archive with members as `members` writes them: so that they change, and the archive stays one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, member in enumerate(data.split(_MEMBER)[1:]):
            name, _, content = member.partition(b"\n")
            with suppress(ValueError, IndexError), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of two members of a name, as errors of names that cannot be
                archive.writestr(name.decode(errors="replace") or str(number), content)
    load_file(kind, packed.getvalue())


def members(archive: bytes) -> bytes:
    """Return what is in an archive, a line with its name before each member; of large ones the outermost element."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return b"".join(_MEMBER + name.encode() + b"\n" + _small(packed.read(name)) for name in packed.namelist())


def _small(member: bytes) -> bytes:
    """Return a member, empty but for its outermost element where it would leave no room for the others."""
    if len(member) <= _SMALL:
        return member
    try:
        root = etree.fromstring(member)
    except etree.XMLSyntaxError:
        return b""
    root[:] = []
    small: bytes = etree.tostring(root)
    return small


def split_text(data: bytes) -> None:
    """Split text: every code point but white space and marks of byte order lies in a sentence, in order."""
    text = _text(data)
    end = 0
    for span in split_sentences(text):
        assert trimmed(text, end, span.start) is None
        assert trimmed(text, span.start, span.end) == span
        end = span.end
    assert trimmed(text, end, len(text)) is None


def cut_text(data: bytes) -> None:
    """Cut text into passages: in order, each of some text, and every sentence in them."""
    text = _text(data)
    sentences = split_sentences(text)
    passages = cut_passages(text, sentences, HashingEmbedder(), budget=12)
    assert list(passages) == sorted(passages)
    assert all(passage.start < passage.end for passage in passages)
    for sentence in sentences:
        inside = [p for p in passages if p.start < sentence.end and sentence.start < p.end]
        assert inside[0].start <= sentence.start
        assert inside[-1].end >= sentence.end


def parse_any_question(data: bytes) -> None:
    """Take a question apart, and look its words up: SQLite understands the query."""
    try:
        text = data.decode(errors="surrogatepass")
    except UnicodeDecodeError:
        text = _text(data)
    with suppress(QuestionError):
        question = parse_question(text, *_index())
        _index()[1].matching(question.match, 5, among=question.among)


@cache
def _index() -> tuple[Stemmer, Snapshot]:
    """Return what questions are looked up in: an empty index."""
    store = Store(Path(tempfile.mkdtemp(prefix="qa-fuzz-")))
    return Stemmer(), Snapshot(create_catalog(store.catalog), store)


class _Parrot:
    """An engine that takes questions apart, and always says the same."""

    def ask(self, text: str, **_: object) -> Answer:
        parse_question(text, *_index())
        return ANSWER


def answer_any_lines(data: bytes) -> None:
    """Read a question a line: each gets one object of JSON."""
    from qa.lines import answer_lines

    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace").readlines()
    printed = io.StringIO()
    with redirect_stdout(printed):
        answer_lines(cast("Engine", _Parrot()), lines, limit=3, here=HERE)
    assert len([json.loads(line) for line in printed.getvalue().splitlines()]) == len(lines)


def read_kept(data: bytes) -> None:
    """Read a kept conversation, and a filter: what is damaged is passed over."""
    with tempfile.TemporaryDirectory(prefix="qa-fuzz-") as work:
        (Path(work) / "a.jsonl").write_bytes(data)
        for turn in _read(Path(work) / "a.jsonl", Store(Path(work))):
            assert 0 <= turn.confidence <= 1
    text = _text(data)[:200]
    for name in ("only", "since", "source"):
        with suppress(QaError):
            Narrowing(**{name: text})


def show_text(data: bytes) -> None:
    """Make text safe: nothing that controls is left, and what is safe stays as it is."""
    text = data.decode("utf-16-le", "surrogatepass") if len(data) % 2 == 0 and data[:1] == b"\0" else _text(data)
    for safe in (sanitise, sanitise_cited, sanitise_path):
        shown = safe(text)
        assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cs", "Zl", "Zp"}
        assert "\u202e" not in shown
        assert safe(shown) == shown


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _samples(kind: str) -> Sequence[bytes]:
    """Return a file of a kind, with an article in it."""
    from tests.every_format import write_every_format

    with tempfile.TemporaryDirectory(prefix="qa-fuzz-") as work:
        write_every_format(Path(work))
        named = [path for path in Path(work).iterdir() if (known := FORMATS.get(path.suffix)) is not None
                 and known.module == f"load_{kind}"]  # fmt: skip
        return [path.read_bytes() for path in sorted(named)]


def _members(kind: str) -> Sequence[bytes]:
    return [members(sample) for sample in _samples(kind)]


def _texts() -> Sequence[bytes]:
    return [
        "“We will not,” said Mr. Smith at 5 p.m. on Monday. Why?\n\n# A heading\r\n- one\n- two (It met.)".encode(),
        'Who initiated the call? "rare call" AND NEAR(x) it\'s ² 東京 👩‍👩‍👧 \x1b[31m\u202e — a.txt:1'.encode(),
    ]


def _turns() -> Sequence[bytes]:
    quote = {"path": "a.txt", "record": None, "text_sha256": "0", "span": [0, 1], "answer": [0, 1], "context": None}
    turn = {"at": "2024-11-15T10:00:00+00:00", "question": "Who?", "wording": None, "filters": {"since": "2024"}}
    turn |= {"answered": True, "confidence": 0.5, "quotes": [quote | {"score": 0.5, "agrees": True}]}  # type: ignore[dict-item]
    return [json.dumps(turn).encode() + b"\n"]


TARGETS = {
    **{f"load_{kind}": Target(partial(load_file, kind), partial(_samples, kind)) for kind in LOADED},
    **{f"members_{kind}": Target(partial(load_members, kind), partial(_members, kind)) for kind in ARCHIVES},
    "split": Target(split_text, _texts),
    "cut": Target(cut_text, _texts),
    "question": Target(parse_any_question, _texts),
    "lines": Target(answer_any_lines, _texts),
    "kept": Target(read_kept, _turns),
    "show": Target(show_text, _texts),
}
"""By name."""
