"""Which encoding a text file is in, decided or refused, never guessed."""

from __future__ import annotations

import codecs

from gongfu.core import InputError, Problem

__all__ = ["decode"]

UTF16_MARKS = {codecs.BOM_UTF16_LE: "UTF-16-LE", codecs.BOM_UTF16_BE: "UTF-16-BE"}
SAVE_AS = "Save the file again as CSV UTF-8."
COMMON_SHARE = 0.9  # of the characters beyond ASCII, in text that really is GB 18030
SAMPLE = 100_000  # bytes or characters looked at to tell encodings apart


def decode(content: bytes, file: str) -> tuple[str, str]:
    """Return the text of a file, without byte-order mark, and the name of its encoding.

    UTF-8, UTF-16 and GB 18030 (with GBK and GB 2312) are told apart.

    Raises
    ------
    InputError
        If the bytes are damaged, hold NUL characters, or are in another encoding.
    """
    text, encoding = _decoded(content, file)
    _refuse_nul(text, file)
    return text, encoding


def _decoded(content: bytes, file: str) -> tuple[str, str]:
    for mark, name in UTF16_MARKS.items():
        if content.startswith(mark):
            return _strict(content[len(mark) :], name, file), "UTF-16"
    unmarked = _unmarked_utf16(content)
    if unmarked:
        return _strict(content, unmarked, file), "UTF-16"
    if content.startswith(codecs.BOM_UTF8):
        return _strict(content[len(codecs.BOM_UTF8) :], "UTF-8", file), "UTF-8 with mark"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(content):
            raise _damaged(content, error, "UTF-8", file) from error
    return _gb18030(content, file), "GB18030"


def _unmarked_utf16(content: bytes) -> str | None:
    sample = content[:SAMPLE]
    pairs = len(sample) // 2
    if pairs == 0 or len(content) % 2:
        return None
    # ASCII commas, digits and line ends make most of one byte of each pair NUL, the other never.
    high_last, high_first = sample[1::2].count(0), sample[0::2].count(0)
    if high_last > 0.3 * pairs and high_first == 0:
        return "UTF-16-LE"
    if high_first > 0.3 * pairs and high_last == 0:
        return "UTF-16-BE"
    return None


def _strict(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(content, error, encoding, file) from error


def _is_damaged_utf8(content: bytes) -> bool:
    """Tell broken UTF-8 from another encoding: in the first, most of what is not ASCII decodes."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(not character.isascii() for character in text[:SAMPLE]) - text[:SAMPLE].count(
        "\ufffd"
    )
    return whole > broken


def _gb18030(content: bytes, file: str) -> str:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _other_encoding(file) from error
    foreign = [character for character in text[:SAMPLE] if not character.isascii()]
    common = sum(_is_in_gb2312(character) for character in foreign)
    if common < COMMON_SHARE * len(foreign):
        raise _other_encoding(file)
    return text


def _is_in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _damaged(content: bytes, error: UnicodeDecodeError, encoding: str, file: str) -> InputError:
    at_end = error.end >= len(content) and "unexpected end" in error.reason
    what = "the file is cut off within a character" if at_end else "bytes that are no character"
    line = content[: error.start].count(b"\n") + 1
    return InputError(
        Problem(
            what,
            expected=f"text in {encoding}",
            found=f"byte 0x{error.object[error.start]:02x}",
            file=file,
            row=line,
            fix=f"Copy or download it again. {SAVE_AS}",
        )
    )


def _other_encoding(file: str) -> InputError:
    return InputError(
        Problem(
            "the text is in an encoding gongfu does not read",
            expected="UTF-8, UTF-16 or GB18030",
            found="another encoding, or bytes that are no text",
            file=file,
            fix=SAVE_AS,
        )
    )


def _refuse_nul(text: str, file: str) -> None:
    place = text.find("\0")
    if place >= 0:
        raise InputError(
            Problem(
                "a NUL character: this is not a plain text table, or the file is damaged",
                file=file,
                row=text.count("\n", 0, place) + 1,
                fix=f"Copy or download it again. {SAVE_AS}",
            )
        )
