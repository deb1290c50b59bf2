"""Finding a cited article again in its file."""

from dataclasses import replace

import pytest

from qa.finding_text import find_text
from tests.qa.samples import PLACE

_DUMP = [replace(PLACE, record=number, text_sha256=text) for number, text in enumerate(("a", "b", "c", "b"), start=1)]


@pytest.mark.parametrize(
    ("record", "text", "found"), [(2, "b", 2), (4, "b", 4), (1, "c", 3), (9, "a", 1), (1, "d", None), (None, "b", 2)]
)
def test_text_is_found_wherever_its_record_went(record: int | None, text: str, found: int | None) -> None:
    """The same text is the same article, the same record of it if there are several; another text is none."""
    place = find_text(_DUMP, record, text)
    assert (place and place.record) == found
