"""Open Chroma on a folder, as it is here and nowhere else: neither the environment nor a `.env` file configures it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chromadb.api.client import Client


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
    """Have settings of pydantic take what they are given, and nothing else.

    Chroma reads `CHROMA_API_IMPL` and the like from the environment and from a `.env` in the current folder,
    which came with the articles maybe: they would have it connect to a server. It reads them when it is imported,
    too, and cannot be where that file is in another encoding.
    """
    import pydantic_settings.main as pydantic
    from pydantic_settings import BaseSettings, DotEnvSettingsSource

    class NoFile(DotEnvSettingsSource):
        """A `.env` that is not read."""

        def _read_env_files(self) -> dict[str, str | None]:
            return {}

    def given_only(_cls: Any, /, _settings_cls: Any, init_settings: Any, **_others: Any) -> tuple[Any, ...]:
        return (init_settings,)

    hook = "settings_customise_sources"
    before = BaseSettings.__dict__[hook]
    type.__setattr__(BaseSettings, hook, classmethod(given_only))
    vars(pydantic)["DotEnvSettingsSource"] = NoFile
    try:
        yield
    finally:
        type.__setattr__(BaseSettings, hook, before)
        vars(pydantic)["DotEnvSettingsSource"] = DotEnvSettingsSource
