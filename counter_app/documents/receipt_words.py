"""The few words of a receipt, in the languages of the counter."""

from msgspec import Struct

from counter_app.domain.paper import Language


class Words(Struct, frozen=True, kw_only=True):
    """One language's words; a field is named for what it says in English."""

    receipt: str
    void: str
    refund: str
    no_sale: str
    copy: str
    not_the_original: str
    copied: str
    voided_by: str
    no_longer_stands: str
    demo: str
    training: str
    business_date: str
    drawer: str
    served_by: str
    received_from: str
    given_to: str
    cancels: str
    refunds: str
    reason: str
    approved_by: str
    account: str
    fund: str
    pays: str
    balance_left: str
    account_credit: str
    licence: str
    good_through: str
    total: str
    total_void: str
    total_refund: str
    rounding: str
    cash: str
    check: str
    card: str
    money_order: str
    returned: str
    change: str
    credit: str
    signature: str
    thanks: str
    keep: str
    entry: str


ENGLISH = Words(
    receipt="Receipt",
    void="VOID",
    refund="Refund",
    no_sale="No sale",
    copy="COPY",
    not_the_original="NOT THE ORIGINAL",
    copied="Copied",
    voided_by="VOIDED BY",
    no_longer_stands="This receipt no longer stands.",
    demo="DEMO - NOT A RECEIPT",
    training="TRAINING - NOT A RECEIPT",
    business_date="Business date",
    drawer="Drawer",
    served_by="Served by",
    received_from="Received from",
    given_to="Given back to",
    cancels="Cancels receipt",
    refunds="Refunds receipt",
    reason="Reason",
    approved_by="Approved by",
    account="Account",
    fund="Fund",
    pays="Pays",
    balance_left="Balance left",
    account_credit="Credit on the account",
    licence="License",
    good_through="Good through",
    total="TOTAL",
    total_void="VOIDED",
    total_refund="REFUNDED",
    rounding="Rounding",
    cash="Cash",
    check="Check",
    card="Card",
    money_order="Money order",
    returned="given back",
    change="Change",
    credit="Kept as credit",
    signature="Signature",
    thanks="Thank you.",
    keep="Please keep this receipt.",
    entry="Entry",
)
SPANISH = Words(
    receipt="Recibo",
    void="ANULADO",
    refund="Reembolso",
    no_sale="Sin venta",
    copy="COPIA",
    not_the_original="NO ES EL ORIGINAL",
    copied="Copiado",
    voided_by="ANULADO POR",
    no_longer_stands="Este recibo ya no es válido.",
    demo="DEMO - NO ES UN RECIBO",
    training="PRÁCTICA - NO ES UN RECIBO",
    business_date="Fecha contable",
    drawer="Caja",
    served_by="Atendido por",
    received_from="Recibido de",
    given_to="Devuelto a",
    cancels="Anula el recibo",
    refunds="Reembolsa el recibo",
    reason="Motivo",
    approved_by="Aprobado por",
    account="Cuenta",
    fund="Fondo",
    pays="Paga",
    balance_left="Saldo pendiente",
    account_credit="Saldo a favor",
    licence="Licencia",
    good_through="Válida hasta",
    total="TOTAL",
    total_void="ANULADO",
    total_refund="DEVUELTO",
    rounding="Redondeo",
    cash="Efectivo",
    check="Cheque",
    card="Tarjeta",
    money_order="Giro postal",
    returned="devuelto",
    change="Cambio",
    credit="A favor de la cuenta",
    signature="Firma",
    thanks="Gracias.",
    keep="Conserve este recibo.",
    entry="Asiento",
)


def words(language: Language) -> Words:
    """The words of a language."""
    return SPANISH if language == "es" else ENGLISH
