"""What imports what, and what touches the terminal: the rules of the house."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import qa

_ROOT = Path(__file__).parent.parent.parent
_SOURCES = sorted(path for package in ("index", "qa") for path in (_ROOT / package).rglob("*.py"))
_HEAVY = {"torch", "transformers", "sentence_transformers"}
_PARSERS = {"datasketch", "dateparser", "docx", "lxml", "pdfminer", "scipy", "striprtf", "trafilatura"}
_LATE = {*_HEAVY, *_PARSERS, "chromadb", "prompt_toolkit", "watchfiles"}
_OF_THE_PROMPT = "qa/chat_completion.py"
"""Made of the prompt's own classes, and imported where there is a prompt."""
_AT_THE_TERMINAL = {"qa/cli.py", "qa/streams.py", "qa/lines.py", "qa/progress.py", "qa/chat_input.py", "qa/screen.py"}
_PIPED = {"index/parse_worker.py"}
"""Its streams are pipes to the process that started it."""
_EXPORTS = {"index/export.py", "qa/export_reader.py"}
_STREAMS = ("stdout", "stderr", "stdin")


def _name(path: Path) -> str:
    return path.relative_to(_ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imported(node: ast.AST) -> set[str]:
    """Return the top packages that a statement imports."""
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]}
    return set()


def _modules(node: ast.AST) -> set[str]:
    """Return the modules that a statement names."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    return {node.module or ""} if isinstance(node, ast.ImportFrom) else set()


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs when a module is imported: neither functions nor what is for the type checker."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or _is_type_checking(child):
            continue
        yield child
        yield from _run_at_import(child)


def _at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Yield everything but what is for the type checker."""
    for child in ast.iter_child_nodes(node):
        if not _is_type_checking(child):
            yield child
            yield from _at_run_time(child)


def _touches_terminal(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input"):
        return True
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "sys"
        and node.attr.strip("_") in _STREAMS
    )


def test_sources_are_found() -> None:
    """The rules below are held over both packages."""
    assert {"index/build.py", "qa/engine.py", "qa/commands/ask.py"} <= set(map(_name, _SOURCES))


@pytest.mark.parametrize("module", ["qa", "qa.cli", "qa.engine", "index.build"])
def test_import_loads_nothing_heavy(module: str) -> None:
    """Neither the export's libraries, nor Chroma, nor the prompt is loaded before it is needed."""
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert module in loaded
    assert not loaded & _LATE


def test_index_run_loads_what_it_needs() -> None:
    """A run that finds nothing new waits for no model, no parser, and no bar."""
    code = "import sys, qa.indexing; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "index.run" in loaded
    assert not loaded & {*_LATE, "index.export", "onnxruntime", "sentencex", "tokenizers", "tqdm"}


def test_command_line_loads_no_engine() -> None:
    """`qa --help` and wrong usage do not wait for numpy and onnxruntime."""
    code = "import sys, qa.cli; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"numpy", "onnxruntime", "qa.engine"}


@pytest.mark.parametrize("path", [path for path in _SOURCES if _name(path).startswith("index/")], ids=_name)
def test_index_never_imports_qa(path: Path) -> None:
    """Files become an index without knowing who asks it."""
    assert not any("qa" in _imported(node) for node in ast.walk(_tree(path)))


@pytest.mark.parametrize("path", _SOURCES, ids=_name)
def test_heavy_libraries_are_imported_by_exports_and_training_alone(path: Path) -> None:
    """Torch and its like are imported inside functions of the exports, and where weights are trained."""
    late = {name for node in _at_run_time(_tree(path)) for name in _imported(node)}
    early = {name for node in _run_at_import(_tree(path)) for name in _imported(node)}
    trains = _name(path).startswith("qa/train/")
    own = {"torch"} if trains else {"prompt_toolkit"} if _name(path) == _OF_THE_PROMPT else set()
    own |= _PARSERS if _name(path).startswith("index/formats/") else set()
    assert not early & (_LATE - own)
    assert not late & _HEAVY or trains or _name(path) in _EXPORTS


@pytest.mark.parametrize("path", [path for path in _SOURCES if not _name(path).startswith("qa/train/")], ids=_name)
def test_training_is_loaded_by_its_command_alone(path: Path) -> None:
    """Nothing but `qa train`, once it runs, imports the modules that train."""
    early = {name for node in _run_at_import(_tree(path)) for name in _modules(node)}
    late = {name for node in _at_run_time(_tree(path)) for name in _modules(node)}
    assert not any(name.startswith("qa.train") for name in early)
    assert not any(name.startswith("qa.train") for name in late) or _name(path) == "qa/commands/train.py"


@pytest.mark.parametrize("path", [path for path in _SOURCES if "formats" not in path.parts], ids=_name)
def test_formats_are_loaded_by_name_alone(path: Path) -> None:
    """Nothing imports a kind of file's parser, but the process that meets such a file."""
    assert not any(name.startswith("index.formats") for node in ast.walk(_tree(path)) for name in _modules(node))


@pytest.mark.parametrize("path", _SOURCES, ids=_name)
def test_prompt_is_loaded_late(path: Path) -> None:
    """What is made of the prompt's classes is imported where a prompt is made, not before."""
    early = {name for node in _run_at_import(_tree(path)) for name in _modules(node)}
    assert "qa.chat_completion" not in early


_SILENT = [path for path in _SOURCES if _name(path) not in _AT_THE_TERMINAL | _PIPED and path.parent.name != "commands"]


@pytest.mark.parametrize("path", _SILENT, ids=_name)
def test_terminal_is_touched_by_the_command_line_alone(path: Path) -> None:
    """Stages take and return values; printing is for the command line, the chat's input and progress."""
    assert not any(_touches_terminal(node) for node in ast.walk(_tree(path)))


@pytest.mark.parametrize("path", _SOURCES, ids=_name)
def test_file_has_a_docstring_and_300_lines_at_most(path: Path) -> None:
    """A file says its one job on its first line, and is short."""
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)) or not text
    assert len(text.splitlines()) <= 300


def test_public_names() -> None:
    """These names are what others may import from `qa`."""
    assert qa.__all__ == ["Answer", "Citation", "IndexState", "Narrowing", "QaError", "Quote", "open_index"]
    assert all(hasattr(qa, name) for name in qa.__all__)
