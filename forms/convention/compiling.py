"""From the declared folder to a checked convention: sources resolved, rules compiled, each fault with its place."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Literal, TypeVar

from forms.convention.conditions import Holds, When, compile_when
from forms.convention.dates import DateOf, Operand, RuleError, Use, compile_date
from forms.convention.declared.basis import Source, Sourced
from forms.convention.declared.folder import CommonRules, Folder
from forms.convention.declared.prices import PriceCase
from forms.convention.declared.rules import DateCase, FindingTable
from forms.convention.facts import FactRef, Scope, find_fact
from forms.convention.model import (
    AskRule,
    Basis,
    CoverRules,
    DateRuleCase,
    Finding,
    Formula,
    FreeFrom,
    Law,
    LegalText,
    Option,
    Paper,
    Participation,
    PriceRule,
    Reason,
    Surcharge,
    Template,
)
from forms.dossier.fields import fields
from forms.dossier.model import Dossier
from forms.dossier.paths import title_at

T = TypeVar("T")


class PlaceError(Exception):
    """What is wrong in a folder, in French, with its dotted place."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place
        self.message = message


@contextmanager
def at(place: str) -> Iterator[None]:
    """Give the dotted place to whatever is refused inside."""
    try:
        yield
    except RuleError as error:
        raise PlaceError(".".join(part for part in (place, error.place) if part), error.message) from None


class Compiler:
    """Compiles the rules of one file set against its own sources."""

    def __init__(self, sources: dict[str, Source]) -> None:
        self._sources = sources

    def source(self, text: str, place: str) -> str:
        """Resolve « presentation, page 3 » to the document's title and the same page."""
        key, _, rest = text.partition(",")
        document = self._sources.get(key.strip())
        if document is None:
            raise PlaceError(f"{place}.source", f"source inconnue « {key.strip()} » : déclarez-la dans [sources]")
        return f"{document.title},{rest}" if rest else document.title

    def basis(self, table: Sourced, place: str) -> Basis:
        """Give where a rule comes from; an assumption without its sentence is refused, and the reverse."""
        if table.certainty == "assumed" and not table.assumption:
            raise PlaceError(f"{place}.assumption", "une règle supposée doit dire ce qui est supposé")
        if table.certainty == "stated" and table.assumption:
            raise PlaceError(f"{place}.certainty", "une règle écrite ne peut pas porter de supposition")
        return Basis(self.source(table.source, place), table.assumption)

    def when(self, when: When, scope: Scope, place: str, *, use: Use = "rule") -> Holds:
        """Compile a condition."""
        with at(f"{place}.when"):
            return compile_when(when, scope, use=use)

    def date(self, operand: Operand, scope: Scope, place: str, *, use: Use = "rule") -> DateOf:
        """Compile a date."""
        with at(place):
            return compile_date(operand, scope, use=use)

    def template(self, text: str, scope: Scope, place: str) -> Template:
        """Check the placeholders of a sentence: ``{name}``, ``{of_name}`` (« d’Élodie ») or a fact, nothing else."""
        try:
            parsed = list(string.Formatter().parse(text))
        except ValueError:
            raise PlaceError(place, "accolade isolée : doublez-la pour l’écrire") from None
        parts: list[tuple[str, FactRef | Literal["name", "of_name"] | None]] = []
        for literal, name, spec, conversion in parsed:
            if name is None:
                parts.append((literal, None))
                continue
            if spec or conversion:
                raise PlaceError(place, f"« {{{name}}} » : un nom seul est attendu entre accolades")
            if name in {"name", "of_name"} and scope != "dossier":
                parts.append((literal, "name" if name == "name" else "of_name"))
                continue
            ref = find_fact(name, scope)
            if ref is None:
                raise PlaceError(place, f"fait inconnu « {name} » entre accolades")
            parts.append((literal, ref))
        return Template(tuple(parts))

    def date_cases(self, cases: list[DateCase], place: str) -> tuple[DateRuleCase, ...]:
        """Compile the cases of the effective date, or the days before which cover does not start."""
        return tuple(
            DateRuleCase(
                self.when(case.when, "dossier", f"{place}[{i}]", use="date"),
                self.date(case.date, "dossier", f"{place}[{i}].date", use="date"),
                self.template(case.reason, "dossier", f"{place}[{i}].reason"),
                self.basis(case, f"{place}[{i}]"),
                case.first_of_month,
            )
            for i, case in enumerate(cases)
        )

    def findings(self, tables: list[FindingTable]) -> tuple[Finding, ...]:
        """Compile the findings; a code stands once."""
        seen: set[str] = set()
        found = []
        for i, table in enumerate(tables):
            place = f"findings[{i}]"
            if table.code in seen:
                raise PlaceError(f"{place}.code", f"le code « {table.code} » est déjà pris")
            seen.add(table.code)
            path, absolute = self.path(table.about, table.of, f"{place}.about")
            found.append(
                Finding(
                    table.code,
                    table.of,
                    path,
                    absolute,
                    self.when(table.when, table.of, place, use="finding"),
                    table.severity,
                    self.template(table.message, table.of, f"{place}.message"),
                    self.basis(table, place),
                    table.in_quote,
                )
            )
        return tuple(found)

    def path(self, path: str, scope: Scope, place: str) -> tuple[str, bool]:
        """Check a path: relative to the person that the rule is put to, else one of the dossier's own."""
        known = fields()
        if "*" in path:
            raise PlaceError(place, f'« {path} » : dites plutôt of = "beneficiary" et le champ seul')
        relative = ("member." if scope == "member" else "beneficiaries.*.") + path
        if scope != "dossier" and (relative in known or f"member.{path}" in known):
            return path, False
        if path == "" or path in known or ("." not in path and path in Dossier.model_fields and title_at(path)):
            return path, True
        raise PlaceError(place, f"champ inconnu « {path} »")

    def asks(self, folder: Folder) -> tuple[AskRule, ...]:
        """Compile what is asked; a path stands on one step."""
        steps: dict[tuple[str, str], str] = {}
        found = []
        for i, section in enumerate(folder.asks):
            for j, ask in enumerate(section.fields):
                place = f"asks[{i}].fields[{j}]"
                path, absolute = self.path(ask.path, section.of, f"{place}.path")
                if absolute and path not in fields():
                    raise PlaceError(f"{place}.path", f"« {path} » est un bloc : demandez ses champs un à un")
                who = "member" if section.of in {"dossier", "member"} else "beneficiary"
                if steps.setdefault((who, path), section.step) != section.step:
                    raise PlaceError(f"{place}.path", f"« {path} » est déjà demandé à une autre étape")
                found.append(
                    AskRule(
                        path,
                        absolute,
                        section.of,
                        section.step,
                        section.section,
                        ask.need,
                        self.when(ask.when, section.of, place),
                        ask.hint,
                    )
                )
        return tuple(found)

    def papers(self, folder: Folder) -> tuple[Paper, ...]:
        """Compile the papers to provide; a kind that no dossier knows is refused."""
        kinds = fields()["documents.*.kind"].choices
        found = []
        for i, table in enumerate(folder.papers):
            if table.kind not in kinds:
                raise PlaceError(f"papers[{i}].kind", f"pièce inconnue « {table.kind} »")
            found.append(
                Paper(
                    table.kind,
                    table.of,
                    self.when(table.when, table.of, f"papers[{i}]"),
                    self.template(table.why, table.of, f"papers[{i}].why"),
                    self.basis(table, f"papers[{i}]"),
                )
            )
        return tuple(found)

    def prices(self, cases: list[PriceCase], groups: dict[str, bool], above: str = "") -> tuple[PriceRule, ...]:
        """Compile which rows price whom; ``groups`` tells which groups of the grids have pay brackets."""
        found = []
        for i, case in enumerate(cases):
            place = f"{above}prices[{i}]"
            if case.free is (case.group is not None):
                raise PlaceError(place, "dites soit le groupe de la grille, soit free = true")
            if case.group is not None and case.group not in groups:
                raise PlaceError(f"{place}.group", f"aucune grille n’a le groupe « {case.group} »")
            if case.group is not None and groups[case.group] and not case.by_salary:
                raise PlaceError(place, f"le groupe « {case.group} » a des tranches de traitement : by_salary = true")
            found.append(
                PriceRule(
                    case.of,
                    self.when(case.when, case.of, place),
                    case.group,
                    case.free,
                    case.age_of,
                    case.by_salary,
                    case.whole_euros,
                    self.template(case.reason, case.of, f"{place}.reason"),
                    self.basis(case, place),
                )
            )
        return tuple(found)

    def options(self, folder: Folder, groups: dict[str, bool]) -> tuple[Option, ...]:
        """Compile the options."""
        return tuple(
            Option(table.id, table.label, self.prices(table.prices, groups, f"options[{i}]."))
            for i, table in enumerate(folder.options)
            if self.basis(table, f"options[{i}]")
        )

    def ceilings(self, folder: Folder) -> dict[int, Decimal]:
        """Give the monthly ceilings by year; a year said twice is refused."""
        found: dict[int, Decimal] = {}
        for i, table in enumerate(folder.ceilings):
            self.basis(table, f"ceilings[{i}]")
            if table.year in found:
                raise PlaceError(f"ceilings[{i}].year", f"le plafond de {table.year} est déjà donné")
            found[table.year] = table.monthly
        return found

    def surcharge(self, folder: Folder) -> Surcharge | None:
        """Compile ``[surcharge]``."""
        table = folder.surcharge
        if table is None:
            return None
        since = self.date(table.since, table.of, "surcharge.since")
        basis = self.basis(table, "surcharge")
        return Surcharge(table.of, since, table.after_years, table.percent_per_year, table.at_most, table.reason, basis)

    def formulas(self, folder: Folder) -> tuple[Formula, ...]:
        """Compile to whom each formula is offered."""
        return tuple(
            Formula(table.id, table.label, table.summary, self.when(table.when, "dossier", f"formulas[{i}]"))
            for i, table in enumerate(folder.formulas)
        )

    def cover(self, folder: Folder) -> CoverRules:
        """Compile ``[cover]``."""
        cover = folder.cover
        return CoverRules(cover.first_of_month, cover.age, self.basis(cover.age_because, "cover.age_because"))

    def free_children(self, folder: Folder) -> FreeFrom | None:
        """Compile ``[free_children]``."""
        table = folder.free_children
        return FreeFrom(table.from_rank, table.reason, self.basis(table, "free_children")) if table else None

    def participation(self, folder: Folder) -> Participation | None:
        """Compile ``[participation]``."""
        table = folder.participation
        if table is None:
            return None
        holds = self.when(table.when, "dossier", "participation")
        return Participation(holds, table.percent, table.reason, self.basis(table, "participation"))

    def legal_texts(self, folder: Folder, read: Callable[[str], str | None]) -> dict[str, LegalText]:
        """Resolve the legal texts; ``read`` gives the insurer's own wording where it is there."""
        return {
            name: LegalText(
                name,
                table.article,
                table.statement,
                read(name),
                self.source(table.source, f"legal_texts.{name}"),
            )
            for name, table in folder.legal_texts.items()
        }


def law_of(common: CommonRules) -> Law:
    """Give what the law gives to say, each with its source."""
    compiler = Compiler(common.sources)

    def reason(name: str) -> Reason:
        table = getattr(common.law, name)
        return Reason(table.reason, compiler.basis(table, f"law.{name}"), getattr(table, "days", 0))

    return Law(**{name: reason(name) for name in type(common.law).model_fields})


def common_for(common: CommonRules, own: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Give the common findings that the convention does not rule on itself."""
    taken = {finding.code for finding in own}
    return tuple(f for f in Compiler(common.sources).findings(common.findings) if f.code not in taken)
