"""Where a document's words and pictures stand on its pages: whether any two meet, and whether any leaves the page's text area.

Asked of WeasyPrint's own layout, before it is written. Words inside a drawing are the drawing's; captions are for those who hear the page.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from patrol.infra import printing


class Box(NamedTuple):
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def meets(self, other: Box) -> bool:
        """By more than a tenth of a pixel: what is rounded does not count."""
        return (
            self.page == other.page
            and min(self.right, other.right) - max(self.left, other.left) > 0.1
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.1
        )


def boxes(html: str) -> tuple[list[Box], list[Box]]:
    """Those of all pages, and those of them that leave the text area at a side."""
    import weasyprint  # noqa: PLC0415 -- loads Pango at import
    from weasyprint.formatting_structure import boxes as kinds  # noqa: PLC0415

    found, outside = [], []
    for number, page in enumerate(weasyprint.HTML(string=html, url_fetcher=printing.Given({})).render().pages, 1):
        sheet: Any = page._page_box
        left, right = sheet.content_box_x(), sheet.content_box_x() + sheet.width
        for box in sheet.descendants():
            if not isinstance(box, (kinds.TextBox, kinds.ReplacedBox)) or box.element_tag == "caption":
                continue
            text = box.text.strip() if isinstance(box, kinds.TextBox) else "(drawing)"
            if not text:
                continue
            x, y = box.content_box_x(), box.content_box_y()
            one = Box(number, x, y, x + box.width, y + box.height, text)
            found.append(one)
            if one.left < left - 0.1 or one.right > right + 0.1:
                outside.append(one)
    return found, outside


def meeting(found: list[Box]) -> list[tuple[Box, Box]]:
    ordered = sorted(found, key=lambda box: (box.page, box.top))
    pairs = []
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.page != one.page or other.top >= one.bottom:
                break
            if one.meets(other):
                pairs.append((one, other))
    return pairs
