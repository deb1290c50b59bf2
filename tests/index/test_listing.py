"""What a run lists before it is published."""

from index.catalog import Catalog, Changes
from index.hashing import text_hash
from index.listing import FileEntry, ListedArticle
from index.records import Recipe
from index.store import Store
from tests.index.stored import cut, entry, looking, publish, settings_of

ONE = "The council met on Monday."
TWO = "The flood closed two bridges."


def listed(catalog: Catalog, text: str, title: str) -> None:
    (article,) = entry(title, text).articles or ()
    catalog.listing.add_article(article)


def titles(store: Store) -> list[tuple[str, str]]:
    with looking(store) as snapshot:
        return [(article.path, article.title) for article in snapshot.articles()]


def publish_listed(catalog: Catalog, recipe: Recipe) -> None:
    with catalog.publishing(Changes(recipe.id, (), ())):
        catalog.finish(settings_of(recipe), folded=False)


def test_articles_are_those_of_the_file_after_them(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """A file gets the articles that were listed since the file before it."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    for name, texts in (("a.jsonl", (ONE, TWO)), ("empty.txt", ()), ("b.txt", (ONE,))):
        for text in texts:
            listed(catalog, text, f"{name}: {text[:11]}")
        catalog.listing.add_file(FileEntry(name, 1, 0, "hash", is_read=True))
    publish_listed(catalog, recipe)
    assert titles(store) == [
        ("a.jsonl", "a.jsonl: The council"),
        ("a.jsonl", "a.jsonl: The flood c"),
        ("b.txt", "b.txt: The council"),
    ]


def test_forgotten_articles_are_not_published(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """What a file gave before it turned out to be damaged does not get into the next file."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    listed(catalog, ONE, "one")
    catalog.listing.add_file(FileEntry("one.txt", 1, 0, "hash", is_read=True))
    listed(catalog, TWO, "damaged")
    catalog.listing.forget_articles()
    listed(catalog, TWO, "two")
    catalog.listing.add_file(FileEntry("two.txt", 1, 0, "hash", is_read=True))
    publish_listed(catalog, recipe)
    assert titles(store) == [("one.txt", "one"), ("two.txt", "two")]


def test_each_publication_begins_with_an_empty_list(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """What was published is not listed any more, so that a file deleted later stays so."""
    catalog.stage(recipe, [cut(ONE)])
    publish(catalog, recipe, entry("one.txt", ONE))
    publish(catalog, recipe, gone=["one.txt"])
    assert titles(store) == []


def test_article_says_what_it_said(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """All that an article says of itself comes back as it was listed."""
    catalog.stage(recipe, [cut(ONE)])
    catalog.listing.add_article(
        ListedArticle(
            text_sha256=text_hash(ONE),
            title="T",
            source="S",
            author="A",
            url="https://u.example/",
            record=7,
            record_id="x",
        )
    )
    catalog.listing.add_file(FileEntry("a.jsonl", 1, 0, "hash", is_read=True))
    publish_listed(catalog, recipe)
    with looking(store) as snapshot:
        (place,) = snapshot.places_at("a.jsonl")
    assert (place.title, place.source, place.author, place.url) == ("T", "S", "A", "https://u.example/")
    assert (place.record, place.record_id, place.date, place.landmarks) == (7, "x", None, ())
