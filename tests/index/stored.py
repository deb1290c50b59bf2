"""Put texts into an index, and read back what it holds."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from index.build import update_index
from index.catalog import Catalog, Changes, CutText
from index.hashing import text_hash
from index.inputs import BuildOptions
from index.listing import FileEntry, ListedArticle
from index.records import Recipe, RunReport, Settings
from index.run import RunResult
from index.schema import open_catalog
from index.sentences import split_sentences
from index.signatures import sign
from index.snapshot import Snapshot, reading
from index.spans import Span
from index.store import Store
from tests.conftest import HASHING
from tests.fakes import HashingEmbedder, SilentProgress

REPORT = RunReport(0.0, 0.0, 0, 0, 0, 0, 0, 0, 0)
_LONG_AGO_NS = 1_700_000_000_000_000_000


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """An article as an index holds it, without ids."""

    name: str
    title: str
    text: str
    sentences: tuple[Span, ...]
    passages: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as a run lists it; with None for `articles`, those that it has stay."""

    path: str
    size: int
    mtime_ns: int
    sha256: str
    articles: tuple[ListedArticle, ...] | None


def put(path: Path, content: str | bytes, *, tick: int = 0) -> Path:
    """Write a file whose time is long ago, later by `tick` seconds, so that a run goes by size and time."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    age(path, tick=tick)
    return path


def age(path: Path, *, tick: int) -> None:
    os.utime(path, ns=(_LONG_AGO_NS + tick * 1_000_000_000,) * 2)


def index_folder(store: Store, folder: Path) -> RunResult:
    return update_index(
        store,
        BuildOptions(roots=(folder,), embedder=HASHING),
        notify=lambda _: None,
        progress=SilentProgress(),
        open_embedder=lambda _: HashingEmbedder(),
    )


@contextmanager
def looking(store: Store) -> Iterator[Snapshot]:
    """Read the published index of a store."""
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        yield snapshot


def passage_ids(store: Store) -> list[int]:
    with closing(open_catalog(store.catalog)) as connection:
        return list(map(int, Catalog(connection, store).published_passages()))


def contents(store: Store) -> list[Held]:
    """Return every article of an index, by file name, and without what depends on how it got there."""
    with looking(store) as snapshot:
        spans: dict[int, list[Span]] = {}
        for passage in snapshot.passages(passage_ids(store), HashingEmbedder.dimensions):
            spans.setdefault(passage.text_id, []).append(passage.span)
        held = []
        for text_id, passages in spans.items():
            text = snapshot.text(text_id)
            for place in snapshot.places(text_id):
                name = place.path.name
                held.append(Held(name, place.title, text.content, text.sentences, tuple(sorted(passages))))
        return sorted(held)


def texts(store: Store) -> dict[str, str]:
    return {article.name: article.text for article in contents(store)}


def holders(store: Store, *secrets: str) -> list[str]:
    """Return the files of a store that hold one of some long words, in any case and encoding of ours, or its stem."""
    needles = [needle.encode() for secret in secrets for needle in (secret, secret.lower(), secret.lower()[:8])]
    return [
        path.name
        for path in store.path.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def cut(content: str) -> CutText:
    """Cut a text into a passage for each sentence."""
    sentences = split_sentences(content)
    vectors = HashingEmbedder().embed_passages([sentence.of(content) for sentence in sentences])
    return CutText("", content, sign(content), sentences, sentences, vectors)


def entry(path: str, content: str) -> Entry:
    """List a file that holds one article, titled by its path."""
    article = ListedArticle(text_sha256=text_hash(content), title=path)
    return Entry(path, len(content), 0, text_hash(content), (article,))


def enlist(catalog: Catalog, *entries: Entry) -> None:
    """List files with their articles, to be published."""
    for each in entries:
        for article in each.articles or ():
            catalog.listing.add_article(article)
        is_read = each.articles is not None
        catalog.listing.add_file(FileEntry(each.path, each.size, each.mtime_ns, each.sha256, is_read))


def settings_of(recipe: Recipe, *, generation: int = 0, folded: int = 0) -> Settings:
    return Settings(recipe.id, (".",), (), {}, generation, folded, folded, REPORT)


def publish(
    catalog: Catalog,
    recipe: Recipe,
    *entries: Entry,
    gone: Sequence[str] = (),
    moved: Sequence[tuple[str, str]] = (),
    settings: Settings | None = None,
    folded: bool = False,
) -> None:
    """Publish changes whose texts are staged already."""
    enlist(catalog, *entries)
    with catalog.publishing(Changes(recipe.id, tuple(gone), tuple(moved))):
        catalog.finish(settings or settings_of(recipe), folded=folded)


@contextmanager
def home(fake_store: Store, tmp_path: Path) -> Iterator[tuple[Store, Path]]:
    """Make a new store like `fake_store`, and a folder beside it, for one example of many."""
    with TemporaryDirectory(dir=tmp_path) as name:
        store, folder = Store(Path(name) / ".qa"), Path(name) / "articles"
        shutil.copytree(fake_store.path, store.path)
        folder.mkdir()
        yield store, folder
