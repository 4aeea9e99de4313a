"""The prefilled bulletin drawn with what one would otherwise use: both its pages, the same texts, lines and boxes.

Run by ``make compare``, in an environment of its own. The codes are ours alone: ours is measured with and without them.
Those that fill a form start from our fillable bulletin, and draw nothing but what is typed in its fields.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest.mock import patch

from forms.bulletin import form, frame
from forms.bulletin.marks import PAGE_WIDTH
from forms.bulletin.prefilled import prefilled_bulletin
from forms.resources import resource
from tests.benchmarks.shapes import CONVENTION, NOW, Bulletin, Shape, blank, bulletins

FIGURES = Path(__file__).with_name("comparison.json")
ROUNDS, EACH = 7, 6
FONTS = {"regular": "SourceSans3-Regular.ttf", "semibold": "SourceSans3-Semibold.ttf"}


def ours(made: Bulletin) -> bytes:
    """Print it as a campaign does, both codes included."""
    return prefilled_bulletin(made.dossier, CONVENTION, NOW)


def ours_without_codes(made: Bulletin) -> bytes:
    """Print it with no code worked out: what the others draw, and the rules beside."""
    none = ((False,),)
    with (
        patch.object(form, "encode", lambda _dossier: b""),
        patch.object(form, "dossier_modules", lambda _payload: (none, 0.5)),
        patch.object(frame, "modules", lambda _says: none),
    ):
        return ours(made)


def with_fpdf2(made: Bulletin) -> bytes:
    """Draw it with fpdf2: one call a shape, its own unit in millimetres."""
    from fpdf import FPDF  # noqa: PLC0415 - each pays for its own import before it is timed

    pdf = FPDF(format="A4")
    for style, name in (("", "regular"), ("B", "semibold")):
        pdf.add_font("sans", style, resource("fonts", FONTS[name]))
    for page in made.pages:
        pdf.add_page()
        for kind, at, text, size, weight, align in page:
            if kind == "text":
                pdf.set_font("sans", "B" if weight == "semibold" else "", size)
                wide = pdf.get_string_width(text) if align != "left" else 0.0
                pdf.text(at[0] - wide * {"left": 0.0, "right": 1.0, "centre": 0.5}[align], at[1], text)
            elif kind == "line":
                pdf.line(*at)
            else:
                pdf.set_fill_color(231, 236, 242)
                pdf.rect(*at, style="F" if weight else "D")
    return bytes(pdf.output())


def with_weasyprint(made: Bulletin) -> bytes:
    """Draw it with WeasyPrint: HTML with everything at its place, the fonts found once."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 - as above
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - as above

    @cache
    def style() -> tuple[Any, Any]:
        fonts = FontConfiguration()
        faces = "".join(
            f"@font-face {{font-family: sans3; src: url({resource('fonts', name).as_uri()}); font-weight: {weight}}}"
            for name, weight in zip(FONTS.values(), (400, 600), strict=True)
        )
        rest = (
            "@page {size: A4; margin: 0} body {margin: 0; font-family: sans3}"
            "section {position: relative; height: 297mm; break-after: page} i {position: absolute; font-style: normal}"
            "i.t {white-space: nowrap; line-height: 1} i.b {border: .5pt solid #5c6675} i.f {background: #e7ecf2}"
        )
        return CSS(string=faces + rest, font_config=fonts), fonts

    css, fonts = _WEASY.setdefault("style", style())
    body = "".join(f"<section>{''.join(map(_element, page))}</section>" for page in made.pages)
    return bytes(HTML(string=f"<html lang=fr><body>{body}").write_pdf(stylesheets=[css], font_config=fonts))


_WEASY: dict[str, tuple[Any, Any]] = {}


def _element(shape: Shape) -> str:
    kind, at, text, size, weight, align = shape
    if kind == "text":
        side = {
            "left": f"left:{at[0]:.2f}mm",
            "right": f"right:{PAGE_WIDTH - at[0]:.2f}mm",
            "centre": f"left:{at[0] - 50:.2f}mm;width:100mm;text-align:center",
        }[align]
        heavy = ";font-weight:600" if weight == "semibold" else ""
        top = f"top:{at[1] - size * 0.3:.2f}mm;font-size:{size}pt"
        return f'<i class=t style="{side};{top}{heavy}">{html.escape(text)}</i>'
    x, y, wide, high = at if kind == "rect" else (at[0], at[1], at[2] - at[0], at[3] - at[1])
    name = "f" if weight else "b"
    return f'<i class={name} style="left:{x:.2f}mm;top:{y:.2f}mm;width:{abs(wide):.2f}mm;height:{abs(high):.2f}mm"></i>'


_TEMPLATE = """
#set page(width: 210mm, height: 297mm, margin: 0mm)
#set text(font: "Source Sans 3", lang: "fr", top-edge: "baseline", bottom-edge: "baseline")
#for (number, shapes) in json(bytes(sys.inputs.pages)).enumerate() {
  if number > 0 { pagebreak() }
  for (kind, at, body, size, weight, side) in shapes {
    let p = at.map(n => n * 1mm)
    if kind == "text" {
      let words = text(size: size * 1pt, weight: if weight == "semibold" { 600 } else { 400 }, body)
      let wide = if side == "left" { 0mm } else if side == "right" { 150mm } else { 75mm }
      let to = if side == "left" { left } else if side == "right" { right } else { center }
      place(dx: p.at(0) - wide, dy: p.at(1), box(width: 150mm, align(to, words)))
    } else if kind == "line" {
      place(line(start: (p.at(0), p.at(1)), end: (p.at(2), p.at(3)), stroke: 0.5pt))
    } else {
      let fill = if weight == "" { none } else { rgb("#e7ecf2") }
      let edge = if weight == "" { 0.5pt } else { none }
      place(dx: p.at(0), dy: p.at(1), rect(width: p.at(2), height: p.at(3), stroke: edge, fill: fill))
    }
  }
}
"""


@cache
def _compiler() -> Any:
    import typst  # noqa: PLC0415 - as above

    path = Path(tempfile.mkdtemp(), "bulletin.typ")
    path.write_text(_TEMPLATE)
    return typst.Compiler(str(path), font_paths=[str(resource("fonts"))], ignore_system_fonts=True)


def with_typst(made: Bulletin) -> bytes:
    """Draw it with Typst: one template, compiled with each bulletin's data."""
    return bytes(_compiler().compile(format="pdf", sys_inputs={"pages": json.dumps(made.pages)}))


def with_pypdf(made: Bulletin) -> bytes:
    """Fill our form with pypdf, each field drawn."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - as above

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank()[0])))
    for page in writer.pages:
        writer.update_page_form_field_values(page, made.typed, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_pikepdf(made: Bulletin) -> bytes:
    """Fill our form with pikepdf, each field drawn."""
    import pikepdf  # noqa: PLC0415 - as above
    from pikepdf.form import DefaultAppearanceStreamGenerator, Form  # noqa: PLC0415 - as above

    with pikepdf.open(io.BytesIO(blank()[0])) as pdf:
        fields = Form(pdf, DefaultAppearanceStreamGenerator)
        for name, text in made.typed.items():
            fields[name].value = text
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


WAYS: dict[str, tuple[str, Callable[[Bulletin], bytes]]] = {
    "Permanence, with its codes": ("reportlab", ours),
    "Permanence, without them": ("reportlab", ours_without_codes),
    "fpdf2": ("fpdf2", with_fpdf2),
    "WeasyPrint": ("weasyprint", with_weasyprint),
    "Typst": ("typst", with_typst),
    "pypdf, filling the form": ("pypdf", with_pypdf),
    "pikepdf, filling the form": ("pikepdf", with_pikepdf),
}


def main() -> None:
    """Measure them in turn, so that a busy machine slows all; print and keep the medians."""
    # Never twice the same agent: Typst remembers what it has compiled.
    everyone = bulletins(EACH * (ROUNDS + 1))
    made = everyone[:EACH]
    shapes = sum(map(len, made[0].pages))
    seconds: dict[str, list[float]] = {name: [] for name in WAYS}
    sizes: dict[str, int] = {}
    for turn in range(ROUNDS + 1):
        made = everyone[EACH * turn : EACH * (turn + 1)]
        for name, (_, draw) in WAYS.items():
            start = time.process_time()
            drawn = [draw(one) for one in made]
            if turn:  # the first is left out: imports, fonts
                seconds[name].append((time.process_time() - start) / (2 * EACH))
            sizes[name] = len(drawn[0])
            _see(name, drawn[0])
    rows = [
        {
            "with": name, "version": version(package), "kilobytes": round(sizes[name] / 1000),
            "pages_per_second": round(1 / statistics.median(seconds[name]), 1),
        }
        for name, (package, _) in WAYS.items()
    ]  # fmt: skip
    told = {
        "machine": f"{os.cpu_count()} shared cores, {platform.system()}, Python {platform.python_version()}",
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "shapes": shapes, "fields": len(made[0].typed), "rounds": ROUNDS, "bulletins": EACH, "rows": rows,
    }  # fmt: skip
    FIGURES.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    print(f"{shapes} texts, lines and boxes on two pages; {len(made[0].typed)} fields; pages a second of one core")
    for row in rows:
        print(f"{row['with']:28} {row['version']:10} {row['pages_per_second']:8.1f} {row['kilobytes']:5d} kB")


def _see(name: str, drawn: bytes) -> None:
    """Keep a picture's worth of each beside, for who wants to look at them (``PERMANENCE_SEE`` names a folder)."""
    if folder := os.environ.get("PERMANENCE_SEE"):
        Path(folder, f"{name}.pdf").write_bytes(drawn)


if __name__ == "__main__":
    main()
