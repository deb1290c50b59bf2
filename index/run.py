"""Make an index equal to its folders: the one place that knows the order of the stages."""

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Protocol

from index.article_json import ParsedArticle
from index.catalog import Catalog, Changes, Growth
from index.compaction import Compaction
from index.errors import ArticleError, NotAnArticleError
from index.folding import fold
from index.generations import sweep_generations
from index.inputs import Inputs
from index.intake import LookedAt, look_at
from index.listing import FileEntry, ListedArticle
from index.lost_folders import LeftOut, check_emptied, find_left_out
from index.parsing import Parse, Parsers
from index.plan import UNREAD, Differences, Renames, compare, last_began
from index.records import IndexedFile, Recipe, RunReport, Settings
from index.skipped import Skipped
from index.staging import Stager
from index.store import Store
from index.walk import Failure, FoundFile, in_order, walk_articles


class Progress(Protocol):
    """Be told how far a run is, in bytes of files read."""

    def begin(self, total: int) -> None:
        """Expect files of `total` bytes."""

    def advance(self, size: int) -> None:
        """Count a file of `size` bytes as done."""

    def end(self) -> None:
        """Stop: every file is done, or the run was given up."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did; `warnings` are of files that were indexed all the same."""

    report: RunReport
    failures: tuple[Failure, ...]
    warnings: tuple[Failure, ...]
    skipped: Skipped
    left_out: LeftOut | None = None
    compaction: Compaction | None = None


@dataclass(slots=True)
class _Outcome:
    """What has become of the files so far."""

    moved: list[tuple[str, str]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    skipped: Skipped = field(default_factory=Skipped)


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
        differences = compare(walk, indexed, last_began=last_began(before, began))
        outcome = self._outcome
        outcome.failures += walk.failures
        outcome.skipped = walk.skipped
        renames = Renames(differences.gone)
        # Texts of another recipe are of no use: what cannot be read now is lost with them.
        is_new = before is not None and before.recipe_id != self._recipe.id
        self._read_all(differences, renames, inputs, is_new=is_new)
        gone = [*renames.left(), *(differences.kept if is_new else ())]
        if not inputs.allow_empty:
            check_emptied(inputs.roots, walk.files, gone)
        earlier = [self._store.expand(root) for root in before.roots] if before else []
        left_out = find_left_out(inputs.roots, earlier, gone)
        report = RunReport(
            began=began,
            seconds=0.0,
            added=outcome.counts["added"],
            changed=outcome.counts["changed"],
            removed=outcome.counts["removed"] + sum(1 for file in gone if file.has_articles),
            renamed=outcome.counts["renamed"],
            unchanged=outcome.counts["unchanged"],
            failed=len(outcome.failures),
            skipped=outcome.skipped.total(),
        )
        report = self._publish(inputs, before, gone, report)
        return RunResult(report, tuple(outcome.failures), tuple(outcome.warnings), outcome.skipped, left_out)

    def _read_all(self, differences: Differences, renames: Renames, inputs: Inputs, *, is_new: bool) -> None:
        """Read the files that may have changed, in the order of paths, and stage their texts."""
        same = differences.same
        if not inputs.anew:
            self._outcome.counts["unchanged"] += len(same) - len(differences.empty)
            for file in differences.empty:
                self._count_same(file)
        files = sorted((*differences.new, *differences.touched, *(same if inputs.anew else ())), key=in_order)
        if not files:
            return
        self._progress.begin(sum(found.size for found in files))
        try:
            with Parsers() as parsers, self._stager:
                for each in look_at(files, self._find, renames, parsers, anew=inputs.anew, fields=inputs.fields):
                    self._take(each, is_new=is_new, anew=inputs.anew)
                    self._progress.advance(each.found.size)
                self._stager.flush()
        finally:
            self._progress.end()

    def _find(self, name: str) -> IndexedFile | None:
        """Return what is indexed under a file's name."""
        return self._catalog.snapshot().file(self._store.shorten_name(name))

    def _take(self, file: LookedAt, *, is_new: bool, anew: bool) -> None:
        """Stage a file's texts where its bytes are new."""
        if file.error is not None:
            self._fail(file.found, file.error, file.known if is_new else None, known=file.known, anew=anew)
            return
        if file.old is not None:
            moved = (self._store.shorten_name(file.old.name), self._store.shorten_name(file.found.name))
            self._outcome.moved.append(moved)
        try:
            articles = self._load(file.found, file.parse) if file.parse is not None else None
        except ArticleError as error:
            self._catalog.listing.forget_articles()
            self._fail(file.found, str(error), file.before, known=None, anew=anew)
            return
        if articles is None:
            self._list(file.found, file.sha256, is_read=False)
        self._count(file, articles)

    def _fail(
        self, found: FoundFile, reason: str, lost: IndexedFile | None, *, known: IndexedFile | None, anew: bool
    ) -> None:
        """List a file that could not be read; what is `known` of it and not `lost` stays as it is."""
        self._outcome.failures.append(Failure(found.path, reason))
        if lost is not None and lost.has_articles:
            self._outcome.counts["removed"] += 1
        if lost is not None or known is None:
            self._list(found, UNREAD, is_read=True)
        elif anew:
            # What it holds was read otherwise than it is to be now: the next run that can does so.
            self._list(found, UNREAD, is_read=False, reason=known.reason)

    def _count(self, file: LookedAt, articles: int | None) -> None:
        """Count a file that was read: `articles` is the number of its new ones, None where nothing changed."""
        before = file.before
        had = before is not None and before.has_articles
        if articles is None:
            assert before is not None
            self._count_same(before)
        elif not articles:
            self._outcome.counts["removed"] += had
        elif not had:
            self._outcome.counts["added"] += 1
        else:
            self._outcome.counts["renamed" if file.old else "unchanged" if file.same_bytes else "changed"] += 1

    def _count_same(self, file: IndexedFile) -> None:
        """Count a file that need not be loaded; one without articles is skipped again."""
        if file.has_articles:
            self._outcome.counts["unchanged"] += 1
        else:
            self._outcome.skipped.add(file.name, file.reason or "")

    def _load(self, found: FoundFile, parse: Parse) -> int:
        """Stage and list a file's articles, and count them; one that is no article after all has none."""
        self._stager.prepare()  # while the file is parsed
        articles = 0
        reason = None
        try:
            for parsed in parse:
                self._catalog.listing.add_article(self._stage(parsed))
                articles += 1
        except NotAnArticleError as error:
            reason = str(error)
            self._outcome.skipped.add(found.name, reason)
        self._outcome.warnings += [Failure(found.path, text) for text in parse.warnings]
        self._list(found, parse.sha256, is_read=True, reason=reason)
        return articles

    def _stage(self, parsed: ParsedArticle) -> ListedArticle:
        article = parsed.article
        return ListedArticle(
            text_sha256=self._stager.add(parsed),
            title=article.title,
            date=article.date,
            source=article.source,
            author=article.author,
            url=article.url,
            record=article.record,
            record_id=article.record_id,
            landmarks=article.landmarks,
        )

    def _list(self, found: FoundFile, sha256: str, *, is_read: bool, reason: str | None = None) -> None:
        """List what to publish of a file: as it was found, and with the articles that were listed for it."""
        path = self._store.shorten_name(found.name)
        self._catalog.listing.add_file(FileEntry(path, found.size, found.mtime_ns, sha256, is_read, reason))

    def _publish(
        self, inputs: Inputs, before: Settings | None, gone: list[IndexedFile], report: RunReport
    ) -> RunReport:
        """Make the run visible, with a new generation of vectors where one is due; return what it took."""
        changes = Changes(
            self._recipe.id,
            gone=tuple(self._store.shorten_name(file.name) for file in gone),
            moved=tuple(self._outcome.moved),
        )
        settings = Settings(
            recipe_id=self._recipe.id,
            roots=tuple(self._store.shorten(root) for root in inputs.roots),
            exclude=inputs.exclude,
            fields=inputs.fields,
            generation=before.generation if before else 0,
            folded=before.folded if before else 0,
            held=before.held if before else 0,
            last_run=report,
        )
        rebuild = inputs.rebuild_vectors or before is None or before.recipe_id != self._recipe.id
        with self._catalog.publishing(changes) as growth:
            retitled = self._correct_titles(all_texts=inputs.compact)
            # Else it would have been written by the last run.
            is_due = rebuild or inputs.compact or retitled or growth != Growth(0, 0)
            after = settings
            if is_due:
                after = fold(self._catalog, self._store, settings, self._recipe, rebuild=rebuild, forget=inputs.compact)
            report = replace(report, seconds=time.time() - report.began)
            self._catalog.finish(replace(after, last_run=report), folded=after.generation != settings.generation)
        self._catalog.drop_staged()
        sweep_generations(self._store, keep=after.generation)
        return report

    def _correct_titles(self, *, all_texts: bool) -> int:
        """Give texts the titles of their first articles; return how many had another."""
        wrong = self._catalog.titles.wrong(all_texts=all_texts)
        if not wrong:
            return 0
        self._progress.begin(sum(each.length for each in wrong))
        try:
            for each in wrong:
                self._catalog.titles.correct(each, self._stager.embed)
                self._progress.advance(each.length)
        finally:
            self._progress.end()
        return len(wrong)
