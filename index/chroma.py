"""Open Chroma on a folder, as it is here and nowhere else: neither the environment nor a `.env` file configures it."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chromadb.api.client import Client

_PATCHING = threading.Lock()


def open_client(folder: Path) -> "Client":
    """Open the database in a folder, or make it; Chroma's errors, which share no base, come through."""
    with _configured_by_nobody():
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
    client: Any = chromadb.PersistentClient(str(folder), settings=settings)
    return client  # type: ignore[no-any-return]


@contextmanager
def _configured_by_nobody() -> Iterator[None]:
    """Have Chroma's settings take what they are given, and nothing else.

    Chroma reads `CHROMA_API_IMPL` and the like from the environment and from a `.env` in the current folder,
    which came with the articles maybe: they would have it connect to a server. It reads them when it is imported,
    too, and cannot be where that file is in another encoding. Settings of others are read as ever meanwhile.
    """
    import pydantic_settings.main as pydantic
    from pydantic_settings import BaseSettings, DotEnvSettingsSource

    class NotOfChroma(DotEnvSettingsSource):
        """A `.env` that is not read for Chroma."""

        def _read_env_files(self, *args: Any) -> Mapping[str, str | None]:
            return {} if _is_of_chroma(self.settings_cls) else super()._read_env_files(*args)

    hook = "settings_customise_sources"
    with _PATCHING:
        before = BaseSettings.__dict__[hook]

        def given_only(cls: Any, /, settings_cls: type, **sources: Any) -> tuple[Any, ...]:
            if _is_of_chroma(settings_cls):
                return (sources["init_settings"],)
            every: tuple[Any, ...] = before.__func__(cls, settings_cls, **sources)
            return every

        type.__setattr__(BaseSettings, hook, classmethod(given_only))
        vars(pydantic)["DotEnvSettingsSource"] = NotOfChroma
        try:
            yield
        finally:
            type.__setattr__(BaseSettings, hook, before)
            vars(pydantic)["DotEnvSettingsSource"] = DotEnvSettingsSource


def _is_of_chroma(settings: type) -> bool:
    return settings.__module__.partition(".")[0] == "chromadb"
