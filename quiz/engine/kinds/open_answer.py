"""Open: a free answer, held by its author against a model answer and a checklist."""

from fractions import Fraction

from .base import DraftOption, Grade, Kind, Unreadable, Verdict, Wrong, one

FEWEST = 2
LONGEST = 5000

REACHED = Verdict("reached", "In my answer", True, True)
NOT_REACHED = Verdict("not-reached", "Not in my answer", False, False)


class Open(Kind):
    slug = "open"
    label = "Open question"
    legend = "Answer in your own words"
    wanted = {"model_answer", "checklist"}
    explains_each = False
    sorts_review = True
    is_self_graded = True
    own_words = ("text",)
    counted = dict.fromkeys(
        ("exam", "practice"),
        "You grade this yourself by a checklist, so it never counts in a score.",
    )

    def parts(self, row, hand):
        if not isinstance(row["checklist"], list):
            raise Wrong("checklist must be a list of points")
        return {
            "model_answer": hand.text(row["model_answer"], "model_answer"),
            "options": tuple(
                DraftOption(f"point-{number}", hand.text(text, f"checklist, point {number}"))
                for number, text in enumerate(row["checklist"], start=1)
            ),
        }

    def problems(self, draft):
        found = [] if draft.model_answer.strip() else ["the model answer is missing"]
        if len(draft.options) < FEWEST:
            found.append(f"the checklist must have at least {FEWEST} points")
        return found

    def asked(self, options):
        return []

    def read(self, post, key):
        text = one(post, "text").replace("\r\n", "\n")
        if not text:
            raise Unreadable("Nothing is written yet. Write your answer.")
        if len(text) > LONGEST:
            raise Unreadable(f"That is too long: {len(text)} characters. Keep it below {LONGEST}.")
        if any(sign < " " and sign not in "\n\t" for sign in text):
            raise Unreadable("The text holds signs that cannot be kept. Remove them.")
        return {"text": text}

    def tick(self, response, post, key):
        """The response with the points of the checklist that its author ticked."""
        known = {str(option.id): option.id for option in key.options}
        ticked = post.get("point", [])
        if len(set(ticked)) != len(ticked) or not set(ticked) <= set(known):
            raise Unreadable("That is no point of this checklist. Tick among them, then keep it.")
        return response | {"ticked": sorted(known[each] for each in ticked)}

    def fields(self, response, key):
        return {"text": [response["text"] if response else ""]}

    def correct_response(self, key):
        return {"text": "All of it.", "ticked": sorted(option.id for option in key.options)}

    def grade(self, response, key, rule):
        if response is None:
            return Grade(Fraction(0))
        if "ticked" not in response:
            return None
        return Grade(Fraction(len(response["ticked"]), len(key.options)))

    def verdicts(self, response, key):
        ticked = self.summarise(response)
        return {o.id: REACHED if o.id in ticked else NOT_REACHED for o in key.options}

    def summarise(self, response):
        return tuple((response or {}).get("ticked", ()))

    def in_words(self, response, key):
        return response["text"] if response else ""
