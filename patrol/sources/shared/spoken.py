"""What is said in a video, as a part of a post's text that tells where it comes from: no quotation, and not what its author wrote."""


def label(by: str) -> str:
    """`by`: who wrote it down, in Indonesian."""
    return f"[Suara dalam video, {by}]"


def part(words: str, by: str) -> str:
    """The part, "" where nothing is said. Subtitles repeat a line while it is shown: such repeats are left out."""
    lines: list[str] = []
    for line in words.splitlines():
        if (said := line.strip()) and said not in lines[-1:]:
            lines.append(said)
    return "\n".join([label(by), *lines]) if lines else ""
