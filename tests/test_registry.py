from __future__ import annotations

import pytest

from auditor.registry import Registry


def test_a_name_is_taken_once() -> None:
    registry: Registry[int] = Registry("auditor.model")
    registry.add("a", 1)
    with pytest.raises(ValueError, match="twice"):
        registry.add("a", 2)


def test_it_lists_by_name() -> None:
    registry: Registry[int] = Registry("auditor.model")
    registry.add("b", 2)
    registry.add("a", 1)
    assert list(registry) == ["a", "b"]
    assert registry.items() == [("a", 1), ("b", 2)]
    assert "a" in registry
    assert "c" not in registry
    assert len(registry) == 2
    assert registry["b"] == 2
