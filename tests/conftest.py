"""For all tests: no time limits on generated cases (machines differ), and no cache or setting of the person who runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pathlib import Path

settings.register_profile("project", deadline=None)
settings.load_profile("project")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep compiled rules in a folder of this run: tests neither read nor fill the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(folder))
    patch.setenv("XDG_STATE_HOME", str(folder.with_name("state")))
    patch.setenv("XDG_DATA_HOME", str(folder.with_name("data")))
    return folder
