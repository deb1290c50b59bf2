"""Chroma is configured here alone, and everybody else as ever."""

import threading
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from index.chroma import _configured_by_nobody, open_client


class Other(BaseSettings):
    """Settings of somebody else in the same process."""

    model_config = {"env_file": ".env", "extra": "ignore"}
    of_the_environment: str = "default"
    of_the_file: str = "default"


@pytest.fixture(autouse=True)
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the environment and a `.env` in the current folder say something about both."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OF_THE_ENVIRONMENT", "environment")
    monkeypatch.setenv("ALLOW_RESET", "True")
    monkeypatch.setenv("CHROMA_API_IMPL", "chromadb.api.fastapi.FastAPI")
    (tmp_path / ".env").write_text("OF_THE_FILE=file\nCHROMA_SERVER_HOST=192.0.2.1\n")


def said(other: Other) -> tuple[str, str]:
    return other.of_the_environment, other.of_the_file


def test_chroma_takes_what_it_is_given(tmp_path: Path) -> None:
    """A client works on its folder, and has nothing of the environment or the file."""
    client = open_client(tmp_path / "chroma")
    settings = client.get_settings()
    assert (settings.allow_reset, settings.chroma_server_host) == (False, None)
    assert settings.chroma_api_impl == "chromadb.api.rust.RustBindingsAPI"
    assert not settings.anonymized_telemetry
    client.close()


def test_settings_of_others_are_read_as_ever() -> None:
    """While Chroma is opened and afterwards, other settings come from the environment and the file."""
    with _configured_by_nobody():
        assert said(Other()) == ("environment", "file")
    assert said(Other()) == ("environment", "file")


def test_opened_by_several_at_once(tmp_path: Path) -> None:
    """However many open it at once, nothing stays changed."""
    before = BaseSettings.__dict__["settings_customise_sources"]

    def open_one(number: int) -> None:
        with _configured_by_nobody():
            pass
        open_client(tmp_path / str(number)).close()

    threads = [threading.Thread(target=open_one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert BaseSettings.__dict__["settings_customise_sources"] is before
