"""Have every contender make its index, once; the figures are kept beside it for the runs that find it there."""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.export import default_folder
from index.store import Store
from qa.readers import SHIPPED_FOLDER
from tests.measure.benchmark.corpus import Corpus
from tests.measure.benchmark.layout import READ, Layout
from tests.measure.benchmark.processes import ROOT, ContenderError, Spent, python, run
from tests.measure.benchmark.rows import PLAIN, QA, Measure, Row, Unit
from tests.measure.benchmark.torch_reader import write_torch_reader

_CONTENDERS = "tests.measure.benchmark.contenders"
_READING = f"{READ} paragraphs read in torch"


@dataclass(frozen=True, slots=True)
class PeerProgram:
    """Another program that answers questions; `name` is that of its folder, `reads` says what it does."""

    by: str
    name: str
    module: str
    reads: str


PEERS = (
    PeerProgram(PLAIN, "plain", f"{_CONTENDERS}.plain", f"sentence-transformers, Chroma; {_READING}"),
    PeerProgram("txtai RAG", "txtai", f"{_CONTENDERS}.txtai_rag", "3 paragraphs read in torch, joined"),
    PeerProgram(
        "Haystack pipeline", "haystack", f"{_CONTENDERS}.haystack_pipeline",
        f"{_READING}, store in memory, read from a file",
    ),
)  # fmt: skip
"""The plain script first: it makes the vectors that the others are given."""


@dataclass(frozen=True, slots=True)
class Made:
    """The rows of making the indexes, and why a peer has none, by its name in the table."""

    rows: tuple[Row, ...]
    absent: Mapping[str, str]


def make_indexes(corpus: Corpus, work: Path) -> Made:
    """Make what is not there: the models, the index of `qa`, the peers'; raise `ContenderError` for `qa` alone."""
    layout = corpus.layout
    if not layout.encoder.exists():
        layout.encoder.symlink_to(default_folder(), target_is_directory=True)
    shutil.rmtree(layout.reader, ignore_errors=True)
    write_torch_reader(SHIPPED_FOLDER, layout.reader)
    size = f"{corpus.articles:,} articles"
    rows = [_made_row(QA, index_spent(layout, layout.articles, work), size, "its models were exported before")]
    absent: dict[str, str] = {}
    for peer in PEERS:
        try:
            spent = _peer_spent(layout, peer)
        except ContenderError as error:
            absent[peer.by] = str(error)
            continue
        if peer.by == PLAIN:
            rows.append(_made_row(PLAIN, spent, size, f"{len(corpus.paragraphs):,} paragraphs"))
    return Made(tuple(rows), absent)


def index_spent(layout: Layout, articles: Path, work: Path) -> Spent:
    """Make the index in `layout` of the articles, unless this code made it before, and return what that took."""
    name = f"{QA} {_code()}"
    if (kept := _kept(layout, name)) is not None:
        return kept
    store = Store(layout.store)
    shutil.rmtree(store.path, ignore_errors=True)
    store.create()
    shutil.copytree(_exported(work), store.models, dirs_exist_ok=True)
    spent = run(index_command(layout, str(articles))).spent
    _keep(layout, name, spent)
    return spent


def index_command(layout: Layout, *folders: str) -> Sequence[str]:
    """Return the command that brings the index in `layout` up to date."""
    return python("qa", "index", *folders, "--store", str(layout.store))


def _exported(work: Path) -> Path:
    """Return the folder of the exported embedder, which torch is needed for, once a work folder."""
    store = Store(work / f"exported-{_code()}")
    if not any(store.models.glob("[!.]*")):
        article = work / "article.txt"
        article.write_text("An article.\n\nIt is short.\n", encoding="utf-8")
        run(python("qa", "index", str(article), "--store", str(store.path)))
    return store.models


def _code() -> str:
    """Return what changes with the code that makes indexes."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "index").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _peer_spent(layout: Layout, peer: PeerProgram) -> Spent:
    if (kept := _kept(layout, peer.name)) is not None:
        return kept
    shutil.rmtree(layout.peer(peer.name), ignore_errors=True)
    spent = run(python(peer.module, "build", str(layout.path))).spent
    _keep(layout, peer.name, spent)
    return spent


def _made_row(by: str, spent: Spent, size: str, note: str) -> Row:
    return Row(
        measure=Measure.MAKING,
        by=by,
        unit=Unit.SECONDS,
        samples=(spent.seconds,),
        of=size,
        peak_bytes=spent.peak_bytes,
        note=note,
    )


def _kept(layout: Layout, name: str) -> Spent | None:
    if not layout.made.exists():
        return None
    kept = json.loads(layout.made.read_text(encoding="utf-8")).get(name)
    return None if kept is None else Spent(**kept)


def _keep(layout: Layout, name: str, spent: Spent) -> None:
    kept = json.loads(layout.made.read_text(encoding="utf-8")) if layout.made.exists() else {}
    # An index of other code is replaced by this one.
    kept = {each: value for each, value in kept.items() if not (name.startswith(QA) and each.startswith(QA))}
    layout.made.write_text(json.dumps(kept | {name: asdict(spent)}), encoding="utf-8")
