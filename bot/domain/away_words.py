"""Whether somebody's status in Slack says that they are away: on holiday, ill, on leave, out of office. Pure.

Only what says so counts: in a meeting, at lunch, on a train or working elsewhere is not away, and neither is
who looks forward to a holiday. Words come before the emoji.
"""

import re

_WEEKDAY = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DAY = rf"(?:{_WEEKDAY}|next week|{_MONTH} \d+|\d+(?:st|nd|rd|th)? (?:of )?{_MONTH})"
_WHEN = "(?:until|till|til|thru|through|for|this|next|today|tomorrow|now|back|with|on|from)"
_FREE_TIME = "(?:vacations?|holidays?|pto|time off|leave)"
_LEAVE = "annual|unpaid|parental|maternity|paternity|family|sick|medical|bereavement|compassionate|study"


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


_AWAY = _any_of(
    "vacations?|vacationing|holidays?|sabbatical|honeymoon|pto|time off|(?:days?|weeks?|month) off",
    rf"(?:on|taking) (?:[a-z]+ )?leave|(?:{_LEAVE}) leave",
    "ooo|o o o|oof|out of (?:the )?office",
    "(?:off|out) (?:today|tomorrow|until|till|til|this week|next week|sick|ill|work)",
    rf"back (?:again )?(?:on )?(?:the )?{_DAY}",
    rf"^(?:i a?m |currently |still )?(?:away|absent|off|not working)(?:$| {_WHEN})",
    rf"(?:away|absent) {_WHEN}",
    "sick(?! of)|ill(?! be)|unwell|in hospital|not (?:feeling )?well",
    "urlaub|elternzeit|krank|abwesend",
    "vacances|congés?|malade|vacaciones|de baja|ferie|férias",
    "på semester|föräldraledig|vakantie|ziek",
)
_LOOKS_ALIKE = _any_of(
    rf"not away|back from|(?:no|not|never)(?: on| a| in)? {_FREE_TIME}|(?:not|never) (?:sick|ill|ooo)",
    "(?:before|until|till|after|planning|plan|booking|need|needs|needing|want|days to|weeks? to|dreaming of)"
    rf" (?:my |the |a |next |some )?{_FREE_TIME}",
    rf"{_FREE_TIME} (?:soon|starts|in \d+ (?:days?|weeks?)|calendar|planning|plans?|party|cover|season)",
    "happy holidays?|half (?:a )?day|away from (?:my |the )?(?:desk|keyboard)",
    "wfh|working (?:from|remotely|at|in)|remote(?:ly)?|home ?office",
)
_AT_WORK = _any_of(
    r"meetings?|calls?|lunch|commut\w+|focus\w*|working|at work",
    r"writing|coding|review\w*|conference|offsite",
)
_SURE = frozenset(
    {
        "palm_tree", "desert_island", "island", "beach_with_umbrella", "umbrella_on_ground",
        "ooo", "vacation", "face_with_thermometer", "face_with_head_bandage",
    }
)  # fmt: skip
"""Away, even beside words that do not say it: 🌴 “until the 5th”."""
_ALONE = frozenset(
    {
        "airplane", "airplane_departure", "small_airplane", "luggage", "camping", "tent", "nauseated_face",
        "face_vomiting", "sneezing_face", "mask", "hospital", "baby_bottle", "breast-feeding",
    }
)  # fmt: skip
"""Away, when it stands alone: beside words it may be anything (✈️ “to the conference”)."""
_TONE = re.compile(r"::skin-tone-\d")


def says_away(text: str, emoji: str) -> bool:
    """`text`: the status as Slack has it. `emoji`: its name, with or without colons."""
    words = re.sub(r"[\W_]+", " ", text.casefold()).strip()
    if _LOOKS_ALIKE.search(words):
        return False
    if _AWAY.search(words):
        return True
    name = _TONE.sub("", emoji).strip(": ")
    return (name in _SURE and not _AT_WORK.search(words)) or (name in _ALONE and not words)
