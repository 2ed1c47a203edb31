"""The license certificate: made to hang framed on a shop's wall, and to be read from across it."""

from reportlab.pdfgen.canvas import Canvas

from counter_app.documents.fonts import STRONG
from counter_app.documents.qr import draw_qr
from counter_app.documents.sheet import (
    ACCENT,
    BAND,
    BODY,
    FOOT,
    HEIGHT,
    LABEL,
    MUTED,
    SMALL,
    WIDTH,
    Sheet,
    SheetAbout,
    Style,
    wrapped,
)
from counter_app.domain.days import us_date
from counter_app.domain.money import usd
from counter_app.domain.paper import LicencePaper
from counter_app.domain.said import say

FRAME = 30.0
INSIDE = FRAME + 34
_TITLES = tuple(Style(STRONG, size, ACCENT) for size in (31, 27, 23))
_HOLDER = Style(STRONG, 22)


def licence_pdf(paper: LicencePaper) -> bytes:
    """The certificate on one US Letter page; many details or long conditions flow overleaf."""
    about = SheetAbout(
        city=paper.city,
        site=paper.site,
        title=paper.title,
        number=paper.licence,
        practice=paper.practice,
        seq=paper.seq,
        mark=paper.mark,
        state=paper.state,
        language=paper.language,
    )
    sheet = Certificate(about)
    _title(sheet, paper)
    _holder(sheet, paper)
    _dates(sheet, paper)
    _details(sheet, paper)
    _conditions(sheet, paper)
    _sealed(sheet, paper)
    return sheet.finish()


class Certificate(Sheet):
    """A framed page whose heading is centred."""

    left, right = INSIDE, WIDTH - INSIDE
    bottom = INSIDE + 6

    def first_heading(self) -> None:
        """A double frame; the rest of the heading is the certificate's own."""
        _frame(self.canvas)
        self.y = HEIGHT - INSIDE - 6

    def next_heading(self) -> None:
        """The frame again."""
        _frame(self.canvas)
        super().next_heading()

    def foot(self) -> None:
        """Only the mark: a certificate is one page, or nearly always."""
        self.write(WIDTH / 2, FOOT + 2, self._witness(), SMALL, "center")


def _frame(canvas: Canvas) -> None:
    canvas.setStrokeColor(ACCENT)
    for inset, thickness in ((FRAME, 2.2), (FRAME + 6, 0.6)):
        canvas.setLineWidth(thickness)
        canvas.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)


def _title(sheet: Sheet, paper: LicencePaper) -> None:
    middle = WIDTH / 2
    sheet.write(middle, sheet.y - 26, paper.city, Style(STRONG, 20), "center")
    sheet.write(middle, sheet.y - 43, paper.site, Style(size=10, colour=MUTED), "center")
    sheet.line(sheet.y - 58, ACCENT, 0.8, middle - 60, middle + 60)
    sheet.y -= 66
    words = sheet.told(paper.title)
    title = next((style for style in _TITLES if len(wrapped(words, style, sheet.width)) == 1), _TITLES[-1])
    for line in wrapped(words, title, sheet.width):
        sheet.y -= title.size * 1.16
        sheet.write(middle, sheet.y, line, title, "center")
    sheet.write(middle, sheet.y - 24, say("No. {number}", number=paper.licence), Style(STRONG, 13), "center")
    sheet.y -= 34


def _holder(sheet: Sheet, paper: LicencePaper) -> None:
    middle = WIDTH / 2
    sheet.write(middle, sheet.y - 26, say("is issued to"), Style(size=10, colour=MUTED), "center")
    sheet.y -= 34
    for line in wrapped(paper.holder, _HOLDER, sheet.width):
        sheet.y -= _HOLDER.leading
        sheet.write(middle, sheet.y, line, _HOLDER, "center")
    if paper.address:
        sheet.write(middle, sheet.y - 20, paper.address, Style(size=11), "center")
        sheet.y -= 18
    sheet.y -= 18


def _dates(sheet: Sheet, paper: LicencePaper) -> None:
    """Issued and good through, as large as an inspector wants them."""
    height, half = 52.0, sheet.width / 2
    sheet.y -= height + 8
    sheet.band(sheet.left, sheet.y, sheet.width, height, BAND)
    until = us_date(paper.expires) if paper.expires else say("until revoked")
    for label, text, x in ((say("Issued"), us_date(paper.issued), half / 2), (say("Good through"), until, half * 1.5)):
        sheet.write(sheet.left + x, sheet.y + 35, label, Style(size=8.5, colour=MUTED), "center")
        sheet.write(sheet.left + x, sheet.y + 13, text, Style(STRONG, 17, ACCENT), "center")
    sheet.y -= 12


def _details(sheet: Sheet, paper: LicencePaper) -> None:
    asked = [(_capital(sheet.told(label)), value) for label, value in paper.details]
    facts = [*asked, (say("Fee paid"), usd(paper.fee_cents)), (say("Receipt"), paper.receipt)]
    sheet.facts(facts, columns=3)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _conditions(sheet: Sheet, paper: LicencePaper) -> None:
    if paper.conditions.strip():
        sheet.y -= 4
        sheet.room(40)
        sheet.write(sheet.left, sheet.y - 9, say("Conditions"), LABEL)
        sheet.y -= 12
        for paragraph in paper.conditions.splitlines():
            sheet.paragraph(paragraph, BODY)
            sheet.y -= 4


def _sealed(sheet: Sheet, paper: LicencePaper) -> None:
    """Signature at the left, the code at the right, at the foot of the page."""
    sheet.room(74)
    y = sheet.bottom + 26
    sheet.signature(sheet.left, y, 190, say("For the city"), paper.issued_by)
    if paper.mark:
        content = f"{paper.licence}/{paper.seq}/{paper.mark}"
        draw_qr(sheet.canvas, content, sheet.right - 62, sheet.bottom + 8, 62)
        sheet.write(sheet.right - 70, y, say("Scan to verify"), SMALL, "right")
    sheet.y = sheet.bottom
