"""What a workbook may cost before openpyxl parses it: a first reading that keeps nothing and counts everything.

openpyxl keeps a tree of what it reads and empties only the rows of a sheet and the items of the shared strings:
a cell of four bytes costs it three hundred. So what stands in one of those is bounded, and all that stands elsewhere.
Entities are refused here too.
"""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from forms.exchange.bounds import CELLS_LIMIT, COLUMN_LIMIT, damaged
from forms.faults import Fault
from forms.french import whole

UNPACKED_LIMIT = 128_000_000
"""Bytes of all that a workbook holds, once decompressed."""
TAG_LIMIT = 1 << 20
"""Bytes of one tag, or of one text between two."""
ITEM_LIMIT = 20 * COLUMN_LIMIT
"""Elements and attributes in one row, or in one shared string."""
ITEMS_LIMIT = 3_000_000
"""Rows and shared strings: a sheet that is formatted to its end has a million."""
REST_LIMIT = 400_000
"""Elements and attributes everywhere else: styles, merged cells, comments."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_ITEMS = {
    (f"{_MAIN}worksheet", f"{_MAIN}sheetData", f"{_MAIN}row"),
    (f"{_MAIN}sst", f"{_MAIN}si"),
}
_CELL = f"{_MAIN}c"
_CHUNK = 1 << 16


class _TooMuchError(Exception):
    """A limit was passed."""


class _Count:
    """What has been seen so far, all parts together."""

    def __init__(self) -> None:
        self.cells = self.items = self.rest = 0
        self._path: list[str] = []
        self._inside = 0  # weight of the item being read; 0 outside any
        self._item_depth = 0

    def parser(self) -> expat.XMLParserType:
        """Give a parser for one part."""
        self._path, self._inside, self._item_depth = [], 0, 0
        made = expat.ParserCreate(namespace_separator=" ")
        made.ordered_attributes = True
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        made.EntityDeclHandler = self._entity
        return made

    def _start(self, name: str, attributes: list[str]) -> None:
        path = self._path
        path.append(name)
        weight = 1 + len(attributes) // 2
        if self._item_depth:
            self._inside += weight
            if name == _CELL:
                self.cells += 1
            if self._inside > ITEM_LIMIT or self.cells > CELLS_LIMIT:
                raise _TooMuchError
        elif len(path) <= 3 and tuple(path) in _ITEMS:  # noqa: PLR2004 - as deep as they lie
            self._item_depth, self._inside = len(path), weight
            self.items += 1
            if self.items > ITEMS_LIMIT or weight > ITEM_LIMIT:
                raise _TooMuchError
        else:
            self.rest += weight
            if self.rest > REST_LIMIT:
                raise _TooMuchError

    def _end(self, _name: str) -> None:
        if len(self._path) == self._item_depth:
            self._item_depth = 0
        self._path.pop()

    def _entity(self, *_: object) -> None:
        raise _TooMuchError


def check_workbook(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse (``Fault``) a workbook that would fill the memory, or that is damaged or protected."""
    if sum(info.file_size for info in archive.infolist()) > UNPACKED_LIMIT:
        raise Fault(f"« {name} » dépasse {UNPACKED_LIMIT // 1_000_000} Mo une fois décompressé : il est refusé.")
    count = _Count()
    for info in archive.infolist():
        try:
            _read(archive, info, count)
        except _TooMuchError as error:
            raise Fault(
                f"« {name} » contient trop de cases (plus de {whole(CELLS_LIMIT)}, ou de {COLUMN_LIMIT} colonnes) ou "
                "de mises en forme : la lecture s’arrête là, rien n’est repris. Ne gardez que la liste des agents."
            ) from error
        except Exception as error:  # as in bounds.member()
            raise damaged(name) from error


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, count: _Count) -> None:
    parser, silent = count.parser(), 0
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            silent = 0 if b"<" in chunk else silent + len(chunk)
            try:
                parser.Parse(chunk, False)  # noqa: FBT003 - pyexpat takes it by position
            except expat.ExpatError:
                return  # a picture, or what openpyxl's own parser will not pass either
            if silent > TAG_LIMIT:
                raise _TooMuchError
