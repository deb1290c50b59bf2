"""Understand a question from the conversation it stands in: the ways to put it, and which of them to take."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from qa.conversation import Conversation
from qa.ellipsis import complete, stands_alone
from qa.pointers import Aim, Pointer, find_pointers
from qa.question import LONGEST_QUESTION
from qa.referents import Referent, find_referents

MOST_REWRITES = 3
"""Ways to put a question that are tried beside the way it was asked; each has to be read for."""

LEAD = 0.05
"""By how much more confident a later way has to be than the ones before it."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """The ways to put a question, those that win ties first; `near` are the articles to prefer."""

    texts: tuple[str, ...]
    near: frozenset[Path] = frozenset()


def understand(text: str, earlier: Conversation) -> Wordings:
    """Return the ways to put a question: as it was asked alone where it leans on nothing said earlier.

    One that leaves words out is completed, one that points at somebody or something is put with their
    names. The question as it was asked is tried too where it might stand alone after all.
    """
    if not earlier.turns or len(text) > LONGEST_QUESTION:
        return Wordings((text,))
    asked = " ".join(text.split())
    completed = _usable(complete(asked, earlier.turns[-1]), asked)
    near = frozenset(earlier.turns[-1].paths)
    if completed:
        return Wordings((text, *completed) if stands_alone(asked) else completed, near)
    pointers = find_pointers(asked)
    if not pointers:
        return Wordings((text,))
    return Wordings((*_usable(_resolve(asked, pointers, earlier), asked), text), near)


def choose(confidences: Sequence[float]) -> int:
    """Return which way to take: the first that no later one is clearly more confident than."""
    return next(at for at, sure in enumerate(confidences) if sure + LEAD >= max(confidences[at:]))


def _usable(rewrites: Sequence[str], asked: str) -> tuple[str, ...]:
    different = [text for text in dict.fromkeys(rewrites) if text != asked and len(text) <= LONGEST_QUESTION]
    return tuple(different[:MOST_REWRITES])


def _resolve(asked: str, pointers: Sequence[Pointer], earlier: Conversation) -> list[str]:
    """Put names for the words that point, the likeliest together first.

    Words with the same aim point at the same; words with different aims at different things.
    """
    aims = list(dict.fromkeys(pointer.aim for pointer in pointers))
    found = {aim: find_referents(aim, earlier, asked)[:MOST_REWRITES] for aim in aims}
    aims = [aim for aim in aims if found[aim]]
    ways = sorted(product(*(range(len(found[aim])) for aim in aims)), key=sum)
    chosen = [{aim: found[aim][at] for aim, at in zip(aims, way, strict=True)} for way in ways]
    return [
        _substitute(asked, pointers, each)
        for each in chosen
        if len({referent.key for referent in each.values()}) == len(each)
    ]


def _substitute(asked: str, pointers: Sequence[Pointer], referents: dict[Aim, Referent]) -> str:
    parts, at = [], 0
    for pointer in pointers:
        referent = referents.get(pointer.aim)
        if referent is not None:
            parts += [asked[at : pointer.start], _owned(referent.text) if pointer.owns else referent.text]
            at = pointer.end
    return "".join((*parts, asked[at:]))


def _owned(name: str) -> str:
    return f"{name}'" if name.endswith("s") and not name[0].isupper() else f"{name}'s"
