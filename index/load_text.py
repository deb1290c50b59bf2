"""Load plain text and Markdown: the file is the article, and its decoded text is kept as it is."""

from index.articles import Article, Loaded
from index.decode import decode_text
from index.errors import NotAnArticleError
from index.headline import read_headline
from index.sentences import split_sentences


def load_text(data: bytes) -> Loaded:
    """Return the one article of a text file; raise `NotAnArticleError` where it holds no text."""
    decoded = decode_text(data)
    sentences = split_sentences(decoded.text)
    if not sentences:
        raise NotAnArticleError("empty")
    head = read_headline(decoded.text, sentences)
    article = Article(text=decoded.text, title=head.title, date=head.date, source=head.source, record=None)
    return Loaded((article,), (decoded.warning,) if decoded.warning else ())
