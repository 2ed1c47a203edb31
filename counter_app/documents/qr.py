"""A code to scan, drawn on a PDF."""

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas


def draw_qr(canvas: Canvas, content: str, x: float, y: float, side: float) -> None:
    """The code with its quiet border in a square whose lower left corner is at (x, y); sizes in points."""
    drawing = Drawing(side, side)
    drawing.add(QrCodeWidget(content, barWidth=side, barHeight=side, barLevel="M"))
    renderPDF.draw(drawing, canvas, x, y)
