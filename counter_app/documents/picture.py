"""A PDF's page as a picture, for screens and for `.png`."""

from io import BytesIO

import pypdfium2


def pdf_png(pdf: bytes, page: int = 0, scale: float = 2.0) -> bytes:
    """Page `page`, counted from 0, as PNG at `scale` × 72 dots an inch; raises IndexError for a page it has not."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 0 <= page < len(document):
            raise IndexError(f"the paper has {len(document)} pages, no page {page + 1}")
        picture = document[page].render(scale=scale).to_pil()
    finally:
        document.close()
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def pdf_pages(pdf: bytes) -> int:
    """How many pages it has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
