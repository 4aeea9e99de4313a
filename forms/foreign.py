"""PDFs that others made, read by pypdf: what it raises at one that is damaged or odd becomes a Fault."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def read_as_pdf(line: str) -> Iterator[None]:
    """Refuse with this line a file that is not as PDF says, or asks for what this program has not.

    A ``Fault`` goes through as it is.
    """
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415 - 100 ms, for those who read a PDF only

    try:
        yield
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        raise Fault(line) from None
    except (NotImplementedError, DependencyError):  # an unknown filter; JBIG2, without the tool that decodes it
        raise Fault(line) from None
