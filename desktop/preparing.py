"""What the first paint did not wait for: the trade is imported and the conventions read on a thread of its own."""

from __future__ import annotations

import gc
import sys
import threading
from concurrent.futures import Future
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from forms.convention import Library

# No module that names Qt: one imported here while the window's thread is in Qt crashed one start in eighty.
_FIRST = ("forms.drafts.vault", "forms.drafts.glance", "forms.french")
"""What unlocking and the first list need."""
_TRADE = (
    "pydantic.main", "forms.dossier.model", "forms.convention.declared.folder", "forms.convention", "forms.assessment",
    "forms.drafts.cipher", "forms.drafts.store", "forms.drafts.keeper", "forms.drafts.editions", "forms.drafts.printed",
    "forms.drafts.purge", "forms.drafts.states", "forms.dossier.entry", "forms.exchange.prefill",
)  # fmt: skip
"""The rest, in pieces: between two of them ``pause`` is obeyed."""
_SWITCH = 0.0005
"""Seconds until the window's thread has its turn while modules are imported beside it: the usual 5 ms are seen."""
_PATIENCE = 2.0
"""Seconds that a pause lasts at most: a program that ends meanwhile waits for this thread."""


class Preparing:
    """Reads the conventions once everything is imported; ``library`` gives them."""

    def __init__(self, read: Callable[[], Library]) -> None:
        """Begin with ``start``; ``read`` gives the conventions."""
        self.library: Future[Library] = Future()
        self._read = read
        self.begun: Future[None] = Future()
        """Over once the first list can be made."""
        self.thread = threading.Thread(target=self._run, name="preparing")
        self._free = threading.Event()
        self._free.set()

    @property
    def is_ready(self) -> bool:
        """Tell whether drafts open at once: the conventions alone are soon read."""
        return self.library.done() or all(name in sys.modules for name in _TRADE)

    def start(self) -> None:
        """Begin, once."""
        self.thread.start()

    def pause(self) -> None:
        """Leave the processor to the window after the piece that is being imported."""
        self._free.clear()

    def go_on(self) -> None:
        """Take it again."""
        self._free.set()

    def _run(self) -> None:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH)
        try:
            for name in _FIRST:
                import_module(name)
            self.begun.set_result(None)
            for name in _TRADE:
                self._free.wait(_PATIENCE)
                import_module(name)
            self._free.wait(_PATIENCE)
            self.library.set_result(self._read())
        except BaseException as error:  # noqa: BLE001 - it is raised where the library is asked for
            self.library.set_exception(error)
        finally:
            sys.setswitchinterval(usual)
            if not gc.isenabled():  # see binding.py
                # What is here stays to the end: no later search goes through it, which took 19 ms, more than a frame.
                gc.freeze()
                gc.enable()
