"""Stems: the words of texts as the catalog's word table knows them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings

from index.words import TOKENIZER, Stemmer
from tests.strategies import article_text


@pytest.fixture
def stemmer() -> Iterator[Stemmer]:
    """Return an open stemmer."""
    with closing(Stemmer()) as stemmer:
        yield stemmer


def test_stems_come_in_the_order_of_words(stemmer: Stemmer) -> None:
    """A text's stems are its words without English endings, repeated words included."""
    assert stemmer.stems(["Bridges closed; the bridge closes."]) == [("bridg", "close", "the", "bridg", "close")]


def test_case_and_accents_are_folded(stemmer: Stemmer) -> None:
    """`ZÜRICH` and `zurich` are one word."""
    assert stemmer.stems(["ZÜRICH"]) == stemmer.stems(["zurich"]) == [("zurich",)]


def test_each_text_has_its_own_stems(stemmer: Stemmer) -> None:
    """Texts come back in their order, one without words as an empty one."""
    assert stemmer.stems(["red", "—", "", "flood"]) == [("red",), (), (), ("flood",)]


def test_no_texts_have_no_stems(stemmer: Stemmer) -> None:
    """Nothing in, nothing out."""
    assert stemmer.stems([]) == []


def test_earlier_texts_leave_nothing(stemmer: Stemmer) -> None:
    """What was asked before does not come back."""
    stemmer.stems(["council", "budget"])
    assert stemmer.stems(["flood"]) == [("flood",)]


def test_nul_ends_a_word_and_not_the_text(stemmer: Stemmer) -> None:
    """Words after a NUL are seen."""
    assert stemmer.stems(["red\0flood"]) == [("red", "flood")]


def test_closed_stemmer_is_closed() -> None:
    """Closing gives the database back."""
    stemmer = Stemmer()
    stemmer.close()
    with pytest.raises(sqlite3.ProgrammingError):
        stemmer.stems(["word"])


@settings(max_examples=60, deadline=None, database=None)
@given(article_text())
def test_stems_are_what_the_word_table_matches(text: str) -> None:
    """Each stem of a text finds that text in a table with the catalog's tokenizer."""
    with closing(Stemmer()) as stemmer, closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE word USING fts5(text, tokenize='{TOKENIZER}')")
        connection.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(word, row)")
        connection.execute("INSERT INTO word(text) VALUES (?)", (text,))
        known = {term for (term,) in connection.execute("SELECT term FROM vocabulary")}
        assert set(stemmer.stems([text])[0]) == known
