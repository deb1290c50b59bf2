"""`qa ask`: answer one question, or one a line."""

import argparse
import sys
from pathlib import Path

from index.errors import QuestionError, UsageError
from qa.commands.options import Subparsers, add_narrowing, add_no_color, add_opening, narrowing_of, opening

NOT_ANSWERED = 1


def add(commands: Subparsers) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "ask",
        help="answer one question with quotes",
        description="Answer a question with verbatim quotes and where they stand."
        " Exit status: 0 answered, 1 not answered in the articles, 2 wrong usage or no index; 0 whenever questions were"
        " read from standard input.",
    )
    parser.add_argument(
        "question",
        metavar="QUESTION",
        nargs="+",
        help="the question; with --json, - reads one a line from standard input",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object instead of text")
    parser.add_argument(
        "--explain", action="store_true", help="tell what was retrieved, read, weighed and left out, with the scores"
    )
    add_no_color(parser)
    add_opening(parser)
    add_narrowing(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from qa.agreement import without_faint
    from qa.engine import QUOTES
    from qa.json_output import answer_json
    from qa.last_answer import keep_citations
    from qa.lines import answer_lines
    from qa.narrowing import undated_line
    from qa.opening import notify, open_engine, tell_stale
    from qa.render import render_answer
    from qa.render_explanation import render_explanation
    from qa.style import style_of

    here = Path.cwd()
    question = " ".join(options.question)
    if question == "-" and not options.json:
        raise UsageError("- reads questions for --json only", "run qa ask --json -, or qa chat")
    if not question.strip():
        raise QuestionError("the question is empty", 'ask like this: qa ask "Who initiated the call?"')
    narrowing, explain, limit = narrowing_of(options), options.explain, options.quotes or QUOTES
    with open_engine(opening(options), here, once=question != "-") as engine:
        if question == "-":
            tell_stale(engine)
            return answer_lines(engine, sys.stdin, limit=limit, here=here, narrowing=narrowing, explain=explain)
        answer = engine.ask(question, limit=limit, narrowing=narrowing, explain=explain)
        tell_stale(engine)
        keep_citations(engine.store, answer)
        if options.json:
            print(answer_json(answer, here))
        else:
            if answer.undated:
                notify(undated_line(answer.undated))
            style = style_of(sys.stdout, plain=options.no_color)
            shown = answer if options.quotes or explain else without_faint(answer)
            print(render_answer(shown, style, here), end="")
            if answer.explanation is not None:
                print("\n" + render_explanation(answer.explanation, style, here), end="")
    return 0 if answer.answered else NOT_ANSWERED
