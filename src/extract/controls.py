"""Control characters in what documents say: shown, never obeyed."""

_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}
_PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


def visible(text: str) -> str:
    r"""``text`` with control characters as their pictures, one for one: neither a page nor a terminal may obey them.

    >>> visible("供地\x1b[31m764宗")
    '供地␛[31m764宗'
    """
    return text.translate(_PICTURES)
