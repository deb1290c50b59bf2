"""Nothing is sent anywhere: not by us, and not by what we are made of."""

import shutil
import subprocess

import pytest

from tests.commands import QUESTION
from tests.hostile.conftest import Place


def test_nothing_is_sent(used: Place) -> None:
    """Exports, indexes of every format, answers, chats, an evaluation, training and a repair connect to nothing."""
    assert not used.sent.exists(), used.sent.read_text(encoding="utf-8")
    assert "Germany" in used.run("ask", QUESTION)


def test_guard_tells_of_what_is_sent(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever is tried would have been seen: names, connections and datagrams, from any library in Python."""
    place = Place(tmp_path_factory.mktemp("guarded"))
    tried = (
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'a', ('192.0.2.1', 53))",
        "import urllib.request; urllib.request.urlopen('http://example.org')",
    )
    for code in tried:
        assert place.run_python("-c", code).returncode == 1
    assert place.sent.read_text(encoding="utf-8").count("tried ") >= len(tried)


def _has_namespaces() -> bool:
    unshare = shutil.which("unshare")
    return (
        unshare is not None
        and subprocess.run([unshare, "-rn", "true"], check=False, capture_output=True).returncode == 0
    )


@pytest.mark.skipif(not _has_namespaces(), reason="the system gives no network of its own to a process")
def test_without_any_network(used: Place) -> None:
    """Where there is no network at all, not even one to oneself, everything goes on."""
    alone = ("unshare", "-rn")
    used.run("index", "seeds", "--store", "alone", before=alone)
    assert "Germany" in used.run("ask", "--store", "alone", QUESTION, before=alone)
    assert "Germany" in used.run("chat", "--store", "alone", given=f"{QUESTION}\n", before=alone)


def test_settings_beside_the_articles_configure_nothing(used: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A `.env` that came with the articles, in whatever encoding, and the environment have Chroma connect nowhere."""
    hostile = {
        "CHROMA_API_IMPL": "chromadb.api.fastapi.FastAPI",
        "CHROMA_SERVER_HOST": "192.0.2.1",
        "CHROMA_SERVER_HTTP_PORT": "no number",
        "ANONYMIZED_TELEMETRY": "True",
    }
    for name, value in hostile.items():
        monkeypatch.setenv(name, value)
    file = used.here / ".env"
    file.write_bytes("".join(f"{name}={value}\n" for name, value in hostile.items()).encode() + b"NAME=\xff\n")
    try:
        used.run("index", "seeds", "--store", "configured")
        assert "Germany" in used.run("chat", "--store", "configured", given=f"{QUESTION}\n")
        assert "in Chroma, generation 1" in used.run("doctor", "--store", "configured")
    finally:
        file.unlink()
    assert not used.sent.exists(), used.sent.read_text(encoding="utf-8")


def test_pages_and_entities_are_not_fetched(used: Place) -> None:
    """A page's pictures, scripts and frames, and the entities of its document type, stay where they are."""
    assert "The mayor opened the old bridge" in used.run("ask", "--only", "page.html", "Who opened the old bridge?")
    shown = used.run("show", "seeds/page.xhtml")
    assert "The storm closed the harbour" in shown
    assert "root:" not in shown


def test_telemetry_is_off() -> None:
    """What would report is told not to: Chroma by its settings, the hub's library before it is imported."""
    import os

    from index.onnx_export import quiet

    with quiet():
        assert os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"
