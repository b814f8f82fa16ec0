"""Targets for the XML parser that gather text while it reads, without a tree in memory."""

from __future__ import annotations

from typing import Final, Protocol

_BLOCKS: Final = {"p", "h", "comment", "author", "creator", "date", "text", "tr", "table-row", "instrText"}
_SEPARATE: Final = {"annotation", "p", "h"}
"""Begin a line of their own: a comment stands in the middle of the sentence that it is about."""
_TEXT: Final = {"t", "delText", "instrText", "delInstrText", "text", "author", "p", "h", "creator", "span", "a", "v"}
_MARKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "noBreakHyphen": "-"}
_ATTRIBUTES: Final = {"descr", "title", "tooltip", "author", "initials", "href", "instr", "displayName", "userId"}
_REPEATS: Final = 64


class Target(Protocol):
    """What the parser calls, and what it gathered."""

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """An element begins."""
        ...

    def end(self, tag: str) -> None:
        """An element ends."""
        ...

    def data(self, data: str) -> None:
        """Text."""
        ...

    def close(self) -> None:
        """The document ends."""
        ...

    def text(self) -> str:
        """Return what was gathered."""
        ...


def local(tag: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


class FlowTarget:
    """Running text: joined within a paragraph, one line for each, and texts that sit in attributes behind it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._out: list[str] = []
        self._aside: list[str] = []
        self._open: list[str] = []

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """Note marks that stand for characters, and attributes that people read."""
        name = local(tag)
        self._open.append(name)
        if name in _SEPARATE:
            self._out.append("\n")
        elif name in _MARKS:
            self._out.append(_MARKS[name])
        elif name == "s":
            count = next((value for key, value in attrib.items() if local(key) == "c"), "1")
            self._out.append(" " * min(int(count) if count.isdigit() else 1, _REPEATS))
        for key, value in attrib.items():
            if local(key) in _ATTRIBUTES and value.strip():
                self._aside.append(value)

    def end(self, tag: str) -> None:
        """End the line with the paragraph."""
        if self._open:
            self._open.pop()
        if local(tag) in _BLOCKS:
            self._out.append("\n")

    def data(self, data: str) -> None:
        """Keep text of elements that hold text; positions and sizes are none."""
        if self._open and self._open[-1] in _TEXT:
            self._out.append(data)

    def close(self) -> None:
        """Nothing is left to do."""

    def text(self) -> str:
        """Return the lines, attributes last."""
        lines = (line for line in "".join(self._out).split("\n") if line.strip())
        return "\n".join((*lines, *self._aside))


class PropertyTarget:
    """Properties: `name: value` lines, sensitivity labels among them (`MSIP_Label_...`)."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lines: list[str] = []
        self._names: list[str] = []
        self._value: list[str] = []

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """A named element names its value; attributes are values as well."""
        own = {local(key): value for key, value in attrib.items()}
        self._names.append(own.pop("name", "") or local(tag))
        self._lines += [f"{local(tag)} {key}: {value}" for key, value in own.items() if key not in {"fmtid", "pid"}]
        self._value.clear()

    def end(self, tag: str) -> None:
        """Write the line of the nearest name that says something."""
        value = "".join(self._value).strip()
        self._value.clear()
        if value:
            named = self._names[-2] if len(self._names) > 1 and tag.startswith("{") and "docPropsVTypes" in tag else local(tag)
            self._lines.append(f"{self._names[-1] if named == local(tag) else named}: {value}")
        if self._names:
            self._names.pop()

    def data(self, data: str) -> None:
        """Gather the value."""
        self._value.append(data)

    def close(self) -> None:
        """Nothing is left to do."""

    def text(self) -> str:
        """Return the lines."""
        return "\n".join(self._lines)
