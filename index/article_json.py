"""Hand articles from the process that parses files to the one that indexes them, a line of JSON each."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from index.articles import Article, ArticleDate, DateOrigin, Landmark, LandmarkKind
from index.spans import Span


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article with the sentences of its text, and the signature by which near copies of that are known."""

    article: Article
    sentences: tuple[Span, ...]
    signature: bytes


def to_json(parsed: ParsedArticle) -> str:
    """Return the article as JSON, in ASCII and on one line."""
    bounds = [bound for sentence in parsed.sentences for bound in (sentence.start, sentence.end)]
    return json.dumps({"article": asdict(parsed.article), "sentences": bounds, "signature": parsed.signature.hex()})


def from_json(values: Mapping[str, Any]) -> ParsedArticle:
    """Return the article that `to_json` wrote, its JSON already taken apart."""
    kept = dict(values["article"])
    date, landmarks = kept.pop("date"), kept.pop("landmarks")
    article = Article(
        date=ArticleDate(date["value"], DateOrigin(date["origin"])) if date else None,
        landmarks=tuple(Landmark(each["start"], LandmarkKind(each["kind"]), each["label"]) for each in landmarks),
        **kept,
    )
    bounds = values["sentences"]
    sentences = tuple(map(Span, bounds[::2], bounds[1::2]))
    return ParsedArticle(article, sentences, bytes.fromhex(values["signature"]))
