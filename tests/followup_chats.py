"""Chats that lean on what was said: three tables, written before any rule that resolves them.

`chats/seeds.txt` is over the two seed articles. `chats/dev.txt` is over the articles at positions 0, 12,
24 and 36 of `new_wiki.json` of SQuADShifts, which are not kept here: each opening and each whole question
is one of that data set, to the letter, and the follow-up is it with a repeated name turned into a pronoun
or left out. `chats/news.txt` is over the news in `chats/news/`, written for it: five stories with several reports of
each, people with one surname, a correction, an interview; its chats go on for longer and change their subject.
A follow-up that goes wrong stays as it is: it is here to be resolved, not to be agreed with.

A line is the opening of a chat, or `> FOLLOW-UP | THE SAME, STANDING ALONE | ANSWER | …`.
"""

from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "chats"

NEWS = _FOLDER / "news"
"""The articles that the chats of `news_chats` are over."""

DEV_POSITIONS = (0, 12, 24, 36)
"""Of the articles in `new_wiki.json` that the chats of `dev_chats` are over, counted from 0."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that leans on those before it.

    `whole` is the same question, standing alone. `answers` are words of the articles, verbatim: a
    quote that answers holds at least one of them.
    """

    asked: str
    whole: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chat:
    """A question that stands alone, and what is asked after it."""

    opening: str
    follow_ups: tuple[FollowUp, ...]


def seed_chats() -> tuple[Chat, ...]:
    """Return the chats over the seeds."""
    return _read(_FOLDER / "seeds.txt")


def dev_chats() -> tuple[Chat, ...]:
    """Return the chats over the dev articles."""
    return _read(_FOLDER / "dev.txt")


def news_chats() -> tuple[Chat, ...]:
    """Return the chats over the news that were written for them; rules may be tuned on all of these."""
    return _read(_FOLDER / "news.txt")


def tuned(chats: tuple[Chat, ...]) -> tuple[Chat, ...]:
    """Return the chats that rules may be tuned on: those at even positions."""
    return chats[::2]


def held_out(chats: tuple[Chat, ...]) -> tuple[Chat, ...]:
    """Return the chats that only figures are reported of: those at odd positions."""
    return chats[1::2]


def _read(path: Path) -> tuple[Chat, ...]:
    chats: list[Chat] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("> "):
            asked, whole, *answers = line[2:].split(" | ")
            follow_up = FollowUp(asked, whole, tuple(answers))
            chats[-1] = Chat(chats[-1].opening, (*chats[-1].follow_ups, follow_up))
        else:
            chats.append(Chat(line, ()))
    return tuple(chats)
