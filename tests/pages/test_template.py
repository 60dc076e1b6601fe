"""Templates: what a broken one says, what one cannot do, and that no way of writing lets words be more."""

from collections.abc import Iterator

import pytest
from markupsafe import Markup

from bot.pages.errors import BrokenTemplateError
from bot.pages.template import PAGE, READING, Values, fill_in, own_template
from bot.pages.template_values import TemplateProject

NONE = Markup("")


def project(**given: object) -> TemplateProject:
    values: dict[str, object] = {
        **dict.fromkeys(("slug", "name", "summary", "about", "goal", "state", "status", "owner"), NONE),
        **dict.fromkeys(("mark", "last_checked", "parent", "part_marks"), NONE),
        "depth": 0,
        "marks": Markup("##"),
        "is_private": False,
        "is_archived": False,
        "outcomes": (),
        "links": (),
        "members": (),
        "has_children": False,
    }
    return TemplateProject(**{**values, **given})  # type: ignore[arg-type]  # what each test is about


def filled(source: str, *projects: TemplateProject) -> str:
    return "".join(fill_in(source, "ours.jinja", {"title": Markup("T"), "projects": projects}))


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("# {{ title }", 1, "unexpected '}'"),
        ("# {{ title }}\n\n{% for p in projects %}\n{{ p.name }}\n", 4, "Unexpected end of template"),
        ("\n\n{{ titel }}\n", 3, "'titel' is undefined"),
        ("{% for p in projects %}\n{{ p.nme }}\n{% endfor %}", 2, "has no attribute 'nme'"),
        ("{% if titel %}{% endif %}", 1, "'titel' is undefined"),
        ("\n{{ title | shout }}", 2, "No filter named 'shout'"),
        ("\n{{ projects | length + title }}", 2, "unsupported operand"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("\n{% include 'other.jinja' %}", 2, "no loader"),
        ("{% for p in projects %}{{ p.__class__.__mro__ }}{% endfor %}", 1, "is unsafe"),
        ("{{ title.format.__globals__ }}", 1, "is unsafe"),
        ("{{ range(10000000) | list }}", 1, "Range too big"),
    ],
)
def test_a_broken_template_says_where_and_why(source: str, line: int, reason: str) -> None:
    with pytest.raises(BrokenTemplateError) as raised:
        filled(source, project())
    assert (raised.value.name, raised.value.line) == ("ours.jinja", line)
    assert reason in raised.value.reason


def test_what_breaks_below_the_template_is_no_fault_of_it() -> None:
    class AwayError(Exception):
        pass

    def projects() -> Iterator[TemplateProject]:
        yield project()
        raise AwayError

    with pytest.raises(AwayError):
        list(fill_in("{% for p in projects %}x{% endfor %}", "x", {"projects": projects()}))


@pytest.mark.parametrize(
    "written",
    [
        "{{ x }}",
        "{{ x ~ '' }}",
        "{{ '' ~ x }}",
        "{{ x | upper }}",
        "{{ [x] | join }}",
        "{{ x | indent(0) }}",
        "{% set y %}{{ x }}{% endset %}{{ y }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(x) }}",
        "{{ x if true else '' }}",
        "{{ (x, 1)[0] }}",
        "{{ '%s' | format(x) }}",
        "{% filter trim %}{{ x }}{% endfilter %}",
    ],
)
def test_whatever_a_template_does_a_value_begins_nothing(written: str) -> None:
    for typed in ("# a", "- a", "<b>a</b>", "{raw}`a`"):
        found = "".join(fill_in(written, "x", {"x": typed}))  # type: ignore[dict-item]  # as if we forgot
        assert not found.startswith(("#", "-", "<", "{")), found


def test_our_templates_end_with_one_line_end_and_have_no_gaps() -> None:
    for name in (PAGE, READING):
        page = filled_own(name)
        assert page.endswith("\n")
        assert not page.endswith("\n\n")
        assert "\n\n\n" not in page


def filled_own(name: str) -> str:
    projects = [project(name=Markup("A"))]
    values: Values = {"title": Markup("T"), "today": Markup("today"), "projects": projects}
    return "".join(fill_in(own_template(name), name, values))
