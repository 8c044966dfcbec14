"""The form in which a question is written: read into the written form of the bank's files, and back."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify

from quiz.engine.kinds import BY_SLUG, KINDS
from quiz.tokens import TokenForm
from studyapp.decision import Refused, Workload
from studyapp.wizard.forms import make_field

from .hand import read_decimal
from .models import Question
from .written import SCENARIO, sort_of

SORTS = [
    (SCENARIO, "Scenario: the engine proves the answer and writes the feedback"),
    *((kind.slug, kind.label) for kind in KINDS),
]
LEVELS = [(1, "1, easiest"), (2, "2"), (3, "3, hardest")]
LONG, SHORT = 10_000, 600
MOST_ROWS = 20
TRAIT = "trait-"


def long_text(label, hint="", rows=4):
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONG, widget=widget
    )


def short_text(label, hint="", most=SHORT):
    return forms.CharField(label=label, help_text=hint, required=False, max_length=most)


class NewQuestionForm(TokenForm):
    """What a question has to have before it can be written."""

    title = forms.CharField(
        label="Name",
        max_length=70,
        help_text="For your own lists: learners never see it. A few words.",
    )
    sort = forms.ChoiceField(label="Kind", choices=SORTS)
    profile = forms.ChoiceField(label="By whose facts")

    def __init__(self, *args, held, **kwargs):
        super().__init__(*args, **kwargs)
        profiles = held.profiles.values()
        self.fields["profile"].choices = [(each.slug, each.label) for each in profiles]

    def clean_title(self):
        slug = slugify(self.cleaned_data["title"])
        if not slug:
            raise forms.ValidationError("It needs at least one letter or digit of a to z, 0 to 9.")
        return slug


class SearchForm(forms.Form):
    """Which questions are listed; every field may be empty."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    kind = forms.ChoiceField(
        choices=[("", "Any"), *((kind.slug, kind.label) for kind in KINDS)], required=False
    )
    status = forms.ChoiceField(
        label="State",
        choices=[
            ("", "Any"),
            ("draft", "Draft"),
            ("own", "Published in your sets"),
            ("published", "Shared with everybody"),
            ("retired", "Retired"),
        ],
        required=False,
    )

    def wanted(self):
        """What is searched for; what cannot be read searches for nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class OptionForm(forms.Form):
    """One part of a question: an option, an item with its place, or a prompt with its match."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    text = short_text("Text")
    correct = forms.BooleanField(label="This is right", required=False)
    rank = short_text("Place", "1 comes first. Empty: it does not belong in the order.", most=40)
    match = short_text("Goes with")
    misconception = short_text("Misconception", "What somebody believes who takes this for right.")
    picked = long_text("Feedback if picked", rows=2)
    left = long_text("Feedback if left", rows=2)
    stays_last = forms.BooleanField(label="Not moved when options are shuffled", required=False)

    def __init__(self, *args, sort, **kwargs):
        super().__init__(*args, **kwargs)
        kind = BY_SLUG[sort]
        for name in ("correct", "rank", "match", "stays_last"):
            if name not in kind.option_keys:
                del self.fields[name]
        if not kind.says_by_pick:
            self.fields["picked"].label = "Feedback if it is in its place"
            self.fields["left"].label = "Feedback if it is not"

    def option(self):
        """The option in the written form, as it was typed."""
        given = dict(self.cleaned_data)
        feedback = {name: given.pop(name, "") for name in ("picked", "left")}
        option = {name: value for name, value in given.items() if value or name == "text"}
        if "rank" in self.fields:
            option["rank"] = rank_of(given.get("rank", ""))
            if isinstance(option["rank"], str):
                self.add_error("rank", "A place is a whole number from 1.")
        return option | {"feedback": feedback}


def rank_of(text):
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and int(text) else text


OptionFormSet = forms.formset_factory(
    OptionForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


class QuestionForm(forms.Form):
    """Everything of a question but its options; nothing is required, so that all can be kept."""

    stem = long_text("Question", "Markdown. Everything that is needed to answer.", rows=6)
    objective = forms.ChoiceField(required=False)
    difficulty = forms.TypedChoiceField(choices=LEVELS, coerce=int, required=False, empty_value=1)
    profile = forms.ChoiceField(label="By whose facts")
    tags = short_text("Tags", "With commas between them.")
    claim = forms.ChoiceField(label="Claim that it rests on", required=False)
    facts = forms.MultipleChoiceField(
        label="Facts that it rests on",
        help_text="Those that a text refers to count by themselves.",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )

    def __init__(self, *args, sort, shelf, **kwargs):
        super().__init__(*args, **kwargs)
        self.sort, self.shelf = sort, shelf
        known, shown = shelf.knowledge, shelf.knowledge.facts
        choices = {
            "objective": [("", "Choose"), *((s, row.text) for s, row in shelf.objectives.items())],
            "profile": [(each.slug, each.label) for each in known.profiles.values()],
            "claim": [("", "None"), *((s, row["title"]) for s, row in shelf.claims.items())],
            "facts": [
                (s, f"{s}: {shown.get(s) or row.relation}") for s, row in shelf.facts.items()
            ],
        }
        for name, each in choices.items():
            self.fields[name].choices = each
        self.fields |= fields_of(sort, shelf)

    def traits(self):
        """The fields of the workload, in the groups of the wizard."""
        groups = {}
        for row in self.shelf.knowledge.document["traits"]:
            if TRAIT + row["slug"] in self.fields:
                groups.setdefault(row["group"], []).append(self[TRAIT + row["slug"]])
        return list(groups.items())

    def answering(self):
        """The fields that hold the answer of a kind without options."""
        names = fields_of(self.sort, self.shelf) if self.sort != SCENARIO else ()
        return [self[name] for name in names]

    def written(self):
        """The written form without options, as it was typed; marks at its field what is nonsense."""
        given = self.cleaned_data
        row = {name: given[name] for name in ("stem", "objective", "difficulty", "profile")}
        row |= {"claim": given["claim"], "facts": sorted(given["facts"])}
        row["tags"] = [each.strip() for each in given["tags"].split(",") if each.strip()]
        if self.sort == SCENARIO:
            return row | {"kind": "single-choice", "workload": self.workload()}
        row["kind"] = self.sort
        if "right" in given:
            row["feedback"] = {"right": given["right"], "wrong": given["wrong"]}
        if self.sort == "number":
            row["answer"], row["tolerance"] = self.amount(), self.data.get("tolerance", "").strip()
        elif "answer" in given:
            row["answer"] = {"true": True, "false": False}.get(given["answer"])
        for name in ("spare", "checklist"):
            if name in given:
                row[name] = [line.strip() for line in given[name].splitlines() if line.strip()]
        if "model_answer" in given:
            row["model_answer"] = given["model_answer"]
        return row

    def workload(self):
        given = {
            name.removeprefix(TRAIT): value.strip()
            for name, value in self.cleaned_data.items()
            if name.startswith(TRAIT) and value.strip()
        }
        traits = self.shelf.knowledge.profiles[self.cleaned_data["profile"]].traits
        for key, value in given.items():
            try:
                Workload.read({key: value}, traits)
            except Refused as error:
                self.add_error(TRAIT + key, sentence(error.words))
        if self.is_valid():
            try:
                Workload.read(given, traits)
            except Refused as error:
                self.add_error(TRAIT + error.trait, sentence(error.words))
        return given

    def amount(self):
        given = self.cleaned_data
        for name in ("amount", "tolerance"):
            if given[name]:
                try:
                    read_decimal(given[name], name)
                except ValueError:
                    self.add_error(name, "A number from 0, with a point before decimals.")
        if given["fact"]:
            return {"fact": given["fact"]}
        # add_error took what is nonsense out of cleaned_data; it is kept as it was typed.
        return {"amount": self.data.get("amount", "").strip(), "unit": given["unit"]} | (
            {"figure": given["figure"]} if given["figure"] else {}
        )


def sentence(words):
    return words[0].upper() + words[1:]


def fields_of(sort, shelf):
    """The fields that only this kind has, by name."""
    if sort == SCENARIO:
        rows, traits = shelf.knowledge.document["traits"], known_traits(shelf)
        return {TRAIT + row["slug"]: make_field(row) for row in rows if row["slug"] in traits}
    kind, fields = BY_SLUG[sort], {}
    if sort == "number":
        fields |= amount_fields(shelf)
    elif "answer" in kind.wanted:
        choices = [("true", "True"), ("false", "False")]
        fields["answer"] = forms.ChoiceField(
            label="The statement is", choices=choices, required=False, widget=forms.RadioSelect
        )
    if "model_answer" in kind.wanted:
        fields["model_answer"] = long_text("Model answer", "Markdown.", rows=6)
        fields["checklist"] = long_text("Checklist", "One point on each line.")
    if "spare" in kind.wanted:
        fields["spare"] = long_text("Matches to spare", "One on each line; at least one.", rows=2)
    if "feedback" in kind.wanted:
        fields["right"] = long_text("Feedback if right", rows=3)
        fields["wrong"] = long_text("Feedback if wrong", rows=3)
    return fields


def known_traits(shelf):
    return {key for each in shelf.knowledge.profiles.values() for key in each.traits}


def amount_fields(shelf):
    shown = shelf.knowledge.facts
    facts = [
        (slug, f"{slug}: {shown.get(slug)}")
        for slug, row in shelf.facts.items()
        if isinstance(row.value, int | float) and not isinstance(row.value, bool)
    ]
    figures = [
        (s, f"{s}: {row.text}") for s, row in shelf.figures.items() if row.amount is not None
    ]
    return {
        "fact": forms.ChoiceField(
            label="The amount is that of a fact",
            choices=[("", "No: it is given below"), *facts],
            required=False,
        ),
        "amount": short_text("Amount", most=60),
        "unit": short_text("Unit", "Empty: a plain count.", most=10),
        "tolerance": short_text(
            "Tolerance", "How far an answer may be off. Empty: not at all.", 60
        ),
        "figure": forms.ChoiceField(
            label="A figure of the guide that shows it",
            choices=[("", "None"), *figures],
            required=False,
        ),
    }


class Editor:
    """The form with its rows of options; bound either to a written form or to what was posted."""

    def __init__(self, sort, shelf, data):
        self.sort = sort
        self.form = QuestionForm(data, sort=sort, shelf=shelf)
        self.rows = None
        if sort != SCENARIO and "options" in BY_SLUG[sort].wanted:
            self.rows = OptionFormSet(data, prefix="option", form_kwargs={"sort": sort})

    @classmethod
    def of(cls, written, shelf):
        sort = sort_of(written)
        return cls(sort, shelf, posted(written, sort))

    def is_keepable(self):
        """Whether everything that was typed can be kept, be it right or not."""
        return self.form.is_valid() and (self.rows is None or self.rows.is_valid())

    def written(self):
        """What was typed in the written form; rows that are empty at the end are left out."""
        written = self.form.written()
        if self.rows is not None:
            written["options"] = [each.option() for each in self.rows]
        return written

    def errors(self):
        """Everything marked at a field, as (id of the field, label, words)."""
        rows = list(self.rows or ())
        for number, form in [(0, self.form), *enumerate(rows, start=1)]:
            for name, found in form.errors.items():
                field = form[name] if name in form.fields else None
                label = field.label if field else ""
                where = f"Option {number}, {label.lower()}" if number else label
                yield from ((field.id_for_label if field else "", where, each) for each in found)
        if self.rows is not None:
            yield from (("", "", each) for each in self.rows.non_form_errors())


def posted(written, sort):
    """A written form as the fields in which it would be posted."""
    data = MultiValueDict()

    def put(name, value):
        if value is not None:
            data[name] = str(value)

    for name in ("stem", "objective", "difficulty", "profile", "claim", "model_answer"):
        put(name, written.get(name))
    put("tags", ", ".join(written.get("tags") or ()))
    data.setlist("facts", list(written.get("facts") or ()))
    for key, value in (written.get("workload") or {}).items():
        words = {True: "yes", False: "no"}
        put(TRAIT + key, words[value] if isinstance(value, bool) else value)
    answer = written.get("answer")
    if isinstance(answer, dict):
        for name, value in answer.items():
            put(name, value)
    elif isinstance(answer, bool):
        put("answer", str(answer).lower())
    put("tolerance", written.get("tolerance"))
    for name, text in (written.get("feedback") or {}).items():
        put(name, text)
    for name in ("spare", "checklist"):
        put(name, "\n".join(written.get(name) or ()))
    options = written.get("options") or ()
    put("option-TOTAL_FORMS", len(options))
    put("option-INITIAL_FORMS", 0)
    for number, option in enumerate(options):
        for name, value in (option | (option.get("feedback") or {})).items():
            if name != "feedback" and value is not False:
                put(f"option-{number}-{name}", value)
    return data


def title_of(slug):
    return slug.replace("-", " ").capitalize()


def free_slug(slug):
    """This slug, or the first like it that no question has."""
    slug = slug[:70].strip("-")
    taken = set(Question.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(each for each in numbered if each not in taken)
