"""What a screen reader is told of the program: a client of its own on a bus of its own, and what is asked of a tree."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import Any

from tests.x.session import MISSING, PATIENCE, ROOT, FarHands, Keyboard, Program

PYTHON = "/usr/bin/python3"
"""That of the system: libatspi is bound to it alone."""

SNAPSHOTS = Path(__file__).parents[1] / "snapshots" / "spoken"
UPDATING = bool(os.environ.get("UPDATE_SNAPSHOTS"))
SETTLED = 1.0
"""Seconds after which what still reads the same will not change."""
_BOUND = "import gi; gi.require_version('Atspi', '2.0')"
_STRUCTURE = {"filler", "panel", "layered pane", "scroll pane", "scroll bar", "viewport"}
_NEWER = {"button": "push button"}
_CONTROLS = {
    "push button", "check box", "radio button", "combo box", "text", "password text", "table", "page tab", "menu item",
    "list", "tree",
}  # fmt: skip
_CLASS = re.compile(r"^(Q[A-Z]|_?[A-Z][a-z]+[A-Z])\w*$")
_RECOVERY = re.compile(r"(\w{4}-){6}\w{4}")


def missing() -> list[str]:
    """Give what is not installed of what a screen reader needs."""
    found = [*MISSING]
    if shutil.which("dbus-daemon") is None:
        found.append("dbus-daemon")
    if subprocess.run([PYTHON, "-c", _BOUND], capture_output=True, timeout=PATIENCE, check=False).returncode:
        found.append("python3-gi, gir1.2-atspi-2.0")
    return found


@dataclass(frozen=True)
class Node:
    """One object, as a reader is told of it; ``label`` is that of the words tied to it, ``box`` where it stands."""

    depth: int
    role: str
    name: str
    label: str
    description: str
    text: str
    states: tuple[str, ...]
    showing: bool
    box: tuple[int, int, int, int]

    @property
    def called(self) -> str:
        """Give what it is called by: the words tied to it before its own name, which for a list is its value."""
        return self.label or self.name

    @property
    def is_control(self) -> bool:
        """Tell whether someone may do something with it."""
        return self.role in _CONTROLS or ("focusable" in self.states and self.role != "label")

    @property
    def says(self) -> bool:
        """Tell whether a reader stops there: what only holds others, or holds a place, is passed over."""
        return bool(self.called or self.description or self.text) or self.role not in {*_STRUCTURE, "label"}

    def line(self) -> str:
        """Write it."""
        states = [state for state in self.states if state in {"checked", "selected", "invalid-entry", "required"}]
        states += [] if "enabled" in self.states else ["disabled"]
        value = self.text or (self.name if self.role == "combo box" else "")
        parts = [self.role, json.dumps(self.called, ensure_ascii=False)]
        parts += [f"= {json.dumps(value, ensure_ascii=False)}"] if value and value != self.called else []
        parts += [f"({', '.join(states)})"] if states else []
        parts += [f"— {self.description}"] if self.description and self.description != self.called else []
        return _RECOVERY.sub("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX", " ".join(parts))


@dataclass
class Reader:
    """The other process, that listens."""

    process: subprocess.Popen[str]

    def tree(self) -> list[Node]:
        """Give all that the window in front shows, in reading order."""
        return [
            Node(**{
                **said, "states": tuple(said["states"]), "box": tuple(said["box"]),
                "role": _NEWER.get(said["role"], said["role"]),
            })
            for said in self._ask("tree")
        ]  # fmt: skip

    def heard(self) -> list[dict[str, str]]:
        """Give what was said by itself since the last time: ``focus`` and ``role``, or ``announcement``."""
        return list(self._ask("heard"))

    def _ask(self, word: str) -> list[dict[str, Any]]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        said: list[dict[str, Any]] = json.loads(self.process.stdout.readline())
        return said


@contextlib.contextmanager
def listening(keyboard: Keyboard, folder: Path) -> Iterator[tuple[Reader, Mapping[str, str]]]:
    """Begin a bus and a reader on it; give what the program needs to be told of them."""
    folder.mkdir()
    folder.chmod(0o700)
    own = {"XDG_RUNTIME_DIR": str(folder), "DISPLAY": keyboard.display}
    with contextlib.ExitStack() as ended:

        def begin(*command: str, **more: str) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **own, **more}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, encoding="utf-8",
            )  # fmt: skip
            ended.callback(process.communicate)
            ended.callback(process.kill)
            return process

        bus = begin("dbus-daemon", "--session", "--nofork", "--print-address=1")
        assert bus.stdout is not None
        told = {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
        reader = begin(PYTHON, "tests/x/reader.py", **told)
        assert reader.stdout is not None
        assert reader.stdout.readline() == "[]\n"
        always = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1"}
        yield Reader(reader), {**own, **told, **always}


def written(nodes: list[Node]) -> str:
    """Write a tree: what says something, each inside what says something around it."""
    lines, around = [], list[int]()
    for node in nodes:
        while around and around[-1] >= node.depth:
            around.pop()
        if node.says:
            lines.append(f"{'  ' * len(around)}{node.line()}")
            around.append(node.depth)
    return "".join(f"{line}\n" for line in lines)


def unnamed(nodes: list[Node]) -> list[str]:
    """Give the controls without a name, and whatever is called by its class."""
    return [
        node.line()
        for node in nodes
        if (node.is_control and not node.called.strip()) or _CLASS.match(node.called) or _CLASS.match(node.description)
    ]


def out_of_order(nodes: list[Node]) -> list[tuple[str, str]]:
    """Give what is read before something that stands above it, or beside it at its left, in the same holder."""
    found = []
    for index, first in enumerate(nodes):
        for second in _beside(nodes, index):
            words = _words(nodes, index), _words(nodes, nodes.index(second))
            if all((*words, *first.box[2:], *second.box[2:])) and _is_before(second.box, first.box):
                found.append(words)
    return found


def _beside(nodes: list[Node], index: int) -> Iterator[Node]:
    """Give those that come after a node in the same holder."""
    depth = nodes[index].depth
    for node in nodes[index + 1 :]:
        if node.depth < depth:
            return
        if node.depth == depth:
            yield node


def _is_before(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    left, top, width, height = one
    if top + height <= other[1]:
        return True
    return top < other[1] + other[3] and left + width <= other[0]


def _words(nodes: list[Node], index: int) -> str:
    """Give what a node says, or else the first thing said inside it."""
    inside = [nodes[index]]
    for node in nodes[index + 1 :]:
        if node.depth <= nodes[index].depth:
            break
        inside.append(node)
    return next((node.line() for node in inside if node.called), "")


@dataclass
class Listener:
    """Someone who hears the screens, and finds fault."""

    reader: Reader
    hands: FarHands
    faults: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def running(self) -> Program:
        """Give the program."""
        return self.hands.program

    def hear(self, name: str, *words: str) -> list[Node]:
        """Read what is on screen; find what has no name or no place, and what should be said and is not."""
        self.running.seen()
        kept = SNAPSHOTS / f"{name}.txt"
        wanted = kept.read_text(encoding="utf-8") if kept.is_file() and not UPDATING else ""
        nodes, found = self._settled(wanted)
        said = re.sub(r"\s", " ", found)
        if UPDATING:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(found, encoding="utf-8")
        changed = unified_diff(wanted.splitlines(), found.splitlines(), lineterm="", n=0)
        faults: dict[str, list[Any]] = {
            "unnamed": unnamed(nodes),
            "out of order": out_of_order(nodes),
            "not said": [word for word in words if re.sub(r"\s", " ", word) not in said],
            "changed": [] if UPDATING else list(changed),
        }
        for fault, what in faults.items():
            if what:
                self.faults[f"{name}: {fault}"] = what
        return nodes

    def _settled(self, wanted: str) -> tuple[list[Node], str]:
        """Read until it is what is wanted, or the same for a while: pages are drawn, a backup is made meanwhile."""
        since, last = time.monotonic(), ""
        while True:
            nodes = self.reader.tree()
            found = written(nodes)
            if found != last:
                since, last = time.monotonic(), found
            if found == wanted or time.monotonic() - since > SETTLED:
                return nodes, found

    def told(self) -> str:
        """Write the faults, one a line."""
        return "\n".join(f"{fault}\n" + "".join(f"    {one}\n" for one in what) for fault, what in self.faults.items())

    def heard(self, *, focus: str = "", announcement: str = "") -> None:
        """Find fault when this was not said by itself since the last time."""
        self.running.seen()
        events = self.reader.heard()
        if not any(
            (focus and event.get("focus") == focus) or (announcement and announcement in event.get("announcement", ""))
            for event in events
        ):
            self.faults[f"not heard: {focus or announcement}"] = events
