"""How each reader is loaded: a function of one text. Each is imported where it is installed, when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

Read = Callable[[str], object]

_SHANGHAI = "Asia/Shanghai"
_SOME_DAY = 1_600_000_000
_MEASURES = ["amount-of-money", "distance", "volume", "quantity", "temperature", "duration", "number", "ordinal"]


def bare() -> Read:
    from benchmarks.timing import bare_scan

    return bare_scan


def ours() -> Read:
    import extract

    return extract.find_quantities


def jionlp_money() -> Read:
    import jionlp  # type: ignore[import-not-found]

    money: Read = jionlp.ner.extract_money
    return money


def recognizers(*names: str) -> Callable[[], Read]:
    """Models of Recognizers-Text for Chinese, one after the other over the same text."""

    def load() -> Read:
        from recognizers_number import NumberRecognizer  # type: ignore[import-not-found]
        from recognizers_number_with_unit import NumberWithUnitRecognizer  # type: ignore[import-not-found]
        from recognizers_text import Culture  # type: ignore[import-not-found]

        numbers, with_unit = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
        getters = {
            "percentage": numbers.get_percentage_model,
            "number": numbers.get_number_model,
            "dimension": with_unit.get_dimension_model,
            "currency": with_unit.get_currency_model,
        }
        models = [getters[name](Culture.Chinese) for name in names]
        return lambda text: [model.parse(text) for model in models]

    return load


def duckling_measures() -> Read:
    import duckling  # type: ignore[import-not-found]

    zones = duckling.load_time_zones("/usr/share/zoneinfo")
    when = duckling.parse_ref_time(zones, _SHANGHAI, _SOME_DAY)
    context = duckling.Context(when, duckling.default_locale_lang(duckling.parse_lang("ZH")))
    dimensions = duckling.parse_dimensions(_MEASURES)
    return lambda text: duckling.parse(text, context, dimensions, False)


LOADERS: dict[str, Callable[[], Read]] = {
    "bare scan for digits": bare,
    "extract.find_quantities": ours,
    "JioNLP extract_money": jionlp_money,
    "Recognizers-Text percentage": recognizers("percentage"),
    "Recognizers-Text number": recognizers("number"),
    "Recognizers-Text dimension": recognizers("dimension"),
    "Recognizers-Text currency": recognizers("currency"),
    "Recognizers-Text, all four": recognizers("percentage", "number", "dimension", "currency"),
    "duckling": duckling_measures,
}
