"""The dossier as a value: frozen, strict about shapes, indifferent to what is said."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from forms.dossier.scalars import (
    FLAG,
    Bic,
    Date,
    Email,
    Flag,
    Iban,
    Kind,
    Line,
    Money,
    Nir,
    Percent,
    Phone,
    PostalCode,
    Siret,
    Text,
    never_null,
)

FORMAT: Final = "permanence.dossier/1"
SPECIMEN: Final = "SPEC-"
"""How the references of the practice begin, and no others: what comes out of it is never transferred."""
LINES_LIMIT = 6
"""Lines of an address."""
OPTIONS_LIMIT = 20
"""Options of a formula."""
PEOPLE_LIMIT = 30
"""Beneficiaries of one dossier: three times the largest family that the forms are tested with."""

Scheme = Literal["general", "alsace_moselle", "agricultural", "other_french", "none"]
Category = Literal["active", "retired", "associate", "orphan", "survivor"]
Status = Literal[
    "civil_servant",
    "trainee",
    "contract_public",
    "contract_private",
    "seconded",
    "made_available",
    "without_post",
    "on_leave",
    "pensioner",
]
Relation = Literal["spouse", "civil_partner", "cohabitant", "child", "grandchild", "ward"]
Situation = Literal["dependent", "student", "apprentice", "job_seeker", "employed"]
Cancellation = Literal["mandate", "by_member", "none"]
Setting = Literal["workplace", "remote", "insurer_office"]
DossierKind = Literal["enrolment", "formula_change", "beneficiary_change"]
EventKind = Literal[
    "birth",
    "adoption",
    "marriage",
    "civil_partnership",
    "cohabitation",
    "separation",
    "death",
    "unemployment",
]
PaymentMode = Literal["payroll", "direct_debit"]
DocumentKind = Literal[
    "bank_details",
    "rights_certificate",
    "school_certificate",
    "job_seeker_certificate",
    "apprenticeship_contract",
    "disability_card",
    "partnership_certificate",
    "cancellation_letter",
    "retirement_title",
    "payslip",
    "other",
]
PARTNERS = ("spouse", "civil_partner", "cohabitant")
CHILDREN = ("child", "grandchild", "ward")

Lines = Annotated[tuple[Line, ...], never_null(()), Field(max_length=LINES_LIMIT), Kind("lines")]
No = Annotated[bool, never_null(default=False), FLAG, Kind("flag")]
Yes = Annotated[bool, never_null(default=True), FLAG, Kind("flag")]


class Value(BaseModel):
    """A frozen block of facts; an unknown key is refused by name.

    Strictness is the leaves' own: below a validator of its own, pydantic's strict mode would refuse JSON's lists.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


class Address(Value):
    """A postal address; ``lines`` are what stands above the postal code."""

    lines: Lines = Field(default=(), title="Adresse")
    postal_code: PostalCode = Field(default=None, title="Code postal")
    city: Text = Field(default=None, title="Ville")


class Account(Value):
    """A bank account, of the refunds or of the debit."""

    iban: Iban = Field(default=None, title="IBAN")
    bic: Bic = Field(default=None, title="BIC")
    holder: Text = Field(default=None, title="Titulaire du compte")


class Payment(Account):
    """How the contribution is paid, and the account that is debited."""

    mode: PaymentMode | None = Field(default=None, title="Mode de paiement")


class Employer(Value):
    """The local authority and its participation in euros a month."""

    name: Text = Field(default=None, title="Collectivité")
    siret: Siret = Field(default=None, title="SIRET")
    joined_on: Date = Field(default=None, title="Date d’adhésion de la collectivité")
    participation: Money = Field(default=None, title="Participation de l’employeur par mois")
    participation_percent: Percent = Field(default=None, title="Participation de l’employeur en pourcentage")


class Person(Value):
    """What is said of the member and of each beneficiary alike."""

    title: Literal["m", "mme"] | None = Field(default=None, title="Civilité")
    birth_name: Text = Field(default=None, title="Nom de naissance")
    used_name: Text = Field(default=None, title="Nom d’usage")
    first_name: Text = Field(default=None, title="Prénom")
    birth_date: Date = Field(default=None, title="Date de naissance")
    birth_place: Text = Field(default=None, title="Lieu de naissance")
    birth_rank: Annotated[int, Field(ge=1, le=9, strict=True), Kind("whole")] | None = Field(
        default=None, title="Rang de naissance"
    )
    nir: Nir = Field(default=None, title="N° de Sécurité sociale")
    scheme: Scheme | None = Field(default=None, title="Régime obligatoire")
    fund_code: Text = Field(default=None, title="Régime, caisse et centre")
    teletransmission: Yes = Field(default=True, title="Télétransmission")
    options: Annotated[tuple[Line, ...], never_null(()), Field(max_length=OPTIONS_LIMIT), Kind("lines")] = Field(
        default=(), title="Options"
    )


class Member(Person):
    """The person who joins."""

    category: Category | None = Field(default=None, title="Situation")
    status: Status | None = Field(default=None, title="Statut")
    staff_number: Text = Field(default=None, title="Matricule")
    hired_on: Date = Field(default=None, title="Date d’embauche")
    gross_index_salary: Money = Field(default=None, title="Traitement indiciaire brut par mois")
    disabled: Flag = Field(default=None, title="Handicap reconnu")
    address: Annotated[Address, never_null(Address())] = Field(default=Address(), title="Adresse")
    phone: Phone = Field(default=None, title="Téléphone")
    email: Email = Field(default=None, title="Adresse électronique")


class Beneficiary(Person):
    """A partner or a child covered with the member."""

    relation: Relation | None = Field(default=None, title="Lien avec l’adhérent")
    category: Category | None = Field(default=None, title="Situation")
    situation: Situation | None = Field(default=None, title="Situation de l’enfant")
    tax_dependent: Flag = Field(default=None, title="À charge fiscale")
    disabled: Flag = Field(default=None, title="Handicap reconnu")
    disability_recognised_on: Date = Field(default=None, title="Handicap reconnu le")
    own_cover: Flag = Field(default=None, title="Déjà couvert par son propre employeur")
    eligible_member: Flag = Field(default=None, title="Peut adhérer lui-même à la convention")
    attached_to: Literal["member", "partner", "both"] | None = Field(
        default=None, title="Rattachement Sécurité sociale"
    )
    refund: Account | None = Field(default=None, title="Compte des remboursements")
    formula: Text = Field(default=None, title="Formule")


class PreviousContract(Value):
    """The health cover that the member leaves."""

    insurer: Text = Field(default=None, title="Assureur précédent")
    address: Annotated[Address, never_null(Address())] = Field(
        default=Address(), title="Adresse de l’assureur précédent"
    )
    number: Text = Field(default=None, title="Référence du contrat")
    holder: Text = Field(default=None, title="Souscripteur du contrat")
    started_on: Date = Field(default=None, title="Début du contrat")
    ends_on: Date = Field(default=None, title="Dernier jour de couverture")
    cancellation: Cancellation | None = Field(default=None, title="Résiliation")
    compulsory_group: Flag = Field(default=None, title="Contrat collectif obligatoire")
    keep: Text = Field(default=None, title="Garanties à conserver")


class Request(Value):
    """When, where and how the bulletin is signed, and from when cover is asked."""

    signed_on: Date = Field(default=None, title="Signé le")
    received_on: Date = Field(default=None, title="Dossier complet reçu le")
    effective_on: Date = Field(default=None, title="Date d’effet souhaitée")
    current_month: No = Field(default=False, title="Effet demandé au 1er du mois en cours")
    place: Text = Field(default=None, title="Fait à")
    setting: Setting | None = Field(default=None, title="Lieu de la signature")


class Current(Value):
    """What is in force before a change."""

    formula: Text = Field(default=None, title="Formule actuelle")
    since: Date = Field(default=None, title="Formule actuelle depuis le")
    beneficiaries: Annotated[tuple[Beneficiary, ...], never_null(()), Field(max_length=PEOPLE_LIMIT)] = Field(
        default=(), title="Bénéficiaires actuels"
    )


class Event(Value):
    """The family event that opens a change."""

    kind: EventKind | None = Field(default=None, title="Événement familial")
    on: Date = Field(default=None, title="Date de l’événement")


class Document(Value):
    """A paper that was seen or attached."""

    kind: DocumentKind | None = Field(default=None, title="Pièce")
    person: Annotated[str, never_null("member"), Field(pattern=r"^(member|beneficiaries\.\d{1,2})$")] = Field(
        default="member", title="Personne concernée"
    )
    state: Annotated[Literal["seen", "attached"], never_null("seen")] = Field(default="seen", title="État")
    file: Text = Field(default=None, title="Fichier")


class Acknowledgements(Value):
    """The date on which each document was handed over."""

    guarantees: Date = Field(default=None, title="Tableau des garanties")
    product_sheet: Date = Field(default=None, title="Document d’information sur le produit (DIPA)")
    notice: Date = Field(default=None, title="Notice d’information")
    statutes: Date = Field(default=None, title="Statuts")
    internal_rules: Date = Field(default=None, title="Règlement intérieur")


class Consents(Value):
    """What is ticked of one’s own will; never a condition."""

    email_marketing: No = Field(default=False, title="Offres par courriel")
    sms_marketing: No = Field(default=False, title="Offres par SMS")
    partners: No = Field(default=False, title="Transmission à des partenaires")


class Dossier(Value):
    """A dossier file, format ``permanence.dossier/1``: money in euros, dates as days."""

    format: Literal["permanence.dossier/1"] = FORMAT
    reference: Annotated[str, Field(pattern=r"^[0-9A-Z]{4}-[0-9A-Z]{4}$")] | None = Field(
        default=None, title="Référence"
    )
    kind: Annotated[DossierKind, never_null("enrolment")] = Field(default="enrolment", title="Demande")
    convention: Text = Field(default=None, title="Convention")
    formula: Text = Field(default=None, title="Formule")
    options: Annotated[tuple[Line, ...], never_null(()), Field(max_length=OPTIONS_LIMIT), Kind("lines")] = Field(
        default=(), title="Options"
    )
    employer: Annotated[Employer, never_null(Employer())] = Field(default=Employer(), title="Collectivité")
    member: Annotated[Member, never_null(Member())] = Field(default=Member(), title="Adhérent")
    beneficiaries: Annotated[tuple[Beneficiary, ...], never_null(()), Field(max_length=PEOPLE_LIMIT)] = Field(
        default=(), title="Bénéficiaires"
    )
    previous_contract: PreviousContract | None = Field(default=None, title="Contrat précédent")
    request: Annotated[Request, never_null(Request())] = Field(default=Request(), title="Demande")
    current: Current | None = Field(default=None, title="Contrat actuel")
    event: Event | None = Field(default=None, title="Événement familial")
    payment: Annotated[Payment, never_null(Payment())] = Field(default=Payment(), title="Paiement")
    refund: Annotated[Account, never_null(Account())] = Field(default=Account(), title="Compte des remboursements")
    documents: Annotated[tuple[Document, ...], never_null(()), Field(max_length=200)] = Field(
        default=(), title="Pièces"
    )
    acknowledgements: Annotated[Acknowledgements, never_null(Acknowledgements())] = Field(
        default=Acknowledgements(), title="Documents remis"
    )
    consents: Annotated[Consents, never_null(Consents())] = Field(default=Consents(), title="Consentements")
    unread: Annotated[
        dict[str, Line],
        never_null({}),
    ] = Field(default={}, title="Saisies à relire")
