"""Find again, in its file, the article that was cited."""

from collections.abc import Sequence

from index.records import Place


def find_text(places: Sequence[Place], record: int | None, text_sha256: str) -> Place | None:
    """Return that of a file's articles with the same text, None where none has it.

    Of several the one that still is the same record: records may have come in between.
    """
    same = [place for place in places if place.text_sha256 == text_sha256]
    return next((place for place in same if place.record == record), same[0] if same else None)
