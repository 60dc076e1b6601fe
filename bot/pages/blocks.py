"""A page as a tree of Markdown blocks, as markdown-it sees them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

# The parser recurses into nested blocks. Each list is two levels deep, so this reads fifteen lists
# in one another; below it, lines are taken one by one and left alone.
_DEEPEST = 30

LISTS = frozenset({"bullet_list", "ordered_list"})

References = dict[str, dict[str, Any]]


@dataclass(slots=True)
class Block:
    """One block: ``first`` and ``last`` (exclusive) are its lines, from 0.

    ``kind`` is markdown-it's name for it. ``content`` is the inline text of a paragraph, a heading
    or a term, or the raw content of a fence; ``markup`` is ``##``, ``-``, ``:::``.
    """

    kind: str
    first: int
    last: int
    content: str = ""
    info: str = ""
    markup: str = ""
    level: int = 0
    children: list["Block"] = field(default_factory=list)

    def walk(self) -> Iterator["Block"]:
        """The block and everything in it, in document order."""
        waiting = [self]
        while waiting:
            block = waiting.pop()
            yield block
            waiting.extend(reversed(block.children))


class Markdown(MarkdownIt):
    """markdown-it with addresses left as they are written: what is safe is decided in ``links``."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it's own name and signature
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's own name
        return url


def _stop_in_the_depths(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    """Take one line from blocks that are nested too deeply.

    markdown-it itself would skip all that follows, up to the end of the page. Being asked before
    any other rule, this one also knows when a block at the top is complete.
    """
    if silent:
        return False
    if state.level == 0:
        state.env["at_top"](state.tokens, line)
    if state.level < _DEEPEST:
        return False
    token = state.push("too_deep", "", 0)
    token.map = [line, line + 1]
    state.line = line + 1
    return True


def _parser() -> MarkdownIt:
    markdown = Markdown("commonmark", {"inline_definitions": True, "maxNesting": 10 * _DEEPEST})
    markdown.enable("table")
    for plugin in (front_matter_plugin, colon_fence_plugin, myst_block_plugin, deflist_plugin):
        markdown.use(plugin)
    markdown.block.ruler.before("table", "too_deep", _stop_in_the_depths)
    return markdown


def parse_blocks(markdown: str, report: Callable[[int], None] | None = None) -> tuple[Block, References]:
    """The blocks of a page below one root, and its link definitions by their normalised names.

    ``report`` is called with the number of lines done, once for each block at the top.
    """
    parser = _parser()
    root = Block("root", 0, markdown.count("\n"))
    references: References = {}

    def at_top(tokens: list[Token], line: int) -> None:
        # Tokens are large: a page of 10,000 projects would have a million of them at once.
        _grow(root, tokens)
        tokens.clear()
        if report:
            report(line)

    # The block rules alone: inline text is parsed later, and only where links are looked for.
    rest = parser.block.parse(markdown, parser, {"at_top": at_top, "references": references}, [])
    _grow(root, rest or [])
    return root, references


def _grow(root: Block, tokens: list[Token]) -> None:
    """Add the blocks that the tokens open and close to the root."""
    stack = [root]
    for token in tokens:
        top = stack[-1]
        if token.type == "inline":
            top.content = token.content
        elif token.nesting < 0:
            stack.pop()
        else:
            block = _block(token, top)
            top.children.append(block)
            if token.nesting > 0:
                stack.append(block)


def _block(token: Token, parent: Block) -> Block:
    first, last = token.map or (parent.first, parent.first)
    level = int(token.tag[1:]) if token.type == "heading_open" else 0
    kind = token.type.removesuffix("_open")
    return Block(kind, first, max(last, first + 1), token.content, token.info, token.markup, level)
