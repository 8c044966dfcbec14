"""True or false: a statement holds or it does not."""

from .base import DraftOption, Wrong
from .single_choice import SingleChoice


class TrueFalse(SingleChoice):
    slug = "true-false"
    label = "True or false"
    legend = "Is this true or false?"
    wanted = {"answer", "feedback"}
    explains_each = False
    has_rivals = False

    def parts(self, row, hand):
        answer = row["answer"]
        if not isinstance(answer, bool):
            raise Wrong(f"the answer must be true or false, not {answer!r}")
        return {
            "options": tuple(
                DraftOption(key=text.lower(), text=text, is_correct=right, stays_last=True)
                for text, right in (("True", answer), ("False", not answer))
            ),
            **hand.feedback(row),
        }

    def problems(self, draft):
        if sorted(option.key for option in draft.options) != ["false", "true"]:
            return ["the options must be true and false"]
        return super().problems(draft)
