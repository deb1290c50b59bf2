"""The chat's commands that narrow what is asked, each kept until `/all`."""

from dataclasses import replace

from index.errors import UsageError
from qa.chat_session import Session
from qa.narrowing import EVERYTHING, read_filter_date


def only(session: Session, pattern: str) -> None:
    """Ask only articles whose path or title fits."""
    session.narrow(replace(session.narrowing, only=_given(pattern, "/only", "*2024*")))


def since(session: Session, date: str) -> None:
    """Ask only articles since a date."""
    session.narrow(replace(session.narrowing, since=read_filter_date(_given(date, "/since", "2024-11"))))


def before(session: Session, date: str) -> None:
    """Ask only articles before a date."""
    session.narrow(replace(session.narrowing, before=read_filter_date(_given(date, "/before", "2024-11"))))


def source(session: Session, name: str) -> None:
    """Ask only articles of a source."""
    session.narrow(replace(session.narrowing, source=_given(name, "/source", "Reuters")))


def everything(session: Session, _: str) -> None:
    """Ask all articles again."""
    session.narrow(EVERYTHING)


def _given(text: str, command: str, example: str) -> str:
    if not text:
        raise UsageError(f"{command} takes something behind it", f"as in {command} {example}")
    return text
