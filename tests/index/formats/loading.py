"""Load bytes as a run does, for tests of loaders."""

from dataclasses import dataclass

from index.articles import NO_FIELDS, Article, Fields, SourceFile
from index.loaders import Format


@dataclass(frozen=True, slots=True)
class Loaded:
    """The articles of a file, and what was said of it."""

    articles: tuple[Article, ...]
    warnings: tuple[str, ...]

    @property
    def article(self) -> Article:
        """The only article."""
        (article,) = self.articles
        return article


def loaded(module: str, data: bytes, *, name: str = "file", fields: Fields = NO_FIELDS) -> Loaded:
    """Return what the loader in `index.formats.<module>` makes of a file's bytes."""
    warnings: list[str] = []
    articles = tuple(Format(module).loader()(SourceFile(name, data), fields=fields, warn=warnings.append))
    return Loaded(articles, tuple(warnings))
