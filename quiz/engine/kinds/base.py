"""What every kind of question can do, and what it answers with."""

from abc import ABC, abstractmethod

from ..scoring import Grade


class Unreadable(ValueError):
    """A posted answer that cannot be read as a response; the words are fit to show."""


class Kind(ABC):
    """One kind of question, known by its slug; `options` are answer options, whatever their class."""

    slug = ""
    label = ""
    legend = ""

    @abstractmethod
    def problems(self, options):
        """Why a question with these options may not be published, in words; [] where it may."""

    @abstractmethod
    def read(self, post, options):
        """The response in a posted form (lists of texts by name), or Unreadable in words."""

    @abstractmethod
    def correct_response(self, options):
        """The response that earns everything."""

    @abstractmethod
    def grade(self, response, options, rule):
        """The grade of a response by a rule of scoring; None is a blank and earns nothing."""

    @abstractmethod
    def summarise(self, response):
        """What the response comes to, for verdicts and statistics: the ids of the options picked."""


__all__ = ["Grade", "Kind", "Unreadable"]
