"""Colours, sizes, faces and icons: the one place that knows how things look."""

from desktop.ui.theme.apply import apply_look
from desktop.ui.theme.fonts import FAMILY, load_first_fonts, load_fonts, load_fonts_for
from desktop.ui.theme.icons import draw_icon, icon_pixmap
from desktop.ui.theme.look import Look, look
from desktop.ui.theme.style_sheet import bar_sheet, box_sheet, list_sheet, menu_sheet
from desktop.ui.theme.tokens import Colour

__all__ = [
    "FAMILY",
    "Colour",
    "Look",
    "apply_look",
    "bar_sheet",
    "box_sheet",
    "draw_icon",
    "icon_pixmap",
    "list_sheet",
    "load_first_fonts",
    "load_fonts",
    "load_fonts_for",
    "look",
    "menu_sheet",
]
