"""Numbers as lists and footnotes print them, in the notations that Word and HTML know."""

from typing import Final

_HAN: Final = "〇一二三四五六七八九"
_LEGAL: Final = {
    "chineseLegalSimplified": "零壹贰叁肆伍陆柒捌玖",
    "ideographLegalTraditional": "零壹貳參肆伍陸柒捌玖",
}
_ROMAN: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
#: Alphabets that start over, doubled, after their last letter: a … z, aa, bb.
_ALPHABETS: Final = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN.upper(),
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "chicago": "*†‡§",
}
#: Rows of signs, each standing for its place in the row; past the row's end, Arabic digits.
_SIGNS: Final = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
    "㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_SAME: Final = {
    "decimalEnclosedCircleChinese": "decimalEnclosedCircle",
    "taiwaneseCounting": "chineseCounting",
    "taiwaneseCountingThousand": "chineseCountingThousand",
    "taiwaneseDigital": "ideographDigital",
    "japaneseDigitalTenThousand": "ideographDigital",
}


def in_format(number: int, notation: str) -> str:
    """`number` in a notation by its WordprocessingML name; in Arabic digits where it has no form.

    >>> [in_format(12, n) for n in ("decimal", "upperRoman", "chineseCounting", "ideographDigital")]
    ['12', 'XII', '十二', '一二']
    >>> in_format(28, "lowerLetter"), in_format(3, "decimalEnclosedCircle")
    ('bb', '③')
    >>> in_format(101, "chineseCountingThousand"), in_format(110, "japaneseCounting")
    ('一百〇一', '百十')
    """
    notation = _SAME.get(notation, notation)
    if notation == "none":
        return ""
    if number <= 0 or number > 9999:
        return str(number)
    if notation in _ALPHABETS:
        return _repeated(number, _ALPHABETS[notation])
    if notation in _SIGNS and number <= len(_SIGNS[notation]):
        return _SIGNS[notation][number - 1]
    if notation in _LEGAL:
        return _counted(number, _LEGAL[notation], "拾佰仟", drop_one=False, zeros=True)
    return _by_rule(number, notation)


def _by_rule(number: int, notation: str) -> str:
    digits = str(number)
    match notation:
        case "decimalZero":
            return digits.zfill(2)
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in digits)
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "ideographDigital":
            return "".join(_HAN[int(digit)] for digit in digits)
        case "chineseCounting" if number < 100:
            return _counted(number, _HAN, "十百千", drop_one=False, zeros=False)
        case "chineseCounting":
            return in_format(number, "ideographDigital")
        case "chineseCountingThousand":
            return _counted(number, _HAN, "十百千", drop_one=False, zeros=True)
        case "japaneseCounting":
            return _counted(number, _HAN, "十百千", drop_one=True, zeros=False)
        case "ordinal":
            return digits + _ordinal_ending(number)
        case "numberInDash":
            return f"- {digits} -"
    return digits


def roman(number: int) -> str:
    """`number`, from 1 to 9,999, as a lower-case Roman numeral.

    >>> roman(1949)
    'mcmxlix'
    """
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def letters(number: int) -> str:
    """`number`, from 1, as spreadsheets and HTML count with letters.

    >>> letters(26), letters(27)
    ('z', 'aa')
    """
    numeral = ""
    while number:
        number, rest = divmod(number - 1, 26)
        numeral = _LATIN[rest] + numeral
    return numeral


def _repeated(number: int, alphabet: str) -> str:
    times, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * (times + 1) if times < 30 else str(number)


def _counted(number: int, digits: str, powers: str, *, drop_one: bool, zeros: bool) -> str:
    """`number` with tens, hundreds and thousands named: 一百〇一, and 十 rather than 一十."""
    numeral = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if not digit:
            gap = bool(numeral)
            continue
        if gap and zeros:
            numeral += digits[0]
        gap = False
        plain_ten = power == 1 and not numeral and digits is _HAN
        if not (digit == 1 and power and (drop_one or plain_ten)):
            numeral += digits[digit]
        numeral += powers[power - 1] if power else ""
    return numeral


def _ordinal_ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
