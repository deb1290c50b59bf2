"""Load plain text and Markdown: the file is the article, and its decoded text is kept as it is."""

from collections.abc import Iterator

from index.articles import Article, Fields, SourceFile, Warn
from index.decode import decode_text
from index.errors import ArticleError, NotAnArticleError
from index.headline import read_headline
from index.long_texts import is_too_long
from index.sentences import split_sentences


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the one article of a text file.

    Raises `NotAnArticleError` where it holds no text, `ArticleError` where that is too long.
    """
    decoded = decode_text(file.data)
    if problem := is_too_long(decoded.text):
        raise ArticleError(f"{problem}: split it")
    sentences = split_sentences(decoded.text)
    if not sentences:
        raise NotAnArticleError("empty")
    if decoded.warning:
        warn(decoded.warning)
    head = read_headline(decoded.text, sentences)
    yield Article(
        text=decoded.text, title=head.title, date=head.date, source=head.source, author=head.author, url=head.url
    )
