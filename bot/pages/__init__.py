"""The page format: reading a MyST page into values that know their places.

Pure: text in, values out. What cannot be read raises a ``PageError`` that carries data.
"""

from bot.pages.errors import PageError
from bot.pages.reader import LARGEST, decode_page, read_page
from bot.pages.values import Page, PageProject

__all__ = ["LARGEST", "Page", "PageError", "PageProject", "decode_page", "read_page"]
