"""The patterns that find where numbers may begin in a report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from extract.lexicons import UnitTable
from extract.quantities.asides import asides_behind_first
from extract.quantities.exclusions import MOST_DIGITS, ExclusionPatterns
from extract.quantities.numerals import ARABIC_BEHIND_FIRST, BIG, CHINESE

MOST_DECIMALS = 6  #: of a plain number
_IN_WHOLE = MOST_DIGITS - 1  #: digits behind the first
#: plain digits from behind the first: whole ones (a group), and those with commas or a point (a second group)
_PLAIN_BEHIND_FIRST = (
    rf"([0-9]{{0,{_IN_WHOLE}}}+(?!(?:,|\.{{1,2}})?[0-9]))"
    rf"|((?:[0-9]{{0,{_IN_WHOLE}}}+(?!,)|[0-9]{{0,2}}(?:,[0-9]{{3}}){{1,3}})"
    rf"(?:\.[0-9]{{1,{MOST_DECIMALS}}}+(?!年))?(?!(?:,|\.{{1,2}})?[0-9]))"
)
SPOKEN_DIGITS = "一二两三四五六七八九"  #: that may be plain by themselves: 三个
RANK_FOLLOWED_BY = '名位，。；、,;.)”"（( \n\t'  #: characters behind an ordinal that may be a rank
_OTHERS = (
    r"(?P<half>(?<=[近过超]半)(?=数|[，。；、,;)]|以上))|(?P<times>(?<=翻)(?:一|两|三|几)?番)"
    r"|(?P<masked>(?<=[Xx×*])(?<![0-9A-Za-z*][Xx×*])[Xx×*]+(?=[万亿元%公亩平米人吨百千]))"
)
#: characters behind Chinese numerals that let them measure something though no unit begins with them
GOES_ON = "分成余多几来余幾餘點点0123456789 -—~至到"
_GOES_ON_ASIDE = (
    GOES_ON + "半号月日年个之刻级线方面度手定时般致起直同律切些样流带心并旦向概举体环贯、，。；）)：:.．是要，\n”’》"
)


class ScanPatterns:
    """One pattern for what measures something, and one for that and what is set aside; made when first asked for."""

    def __init__(self, units: UnitTable, exclusions: ExclusionPatterns, none_phrases: Iterable[str]) -> None:
        self.units, self.exclusions, self.none_phrases = units, exclusions, tuple(none_phrases)

    @cached_property
    def of_measures(self) -> re.Pattern[str]:
        return self._pattern(asides_behind_first(self.exclusions, self.units), asides=False)

    @cached_property
    def of_all(self) -> re.Pattern[str]:
        return self._pattern("(?!)", asides=True)

    def _pattern(self, passed_over: str, *, asides: bool) -> re.Pattern[str]:
        """Where numbers may begin: plain ones (groups 1 to 3), and by name what a full reader reads.

        It begins with one set of characters, by which the scan runs over everything else; what the first character
        is, is looked back at. Chinese numerals count only where a unit may follow, or, for what is set aside, certain
        words.
        """
        first_of_units = self.units.tree.keys()
        none_phrases = "|".join(re.escape(phrase[1:]) for phrase in self.none_phrases)
        goes_on = _GOES_ON_ASIDE if asides else GOES_ON
        follows = re.escape("".join(sorted({*first_of_units, *goes_on} - {*CHINESE})))
        rank, scales = re.escape(RANK_FOLLOWED_BY), "".join(BIG)
        nought = "" if asides else rf"(?!(?<=零)[^点點 {CHINESE}])"  # 清零项目: by itself it measures nothing
        begins_run = rf"(?<=[{CHINESE}])(?<![{CHINESE}][{CHINESE}])"
        spoken_digit = rf"(?<=[{SPOKEN_DIGITS}])(?<![{CHINESE}][{CHINESE}])(?![{CHINESE}])(?=[{follows}])()"
        digits = rf"(?<=[0-9])(?P<digits>{ARABIC_BEHIND_FIRST})"
        numerals = rf"(?<![{scales}])(?P<numerals>[{CHINESE}]*+(?=[{follows}]))"
        great_parts = rf"(?<=[{scales}])(?P<parts>[{scales}]?(?= {{0,3}}分))"
        ranked = rf"(?<=第[{CHINESE}])(?P<rank>[{CHINESE}]*+(?=[{rank}]))"
        return re.compile(
            rf"[0-9{CHINESE}半翻*Xx×](?:(?<=[0-9])(?:{passed_over}|{_PLAIN_BEHIND_FIRST})|{spoken_digit}|{digits}"
            rf"|{begins_run}(?:(?<=零)(?P<none>{none_phrases})|{nought}{numerals}|{great_parts}|{ranked})|{_OTHERS})",
            re.M,
        )
