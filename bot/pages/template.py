"""Pages made from a Jinja template: one of ours, or one that a team has put in its place.

A template is given `title`, `today` and `projects`, which can be gone through once: they are read as they are
asked for. It can do no more than that (Jinja's sandbox), a name that is not there is a mistake and not a
blank, and what people typed is Markdown that only says it (bot/pages/template_words.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import TracebackType

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from bot.pages.errors import BrokenTemplateError
from bot.pages.template_values import TemplateProject
from bot.pages.template_words import one_line

PAGE, READING = "template_page.jinja", "template_reading.jinja"
"""Ours: a page that can be imported, and one that is only read."""
_MISTAKES = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)
"""What a template that is wrong may come to."""
Values = Mapping[str, Iterable[TemplateProject] | Markup | int]


@cache
def own_template(name: str) -> str:
    """The text of one of ours."""
    return files("bot.pages").joinpath(name).read_text(encoding="utf-8")


def fill_in(source: str, name: str, values: Values) -> Iterator[str]:
    """The page, piece by piece, with one line end at its end. Raises BrokenTemplateError.

    `name` is what that calls the template.
    """
    template, blank = _compiled(source, name), ""
    try:
        for piece in template.generate(values):
            words = f"{blank}{piece}"
            kept = words.rstrip("\n")
            blank = words[len(kept) :]
            yield kept
        yield "\n"
    except _MISTAKES as error:
        line = _line_in(error.__traceback__, name)
        if line is None:
            raise
        raise BrokenTemplateError(name, line, _reason(error)) from error


def _compiled(source: str, name: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_written,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    try:
        code = environment.compile(source, name, name)
    except TemplateSyntaxError as error:
        raise BrokenTemplateError(name, error.lineno, _reason(error)) from error
    return Template.from_code(environment, code, environment.make_globals(None))


def _written(value: object) -> object:
    """What is no Markdown yet is made some; an undefined value raises where Jinja writes it."""
    if isinstance(value, Markup | Undefined):
        return value
    return Markup("") if value is None else Markup(one_line(str(value)))  # noqa: S704 - escaped for Markdown


def _line_in(traceback: TracebackType | None, name: str) -> int | None:
    """The line of the template that was at it when something was raised."""
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == name:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
