"""Colours, sizes, faces and icons: the one place that knows how things look."""

from desktop.ui.theme.apply import apply_look
from desktop.ui.theme.fonts import FAMILY, load_fonts
from desktop.ui.theme.icons import draw_icon, icon_pixmap
from desktop.ui.theme.look import Look, look
from desktop.ui.theme.tokens import Colour

__all__ = ["FAMILY", "Colour", "Look", "apply_look", "draw_icon", "icon_pixmap", "load_fonts", "look"]
