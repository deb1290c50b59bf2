"""Make PDFs for the tests of their loader."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT, TOP = 60.0, HEIGHT - 80.0
SIZE, LEADING = 10.0, 12.0
FONT, BOLD = "Times-Roman", "Times-Bold"

Draw = Callable[[Canvas], None]


def drawn(*pages: Draw, encrypt: object = None, compress: bool = True) -> bytes:
    """Return a PDF of pages, each drawn by a function."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=encrypt, pageCompression=int(compress), invariant=1)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(
    *texts: str, x: float = LEFT, y: float = TOP, size: float = SIZE, font: str = FONT, leading: float | None = None
) -> Draw:
    """Draw lines under one another from a point; an empty one leaves its place free."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for at, text in enumerate(texts):
            if text:
                canvas.drawString(x, y - at * (LEADING * size / SIZE if leading is None else leading), text)

    return draw


def both(*parts: Draw) -> Draw:
    """Draw several things on one page."""

    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def row_by_row(columns: Sequence[Sequence[str]], *, width: float, y: float = TOP) -> Draw:
    """Draw columns as a printer does: each row of lines from side to side, before the next row."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, SIZE)
        for row in range(max(map(len, columns))):
            for at, column in enumerate(columns):
                if row < len(column):
                    canvas.drawString(LEFT + at * width, y - row * LEADING, column[row])

    return draw


def wrapped(words: Iterable[str], width: float) -> list[str]:
    """Break words into lines of at most a width, in points."""
    made: list[str] = []
    for word in words:
        longer = f"{made[-1]} {word}" if made else word
        if made and stringWidth(longer, FONT, SIZE) <= width:
            made[-1] = longer
        else:
            made.append(word)
    return made


def written(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of numbered objects, of which the first is the catalog."""
    file = b"%PDF-1.7\n"
    places: list[int] = []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (len(objects) + 1, table, trailer)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream as an object of `written`."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)
