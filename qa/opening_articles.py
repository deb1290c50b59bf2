"""Open the article of a citation: its page on the web, if it is one of many in a file, else its file."""

from pathlib import Path

from index.store import Store
from qa.last_answer import KeptCitation
from qa.opener import open_file, open_url
from qa.show_path import show_path
from qa.showing import find_place


def open_citation(store: Store, citation: KeptCitation, here: Path) -> str:
    """Hand a citation's article to the system's opener, and return what was opened, as to be shown.

    A record of a dump has a URL of its own, if any; the file that it stands in says little.
    """
    if citation.record is not None:
        url = find_place(store, citation, here).url
        if url is not None:
            open_url(url)
            return url
    open_file(citation.path)
    return show_path(citation.path, here)
