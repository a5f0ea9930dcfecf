"""Every sentence a user sees, in Chinese and English, from one file a language."""

from innohub.words.language import LANGUAGES, Language, Words, choose_language, words

__all__ = ["LANGUAGES", "Language", "Words", "choose_language", "words"]
