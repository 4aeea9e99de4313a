"""Scans read back: the dossier of page 1 by its code, loose pages by their small ones, sorted by dossier."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from forms.bulletin.code import decode
from forms.bulletin.pictures import read, scanned
from forms.dossier.model import Member
from forms.dossier.reading import reference_of
from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from forms.dossier.model import Dossier

_MARK = re.compile(r"P:([0-9A-Z]{4}-[0-9A-Z]{4}):([0-9]{1,3}):([0-9]{1,3})/([0-9]{1,3})", re.ASCII)
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_PAPER = 255
_TURNS = (2.0, -2.0, 5.0, -5.0)


@dataclass(frozen=True, slots=True)
class PageMark:
    """What the small code of a page says; version 0 is an empty bulletin."""

    reference: str
    version: int
    page: int
    count: int


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a scan, ``number`` from 1: the dossier that it carries, what its small code says, what is wrong.

    ``digest``: the SHA-256 of the file as it was read.
    """

    path: Path
    number: int
    dossier: Dossier | None = None
    mark: PageMark | None = None
    trouble: str = ""
    digest: str = ""

    @property
    def file(self) -> str:
        """Give the name of its file."""
        return self.path.name


@dataclass(slots=True)
class Bundle:
    """The scanned pages of one version of one dossier; ``version`` is ``None`` while no small code was read."""

    reference: str
    version: int | None
    dossier: Dossier | None = None
    pages: list[ScannedPage] = field(default_factory=list)

    @property
    def missing(self) -> tuple[int, ...]:
        """Give the numbers of the pages that no scan shows."""
        marks = [page.mark for page in self.pages if page.mark]
        seen = {mark.page for mark in marks}
        count = max((mark.count for mark in marks), default=0)
        return tuple(number for number in range(1, count + 1) if number not in seen)

    @property
    def blank(self) -> bool:
        """Tell whether it is an empty bulletin, filled by hand: its code carries its number and its convention."""
        said = self.dossier is not None and self.dossier.member != Member()
        return self.version == 0 or (self.version is None and self.dossier is not None and not said)


@dataclass(frozen=True, slots=True)
class Sorted:
    """A folder of scans: one bundle a dossier, the pages without any code, the files that cannot be read and why."""

    bundles: tuple[Bundle, ...]
    loose: tuple[ScannedPage, ...]
    unreadable: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a reading is: the file being read, from 1, of how many, and its page."""

    file: int
    files: int
    page: int


def read_scan(path: Path) -> tuple[ScannedPage, ...]:
    """Read every code of one scan.

    Raises:
        Fault: the file cannot be read as a PDF, a PNG or a JPEG.
    """
    return tuple(_pages(path))


def files_of(folder: Path) -> tuple[Path, ...]:
    """Give the files of a folder in the order of their names, hidden ones left out.

    Raises:
        Fault: the folder cannot be read.
    """
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")))
    except OSError as error:
        raise Fault(f"{folder.name} ne peut pas être lu : {error.strerror or 'erreur du système'}.") from None


def read_files(files: Sequence[Path], go_on: Callable[[Reading], bool] = lambda _reading: True) -> Sorted:
    """Read files one after the other; one that cannot be read is listed and stops nothing.

    ``go_on`` is told each page before it is read, and stops there by False: what was read until then is given.
    """
    pages: list[ScannedPage] = []
    unreadable: list[tuple[str, str]] = []
    for place, path in enumerate(files, 1):

        def told(page: int, file: int = place) -> bool:
            return go_on(Reading(file, len(files), page))

        if not _read_file(path, pages, unreadable, told):
            break
    bundles, loose = sort_pages(pages)
    return Sorted(bundles, loose, tuple(unreadable))


def read_folder(folder: Path) -> Sorted:
    """Read every file of a folder, as ``read_files`` does.

    Raises:
        Fault: the folder itself cannot be read.
    """
    return read_files(files_of(folder))


def _read_file(
    path: Path, pages: list[ScannedPage], unreadable: list[tuple[str, str]], go_on: Callable[[int], bool]
) -> bool:
    """Add the pages of a file, those before the one that cannot be read too; False once it is to stop."""
    if not go_on(1):
        return False
    try:
        for page in _pages(path):
            pages.append(page)
            if not go_on(page.number + 1):
                return False
    except Fault as fault:
        unreadable.append((path.name, fault.line))
    return True


def sort_pages(pages: Iterable[ScannedPage]) -> tuple[tuple[Bundle, ...], tuple[ScannedPage, ...]]:
    """Put together the pages of each dossier; two versions, or two contents under one reference, are told apart."""
    bundles: list[Bundle] = []
    later: list[ScannedPage] = []
    for page in pages:
        if page.dossier is None:
            later.append(page)
            continue
        reference, version = reference_of(page.dossier), page.mark.version if page.mark else None
        for bundle in bundles:
            known = bundle.version is None or version is None or bundle.version == version
            if bundle.dossier == page.dossier and known:
                bundle.version = version if bundle.version is None else bundle.version
                bundle.pages.append(page)
                break
        else:
            bundles.append(Bundle(reference, version, page.dossier, [page]))
    loose = []
    for page in later:
        if page.mark is None:
            loose.append(page)
        else:
            _of_mark(bundles, page.mark).pages.append(page)
    for bundle in bundles:
        bundle.pages.sort(key=lambda page: page.mark.page if page.mark else 1)
    return tuple(sorted(bundles, key=lambda b: (b.reference, b.version or 0))), tuple(loose)


def ranges(numbers: Iterable[int]) -> str:
    """Give "page 1", "pages 1 à 3, 5"."""
    whole = sorted(set(numbers))
    runs: list[list[int]] = []
    for number in whole:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [f"{run[0]} à {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"{'pages' if len(whole) > 1 else 'page'} {', '.join(texts)}"


def _of_mark(bundles: list[Bundle], mark: PageMark) -> Bundle:
    """Find the dossier of a loose page; one whose own version is not known is taken last."""
    for version in (mark.version, None):
        for bundle in bundles:
            if bundle.reference == mark.reference and bundle.version == version:
                bundle.version = mark.version
                return bundle
    bundles.append(Bundle(mark.reference, mark.version))
    return bundles[-1]


def _pages(path: Path) -> Iterator[ScannedPage]:
    data = read(path)
    digest = hashlib.sha256(data).hexdigest()
    for number, picture in enumerate(scanned(data, path.name), 1):
        yield replace(read_page(picture, path, number), digest=digest)


def read_page(picture: Image.Image, path: Path, number: int) -> ScannedPage:
    """Read the codes of one page, with more and more patience while one that must be there is not found."""
    dossier: Dossier | None = None
    mark: PageMark | None = None
    trouble = ""
    for attempt in _attempts(picture):
        for found in attempt:
            said = _MARK.fullmatch(found.text)
            if said is not None:
                mark = PageMark(said[1], int(said[2]), int(said[3]), int(said[4]))
                continue
            try:
                dossier = decode(found.bytes)
            except Fault as fault:
                trouble = trouble or str(fault)
        if dossier is not None or (mark is not None and mark.page > 1):
            trouble = ""
            break
    return ScannedPage(path, number, dossier, mark, trouble)


def _attempts(picture: Image.Image) -> Iterator[list[zxingcpp.Barcode]]:
    yield _codes(picture)
    yield _codes(picture, zxingcpp.Binarizer.GlobalHistogram)
    clear = ImageOps.autocontrast(picture.filter(ImageFilter.MedianFilter(3)), cutoff=2)
    yield _codes(clear)
    large = picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.BICUBIC)
    yield _codes(large.filter(ImageFilter.GaussianBlur(1.5)))
    for turn in _TURNS:
        yield _codes(picture.rotate(turn, Image.Resampling.BICUBIC, fillcolor=_PAPER))


def _codes(
    picture: Image.Image, binarizer: zxingcpp.Binarizer = zxingcpp.Binarizer.LocalAverage
) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(picture, formats=_QR, binarizer=binarizer)
