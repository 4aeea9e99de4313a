"""The keyboard, once: one table that installs the shortcuts, names them in buttons and menus, and makes the sheet."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

Place = Literal["everywhere", "list", "dossier", "preview"]

PLACES: dict[Place, str] = {
    "everywhere": "Partout",
    "list": "Dans la liste des dossiers",
    "dossier": "Dans un dossier",
    "preview": "Dans l’aperçu",
}
"""The headings of the sheet, in its order."""


class Key(NamedTuple):
    """One thing that keys do. ``keys`` are Qt's own names, the first one is shown.

    ``native``: whatever has the focus takes it by itself, and nothing is installed.
    """

    name: str
    does: str
    place: Place
    keys: tuple[str, ...]
    native: bool = False


TABLE = (
    Key("help", "Aide de cet écran", "everywhere", ("F1",)),
    Key("keys", "Les raccourcis clavier", "everywhere", ("Ctrl+?",)),
    Key("lock", "Verrouiller", "everywhere", ("Ctrl+L",)),
    Key("back", "Revenir d’où l’on vient : fermer une question, un aperçu, une page", "everywhere", ("Esc",)),
    Key("print", "Imprimer : le dossier choisi dans la liste, ou celui qui est ouvert", "everywhere", ("Ctrl+P",)),
    Key("turn", "Tourner l’écran vers l’agent : masquer les numéros et les autres dossiers", "everywhere", ("F8",)),
    Key("larger", "Agrandir l’affichage", "everywhere", ("Ctrl++", "Ctrl+=")),
    Key("smaller", "Réduire l’affichage", "everywhere", ("Ctrl+-",)),
    # A French keyboard gives à where others give 0.
    Key("normal", "Taille normale", "everywhere", ("Ctrl+0", "Ctrl+À")),
    Key("forward", "Aller au champ ou au bouton suivant", "everywhere", ("Tab",), native=True),
    Key("backward", "Aller au précédent", "everywhere", ("Shift+Tab",), native=True),
    Key("press", "Appuyer sur un bouton, cocher une case", "everywhere", ("Space",), native=True),
    Key("new", "Nouvelle adhésion", "list", ("Ctrl+N",)),
    Key("search", "Rechercher", "list", ("Ctrl+F",)),
    Key("duplicate", "Dupliquer le dossier choisi", "list", ("Ctrl+D",)),
    Key("open", "Ouvrir le dossier choisi", "list", ("Return",), native=True),
    Key("delete", "Supprimer le dossier choisi", "list", ("Del",), native=True),
    Key("down", "Descendre dans la liste", "list", ("Down",), native=True),
    Key("next", "Étape suivante", "dossier", ("Ctrl+Return", "Ctrl+Enter")),
    # The unshifted keys of the figures 1 to 5 on a French keyboard: Ctrl and the key itself must do.
    Key("step 1", "Avant de commencer", "dossier", ("Ctrl+1", "Ctrl+&")),
    Key("step 2", "Mes garanties", "dossier", ("Ctrl+2", "Ctrl+É")),
    Key("step 3", "Mes informations contractuelles", "dossier", ("Ctrl+3", 'Ctrl+"')),
    Key("step 4", "Mes bénéficiaires", "dossier", ("Ctrl+4", "Ctrl+'")),
    Key("step 5", "Récapitulatif et validation", "dossier", ("Ctrl+5", "Ctrl+(")),
    Key("undo", "Annuler la dernière réponse", "dossier", ("Ctrl+Z",)),
    Key("redo", "La rétablir", "dossier", ("Ctrl+Y", "Ctrl+Shift+Z")),
    Key("field", "Aller au champ suivant", "dossier", ("Return",), native=True),
    Key("yes", "Répondre oui", "dossier", ("O",), native=True),
    Key("no", "Répondre non", "dossier", ("N",), native=True),
    Key("choose", "Changer de réponse dans une liste", "dossier", ("Down",), native=True),
    Key("turn page", "Descendre dans les pages", "preview", ("PgDown",), native=True),
)

_WORDS = {
    "Return": "Entrée", "Enter": "Entrée", "Shift": "Maj", "Del": "Suppr", "Esc": "Échap", "Space": "Espace",
    "Down": "↓", "PgDown": "Page suivante",
}  # fmt: skip


@cache
def key(name: str) -> Key:
    """Give a line of the table; a name that is not in it is our bug."""
    return next(found for found in TABLE if found.name == name)


def shown(name: str) -> str:
    """Give the first keys of a line as a French keyboard names them: "Ctrl+Entrée"."""
    return re.sub(r"\w+", lambda word: _WORDS.get(word[0], word[0]), key(name).keys[0])


class FullPage(QWidget):
    """What takes the whole window: the window asks it what the keys mean that go back and that print."""

    def step_out(self) -> None:
        """Go back where one came from; stay while something runs."""

    def print_here(self) -> None:
        """Print what is on screen, or say why not."""


def bind(owner: QWidget, name: str, done: Callable[[], object]) -> None:
    """Make the keys of a line do something: in the whole window, or within ``owner`` where the line is of one place."""
    line = key(name)
    if line.native:
        raise ValueError(name)
    for text in line.keys:
        shortcut = QShortcut(QKeySequence(text), owner)
        if line.place == "dossier":
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(done)
