"""Instagram's and Threads' two names for one post: the number, and the code in addresses, which is the number in base 64."""

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_KEY = 28  # characters of the key behind the code in addresses of posts of closed accounts
_LARGEST = 2**64


def number(code: str) -> str:
    """The number behind a code, in decimal; "" for what is no code."""
    code = code[:-_KEY] if len(code) > _KEY else code
    value = 0
    for digit in code:
        if digit not in _VALUES:
            return ""
        value = value * 64 + _VALUES[digit]
    return str(value) if 0 < value < _LARGEST else ""


def code(number: str) -> str:
    """The code of a number; "" for what is no number."""
    if not (number.isascii() and number.isdecimal()) or not 0 < int(number) < _LARGEST:
        return ""
    value, digits = int(number), ""
    while value:
        value, digit = divmod(value, 64)
        digits = _DIGITS[digit] + digits
    return digits
