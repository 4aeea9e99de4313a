"""PySide6, imported without the part of it that this program never asks: a third of its time, and 2 MB.

``shiboken6`` carries the Python of its signatures (what ``help()`` shows, the text of a wrong call) as source text in
its library, and compiles and runs all of it at each start. Here those modules are run when something of them is asked.
It also replaces ``__import__`` with a function that reads the whole source of each module imported from then on, in
search of « PySide6 », and keeps it in ``linecache``, so that ``from __feature__ import`` may work: nothing here does
so, and the former one is put back.

Measured, 2 cores, Python 3.11, PySide6 6.11.3: import of QtCore 76 -> 40 ms of processor, 26.7 -> 24.3 MB; and once
the trade is imported the window holds 118 MB in place of 133.
"""

from __future__ import annotations

import builtins
import gc
import sys
from _thread import RLock
from importlib import machinery
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.abc import Loader

_FEATURE = "shibokensupport.feature"
_MAPPING = "shibokensupport.signature.mapping"
_LATER = {
    _FEATURE, _MAPPING, "shibokensupport.signature.errorhandler", "shibokensupport.signature.layout",
    "shibokensupport.signature.parser", "shibokensupport.signature.lib.enum_sig",
    "shibokensupport.signature.lib.pyi_generator", "shibokensupport.signature.lib.tool",
}  # fmt: skip
_LOCK = RLock()


class _Module(ModuleType):
    """A module that runs when it is first asked for a name of its own."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # what the import itself looks for
        with _LOCK:
            run = self.__dict__.pop("_run", None)
            if run is not None:
                run(self)
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(name) from None


class _Later:
    """Loads a module of shiboken's by its own ``loader``, later."""

    def __init__(self, name: str, loader: Loader) -> None:
        self._name, self._loader = name, loader

    def create_module(self, spec: machinery.ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        names = module.__dict__
        names["_run"] = self._run
        if self._name == _FEATURE:  # asked at each import until the former one is put back
            names["feature_import"] = names["feature_imported"] = lambda *_said, **_named: None
        elif self._name == _MAPPING:  # the library takes this one from the dictionary itself (signature.cpp)
            names["update_mapping"] = lambda: module.Reloader and names["update_mapping"]()  # by then its own

    def _run(self, module: ModuleType) -> None:
        spec: Any = module.__spec__
        renamed, spec.name = spec.name, self._name  # as PySide6.support…: its own loader knows the first name
        try:
            self._loader.exec_module(module)
        finally:
            spec.name = renamed


def bind() -> None:
    """Import PySide6, before anything else does; of a version that goes about it otherwise, no more than usual is done.

    No garbage is looked for from here on, until ``Preparing`` is over: among modules there is none to find, and the
    search is a seventh of their importing (56 of 374 ms).

    Raises:
        ImportError: a library lacks.
    """
    if "PySide6" in sys.modules:
        return
    gc.disable()
    usual = machinery.ModuleSpec

    def spec(name: str, loader: Any, **said: Any) -> machinery.ModuleSpec:
        return usual(name, _Later(name, loader) if name in _LATER else loader, **said)  # type: ignore[arg-type]

    vars(machinery)["ModuleSpec"] = spec  # the importer in shiboken's library, and no other, takes it from there
    try:
        import PySide6  # noqa: F401, PLC0415 - as above
    finally:
        vars(machinery)["ModuleSpec"] = usual
        vars(builtins)["__import__"] = vars(builtins).get("__orig_import__", builtins.__import__)
