"""The chat's commands about the conversation: more of the last answer, its reasons, and what was said before."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.errors import UsageError
from qa.chat_session import Session
from qa.checking import Check
from qa.conversation_log import KeptConversation, kept_conversations, list_heads
from qa.marking import Painted, hanging, plainly
from qa.render import render_answer, render_head, render_quotes
from qa.render_explanation import render_explanation
from qa.replay import as_it_stands
from qa.sanitise import sanitise
from qa.show_path import shown_path
from qa.transcript import render_transcript

_ASK_FIRST = "ask a question first"


def more(session: Session, _: str) -> None:
    """Show the next quotes for the last question."""
    found = session.more()
    if found is None:
        raise UsageError("there is no question to have more of", _ASK_FIRST)
    answer, shown = found
    if shown is None:
        session.screen.write(render_answer(answer, session.screen.style(), session.here))
        return
    quotes = [quote for quote in answer.quotes if quote.citation.number not in shown]
    if not quotes:
        raise UsageError("there are no more quotes", "ask in other words")
    session.screen.write(render_quotes(answer, quotes, session.screen.style(), session.here))


def why(session: Session, _: str) -> None:
    """Show what was found, read and rejected for the last question."""
    answer = session.explained()
    if answer is None or answer.explanation is None:
        raise UsageError("there is no answer to explain", _ASK_FIRST)
    text = render_explanation(answer.explanation, session.screen.style(), session.here)
    session.screen.page(text, 0)


def tell_how_sure(session: Session) -> None:
    """Say again how sure the last answer is, and what another article says."""
    last = session.answers[-1]
    head = render_head(last if last.answered else replace(last, quotes=()), session.screen.style())
    session.screen.write(f"{head}\n\n/why tells what was found, read and weighed.\n")


def save(session: Session, name: str) -> None:
    """Write the conversation to a new Markdown file."""
    if not name:
        raise UsageError("/save takes the name of a file", "as in /save call.md")
    if not session.answers:
        raise UsageError("there is nothing to save", _ASK_FIRST)
    check = Check()
    text = render_transcript([as_it_stands(answer, check) for answer in session.answers], session.here)
    try:
        path = session.here / Path(name).expanduser()
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        if path.is_dir():
            raise UsageError(f"{name} is a folder", f"name a file, as in /save {Path(name) / 'call.md'}") from error
        raise UsageError(f"there is a {name} already", "name another file") from error
    except OSError as error:
        raise UsageError(f"{name} cannot be written: {error.strerror}", "name another file") from error
    except (RuntimeError, ValueError) as error:  # no such home, or a name that no file can have
        raise UsageError(f"{name} cannot be written: {error}", "name another file") from error
    session.screen.write(f"saved {shown_path(path, session.here)}\n")


def history(session: Session, _: str) -> None:
    """List the questions of this conversation, with what answered them."""
    if not session.answers:
        raise UsageError("nothing was asked yet", "/resume lists earlier conversations")
    style = session.screen.style()
    lines = []
    for number, answer in enumerate(session.answers, start=1):
        nothing = "its article has changed or is gone" if answer.lapsed else "not answered"
        said = sanitise(answer.answer) if answer.answer else nothing
        asked: list[Painted] = [(f"{sanitise(answer.question)}  ", plainly), (said, style.dim)]
        lines.append(hanging(f"{number:>3}  ", asked, width=style.width))
    session.screen.write("\n".join(lines) + "\n")


def resume(session: Session, number: str) -> None:
    """List earlier conversations, or go on with one of them."""
    kept = [each for each in kept_conversations(session.engine.store) if not session.is_current(each)]
    if not kept:
        raise UsageError("there is no earlier conversation", _ASK_FIRST)
    if not number:
        listed = conversation_lines(kept, width=session.screen.style().width)
        session.screen.write("\n".join([*listed, "", "/resume N goes on with one."]) + "\n")
        return
    chosen = next((each for at, each in enumerate(kept, start=1) if str(at) == number), None)
    if chosen is None:
        raise UsageError(f"there is no conversation {number}", f"give a number from 1 to {len(kept)}")
    session.resume(chosen)
    show_resumed(session)


def show_resumed(session: Session) -> None:
    """Show the questions of a conversation that is gone on with, and the last answer."""
    style = session.screen.style()
    if len(session.answers) > 1:
        history(session, "")
    last = session.answers[-1]
    asked = style.dim(f"qa> {sanitise(last.question)}")
    session.screen.write(f"{asked}\n\n{render_answer(last, style, session.here)}")


def reset(session: Session, _: str) -> None:
    """Begin another conversation."""
    session.reset()
    session.screen.write("a new conversation begins\n")


def conversation_lines(kept: Sequence[KeptConversation], *, width: int) -> list[str]:
    """Return what is shown of earlier conversations, safe to show."""
    return [hanging(head, [(sanitise(question), plainly)], width=width) for head, question in list_heads(kept)]
