"""Examine an index, and mend it without embedding again what is known: the one place that knows the order of both."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.build import open_onnx, update_index
from index.catalog import Catalog
from index.checkup.catalog import examine_articles, examine_catalog
from index.checkup.findings import Cure, Finding, Section
from index.checkup.leftovers import examine_access, examine_leftovers, tidy
from index.checkup.models import examine_model
from index.checkup.texts import examine_texts
from index.checkup.vectors import examine_vectors
from index.checkup.words import examine_words
from index.errors import StoreDamagedError, StoreOutdatedError, StoreVersionError
from index.inputs import BuildOptions
from index.lock import writing
from index.mending import mend_catalog
from index.model_folder import ModelFolder
from index.run import Progress, RunResult
from index.salvage import salvage_catalog
from index.schema import create_catalog, open_catalog
from index.snapshot import reading
from index.store import Store

if TYPE_CHECKING:
    from index.embedder import Embedder

_RUNS = frozenset({Cure.RUN, Cure.VECTORS, Cure.TEXTS, Cure.MODEL, Cure.EMBED, Cure.SALVAGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Doctor:
    """How an index is examined and mended; `notify` is told, in a line each, what takes long.

    `wait` is how long to wait for another writer, in seconds.
    """

    store: Store
    notify: Callable[[str], None]
    progress: Progress
    wait: float
    open_embedder: "Callable[[ModelFolder], Embedder]" = open_onnx

    def examine(self) -> list[Section]:
        """Examine the whole index; raise a `QaError` where that cannot be done."""
        self.store.check_exists()
        with self._still():
            try:
                connection = open_catalog(self.store.catalog)
            except StoreDamagedError as error:
                return [Section("catalog", "", (Finding(error.problem, Cure.SALVAGE),))]
            except StoreVersionError as error:
                cure = Cure.RUN if isinstance(error, StoreOutdatedError) else Cure.USER
                return [Section("catalog", "", (Finding(f"{error.problem}: {error.remedy}", cure),))]
            with closing(connection):
                return list(self._sections(connection))

    def _sections(self, connection: sqlite3.Connection) -> Iterator[Section]:
        with reading(connection, self.store) as snapshot:
            found = examine_catalog(connection, snapshot)
            yield found
            if any(finding.cure is Cure.SALVAGE for finding in found.findings):
                return  # what else is read from it may be anything
            settings = snapshot.settings()
            catalog = Catalog(connection, self.store)
            found = examine_texts(connection, staged=catalog.count_staged())
            yield found
            if settings is None:
                said = "no run was published yet: run qa index FOLDER"
                yield Section("articles", "", (Finding(said, Cure.USER),))
                return
            recipe = snapshot.recipe(settings.recipe_id)
            articles = examine_articles(connection)
            yield articles
            if not (found.is_sound and articles.is_sound):
                return  # an examination after the repair tells the rest
            yield examine_words(self.store, connection, snapshot, dimensions=recipe.dimensions)
            yield examine_vectors(self.store, catalog, settings, dimensions=recipe.dimensions)
            yield examine_model(self.store, snapshot, recipe, self.open_embedder)
            models = catalog.models()
        yield examine_leftovers(self.store, generation=settings.generation, models=models)
        yield examine_access(self.store)

    def _still(self) -> AbstractContextManager[None]:
        """Keep other writers away; where nothing may be written there are none."""
        if not os.access(self.store.path, os.W_OK):
            return nullcontext()
        return writing(self.store, wait=self.wait, notify=self.notify)

    def repair(self, sections: Sequence[Section]) -> RunResult | None:
        """Mend what an examination found; return what the index run did that it took, None where it took none.

        Nothing is embedded that is known and sound. Raises a `QaError` for what only the user can mend.
        """
        cures = {finding.cure for section in sections for finding in section.findings}
        options = BuildOptions(
            rebuild_vectors=Cure.VECTORS in cures,
            full=Cure.EMBED in cures,
            check_model=Cure.MODEL in cures,
            wait=self.wait,
        )
        with writing(self.store, wait=self.wait, notify=self.notify):
            if Cure.SALVAGE in cures:
                options = self._salvage()
            elif cures & {Cure.TEXTS, Cure.WORDS}:
                with closing(create_catalog(self.store.catalog)) as connection:
                    taken = mend_catalog(connection, self.store)
                self.notify(f"the words are written anew; {taken:,} texts have to be embedded again")
        result = self._run(options) if cures & _RUNS else None
        if Cure.TIDY in cures:
            with writing(self.store, wait=self.wait, notify=self.notify):
                tidy(self.store, generation=self._generation())
        return result

    def _generation(self) -> int:
        """Return the number of the published generation."""
        with closing(open_catalog(self.store.catalog)) as connection, reading(connection, self.store) as snapshot:
            settings = snapshot.settings()
            return settings.generation if settings else 0

    def _salvage(self) -> BuildOptions:
        """Make a new catalog; return what to run then."""
        found = salvage_catalog(self.store)
        self.notify(f"{found.texts:,} texts with their vectors are saved from the damaged catalog")
        if not found.roots:
            raise StoreDamagedError(
                f"the index in {self.store.path} cannot tell its folders any more",
                "run qa index FOLDER: it embeds nothing again of what was saved",
            )
        return BuildOptions(
            roots=found.roots,
            exclude=found.exclude,
            fields=found.fields,
            embedder=found.embedder,
            check_model=True,
            wait=self.wait,
        )

    def _run(self, options: BuildOptions) -> RunResult:
        return update_index(
            self.store, options, notify=self.notify, progress=self.progress, open_embedder=self.open_embedder
        )
