"""The style sheet, made from the tokens. What a sheet cannot draw (rings, clocks, tags) the kit paints."""

from __future__ import annotations

from desktop.ui.theme.look import SIZES, Look

PASSWORD_DOT = 0x2022  # in our face; Qt's own choice is not, and would come from another

TONES = ("muted", "error", "problem", "decide", "soon", "over", "draft", "waiting", "signed", "voice_edge", "ink")


def style_sheet(look: Look) -> str:
    """The whole application's sheet for a look."""
    return "\n".join((_words(look), _surfaces(look), _fields(look), _scroll_bars(look), _menus(look)))


def _words(look: Look) -> str:
    t = look.tokens
    sizes = "\n".join(
        f'QLabel[look="{kind}"] {{ font-size: {look.px(size)}px; font-weight: {weight}; }}'
        for kind, (size, weight) in SIZES.items()
    )
    tones = "\n".join(f'QLabel[tone="{tone}"] {{ color: {getattr(t, tone)}; }}' for tone in TONES)
    return f"QWidget {{ color: {t.text}; }} QLabel {{ background: transparent; }}\n{sizes}\n{tones}"


def _surfaces(look: Look) -> str:
    t = look.tokens
    return f"""
    QMainWindow, QDialog, QWidget[look="window"] {{ background: {t.window}; }}
    QWidget[look="surface"] {{ background: {t.surface}; }}
    QFrame[look="hair"] {{ background: {t.hair}; border: 0; }}
    QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.field}; padding: 4px 8px; }}
    QScrollArea, QScrollArea > QWidget > QWidget[look="clear"] {{ background: transparent; border: 0; }}
    """


def _fields(look: Look) -> str:
    t = look.tokens
    height, pad = look.room(40) - 2 * t.line, look.room(12) - t.line
    return f"""
    QLineEdit, QTextEdit {{ background: {t.field_bg}; color: {t.text}; border: {t.line}px solid {t.field};
        border-radius: 6px; font-size: {look.px(16)}px;
        selection-background-color: {t.primary}; selection-color: {t.on_primary}; }}
    QLineEdit {{ min-height: {height}px; max-height: {height}px; padding: 0 {pad}px;
        lineedit-password-character: {PASSWORD_DOT}; }}
    QTextEdit {{ padding: {look.room(4)}px {look.room(8)}px; }}
    QLineEdit[tall="true"] {{ min-height: {height + look.room(4)}px; max-height: {height + look.room(4)}px; }}
    QLineEdit[bad="true"], QTextEdit[bad="true"] {{ border: 2px solid {t.error}; }}
    QLineEdit:read-only, QTextEdit:read-only {{ background: {t.sunk}; }}
    """


def _scroll_bars(look: Look) -> str:
    t = look.tokens
    width = look.room(12)
    return f"""
    QScrollBar:vertical {{ background: transparent; width: {width}px; margin: 4px 2px; }}
    QScrollBar:horizontal {{ background: transparent; height: {width}px; margin: 2px 4px; }}
    QScrollBar::handle {{ background: {t.spent}; border-radius: {width // 2 - 2}px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {t.field}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _menus(look: Look) -> str:
    t = look.tokens
    return f"""
    QMenu, QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.field};
        font-size: {look.px(16)}px; outline: 0; padding: 4px; }}
    QMenu::item {{ padding: {look.room(8)}px {look.room(16)}px; border-radius: 4px; }}
    QTableView {{ border: 0; padding: 0; font-size: {look.px(15)}px; }}
    QTableView::item {{ min-height: 0; }}
    QHeaderView {{ border: 0; padding: 0; background: {t.surface}; }}
    QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: 0; border-bottom: 1px solid {t.hair};
        padding: {look.room(6)}px {look.room(8)}px; font-size: {look.px(15)}px; font-weight: 600; }}
    QAbstractItemView::item {{ min-height: {look.room(36)}px; padding: 0 {look.room(8)}px; border-radius: 4px; }}
    QMenu::item:selected, QAbstractItemView::item:selected {{ background: {t.primary}; color: {t.on_primary}; }}
    """
