"""The one way to register things: a decorator fills a registry, and a package scan finds the modules that use it."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things of one sort, found by importing every module below a package."""

    def __init__(self, package: str, homes: Mapping[str, str] | None = None) -> None:
        """Remember the package whose modules register themselves here.

        `homes` says of some names in which of them they are, so that these can be had without importing the others.
        """
        self._package = package
        self._homes = dict(homes or {})
        self._items: dict[str, T] = {}
        self._scanned = False

    def add(self, name: str, item: T) -> T:
        """Register one thing.

        Raises:
            ValueError: the name is taken, which is a mistake of the programmer.
        """
        if name in self._items:
            msg = f"{name!r} is registered twice in {self._package}"
            raise ValueError(msg)
        self._items[name] = item
        return item

    def know(self, homes: Mapping[str, str]) -> None:
        """Learn in which modules, by their names within the package, things are."""
        self._homes.update(homes)

    def home(self, module: str) -> str:
        """Return the name within the package of a module."""
        return module.removeprefix(f"{self._package}.")

    def scan(self) -> None:
        """Import every module below the package, once."""
        if self._scanned:
            return
        root = importlib.import_module(self._package)
        for module in pkgutil.walk_packages(root.__path__, f"{self._package}."):
            importlib.import_module(module.name)
        self._scanned = True

    def _find(self, name: object) -> None:
        """Import the module that a thing is in, or all where that is not known."""
        if name in self._items:
            return
        if isinstance(name, str) and name in self._homes:
            importlib.import_module(f"{self._package}.{self._homes[name]}")
        else:
            self.scan()

    def __getitem__(self, name: str) -> T:
        """Return one thing by name."""
        self._find(name)
        return self._items[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether the name is registered."""
        self._find(name)
        return name in self._items

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, sorted."""
        self.scan()
        return iter(sorted(self._items))

    def __len__(self) -> int:
        """Count the things."""
        self.scan()
        return len(self._items)

    def items(self) -> list[tuple[str, T]]:
        """Return names and things, sorted by name."""
        self.scan()
        return sorted(self._items.items())
