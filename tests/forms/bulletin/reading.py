"""A print read back by poppler, as a person with another program would."""

from __future__ import annotations

import subprocess
import unicodedata


def text_of(pdf: bytes, *options: str) -> str:
    """Give the text of a PDF; ``-raw`` keeps the order in which it was drawn, ``-layout`` the one on the page."""
    done = subprocess.run(
        ["pdftotext", *(options or ("-raw",)), "-", "-"],
        input=pdf, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.decode()


def fonts_of(pdf_path: str) -> list[list[str]]:
    """Give the columns of each font that a PDF lists."""
    done = subprocess.run(
        ["pdffonts", pdf_path],
        capture_output=True, check=True, timeout=60, text=True,
    )  # fmt: skip
    return [line.split() for line in done.stdout.splitlines()[2:]]


def squeezed(text: str) -> str:
    """Give a text without its white space, so that cells and lines compare with what was typed."""
    return "".join(unicodedata.normalize("NFC", text).split())


def pages_of(pdf: bytes) -> list[str]:
    """Give the squeezed text of each page."""
    return [squeezed(page) for page in text_of(pdf).split("\f")[:-1]]
