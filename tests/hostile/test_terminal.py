"""Whatever articles and file names hold, nothing of it controls the terminal, hides on it or forges a citation.

Held elsewhere: what `sanitise` does to each kind of character, in `tests/qa/test_sanitise.py`; Markdown in
articles, in `tests/qa/test_transcript.py`.
"""

import io
import json
import os
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.articles import LandmarkKind
from index.errors import UsageError
from index.run import RunResult
from index.spans import Span
from index.storable import _url
from index.store import Store
from qa.article_view import Gutter, render_article
from qa.chat import Chat
from qa.chat_completion import ChatCompleter
from qa.chat_session import Session
from qa.cli import main
from qa.indexing import failure_lines, result_lines
from qa.narrowing import ListedArticle
from qa.opener import open_url
from qa.opening import notify
from qa.render import citation_lines, render_answer
from qa.render_explanation import render_explanation
from qa.sanitise import sanitise, sanitise_cited, sanitise_name, sanitise_path
from qa.screen import StreamScreen
from qa.style import Style
from qa.transcript import render_transcript
from tests.conftest import open_fake_engine, run_fake_index, store_with_fakes
from tests.hostile.texts import ATTACKS, hostile, hostile_names, invisible, raw_controls
from tests.qa.samples import ANSWER, CITATION, EXPLANATION, HERE, QUOTE

RICH = Style(width=60, colour=True, links=True, hues=True)
PLAIN = Style(width=60, colour=False, links=False, marks=True)
styles = st.sampled_from([RICH, PLAIN])
some = settings(max_examples=40)


def cited(text: str, name: str) -> Path:
    """Return a path with a hostile name."""
    return HERE / "articles" / (name.strip("/.") or text)


@some
@given(text=hostile, title=hostile, name=hostile_names, style=styles)
@example("\x1b[2J", "\x1b]0;t\x07", "\x1b]8;;x\x1b", RICH)
def test_answer_sends_nothing_raw(text: str, title: str, name: str, style: Style) -> None:
    """Text, answer, context, title, source, heading, page and path of an answer and its copies are safe."""
    place = replace(CITATION, title=title, source=title, date=title, path=cited("x", name), author=title, url=title)
    placed = [place, replace(place, heading=title, line=None), replace(place, page=title), replace(place, record=3)]
    whole = f"a{text}b"
    quotes = [
        replace(QUOTE, text=whole, answer=text, answer_start=1, answer_end=1 + len(text), context=text, context_start=0,
                citation=each, copies=tuple(placed), agrees=each is place)
        for each in placed
    ]  # fmt: skip
    answer = replace(ANSWER, quotes=tuple(quotes), answer=text, answers=(text, title), rewritten=text, question=text)
    assert raw_controls(render_answer(answer, style, HERE)) == set()
    assert raw_controls(render_transcript([answer, replace(answer, filters={"only": text})], HERE)) == set()
    assert all(invisible(citation_lines(each, style, HERE)) == set() for each in placed)


@some
@given(text=hostile, title=hostile, name=hostile_names, style=styles)
def test_explanation_sends_nothing_raw(text: str, title: str, name: str, style: Style) -> None:
    """Sentences, answers, titles and paths of an explanation are safe."""
    found = replace(EXPLANATION.retrieved[0], title=title, path=cited("x", name), heading=title, line=None)
    weighed = replace(EXPLANATION.sentences[0], text=text, answer=text, title=title, path=found.path)
    explanation = replace(EXPLANATION, retrieved=(found,), sentences=(weighed,))
    assert raw_controls(render_explanation(explanation, style, HERE)) == set()


@some
@given(text=hostile, label=hostile, style=styles)
def test_article_sends_nothing_raw(text: str, label: str, style: Style) -> None:
    """All of an article, and the labels of its pages, are safe."""
    gutter = Gutter(numbered=False, pages=((0, label),))
    shown = render_article(text, Span(0, len(text)), style, gutter, context=None)
    assert raw_controls(shown) == set()


@given(title=hostile, source=hostile)
def test_completions_are_safe(title: str, source: str) -> None:
    """What the Tab key offers is safe to show, and to put into the line."""
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

    listed = ListedArticle(title=title, path=HERE / "a.txt", record=None, date=None, source=source)
    completer = ChatCompleter(lambda: (listed,))
    for typed in ("/article ", "/sources ", "/only ", title[:2]):
        for each in completer.get_completions(Document(typed), CompleteEvent()):
            assert invisible(each.text) == set()


@given(hostile)
@example("a\u200db")
@example("\u202egnp.exe")
@example("pay\u00adpal")
@example("a\u3164b\u2800c\uffa0")
@example("a\U000e0131\U000e0131")
def test_titles_and_paths_hide_nothing(text: str) -> None:
    """What cannot be seen, or turns the order, is shown by its number in titles and paths."""
    assert invisible(sanitise_name(text)) == set()
    assert invisible(sanitise_path(text)) == set()
    assert sanitise_name(sanitise_name(text)) == sanitise_name(text)


@given(st.text(), st.text())
def test_different_names_look_different(one: str, other: str) -> None:
    """Two paths that differ in white space or in what cannot be seen are shown as two."""
    for a, b in ((f"{one} {other}", f"{one}\n{other}"), (f"{one}a", f"{one}\u200ba"), (f"{one}a b", f"{one}a  b")):
        assert sanitise_path(a) != sanitise_path(b)


@pytest.mark.parametrize(
    "text", ["👩\u200d👩", "می\u200cخواهم", "क\u094d\u200dष", "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3", "葛\U000e0100"]
)
def test_joiners_and_selectors_stay_where_they_belong(text: str) -> None:
    """Emoji and letters that need joiners or selectors of variants are not torn apart."""
    assert sanitise(text) == sanitise_name(text) == text


_WIDE = replace(PLAIN, width=1_000_000)
"""A screen on which a citation is one line."""


@given(title=hostile, source=hostile)
@example("Real — /etc/passwd:1 (Reuters)", "x) — /etc/passwd:2 (y")
@example("— /etc/passwd:1", "—")
def test_no_title_forges_a_path(title: str, source: str) -> None:
    """In a line that cites, a dash between spaces stands once: before the path."""
    line = citation_lines(replace(CITATION, title=title, source=source), _WIDE, HERE)
    assert line.count(" — ") == 1
    assert line.split(" — ")[1].startswith("articles/call.txt:2 (")


@given(heading=hostile, page=hostile)
def test_no_heading_forges_a_path(heading: str, page: str) -> None:
    """Neither does a heading, nor the label of a page."""
    for place in (replace(CITATION, heading=heading, line=None), replace(CITATION, page=page)):
        assert citation_lines(place, _WIDE, HERE).count(" — ") == 1


_CITES = re.compile(r"^(?:\x1b\[[0-9;]*m)* *(?:\x1b\[[0-9;]*m)*\[\d+\]", re.MULTILINE)


@given(
    words=st.lists(
        st.sampled_from(["[1]", "[2] Fake —", "/etc/passwd:1", "word", "(Reuters)"]), min_size=1, max_size=40
    )
)
@example(["[1] Fake — /etc/passwd:1"])
def test_no_quote_forges_a_citation(words: list[str]) -> None:
    """However a quote is wrapped, a line that begins as a citation does is ours: one for each quote."""
    said = " ".join(words)
    for text in (said, f"It says: {said}"):
        quote = replace(QUOTE, text=text, answer=said, answer_start=text.index(said), answer_end=len(text))
        quote = replace(quote, context=text, context_start=0)
        for style in (RICH, PLAIN):
            shown = render_answer(replace(ANSWER, quotes=(quote,), answer=said, answers=(said,)), style, HERE)
            assert len(_CITES.findall(shown)) == 1


@given(title=hostile, name=st.text("ab`-_ ", min_size=1, max_size=8))
@example("`/etc/passwd:1`", "`")
@example("see [this](http://evil.example)", "a``b")
def test_no_title_forges_a_path_in_markdown(title: str, name: str) -> None:
    """In a saved conversation the file alone stands as code, and is what it is."""
    place = replace(CITATION, title=title, source=title, path=HERE / f"x{name}x")
    shown = render_transcript([replace(ANSWER, quotes=(replace(QUOTE, citation=place),))], HERE)
    line = next(line for line in shown.split("\n") if line.startswith("> — "))
    codes = re.findall(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", line)
    assert [code for _, code in codes] == [f"x{name}x:2"]
    assert not re.search(r"(?<!\\)[\[<]", re.sub(r"(`+)x.*x:2\1", "", line))


@given(url=hostile)
@example("http://a\0b")
@example("https://a/\x1b[31m")
@example("http://a/\u202egnp")
@example("-a")
@example("file:///etc/passwd")
@example("javascript:alert(1)")
def test_only_pages_on_the_web_are_opened(url: str) -> None:
    """What is kept as an article's address, and what is opened, is an address of http that can be seen."""
    kept = _url(f"http://{url}")
    assert kept is None or (kept.isprintable() and kept.startswith("http://"))
    if not url.startswith(("http://", "https://")) or not url.isprintable():
        with pytest.raises(UsageError, match="no page on the web"):
            open_url(url)


class Terminal(io.StringIO):
    """What a terminal was sent."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Tell that this is a terminal."""
        return True


class Lines:
    """Lines that are typed."""

    is_prompt = True

    def __init__(self, *lines: str) -> None:
        self._lines = list(lines)

    def read(self) -> str | None:
        """Return the next line, None at the end."""
        return self._lines.pop(0) if self._lines else None

    def drop_waiting(self) -> int:
        """Return 0: nothing was pasted."""
        return 0


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, RunResult]:
    """Return an index of articles that are full of attacks, and what its run said."""
    here = tmp_path_factory.mktemp("terminal")
    folder = here / "articles"
    folder.mkdir()
    records = [
        {name: f"bridge {each} of {name}" for name in ("text", "title", "source", "author", "date", "id", "url")}
        for each in ATTACKS
    ]
    (folder / "dump.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    for number, each in enumerate(ATTACKS):
        if "\0" not in each and "/" not in each and "\ud800" not in each:
            (folder / f"{number}{each}.txt").write_bytes(f"A bridge.\n\nIt {each} met.".encode("utf-8", "replace"))
            (folder / f"{number}{each}.json").write_text("[")
            (folder / f"{number}{each}.png").touch()
    store = store_with_fakes(here / ".qa")
    return store, run_fake_index(store, folder)


def test_run_sends_nothing_raw(indexed: tuple[Store, RunResult], capsys: pytest.CaptureFixture[str]) -> None:
    """What an index run says of files, skipped, failed and guessed at, is safe."""
    store, result = indexed
    assert result.report.failed > 10
    for line in (*result_lines(result, store.path.parent), *failure_lines(result, store.path.parent)):
        assert invisible(line) == set()
        notify(line)
    assert invisible(capsys.readouterr().err) == set()


def test_chat_sends_nothing_raw(indexed: tuple[Store, RunResult], monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole chat, with each of its commands, over articles full of attacks, is safe on a terminal."""
    store, _ = indexed
    terminal = Terminal()
    told: list[str] = []
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("VTE_VERSION", "7000")
    monkeypatch.setenv("PAGER", "/no/pager")
    with open_fake_engine(store) as engine:
        session = Session(engine, StreamScreen(terminal), notify=told.append, here=store.path.parent, quotes=60)
        typed = [
            "bridge", "/more", "/why", "/sources", "/history", "/toolbar", "It \x1b[31m", "/only *\x1b*", "/all",
            "/source \x1b", "/all", "/article dump", "/\x1b[2J", "/article \x1b]0;x\x07", "/save \x1b", "/since \x1b",
            *(f"/show {number}" for number in range(1, 60)), "/resume", "/reset", "/resume 1", "/history",
        ]  # fmt: skip
        Chat(session, Lines(*typed)).run()
        told.append(session.toolbar())
    shown = terminal.getvalue()
    assert shown.count("\x1b]8;;file://") > 20
    assert re.sub(r"\r[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] reading |\r\x1b\[K", "", shown).count("bridge") > 60
    assert raw_controls(re.sub(r"\r[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] reading |\r\x1b\[K", "", shown)) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["status"],
        ["status", "--copies"],
        ["status", "--json"],
        ["show", "articles/\x1b[31m"],
        ["show", "\udcff"],
        ["show", "\u202e"],
        ["open", "\x1b]0;x\x07"],
        ["ask", "--only", "\x1b[2J", "bridge"],
        ["index", "\x1b[2J"],
        ["index", "--dry-run", "articles"],
        ["eval", "\x1b[2J.json"],
        ["-\x1b[2J"],
        ["ask", "--\x1b]0;x\x07"],
        ["index", "--field", "\x1b[2J"],
        ["ask", "-k", "\x1b[2J", "bridge"],
    ],
)
def test_commands_send_nothing_raw(
    indexed: tuple[Store, RunResult],
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What commands print, and what they say of names that a shell's pattern may have given them, is safe."""
    store, _ = indexed
    monkeypatch.chdir(store.path.parent)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    before = os.umask(0o077)
    try:
        with suppress(SystemExit):
            main(arguments)
    finally:
        os.umask(before)
    printed = capsys.readouterr()
    assert printed.out + printed.err
    assert raw_controls(printed.out + printed.err) == set()


def test_list_of_conversations_sends_nothing_raw(
    indexed: tuple[Store, RunResult], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions that were typed are listed without what they would do to a terminal."""
    store, _ = indexed
    monkeypatch.chdir(store.path.parent)
    with open_fake_engine(store) as engine:
        session = Session(engine, StreamScreen(Terminal()), notify=lambda _: None, here=store.path.parent, quotes=3)
        Chat(session, Lines("Which bridge \x1b[31m met?")).run()
    assert main(["chat", "--list"]) == 0
    printed = capsys.readouterr().out
    assert "Which bridge" in printed
    assert raw_controls(printed) == set()


def test_landmarks_are_few_kinds() -> None:
    """Pages and headings are what a citation may name of an article's own; a third kind has to be tested here."""
    assert set(LandmarkKind) == {LandmarkKind.PAGE, LandmarkKind.HEADING}


def test_title_in_a_citation_keeps_its_other_dashes() -> None:
    """A dash without spaces stays as it is."""
    assert sanitise_cited("Russia—Germany talks – and then") == "Russia—Germany talks – and then"
