"""Ask a folder of articles: verbatim quotes, cited, or a plain no.

from qa import open_index
with open_index() as index:
    print(index.ask("Who initiated the call?").quotes[0].text)
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import QaError
from qa.answer import Answer, Citation, IndexState, Quote
from qa.narrowing import Narrowing
from qa.opening import choose_store, current_folder

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["Answer", "Citation", "IndexState", "Narrowing", "QaError", "Quote", "open_index"]


def open_index(
    store: str | Path | None = None, *, reader: str | None = None, min_confidence: float | None = None
) -> "Engine":
    """Open an index that `qa index` made, to ask it questions with `ask`.

    `store` is its folder; without one, `QA_STORE` or the nearest `.qa` from the current folder
    upward. `reader` and `min_confidence` are those of `qa ask`. Close what it returns, or use it
    in a `with` block. What is amiss but does not stop it goes to the logger `qa`. Raises a
    `QaError` where there is no index or it cannot be read.
    """
    from qa.engine import Engine
    from qa.readers import SHIPPED, reader_maker

    notify = logging.getLogger("qa").warning
    found = choose_store(Path(store) if store is not None else None, current_folder())
    make_reader = reader_maker(reader or SHIPPED, found, notify=notify)
    return Engine(found, notify=notify, make_reader=make_reader, least_confidence=min_confidence)
