"""The style sheets, made from the tokens, of the few widgets that Qt draws: boxes for words, lists, menus, scroll bars.

There is none of the whole application: with one, Qt dresses every widget by it, each label twice, and a page of four
hundred took twice as long to open. Words have their font and colour of their own, grounds their palette, and all else
the kit paints.
"""

from __future__ import annotations

from functools import lru_cache

from desktop.ui.theme.look import Look, look

PASSWORD_DOT = 0x2022  # in our face; Qt's own choice is not, and would come from another


def box_sheet() -> str:
    """Of a box for words, with the scroll bar and the menu it may have."""
    return _box_sheet(look())


def list_sheet() -> str:
    """Of a table, or of the open list of a drop-down."""
    return _list_sheet(look())


def menu_sheet() -> str:
    return _menu(look())


def bar_sheet() -> str:
    """Of a scroll bar."""
    return _scroll_bars(look())


@lru_cache(maxsize=8)
def _box_sheet(look: Look) -> str:
    return f"{_fields(look)}{_scroll_bars(look)}{_menu(look)}"


@lru_cache(maxsize=8)
def _list_sheet(look: Look) -> str:
    return f"{_lists(look)}{_scroll_bars(look)}"


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


def _menu(look: Look) -> str:
    t = look.tokens
    return f"""
    QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.field};
        font-size: {look.px(16)}px; padding: 4px; }}
    QMenu::item {{ padding: {look.room(8)}px {look.room(16)}px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.primary}; color: {t.on_primary}; }}
    """


def _lists(look: Look) -> str:
    t = look.tokens
    return f"""
    QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.field};
        font-size: {look.px(16)}px; outline: 0; padding: 4px; }}
    QTableView {{ border: 0; padding: 0; font-size: {look.px(15)}px; }}
    QTableView::item {{ min-height: 0; }}
    QHeaderView {{ border: 0; padding: 0; background: {t.surface}; }}
    QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: 0; border-bottom: 1px solid {t.hair};
        padding: {look.room(6)}px {look.room(8)}px; font-size: {look.px(15)}px; font-weight: 600; }}
    QAbstractItemView::item {{ min-height: {look.room(36)}px; padding: 0 {look.room(8)}px; border-radius: 4px; }}
    QAbstractItemView::item:selected {{ background: {t.primary}; color: {t.on_primary}; }}
    """
