"""The chat's commands about articles: show, open, list them, and bring the index up to date."""

from index.errors import UsageError
from qa.chat_session import Session
from qa.indexing import build, result_lines
from qa.last_answer import KeptCitation
from qa.marking import hanging, plainly
from qa.narrowing import ListedArticle
from qa.opening_articles import open_citation
from qa.sanitise import sanitise, sanitise_cited
from qa.show_path import show_path, shown_path
from qa.showing import find_citation, show_article, show_citation

_CONTEXT_LINES = 3
_MOST_NAMED = 3
_BEHIND = 4
"""The indent of what is left of an article's line on a narrow screen."""


def show(session: Session, number: str) -> None:
    """Show quote N in its article: all of it where the screen scrolls, else a few lines around the quote."""
    citation = _cited(session, number, "/show")
    screen = session.screen
    context = None if screen.scrolls else _CONTEXT_LINES
    shown = show_citation(session.engine.store, citation, screen.style(), session.here, context=context)
    screen.page(shown.text, max(0, shown.line - _CONTEXT_LINES))


def article(session: Session, wanted: str) -> None:
    """Show the whole article of quote N, or the one with a title or path."""
    screen, store = session.screen, session.engine.store
    if not wanted or any(str(citation.number) == wanted for citation in session.cited):
        citation = _cited(session, wanted, "/article")
        shown = show_citation(store, citation, screen.style(), session.here, context=None)
    else:
        found = _titled(session, wanted)
        shown = show_article(store, found.path, found.record, screen.style(), session.here)
    screen.page(shown.text, 0)


def open_article(session: Session, number: str) -> None:
    """Hand the article of quote N to the system's opener."""
    citation = _cited(session, number, "/open")
    opened = open_citation(session.engine.store, citation, session.here)
    session.screen.write(f"opened {sanitise(opened)}\n")


def sources(session: Session, words: str) -> None:
    """List the articles that are asked, those with some words in title, path or source."""
    listed = session.engine.listing(session.narrowing)
    lines = [_line(session, each) for each in listed]
    wanted = [line for line in lines if all(word in line.casefold() for word in words.casefold().split())]
    if not wanted:
        if not words.strip():
            raise UsageError("there are no articles", "/index makes the index equal to the folders")
        raise UsageError(f"no article has {words} in its title, path or source", "/sources lists all that are asked")
    width = session.screen.style().width
    shown = [hanging("", [(line, plainly)], width=width, behind=_BEHIND) for line in wanted]
    session.screen.page("\n".join(shown) + "\n", 0)


def index(session: Session, _: str) -> None:
    """Bring the index up to date."""
    result = build(session.engine.store, roots=())
    session.forget_listing()
    session.screen.write("\n".join(result_lines(result, session.here)) + "\n")


def _cited(session: Session, number: str, command: str) -> KeptCitation:
    citation = find_citation(number or "1", session.cited)
    if citation is None:
        raise UsageError(f"{command} takes the number of a citation", f"as in {command} 1")
    return citation


def _titled(session: Session, wanted: str) -> ListedArticle:
    """Return the one article with a title or path; raise `UsageError` where there is none, or several."""
    listed = session.engine.listing()
    said = wanted.casefold()
    exact = [each for each in listed if said in (each.title.casefold(), show_path(each.path, session.here).casefold())]
    found = exact or [
        each for each in listed if said in each.title.casefold() or said in _line(session, each).casefold()
    ]
    if not found:
        raise UsageError(f"no article is called {wanted}", "/sources lists them")
    if len(found) > 1:
        named = "; ".join(show_path(each.path, session.here) for each in found[:_MOST_NAMED])
        named += f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        called = f"{len(found)} articles are called {wanted}"
        problem = called if exact else f"{wanted} is in the title or path of {len(found)} articles"
        raise UsageError(problem, f"name one by its path: {named}")
    return found[0]


def _line(session: Session, listed: ListedArticle) -> str:
    origin = ", ".join(sanitise_cited(part) for part in (listed.source, listed.date) if part)
    record = f", record {listed.record}" if listed.record is not None else ""
    place = shown_path(listed.path, session.here)
    return f"{sanitise_cited(listed.title)} — {place}{record}" + (f" ({origin})" if origin else "")
