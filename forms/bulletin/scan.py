"""Scans read back: the dossier of page 1 by its code, loose pages by their small ones, sorted by dossier."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from forms.bulletin.code import decode
from forms.bulletin.pictures import scanned
from forms.dossier.reading import reference_of
from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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
    """One page of a scan, ``number`` from 1: the dossier that it carries, what its small code says, what is wrong."""

    file: str
    number: int
    dossier: Dossier | None = None
    mark: PageMark | None = None
    trouble: str = ""


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


@dataclass(frozen=True, slots=True)
class Sorted:
    """A folder of scans: one bundle a dossier, the pages without any code, the files that cannot be read and why."""

    bundles: tuple[Bundle, ...]
    loose: tuple[ScannedPage, ...]
    unreadable: tuple[tuple[str, str], ...]


def read_scan(path: Path) -> tuple[ScannedPage, ...]:
    """Read every code of one scan.

    Raises:
        Fault: the file cannot be read as a PDF, a PNG or a JPEG.
    """
    return tuple(_read(picture, path.name, number) for number, picture in enumerate(scanned(path), 1))


def read_folder(folder: Path) -> Sorted:
    """Read every file of a folder, in the order of their names; one that cannot be read is listed and stops nothing.

    Raises:
        Fault: the folder itself cannot be read.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise Fault(f"{folder.name} ne peut pas être lu : {error.strerror or 'erreur du système'}.") from None
    pages: list[ScannedPage] = []
    unreadable = []
    for path in files:
        try:
            pages += read_scan(path)
        except Fault as fault:
            unreadable.append((path.name, str(fault)))
    bundles, loose = sort_pages(pages)
    return Sorted(bundles, loose, tuple(unreadable))


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


def _of_mark(bundles: list[Bundle], mark: PageMark) -> Bundle:
    """Find the dossier of a loose page; one whose own version is not known is taken last."""
    for version in (mark.version, None):
        for bundle in bundles:
            if bundle.reference == mark.reference and bundle.version == version:
                bundle.version = mark.version
                return bundle
    bundles.append(Bundle(mark.reference, mark.version))
    return bundles[-1]


def _read(picture: Image.Image, file: str, number: int) -> ScannedPage:
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
    return ScannedPage(file, number, dossier, mark, trouble)


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
