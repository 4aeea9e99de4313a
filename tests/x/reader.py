"""A screen reader without a voice: reads a running program through AT-SPI, and answers on standard output.

Run by the system's own Python, which has libatspi (python3-gi, gir1.2-atspi-2.0), and by nothing of this project. A
line on standard input asks: ``tree`` for all that the window in front shows, in reading order, ``heard`` for what was
said by itself since the last time. An answer is a line of JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version is chosen first

STATES = (
    "checked",
    "invalid-entry",
    "required",
    "focused",
    "selected",
    "expanded",
    "read-only",
    "enabled",
    "focusable",
)
EVENTS = ("object:state-changed:focused", "object:announcement")


def node(read: Any, depth: int) -> dict[str, Any]:
    """Give what a reader says of one object, and where it stands."""
    states = {Atspi.StateType(state).value_nick for state in read.get_state_set().get_states()}
    box = read.get_extents(Atspi.CoordType.SCREEN)
    interfaces = read.get_interfaces()
    text = Atspi.Text.get_text(read, 0, -1) if "Text" in interfaces else ""
    return {
        "depth": depth,
        "role": read.get_role_name(),
        "name": read.get_name() or "",
        "label": label(read),
        "description": read.get_description() or "",
        "text": text,
        "states": [state for state in STATES if state in states],
        "showing": "showing" in states,
        "box": [box.x, box.y, box.width, box.height],
    }


def label(read: Any) -> str:
    """Give the words of the label that an object is tied to: Qt says a list's value in place of its name."""
    for relation in read.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            return " ".join(relation.get_target(i).get_name() or "" for i in range(relation.get_n_targets()))
    return ""


def tree(read: Any, depth: int = 0) -> list[dict[str, Any]]:
    """Give an object and all that it shows inside."""
    here = node(read, depth)
    if not here["showing"] and depth > 0:
        return []
    found = [here]
    for index in range(min(read.get_child_count(), 500)):
        child = read.get_child_at_index(index)
        if child is not None:
            found += tree(child, depth + 1)
    return found


def front() -> Any | None:
    """Give the window in front; Qt says its menus by events only."""
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(index)
        windows = [program.get_child_at_index(place) for place in range(program.get_child_count())]
        for window in reversed(windows):
            if window is not None and window.get_state_set().contains(Atspi.StateType.ACTIVE):
                return window
    return None


def main() -> None:
    """Listen, and answer until nobody asks any more."""
    heard: list[dict[str, str]] = []
    loop = GLib.MainLoop()

    def hears(event: Any) -> None:
        if event.type == "object:announcement":
            heard.append({"announcement": str(event.any_data)})
        elif event.detail1:
            heard.append({"focus": event.source.get_name() or "", "role": event.source.get_role_name()})

    def asked(_channel: Any, _condition: Any) -> bool:
        line = sys.stdin.readline().strip()
        if not line:
            loop.quit()
            return False
        if line == "tree":
            try:
                window = front()
                answer: Any = [] if window is None else tree(window)
            except GLib.Error:  # something went away while it was read
                answer = []
        else:
            answer = heard[:]
            heard.clear()
        sys.stdout.write(f"{json.dumps(answer, ensure_ascii=False)}\n")
        sys.stdout.flush()
        return True

    listener = Atspi.EventListener.new(hears)
    for kind in EVENTS:
        listener.register(kind)
    GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_LOW, GLib.IO_IN | GLib.IO_HUP, asked)
    sys.stdout.write("[]\n")
    sys.stdout.flush()
    loop.run()


if __name__ == "__main__":
    main()
