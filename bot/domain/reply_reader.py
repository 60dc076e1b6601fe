"""One line of a reply: the update that it is, of an outcome named by number or words, or of none. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from bot.domain.outcome_words import Named, OutcomeNames
from bot.domain.replies import Asked, Line, NoSuchOutcome, Plain, Unclear, Understood
from bot.domain.reply_lines import TypedLine
from bot.domain.reply_names import Subject, before_number, before_status
from bot.domain.reply_numbers import Numbers, numbers_at, numbers_before
from bot.domain.reply_said import Heard, hear, hear_amount, last_status
from bot.domain.status_words import Found, Said, find_statuses, parse_said

_SHORT_NAME = 4
"""Words: of something longer that is like no outcome, the sentence is about something else."""
_LONGEST_WITH_SEVERAL = 500
"""Characters of a line that may hold several updates ("1 done, 2 at risk"): more is a text."""
_BREAKS = 12
_BREAK = re.compile(
    r"(?P<pause>[,;.]\s(?:and\s|but\s)?|\s[/|]\s)|\s(?:and|but)\s|\s(?=[(#]?\d{1,4}[:.)]\s)", re.IGNORECASE
)
_NAME_AFTER_MARK = re.compile(
    r"\s*(?P<name>[^:;,.!?\u2013\u2014]+?)\s*(?:(?:[:;,.!\u2013\u2014]|\s-\s)\s*(?P<note>.*))?"
)
_WITH = re.compile(r"\s*(?P<link>with\s|[:=\u2013\u2014-]\s?)?\s*", re.IGNORECASE)
_PERSON_IS = re.compile(r"(?:i am|i['\u2019]?m|we are|we['\u2019]re)\s", re.IGNORECASE)
_ENDS = re.compile(r"[\s.!]*")
_NOTE = re.compile(r"\s*[:;,.!\u2013\u2014-]\s*(?P<note>\S.*)")


class Reader:
    """Reads lines about certain outcomes."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._asked = {each.number: each for each in asked}
        self._names = OutcomeNames({each.number: each.text for each in asked})
        self._open = tuple(each.number for each in asked if each.is_open)
        self._measured_open = tuple(each.number for each in asked if each.is_open and each.is_measured)

    def read(self, line: TypedLine) -> tuple[Line, ...]:
        """Never empty."""
        read = self._several(line.words) if line.is_said and line.words else ()
        return tuple(replace(each, line=line.typed) for each in read) or (Plain(line.typed),)

    def _several(self, words: str) -> tuple[Line, ...]:
        """Several updates on one line, where each can stand alone; else the line as a whole."""
        found: list[Line] = []
        start = 0
        if len(words) <= _LONGEST_WITH_SEVERAL:
            for pause in islice(_BREAK.finditer(words), _BREAKS):
                before = self._one(words[start : pause.start()])
                if not _is_update(before) or not (pause["pause"] or _has_no_note(before)):
                    continue
                if _is_update(self._one(words[pause.end() :], is_part=True)):
                    found += before
                    start = pause.end()
        return (*found, *self._one(words[start:], is_part=start > 0))

    def _one(self, words: str, *, is_part: bool = False) -> tuple[Line, ...]:
        """`is_part`: of a line with others, where a status alone is part of what was said before it."""
        numbers = numbers_before(words)
        if numbers and (told := self._numbered(numbers)):
            return told
        if (heard := hear_amount(words)) and not is_part:
            return self._amount(heard)
        if (person := _PERSON_IS.match(words)) and (told := self._done_with(words[person.end() :])):
            return told
        if not is_part and _begins_with_status(words) and (told := self._status_first(words)):
            return told
        return self._named(words)

    def _numbered(self, numbers: Numbers) -> tuple[Line, ...]:
        results: list[Line] = []
        for number in numbers.numbers:
            one = self._asked.get(number)
            is_measured = one is None or one.is_measured
            heard = hear(numbers.rest, is_measured=is_measured, is_marked=numbers.is_marked)
            if heard is None:
                return self._number_and_name(numbers)
            if len(numbers.numbers) > 1 and heard.said.status is None:
                return ()
            if one is not None:
                results.append(_told(heard, (number,), is_sure=True))
            elif heard.is_sure:
                results.append(NoSuchOutcome("", number, heard.said))
        if numbers.is_range and numbers.numbers[-1] not in self._asked:
            # Nobody says "1-9" of four outcomes: they are a count of something.
            return tuple(each for each in results[-1:] if isinstance(each, NoSuchOutcome))
        if len(results) > 1 and not _is_update(tuple(results)):
            known = tuple(number for number in numbers.numbers if number in self._asked)
            asking = [each for each in results if isinstance(each, Unclear)]
            return (replace(asking[0], candidates=known),) if asking else tuple(results)
        return tuple(results)

    def _number_and_name(self, numbers: Numbers) -> tuple[Line, ...]:
        """`2. Docs: at risk`: both must say the same."""
        number = numbers.numbers[0]
        if len(numbers.numbers) > 1 or number not in self._asked:
            return ()
        for subject in before_status(numbers.rest, self._names.has_text):
            is_measured = self._asked[number].is_measured
            heard = hear(subject.said, is_measured=is_measured, is_marked=True)
            if heard is not None:
                named = self._name(subject.words)
                is_same = named.is_sure and named.numbers[0] == number
                # "1: it is done", "2: we are on track": of no other than it.
                is_sure = numbers.is_marked and (is_same or (subject.is_all and subject.is_linked))
                also = (int(digits) for digits in re.findall(r"\d{1,4}", subject.words))
                others = (*(each for each in also if each in self._asked), *named.numbers)
                return (_told(heard, tuple(dict.fromkeys((number, *others))), is_sure=is_sure),)
        last = last_status(numbers.rest) if numbers.is_marked else None
        return (Unclear("", last, (number,)),) if last else ()

    def _status_first(self, words: str) -> tuple[Line, ...]:
        """`done with 1`, `✅ 2`, `🟢 Docs: first draft is up`, or a status alone."""
        found = next(find_statuses(words))
        said = parse_said(words[: found.end])
        after = words[found.end :]
        if said is not None and not after.lstrip().startswith("?"):
            told = self._numbers_after(said, found, after) or self._name_after(said, found, after)
            if told:
                return told
        return self._alone(words)

    def _done_with(self, words: str) -> tuple[Line, ...]:
        found = next(find_statuses(words), None)
        said = parse_said(words[: found.end]) if found is not None and found.start == 0 else None
        if found is None or said is None or not words[found.end :].casefold().startswith(" with "):
            return ()
        return self._numbers_after(said, found, words[found.end :])

    def _numbers_after(self, said: Said, found: Found, after: str) -> tuple[Line, ...]:
        link = _WITH.match(after)
        numbers = numbers_at(after[link.end() :]) if link else None
        if link is None or numbers is None:
            return ()
        note = _NOTE.fullmatch(numbers.rest) if found.is_mark else None
        if note is None and not _ENDS.fullmatch(numbers.rest):
            return ()
        said = replace(said, note=note["note"] if note else "")
        # "on track: 3" and "🟢 3" may be the third outcome, or three of what is measured.
        is_marked = numbers.is_marked or (link["link"] or "").casefold().startswith("with")
        is_apart = found.is_mark or bool(link["link"])
        is_clear = is_apart and (len(self._open) > 1 or not self._measured_open)
        known = tuple(number for number in numbers.numbers if number in self._asked)
        if not is_marked and not (is_clear and len(known) == len(numbers.numbers)):
            return (Unclear("", said, known),) if known else ()
        return tuple(
            Understood("", number, said) if number in known else NoSuchOutcome("", number, said)
            for number in numbers.numbers
        )

    def _name_after(self, said: Said, found: Found, after: str) -> tuple[Line, ...]:
        """Only after a mark, as in a list of them: "At risk: funding" gives a reason as often as a name."""
        match = _NAME_AFTER_MARK.fullmatch(after) if found.is_mark else None
        if match is None or _begins_with_status(match["name"]) or after.endswith("?"):
            return ()
        named = self._name(match["name"])
        if not named.is_sure or len(self._open) == 1:
            return ()
        return (Understood("", named.numbers[0], replace(said, note=match["note"] or "")),)

    def _alone(self, words: str) -> tuple[Line, ...]:
        """With one open outcome, a status alone is about that one."""
        heard = hear(words, is_measured=bool(self._measured_open), is_marked=False)
        if heard is None or not heard.is_sure or not self._open:
            return ()
        near = [number for number in self._name(heard.said.note).numbers if number in self._open]
        others = [number for number in self._open if number not in near]
        return (_told(heard, (*near, *others), is_sure=len(self._open) == 1),)

    def _amount(self, heard: Heard) -> tuple[Line, ...]:
        """`70%`, `12 of 20`, `41`: of the open outcomes those that are measured."""
        measured = self._measured_open
        if not measured:
            return ()
        is_clear = heard.is_sure or heard.said.value not in self._asked
        return (_told(replace(heard, is_sure=is_clear), measured, is_sure=len(self._open) == 1),)

    def _named(self, words: str) -> tuple[Line, ...]:
        for subject in before_status(words, self._names.has_text):
            if told := self._about(subject):
                return told
        valued = before_number(words, self._names.has_text)
        return () if valued is None else self._valued(valued)

    def _valued(self, subject: Subject) -> tuple[Line, ...]:
        named = self._name(subject.words)
        is_measured = named.is_sure and self._asked[named.numbers[0]].is_measured
        heard = hear(subject.said, is_measured=is_measured, is_marked=True) if named.is_sure else None
        if heard is None or not (is_measured or heard.said.is_percent):
            return ()
        return (_told(heard, named.numbers, is_sure=not subject.is_count),)

    def _about(self, subject: Subject) -> tuple[Line, ...]:
        named = self._name(subject.words)
        first = self._asked[named.numbers[0]] if named.numbers else None
        is_measured = first is not None and first.is_measured
        heard = hear(subject.said, is_measured=is_measured, is_marked=subject.is_linked)
        if heard is None:
            return ()
        if named.numbers:
            # "5 hubs are done" may be five of them.
            is_whole = self._names.has_text(subject.words)
            is_sure = named.is_sure and (is_whole or not subject.is_count)
            numbers = named.numbers[:1] if is_sure else named.numbers
            return (_told(heard, numbers, is_sure=is_sure),) if heard.is_sure or named.is_sure else ()
        is_short = subject.is_linked and len(subject.words.split()) <= _SHORT_NAME
        if self._open and heard.is_sure and (subject.is_all or is_short):
            return (_told(heard, self._open, is_sure=False),)
        return ()

    def _name(self, words: str) -> Named:
        return self._names.find(words[:_LONGEST_WITH_SEVERAL])


def _told(heard: Heard, numbers: tuple[int, ...], *, is_sure: bool) -> Line:
    if is_sure and heard.is_sure:
        return Understood("", numbers[0], heard.said)
    return Unclear("", heard.said, numbers)


def _is_update(lines: tuple[Line, ...]) -> bool:
    return bool(lines) and all(isinstance(line, Understood | NoSuchOutcome) for line in lines)


def _has_no_note(lines: tuple[Line, ...]) -> bool:
    return all(isinstance(line, Understood | NoSuchOutcome) and not line.said.note for line in lines)


def _begins_with_status(words: str) -> bool:
    found = next(find_statuses(words), None)
    return found is not None and found.start == 0
