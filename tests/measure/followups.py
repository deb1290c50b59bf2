"""Measure follow-up questions, and what a conversation does to questions that need none.

    python -m tests.measure.followups new_wiki.json

Runs the chats of `tests/followup_chats.py` over the seeds, over some news and over four dev articles, and prints the
share of follow-ups that are resolved: whose first quote holds a gold answer. Beside it stand the share
without the conversation, and with the whole question in place of the follow-up, which no rule can be
expected to surpass by much. Then 200 questions of the same articles are asked after a question about
another article: the share that keeps its first quote. Rules may be tuned on the tuned half alone, and on the
chats over news; `--show` lists their failures, never those of the half that is held out.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.build import update_index
from index.inputs import BuildOptions
from index.store import STORE_NAME, Store
from qa.answer import Answer
from qa.conversation import NOTHING_SAID
from qa.engine import Engine
from qa.evaluate.corpus import lay_out
from qa.evaluate.dataset import Dataset, gold_questions, read_dataset, sample
from tests.fakes import SilentProgress
from tests.followup_chats import DEV_POSITIONS, NEWS, Chat, FollowUp, dev_chats, held_out, news_chats, seed_chats, tuned

SEEDS = Path(__file__).parent.parent.parent / "seeds"
STAND_ALONE = 200
"""Questions asked after an unrelated turn."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a follow-up got: in its conversation, without it, and as a whole question."""

    follow_up: FollowUp
    within: Answer
    alone: Answer
    whole: Answer


def run_chat(engine: Engine, chat: Chat) -> list[Asked]:
    """Ask a chat, each question with what was really said before it."""
    said = NOTHING_SAID.after(_ask(engine, chat.opening))
    asked = []
    for follow_up in chat.follow_ups:
        within = engine.ask(follow_up.asked, earlier=said, verify=False)
        asked.append(Asked(follow_up, within, _ask(engine, follow_up.asked), _ask(engine, follow_up.whole)))
        said = said.after(within)
    return asked


def holds(answer: Answer, follow_up: FollowUp) -> bool:
    """Tell whether the first quote holds one of the gold answers."""
    return bool(answer.quotes) and any(words in answer.quotes[0].text for words in follow_up.answers)


def report(name: str, asked: Sequence[Asked], *, show: bool) -> None:
    """Print the shares of some follow-ups, and those that went wrong where they may be looked at."""
    resolved = sum(holds(each.within, each.follow_up) for each in asked)
    answered = sum(holds(each.within, each.follow_up) and each.within.answered for each in asked)
    alone = sum(holds(each.alone, each.follow_up) for each in asked)
    whole = sum(holds(each.whole, each.follow_up) for each in asked)
    slowest = max(each.within.elapsed_ms for each in asked)
    print(
        f"{name:20} {len(asked):3} follow-ups: resolved {resolved / len(asked):.1%},"
        f" and answered {answered / len(asked):.1%};"
        f" without the conversation {alone / len(asked):.1%}, as whole questions {whole / len(asked):.1%};"
        f" slowest {slowest} ms"
    )
    for each in asked if show else ():
        if not holds(each.within, each.follow_up):
            quote = each.within.quotes[0].text if each.within.quotes else "no quote"
            could = "" if holds(each.whole, each.follow_up) else " (nor as a whole)"
            print(f"  {each.follow_up.asked} -> {each.within.rewritten}{could}\n     {quote}")


def measure_chats(engine: Engine, name: str, chats: tuple[Chat, ...], *, show: bool, held: bool) -> list[Asked]:
    """Run both halves of some chats, or the tuned one; return what the half that is held out got."""
    report(f"{name}, tuned", [each for chat in tuned(chats) for each in run_chat(engine, chat)], show=show)
    if not held:
        return []
    kept = [each for chat in held_out(chats) for each in run_chat(engine, chat)]
    report(f"{name}, held out", kept, show=False)
    return kept


def measure_stand_alone(engine: Engine, dataset: Dataset) -> None:
    """Print how many questions keep their first quote after a question about the next article."""
    questions = gold_questions(dataset)
    articles = len(dataset.articles)
    firsts = [next(each.text for each in questions if each.article == number) for number in range(articles)]
    unrelated = [NOTHING_SAID.after(_ask(engine, firsts[(number + 1) % articles])) for number in range(articles)]
    asked = sample(questions, STAND_ALONE)
    kept = 0
    for question in asked:
        plain = _ask(engine, question.text)
        within = engine.ask(question.text, earlier=unrelated[question.article], verify=False)
        same = [quote.text for quote in plain.quotes[:1]] == [quote.text for quote in within.quotes[:1]]
        kept += same
        if not same or within.rewritten:
            print(f"  {'kept' if same else 'LOST'}: {question.text} -> {within.rewritten}")
    print(f"after an unrelated turn {kept / len(asked):.1%} of {len(asked)} questions keep their first quote")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path, help="new_wiki.json of SQuADShifts")
    parser.add_argument("--show", action="store_true", help="list the failures of the tuned half")
    parser.add_argument("--tuned-only", action="store_true", help="run the tuned half alone")
    options = parser.parse_args(arguments)
    articles = read_dataset(str(options.dataset)).articles
    dataset = Dataset(options.dataset.name, tuple(articles[position] for position in DEV_POSITIONS))
    held: list[Asked] = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        with _indexed(work / "seeds", SEEDS) as engine:
            held += measure_chats(engine, "seeds", seed_chats(), show=options.show, held=not options.tuned_only)
        with _indexed(work / "news", NEWS) as engine:
            report("news, tuned", [each for chat in news_chats() for each in run_chat(engine, chat)], show=options.show)
        lay_out([dataset], [], work / "dev" / "articles", leave_out=None)
        with _indexed(work / "dev", work / "dev" / "articles") as engine:
            held += measure_chats(engine, "dev", dev_chats(), show=options.show, held=not options.tuned_only)
            if not options.tuned_only:
                measure_stand_alone(engine, dataset)
    if held:
        report("both, held out", held, show=False)
    return 0


def _indexed(work: Path, articles: Path) -> Engine:
    store = Store(work / STORE_NAME)
    store.create()
    update_index(store, BuildOptions(roots=(articles,)), notify=_tell, progress=SilentProgress())
    return Engine(store, notify=_tell)


def _ask(engine: Engine, question: str) -> Answer:
    return engine.ask(question, verify=False)


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
