"""Load RTF with striprtf: the text, and the title and author that the file states."""

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from index.articles import Article, Fields, SourceFile, Warn
from index.errors import ArticleError, NotAnArticleError
from index.formats.building_text import Block, BlockKind, build_text
from index.formats.guarding import guarded
from index.formats.stated import stated_author, stated_title
from index.headline import read_headline
from index.sentences import split_sentences

_UNREADABLE = "not a readable RTF file"
_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\\rtf")
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_FOREIGN = re.compile(rb"[\x80-\xff]")
_TOKEN = re.compile(r"\\(?:[a-z]+-?\d*|.)|[{}]", re.DOTALL)
_HIDDEN = re.compile(r"(\\\\)|\\(?:deleted|v)1?(?![a-z\d])")
_HIDDEN_RUN = re.compile(r"(?P<kept>\\\\)|\\(?P<way>deleted|v)1?(?![a-z\d])(?P<text>[^{}]*?)\\(?P=way)0")
_FIELD = re.compile(r"\\fldinst\{", re.IGNORECASE)
_CODEPAGE = re.compile(r"\\ansicpg\d+")
_WORDS = str.maketrans({"\u00ad": None, "\u2011": "-", "\uf0b7": "•"})


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the one article of an RTF file, without hidden and deleted text, notes, headers and pictures.

    Raises `ArticleError` for what is no RTF, `NotAnArticleError` for a file without text.
    """
    if not file.data.strip():
        raise NotAnArticleError("empty")
    if not _OPENS.match(file.data):
        raise ArticleError(_UNREADABLE)
    source = _source(file.data)
    built = build_text(_blocks(_text(source)))
    if not built.text:
        raise NotAnArticleError("empty")
    head = read_headline(built.text, split_sentences(built.text))
    yield Article(
        text=built.text,
        title=stated_title(_stated(source, "title"), file.name) or head.title,
        source=head.source,
        author=stated_author(_stated(source, "author")) or head.author,
    )


def _source(data: bytes) -> str:
    """Return the file as text: RTF is ASCII, but some write it in UTF-8, and some in their code page."""
    data = b"".join(_without_binary(data))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _FOREIGN.sub(lambda match: b"\\'%02x" % match.group()[0], data).decode("ascii")


def _without_binary(data: bytes) -> Iterator[bytes]:
    """Yield the file without its pictures' bytes, whose number stands before them."""
    at = 0
    while found := _BINARY.search(data, at):
        yield data[at : found.start()]
        at = found.end() + int(found.group(1))
    yield data[at:]


def _text(source: str) -> str:
    """Return the text of RTF."""
    # A group that is marked with a star is passed over: so is what is hidden or deleted, to where that
    # is switched off, or to the end of its group.
    source = _HIDDEN_RUN.sub(lambda match: match["kept"] or rf"{{\*{match['text']}}}", source)
    source = _HIDDEN.sub(lambda match: match.group(1) or r"\*", source)
    # Parted so, a link's address is not put into the text, and a long line of fields costs no time.
    source = _FIELD.sub(r"\\fldinst {", source)
    text: str = guarded(lambda: rtf_to_text(source, errors="replace"), _UNREADABLE)  # type: ignore[no-untyped-call]
    # Two escapes may make one letter, and half of one is none.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_WORDS)


def _blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs, and the rows of tables, whose cells end with a bar each."""
    for line in text.splitlines():
        tidy = " ".join(line.split())
        if tidy.endswith("|"):
            cells = (cell.strip() for cell in tidy.split("|"))
            yield Block(" | ".join(cell for cell in cells if cell), BlockKind.LINE)
        else:
            yield Block(tidy)


def _stated(source: str, name: str) -> str | None:
    """Return what the file's information says of itself under a name."""
    information = _group(source, "info")
    stated = _group(information, name) if information else None
    if stated is None:
        return None
    codepage = _CODEPAGE.search(source)
    return _text(rf"{{\rtf1\ansi{codepage.group() if codepage else ''} {stated}}}")


def _group(source: str, name: str) -> str | None:
    """Return what is in the first group of a name, None where there is none that ends."""
    opening = re.search(rf"\{{\s*\\{name}\b ?", source)
    if opening is None:
        return None
    depth = 1
    for token in _TOKEN.finditer(source, opening.end()):
        depth += {"{": 1, "}": -1}.get(token.group(), 0)
        if depth == 0:
            return source[opening.end() : token.start()]
    return None
