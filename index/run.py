"""Make an index equal to its folders: the one place that knows the order of the stages."""

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from index.articles import NO_FIELDS, Article, SourceFile
from index.catalog import Catalog, Changes, FileEntry, ListedArticle
from index.errors import ArticleError, NotAnArticleError
from index.folding import fold
from index.generations import sweep_generations
from index.loaders import format_of
from index.plan import UNREAD, Differences, ReadFile, Renames, compare, failure, read_file
from index.records import IndexedFile, Recipe, RunReport, Settings
from index.staging import Stager
from index.store import Store
from index.walk import Failure, FoundFile, walk_articles

_NO_TEXT = "binary or empty"


class Progress(Protocol):
    """Be told how far a run is, in bytes of files read."""

    def begin(self, total: int) -> None:
        """Expect files of `total` bytes."""

    def advance(self, size: int) -> None:
        """Count a file of `size` bytes as done."""

    def end(self) -> None:
        """Stop: every file is done, or the run was given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a run indexes: absolute paths, patterns to leave out; `anew` reads all files again."""

    roots: tuple[Path, ...]
    exclude: tuple[str, ...]
    anew: bool
    rebuild_vectors: bool

    def with_anew(self, anew: bool) -> "Inputs":
        """Return the same inputs, to be read again or not."""
        return replace(self, anew=anew)


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did; `warnings` are of files that were indexed all the same."""

    report: RunReport
    failures: tuple[Failure, ...]
    warnings: tuple[Failure, ...]
    skipped: Counter[str]


@dataclass(slots=True)
class _Outcome:
    """What has become of the files so far."""

    entries: list[FileEntry] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)


class IndexRun:
    """One run of `qa index`, by the process that holds the writer's lock."""

    def __init__(self, catalog: Catalog, store: Store, recipe: Recipe, stager: Stager, progress: Progress) -> None:
        self._catalog = catalog
        self._store = store
        self._recipe = recipe
        self._stager = stager
        self._progress = progress
        self._outcome = _Outcome()

    def execute(self, inputs: Inputs, before: Settings | None) -> RunResult:
        """Index the folders and publish the result."""
        began = time.time()
        walk = walk_articles(inputs.roots, exclude=inputs.exclude, store=self._store.path)
        indexed = self._catalog.snapshot().files()
        differences = compare(walk, indexed, last_began=before.last_run.began if before else None)
        outcome = self._outcome
        outcome.failures += walk.failures
        outcome.skipped += walk.skipped
        renames = Renames(differences.gone)
        self._read_all(differences, {file.path: file for file in indexed}, renames, anew=inputs.anew)
        gone = [*renames.left(), *(differences.kept if inputs.anew else ())]
        report = RunReport(
            began=began,
            seconds=0.0,
            added=outcome.counts["added"],
            changed=outcome.counts["changed"],
            removed=outcome.counts["removed"] + sum(1 for file in gone if file.articles),
            renamed=outcome.counts["renamed"],
            unchanged=outcome.counts["unchanged"],
            failed=len(outcome.failures),
            skipped=outcome.skipped.total(),
        )
        report = self._publish(inputs, before, gone, report)
        return RunResult(report, tuple(outcome.failures), tuple(outcome.warnings), outcome.skipped)

    def _read_all(
        self, differences: Differences, indexed: dict[Path, IndexedFile], renames: Renames, *, anew: bool
    ) -> None:
        """Read the files that may have changed, in the order of paths, and stage their texts."""
        same = differences.same
        for found in () if anew else same:
            self._count_same(indexed[found.path].articles, "unchanged")
        files = sorted((*differences.new, *differences.touched, *(same if anew else ())))
        self._progress.begin(sum(found.size for found in files))
        try:
            for found in files:
                self._take(found, indexed.get(found.path), renames, anew=anew)
                self._progress.advance(found.size)
            self._stager.flush()
        finally:
            self._progress.end()

    def _take(self, found: FoundFile, known: IndexedFile | None, renames: Renames, *, anew: bool) -> None:
        """Read one file, and stage its texts where its bytes are new."""
        try:
            file = read_file(found)
        except OSError as error:
            self._fail(found, failure(found.path, error).reason, known if anew else None, known=known)
            return
        old = renames.take(found.path, file.sha256) if known is None else None
        if old is not None:
            self._outcome.moved.append((self._store.shorten(old.path), self._store.shorten(found.path)))
        before = known or old
        same_bytes = before is not None and before.sha256 == file.sha256
        try:
            articles = None if same_bytes and not anew else self._load(file)
        except ArticleError as error:
            self._fail(found, str(error), before, known=None)
            return
        self._enter(found, file.sha256, articles)
        self._count(before, old=old, articles=articles, same_bytes=same_bytes)

    def _fail(self, found: FoundFile, reason: str, lost: IndexedFile | None, *, known: IndexedFile | None) -> None:
        """List a file that could not be read; what is `known` of it and not `lost` stays as it is."""
        self._outcome.failures.append(Failure(found.path, reason))
        if lost is not None and lost.articles:
            self._outcome.counts["removed"] += 1
        if lost is not None or known is None:
            self._enter(found, UNREAD, ())

    def _count(
        self,
        before: IndexedFile | None,
        *,
        old: IndexedFile | None,
        articles: tuple[ListedArticle, ...] | None,
        same_bytes: bool,
    ) -> None:
        """Count a file that was read: `articles` are its new ones, None where nothing changed."""
        had = before is not None and before.articles > 0
        if articles is None:
            self._count_same(before.articles if before else 0, "renamed" if old else "unchanged")
        elif not articles:
            self._outcome.counts["removed"] += had
        elif not had:
            self._outcome.counts["added"] += 1
        else:
            self._outcome.counts["renamed" if old else "unchanged" if same_bytes else "changed"] += 1

    def _count_same(self, articles: int, kind: str) -> None:
        """Count a file that need not be loaded; one without articles is skipped again."""
        if articles:
            self._outcome.counts[kind] += 1
        else:
            self._outcome.skipped[_NO_TEXT] += 1

    def _load(self, file: ReadFile) -> tuple[ListedArticle, ...]:
        """Load a file and stage its texts; one that is no article after all gives none."""
        known = format_of(file.found.path)
        assert known is not None
        warnings: list[str] = []
        try:
            articles = known.loader()(
                SourceFile(file.found.path.name, file.data), fields=NO_FIELDS, warn=warnings.append
            )
            staged = tuple(self._stage(article) for article in articles)
        except NotAnArticleError:
            self._outcome.skipped[_NO_TEXT] += 1
            return ()
        self._outcome.warnings += [Failure(file.found.path, text) for text in warnings]
        return staged

    def _stage(self, article: Article) -> ListedArticle:
        sha256 = self._stager.add(article)
        return ListedArticle(
            text_sha256=sha256,
            title=article.title,
            date=article.date,
            source=article.source,
            author=article.author,
            url=article.url,
            record=article.record,
            landmarks=article.landmarks,
        )

    def _enter(self, found: FoundFile, sha256: str, articles: tuple[ListedArticle, ...] | None) -> None:
        """Have a file published as it was found."""
        path = self._store.shorten(found.path)
        self._outcome.entries.append(FileEntry(path, found.size, found.mtime_ns, sha256, articles))

    def _publish(
        self, inputs: Inputs, before: Settings | None, gone: list[IndexedFile], report: RunReport
    ) -> RunReport:
        """Make the run visible, with a new generation of vectors where one is due; return what it took."""
        changes = Changes(
            self._recipe.id,
            gone=tuple(self._store.shorten(file.path) for file in gone),
            moved=tuple(self._outcome.moved),
            entries=tuple(self._outcome.entries),
        )
        settings = Settings(
            recipe_id=self._recipe.id,
            roots=tuple(self._store.shorten(root) for root in inputs.roots),
            exclude=inputs.exclude,
            generation=before.generation if before else 0,
            folded=before.folded if before else 0,
            last_run=report,
        )
        rebuild = inputs.rebuild_vectors or before is None or before.recipe_id != self._recipe.id
        with self._catalog.publishing(changes):
            after = fold(self._catalog, self._store, settings, self._recipe, rebuild=rebuild)
            report = replace(report, seconds=time.time() - report.began)
            self._catalog.finish(replace(after, last_run=report), folded=after.generation != settings.generation)
        self._catalog.drop_staged()
        sweep_generations(self._store, keep=after.generation)
        return report
