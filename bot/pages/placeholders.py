"""Words that hold a place: "TBD", "to be decided", "_insert goal here_"."""

import re

from bot.pages.values import NoteKind

_LONGEST = 200  # Longer than this, somebody meant what they wrote.
_MARKUP = re.compile(r"[*_`~\"\u201c\u201d]")
_EDGES = " \t\n.,;:!\u2026-\u2013\u2014()"

_TO_DO = re.compile(r"(?:todo|to[ -]do|fixme)(?:\s*[:.,(\u2013\u2014-].*|)", re.DOTALL)
_LATER = (
    r"(?:(?:soon|later|here|next|shortly|still|with|by|at|in|on|after|once|when|until|together|and)\b.*)?"
)
_PLACEHOLDER = re.compile(
    rf"""
    (?: tb[dac] | wip | work\ in\ progress | placeholder ) (?:\s*[:.,(\u2013\u2014-].*|\s+{_LATER})?
    | (?:(?:this|it|goal|the\ goal|they|outcomes|details)\ (?:is|are|will|has|have)\ (?:yet\ |still\ )?)?
      (?: to\ be | not\ yet | yet\ to\ be | not\ been )\ (?:yet\ )?
      (?: defined | decided | determined | added | announced | confirmed | written | agreed | discussed | set
        | known | completed | filled\ in | done | provided | finalised | finalized | clarified | updated )
      [\s,;:.]*{_LATER}
    | (?:more\ |details\ |more\ details\ )?coming\ soon | pending | under\ (?:discussion|construction)
    | n\s*/\s*a | na | nil | none(?:\ yet)? | unknown | nothing(?:\ yet|\ here\ yet)? | \?+ | x{{3,}}
    | lorem\ ipsum.* | (?:goal|outcome)s?\ (?:go|goes|come|comes)\ here
    | (?:add|insert|write|put|enter|describe|fill\ in)(?:\ [\w'-]+){{0,4}}\ here
    | (?:add|insert|write|put|enter|describe|fill\ in)\ (?:in\ )?(?:(?:a|an|the|your|this)\ )?
      (?:project\ |key\ |strategic\ )?(?:goal|outcome|text|name|link|summary|description|detail|member)s?
    """,
    re.VERBOSE | re.DOTALL,
)
# Templates: <goal>, {{ goal }}, [your goal]; not a link, an autolink or a role.
_TEMPLATE = re.compile(r"<[^<>:@/]*>|\{+[^{}]*\}+|\[[^\[\]^]*\]|\$\{?\w+\}?")


def placeholder_kind(words: str) -> NoteKind | None:
    """TODO or PLACEHOLDER when the words only hold a place for some that are to come, else None."""
    words = _without_comments(words).strip()
    if len(words) > _LONGEST:
        return NoteKind.PLACEHOLDER if words.casefold().startswith("lorem ipsum") else None
    if _TEMPLATE.fullmatch(_MARKUP.sub("", words).strip()):
        return NoteKind.PLACEHOLDER
    plain = " ".join(_MARKUP.sub("", words).casefold().strip(_EDGES).split())
    if not plain or _PLACEHOLDER.fullmatch(plain):
        return NoteKind.PLACEHOLDER
    return NoteKind.TODO if _TO_DO.fullmatch(plain) else None


def _without_comments(words: str) -> str:
    # Not by a regex: it would look for the end of each comment that is never closed.
    kept, start = list[str](), 0
    while (opened := words.find("<!--", start)) >= 0 and (closed := words.find("-->", opened + 4)) >= 0:
        kept.append(words[start:opened])
        start = closed + 3
    return "".join([*kept, words[start:]])
