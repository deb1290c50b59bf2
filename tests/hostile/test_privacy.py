"""What is kept of a user's articles and questions is for its owner only.

Held elsewhere: that conversations have no words of articles in them, in `tests/qa/test_conversation_log.py`;
the history of a prompt, in `tests/test_chat_terminal.py`.
"""

import stat
from pathlib import Path

import pytest

from index.store import Store
from qa.chat_input import _is_writable
from tests.hostile.conftest import Place

pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="the system has other permissions")


def modes(folder: Path) -> dict[str, int]:
    """Return who may do what with each file and folder, by its path."""
    return {str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode) for path in (folder, *folder.rglob("*"))}


def test_every_file_of_a_store_is_its_owner_s(used: Place) -> None:
    """Under a mask that lets everybody read and write, nobody but the owner may, file by file."""
    found = modes(used.here / ".qa")
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}
    kept = "\n".join(found)
    for name in ("catalog.sqlite3", "last-answer.json", "writer.lock", "models/", "readers/", "graph.onnx"):
        assert name in kept
    for name in ("conversations/", "generations/000001/", "chroma.sqlite3", "data_level0.bin", "sketches.npy"):
        assert name in kept


def test_store_in_a_folder_of_others_has_files_of_its_owner_s(used: Place) -> None:
    """A store in a folder that was there before, and that others may read, has nothing in it that they may."""
    shared = used.here / "shared"
    shared.mkdir(mode=0o777)
    shared.chmod(0o777)
    used.run("index", "seeds", "--store", "shared")
    found = modes(shared)
    assert found.pop(".") == 0o777
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}


def test_saved_conversation_is_its_owner_s(used: Place) -> None:
    """What `/save` writes has words of articles in it."""
    assert modes(used.here / "talk.md")["."] == 0o600


def test_history_of_the_prompt_is_its_owner_s(tmp_path: Path) -> None:
    """What is typed is written to a file that only its owner may read, one that was there before too."""
    history = Store(tmp_path).chat_history
    history.touch(mode=0o666)
    history.chmod(0o666)
    assert _is_writable(history)
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


def test_index_that_a_program_opens_stays_its_owner_s(used: Place) -> None:
    """A program under any mask that asks an index makes no file for others."""
    code = "import qa\nwith qa.open_index() as index: print(index.ask('Who initiated the call?').answer)"
    done = used.run_python("-c", code)
    assert done.stdout == "Germany\n", done.stderr
    assert {name for name, mode in modes(used.here / ".qa").items() if mode & 0o077} == set()
