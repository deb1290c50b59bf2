"""Answer one question a line with one JSON object a line."""

from collections.abc import Iterable
from pathlib import Path

from index.errors import QuestionError
from qa.conversation import NOTHING_SAID
from qa.engine import Engine
from qa.json_output import answer_json, error_json
from qa.narrowing import EVERYTHING, Narrowing


def answer_lines(
    engine: Engine,
    lines: Iterable[str],
    *,
    limit: int,
    here: Path,
    narrowing: Narrowing = EVERYTHING,
    remember: bool = False,
    explain: bool = False,
) -> int:
    """Print an object for each line, in order; an unusable line gives one with `error`.

    With `remember` the lines are one conversation, which has no commands, else each question stands alone.
    """
    earlier = NOTHING_SAID
    for line in lines:
        question = line.rstrip("\r\n")
        if remember and question.startswith("/"):
            print(error_json(question, "commands are for the chat without --json"), flush=True)
            continue
        try:
            answer = engine.ask(question, limit=limit, narrowing=narrowing, earlier=earlier, explain=explain)
        except QuestionError as error:
            print(error_json(question, error.problem), flush=True)
            continue
        print(answer_json(answer, here), flush=True)
        if remember:
            earlier = earlier.after(answer)
    return 0
