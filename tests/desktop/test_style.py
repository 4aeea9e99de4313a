"""The look: contrasts measured from the style file, a template that holds together, lengths that zoom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.style import (
    ROLES,
    button,
    colour,
    field,
    fix,
    px,
    scaled,
    set_role,
    set_state,
    sheet,
    space,
    tokens,
)
from forms.resources import resource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.widgets.style import Style

THEMES = sorted(tokens()["themes"])


def luminance(colour: str) -> float:
    """Give the relative luminance of ``#RRGGBB`` (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, from 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    """Black on white is 21, a colour on itself 1."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#1D4E89", "#1D4E89") == pytest.approx(1)


@pytest.mark.parametrize("theme", THEMES)
def test_everything_can_be_read(theme: str) -> None:
    """Every text has 4.5:1 on what it stands on, every field line and the focus 3:1."""
    colours = tokens()["themes"][theme]
    poor = [
        f"{what} on {on}: {contrast(colours[what], colours[on]):.2f}"
        for rule in tokens()["stands"]
        for what in rule["what"]
        for on in rule["on"]
        if contrast(colours[what], colours[on]) < rule["least"]
    ]
    assert poor == []


def test_the_rules_ask_for_enough() -> None:
    """Texts are measured at 4.5 and lines at 3: no rule of the file asks for less."""
    rules = tokens()["stands"]
    for text in ("text", "second", "error", "attention", "on_accent"):
        assert max(rule["least"] for rule in rules if text in rule["what"]) == 4.5
    assert {rule["least"] for rule in rules} == {4.5, 3.0}


def test_all_themes_have_the_same_names() -> None:
    """A colour of one theme is in each, and each has its drawings in colours of its own."""
    light = tokens()["themes"]["light"]
    for theme in THEMES:
        colours = tokens()["themes"][theme]
        assert colours.keys() == light.keys()
        for drawing in ("arrow.svg", "tick.svg"):
            used = set(re.findall(r"#[0-9A-Fa-f]{6}", resource("style", theme, drawing).read_text()))
            assert used
            assert used <= set(colours.values())


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_the_sheet_is_whole(theme: str, zoom: int) -> None:
    """No token is left unfilled, no design length unscaled, and every role is drawn or plainly Qt's own."""
    made = sheet(theme, zoom)
    assert "$" not in made
    assert not re.search(r"\d+u\b", made)
    drawn = set(re.findall(r'role="([a-z-]+)"', made))
    assert drawn <= ROLES
    assert ROLES - drawn == {"secondary"}  # the look of every button that says nothing else


def test_lengths_round_half_up_and_never_vanish() -> None:
    """A hairline of the design stays a line at any zoom."""
    assert [scaled(1, 100), scaled(1, 125), scaled(15, 110), scaled(36, 200), scaled(0, 200)] == [1, 1, 17, 72, 0]


def test_the_zoom_redraws_type_spacing_and_sizes(qtbot: QtBot, style: Style) -> None:
    """What is on screen follows the zoom, up to 200 %, and comes back."""
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    space(layout, 12, (24, 16, 24, 16))
    fixed, press = field("Nom"), button("Continuer", "primary")
    fix(fixed, width=100)
    layout.addWidget(fixed)
    layout.addWidget(press)
    page.show()
    before = press.sizeHint()
    style.zoom_to(900)
    assert style.zoom == 200
    assert (layout.spacing(), layout.contentsMargins().left(), fixed.width()) == (24, 48, 200)
    assert press.sizeHint().height() >= 2 * before.height() - 2
    style.zoom_by(1)
    assert style.zoom == 200
    style.zoom_by(-1)
    assert style.zoom == 175
    style.zoom_to(100)
    assert (layout.spacing(), fixed.width(), press.sizeHint()) == (12, 100, before)


def test_another_theme_paints_other_colours(style: Style) -> None:
    """A chosen theme holds until the system's is taken again."""
    style.choose("dark")
    assert colour("text").name().upper() == tokens()["themes"]["dark"]["text"]
    style.choose("light")
    assert colour("text").name().upper() == tokens()["themes"]["light"]["text"]
    assert px(8) == 8


def test_a_state_draws_without_moving_anything(qtbot: QtBot, style: Style) -> None:
    """An error thickens a field's line inward: the field keeps its size, so that nothing jumps."""
    del style
    line = field("Nom")
    qtbot.addWidget(line)
    line.show()
    sizes = set()
    for state in ("", "error", "attention", ""):
        set_state(line, state)
        sizes.add(line.sizeHint().toTuple())
    assert len(sizes) == 1


def test_an_unknown_role_is_our_bug(qtbot: QtBot) -> None:
    """A mistyped role would silently look like nothing."""
    widget = QWidget()
    qtbot.addWidget(widget)
    with pytest.raises(ValueError, match="primry"):
        set_role(widget, "primry")
