"""Chats over the seeds: a sound table, and how many follow-ups the product resolves with the real model."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import update_index
from index.inputs import BuildOptions
from index.store import Store
from qa.answer import Answer
from qa.conversation import NOTHING_SAID
from qa.engine import Engine
from tests.conftest import SEEDS
from tests.fakes import SilentProgress
from tests.followup_chats import NEWS, Chat, FollowUp, dev_chats, held_out, news_chats, seed_chats, tuned

_TAG = re.compile(r"<[^>]*>")

RESOLVED = 0.75
"""The share of the follow-ups whose first quote is to hold a gold answer, on either half.

Where the reader answers fewer of them though they are put as whole questions, all of these but one.
"""


RESOLVED_NEWS = 0.7
"""The same of the longer chats over news."""


@pytest.fixture
def engine(articles: Path, real_store: Store) -> Iterator[Engine]:
    """Return an engine over an index of the seeds, with the real models."""
    with _opened(real_store, articles) as opened:
        yield opened


def _opened(store: Store, articles: Path) -> Engine:
    update_index(store, BuildOptions(roots=(articles,)), notify=lambda _: None, progress=SilentProgress())
    return Engine(store, notify=pytest.fail)


@pytest.mark.parametrize(("chats", "articles"), [(seed_chats(), SEEDS), (news_chats(), NEWS)])
def test_answers_are_words_of_the_articles(chats: tuple[Chat, ...], articles: Path) -> None:
    """Each answer to a follow-up stands in an article, to the letter but for HTML's tags."""
    texts = [_TAG.sub(" ", path.read_text(encoding="utf-8")) for path in articles.iterdir()]
    for chat in chats:
        for follow_up in chat.follow_ups:
            assert follow_up.answers
            assert all(any(words in text for text in texts) for words in follow_up.answers), follow_up


@pytest.mark.parametrize(("chats", "least"), [(seed_chats(), 20), (dev_chats(), 40), (news_chats(), 20)])
def test_there_are_enough_chats(chats: tuple[Chat, ...], least: int) -> None:
    """Chats have two to four turns, no opening stands twice, and halves share no chat."""
    assert len({chat.opening for chat in chats}) == len(chats) >= least
    assert all(1 <= len(chat.follow_ups) <= 3 for chat in chats)
    assert not set(tuned(chats)) & set(held_out(chats))


@pytest.mark.real_model
def test_most_follow_ups_are_resolved(engine: Engine) -> None:
    """On the half that rules were tuned on, and on the half they were not, most find a right first quote."""
    lacking = []
    for name, chats in (("tuned", tuned(seed_chats())), ("held out", held_out(seed_chats()))):
        right = [resolved for chat in chats for resolved in _run(engine, chat)]
        whole = [_holds(engine.ask(each.whole), each) for chat in chats for each in chat.follow_ups]
        print(
            f"{name}: {sum(right) / len(right):.1%} of {len(right)} follow-ups resolved,"
            f" {sum(whole) / len(whole):.1%} as whole questions"
        )
        assert sum(right) >= min(RESOLVED * len(right), sum(whole) - 1)
        if sum(right) < RESOLVED * len(right):
            lacking.append(f"{sum(right) / len(right):.1%} of the {name} half")
    if lacking:
        pytest.xfail(f"the reader is not good enough yet: {', '.join(lacking)}, {RESOLVED:.0%} wanted")


@pytest.mark.real_model
def test_most_follow_ups_about_news_are_resolved(real_store: Store) -> None:
    """In chats that change their subject, over several reports of the same events, most find a right first quote."""
    with _opened(real_store, NEWS) as engine:
        right = [resolved for chat in news_chats() for resolved in _run(engine, chat)]
    print(f"{sum(right) / len(right):.1%} of {len(right)} follow-ups about news resolved")
    assert sum(right) >= RESOLVED_NEWS * len(right)


def _run(engine: Engine, chat: Chat) -> Iterator[bool]:
    said = NOTHING_SAID.after(engine.ask(chat.opening))
    for follow_up in chat.follow_ups:
        answer = engine.ask(follow_up.asked, earlier=said)
        said = said.after(answer)
        yield _holds(answer, follow_up)


def _holds(answer: Answer, follow_up: FollowUp) -> bool:
    return bool(answer.quotes) and any(words in answer.quotes[0].text for words in follow_up.answers)
