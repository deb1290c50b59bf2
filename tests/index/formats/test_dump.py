"""Articles of records."""

from collections.abc import Iterator, Mapping

import pytest

from index.articles import NO_FIELDS, Article, ArticleDate, DateOrigin, Fields
from index.errors import ArticleError, NotAnArticleError
from index.formats.dump import Numbered, listed, read_records
from tests.index.formats.loading import Loaded

TEXT = "The council met on Monday. It approved the budget."


def read(*records: Mapping[str, object], fields: Fields = NO_FIELDS) -> Loaded:
    warnings: list[str] = []
    numbered = [Numbered(position, record) for position, record in enumerate(records, start=1)]
    return Loaded(tuple(read_records(numbered, fields=fields, warn=warnings.append)), tuple(warnings))


def test_record_is_an_article() -> None:
    """What a record says becomes an article, with the record's position."""
    record = {
        "headline": "Council Approves Budget",
        "articleBody": TEXT,
        "datePublished": "15 November 2024",
        "publisher": {"name": "Reuters"},
        "author": ["Jane Doe", "John Roe"],
        "url": "https://example.org/a",
    }
    assert read(record).article == Article(
        text=TEXT,
        title="Council Approves Budget",
        date=ArticleDate("2024-11-15", DateOrigin.METADATA),
        source="Reuters",
        author="Jane Doe, John Roe",
        url="https://example.org/a",
        record=1,
    )


def test_title_is_as_it_is_shown() -> None:
    """A title's references to characters are the characters, as they are in a text of HTML."""
    record = {"title": {"rendered": "Mayor&#8217;s plan &amp; budget"}, "content": {"rendered": f"<p>{TEXT}</p>"}}
    article = read(record).article
    assert (article.title, article.text) == ("Mayor’s plan & budget", TEXT)


def test_title_and_source_of_the_text() -> None:
    """What no field says is read from the text's first lines, as in a file of its own."""
    article = read({"text": f"Council Approves Budget\nReuters News\n{TEXT}"}).article
    assert (article.title, article.source) == ("Council Approves Budget", "Reuters News")
    assert read({"text": TEXT}).article.title == "The council met on Monday."


def test_fields_go_before_the_text() -> None:
    """A title and a source that fields have are not looked for in the text."""
    article = read({"title": "Budget", "source": "AP", "text": f"Council Approves\nReuters News\n{TEXT}"}).article
    assert (article.title, article.source) == ("Budget", "AP")


def test_long_text_is_whole() -> None:
    """The text is the record's, to its end."""
    text = f" \r\n{TEXT}\u2028" * 10_000
    assert read({"text": text}).article.text == text


def test_records_without_text_are_counted() -> None:
    """Records without text are told by their number, once, and keep their positions."""
    found = read({"text": TEXT}, {"text": " "}, {"title": "A"}, {"text": TEXT})
    assert [article.record for article in found.articles] == [1, 4]
    assert found.warnings == ("2 records have no text",)
    assert read({"text": TEXT}, {}).warnings == ("1 record has no text",)


def test_no_record_is_no_article() -> None:
    """A dump of nothing holds no article, whatever its fields are to be called."""
    with pytest.raises(NotAnArticleError, match="empty"):
        read(fields={"text": "story"})


def test_empty_texts_are_no_article() -> None:
    """A dump whose texts are all empty holds no article."""
    with pytest.raises(NotAnArticleError, match="empty"):
        read({"text": ""}, {"text": " "})


def test_unknown_field_for_the_text_is_told() -> None:
    """Where no field is known to hold the text, the fields there are and the way out are told."""
    with pytest.raises(ArticleError) as error:
        read({"id": 1, "kicker": "A", "prose": TEXT}, {"id": 2, "blurb": "B"})
    assert str(error.value) == (
        "no field holds the text (it has: id, kicker, prose, blurb); name it with --field text=NAME"
    )


def test_named_fields() -> None:
    """Fields are read by the names that are given for them."""
    article = read({"prose": TEXT, "kicker": "Budget"}, fields={"text": "Prose", "title": "kicker"}).article
    assert (article.text, article.title) == (TEXT, "Budget")


def test_named_field_of_one_record_will_do() -> None:
    """A name that was given need not be every record's."""
    assert len(read({"text": TEXT}, {"story": TEXT}, fields={"text": "story"}).articles) == 2


def test_named_field_that_is_nowhere_is_told() -> None:
    """A name that no record has is told, with those that there are."""
    assert read({"text": TEXT, "date": "2024"}, fields={"date": "pubished"}).warnings == ()
    found = read({"text": TEXT, "when": "2024"}, fields={"text": "text", "date": "pubished"})
    assert found.warnings == ("no record has a field pubished (it has: text, when)",)
    assert found.article.text == TEXT
    with pytest.raises(ArticleError, match=r"^no record has a field story \(it has: prose\); name it with --field"):
        read({"prose": TEXT}, fields={"text": "story"})


def test_articles_come_one_at_a_time() -> None:
    """An article is there before the next record is read."""

    def records() -> Iterator[Numbered]:
        yield Numbered(1, {"text": TEXT})
        pytest.fail("read on")

    assert next(read_records(records(), fields=NO_FIELDS, warn=print)).record == 1


def test_names_are_listed_in_short() -> None:
    """Many names and long ones are told on one short line."""
    assert listed(["a", "b\n c"]) == "a, b c"
    assert listed(map(str, range(10**6))).endswith("18, 19, …")
    assert len(listed(["x" * 10**6] * 100)) < 1_000
    with pytest.raises(ArticleError) as error:
        read({f"{number:0100}": number for number in range(10**5)})
    assert len(str(error.value)) < 1_000
