"""Make a folder with an article of every kind, each with a fact of its own."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from types import MappingProxyType

import docx
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate


@dataclass(frozen=True, slots=True)
class Fact:
    """Who opened what, where: a town that no other article names."""

    town: str
    mayor: str
    building: str

    @property
    def title(self) -> str:
        """The article's headline."""
        return f"{self.town} celebrates its {self.building}"

    @property
    def question(self) -> str:
        """What to ask."""
        return f"Who opened the {self.building} in {self.town}?"

    @property
    def sentence(self) -> str:
        """The sentence that answers."""
        return f"Mayor {self.mayor} opened the {self.building} in {self.town} on Monday."

    @property
    def before(self) -> tuple[str, ...]:
        """The paragraphs before it."""
        return (
            f"Hundreds of people came to the centre of {self.town} although it rained all morning, and the school band"
            " played for an hour before the speeches began.",
        )

    @property
    def after(self) -> str:
        """A paragraph behind it, with the sentence at its beginning."""
        return (
            f"{self.sentence} The work had taken three years and cost more than the council had planned, which was"
            " debated at length last winter."
        )


FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        name: Fact(town, mayor, building)
        for name, town, mayor, building in (
            ("plain.txt", "Veldhaven", "Anna Ek", "harbour bridge"),
            ("notes.md", "Norrby", "Ivo Lang", "city library"),
            ("page.html", "Brunnfeld", "Maria Sole", "concert hall"),
            ("saved.mhtml", "Ostermark", "Peter Holm", "railway station"),
            ("report.pdf", "Kaltenau", "Rosa Winter", "swimming pool"),
            ("letter.docx", "Silverby", "Jonas Falk", "art museum"),
            ("story.rtf", "Tannwald", "Clara Moor", "fire station"),
            ("book.epub", "Grasmere", "Hugo Stern", "water tower"),
            ("mail.eml", "Lindholm", "Eva Brandt", "bus depot"),
            ("packed.txt.gz", "Felsburg", "Otto Krall", "toll house"),
            ("lines.jsonl", "Marsdorf", "Lena Voss", "ice rink"),
            ("dump.json", "Rivertown", "Omar Said", "post office"),
            ("table.csv", "Highcliff", "Nina Park", "lighthouse"),
            ("table.tsv", "Eastwick", "Paul Grey", "town hall"),
        )
    }
)
"""By the name of the file."""

HEADING = "The opening"
"""What stands above the answer where a kind of file has headings."""


def write_every_format(folder: Path) -> None:
    """Write a file of each kind into a folder."""
    for name, fact in FACTS.items():
        suffix = name.partition(".")[2]
        (folder / name).write_bytes(_MAKERS[suffix](fact))


def _text(fact: Fact) -> bytes:
    return "\n\n".join((fact.title, *fact.before, fact.after)).encode()


def html(fact: Fact) -> bytes:
    """Return a page with navigation, a banner and related links around its article."""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{fact.title} | The Daily Post</title>
<meta property="og:title" content="{fact.title}"><meta property="og:site_name" content="The Daily Post">
<meta property="article:published_time" content="2024-11-15T08:00:00+01:00"><meta name="author" content="Kim Reed">
<script>var tracking = "Mayor Nobody opened the {fact.building} in {fact.town}";</script></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<div class="cookie-banner">We use cookies to improve your experience. <button>Accept all</button></div>
<main><article><h1>{fact.title}</h1>{"".join(f"<p>{text}</p>" for text in fact.before)}
<h2>{HEADING}</h2><p>{fact.after}</p>
<p>Visitors will be shown around the building for free until the end of the month, the council said.</p></article>
</main><aside><h3>Related</h3><ul><li><a href="/1">Ten recipes for autumn</a></li></ul></aside>
<footer>© The Daily Post. All rights reserved.</footer></body></html>""".encode()


def _mhtml(fact: Fact) -> bytes:
    message = EmailMessage()
    message["Subject"] = fact.title
    message["Snapshot-Content-Location"] = "https://news.example.org/opening"
    message.make_related()
    page = EmailMessage()
    page.set_content(html(fact).decode(), subtype="html", cte="quoted-printable")
    message.attach(page)
    return bytes(message)


def _pdf(fact: Fact) -> bytes:
    styles, file = getSampleStyleSheet(), io.BytesIO()
    first = [Paragraph(fact.title, styles["Title"]), *(Paragraph(text, styles["BodyText"]) for text in fact.before)]
    second = [Paragraph(fact.after, styles["BodyText"])]
    SimpleDocTemplate(file, title=fact.title).build([*first, PageBreak(), *second])
    return file.getvalue()


def _docx(fact: Fact) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_heading(fact.title, level=0)
    for text in fact.before:
        document.add_paragraph(text)
    document.add_heading(HEADING, level=1)
    document.add_paragraph(fact.after)
    document.save(file)
    return file.getvalue()


def _rtf(fact: Fact) -> bytes:
    paragraphs = r"\par ".join((fact.title, *fact.before, fact.after))
    return rf"{{\rtf1\ansi\ansicpg1252 {paragraphs}\par}}".encode("cp1252")


def _epub(fact: Fact) -> bytes:
    chapter = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Chapter</title></head><body>'
        + "".join(f"<p>{text}</p>" for text in fact.before)
        + f"<h2>{HEADING}</h2><p>{fact.after}</p></body></html>"
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">1</dc:identifier>'
        f"<dc:title>{fact.title}</dc:title><dc:date>2024-11</dc:date></metadata>"
        '<manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="one"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="OPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OPS/package.opf", package)
        archive.writestr("OPS/one.xhtml", chapter)
    return file.getvalue()


def _eml(fact: Fact) -> bytes:
    message = EmailMessage()
    message["Subject"] = fact.title
    message["From"] = "Kim Reed <kim@example.org>"
    message["Date"] = "Fri, 15 Nov 2024 23:30:00 -0500"
    message.set_content("\n\n".join((*fact.before, fact.after)))
    return bytes(message)


def _records(fact: Fact) -> list[dict[str, str]]:
    """Return two records, the second with the fact."""
    other = {
        "title": "Weather",
        "text": "It will rain on Tuesday, and the wind will turn to the north.",
        "date": "2024",
    }
    return [other, {"title": fact.title, "text": "\n\n".join((*fact.before, fact.after)), "date": "2024-11-15"}]


def _jsonl(fact: Fact) -> bytes:
    return "\n".join(map(json.dumps, _records(fact))).encode()


def _json(fact: Fact) -> bytes:
    return json.dumps({"articles": _records(fact)}).encode()


def _table(fact: Fact, delimiter: str) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, ["title", "text", "date"], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(_records(fact))
    return file.getvalue().encode()


_MAKERS: Mapping[str, Callable[[Fact], bytes]] = MappingProxyType(
    {
        "txt": _text,
        "md": lambda fact: b"# " + _text(fact),
        "html": html,
        "mhtml": _mhtml,
        "pdf": _pdf,
        "docx": _docx,
        "rtf": _rtf,
        "epub": _epub,
        "eml": _eml,
        "txt.gz": lambda fact: gzip.compress(_text(fact)),
        "jsonl": _jsonl,
        "json": _json,
        "csv": lambda fact: _table(fact, ","),
        "tsv": lambda fact: _table(fact, "\t"),
    }
)
