"""What the causes of a change are called."""

from innohub.run.compare_states import CAUSES
from innohub.words import Language, words


def block_name(block: tuple[int, ...], language: Language) -> str:
    """Return the name of a cause, or of several that could not be told apart."""
    text = words(language)
    names = [text.say(f"compare.cause.{CAUSES[cause]}") for cause in block]
    return (
        text.say("compare.together", names=text.say("compare.and").join(names))
        if len(names) > 1
        else names[0]
    )
