"""The wizard's one form: a field for every trait, each of which may be left open."""

from django import forms

from studyapp.decision import Refused, Workload
from studyapp.decision.amount import units_beside

NOT_SURE = ("", "not sure")


class WorkloadForm(forms.Form):
    """Reads a workload from the query string; `workload` holds it once the form is valid."""

    def __init__(self, data, *, profile, rows):
        super().__init__(data)
        self.profile = profile
        self.groups = {}
        for row in rows:
            if row["slug"] in profile.traits:
                self.fields[row["slug"]] = make_field(row)
                self.groups.setdefault(row["group"], []).append(row["slug"])

    def fieldsets(self):
        """The groups with their bound fields, in the order of the traits."""
        return [(title, [self[key] for key in keys]) for title, keys in self.groups.items()]

    def clean(self):
        """Read every trait by itself, so that each wrong one is named at its own field."""
        given = {}
        for key, value in list(self.cleaned_data.items()):
            if not value:
                continue
            try:
                self.profile.traits[key].read(value)
                given[key] = value
            except Refused as error:
                self.add_error(key, error.words[0].upper() + error.words[1:])
        for key in set(self.data) - set(self.fields) - {"profile"}:
            self.add_error(None, f"{key[:40]!r} is no trait that can be weighed.")
        repeated = [key for key in self.fields if len(self.data.getlist(key)) > 1]
        for key in repeated:
            self.add_error(key, "It is given more than once; give it once.")
        if not self.errors:
            try:
                self.workload = Workload.read(given, self.profile.traits)
            except Refused as error:
                self.add_error(error.trait, error.words[0].upper() + error.words[1:])


def make_field(row):
    """A text field for numbers, so that "50 MB" can be typed; a list of choices for the rest."""
    shared = {"label": row["question"], "required": False}
    if row["kind"] in ("flag", "choice"):
        choices = row["choices"] or [("yes", "yes"), ("no", "no")]
        # A value that is no choice is refused by the trait, in words that name what is accepted.
        return AnyChoice(choices=[NOT_SURE, *choices], **shared)
    attrs = {"inputmode": "decimal", "autocomplete": "off", "placeholder": "not sure"}
    return forms.CharField(
        max_length=200,
        widget=forms.TextInput(attrs=attrs),
        help_text=f"{row['hint']} {unit_hint(row['unit'])}".strip(),
        **shared,
    )


def unit_hint(unit):
    """Which unit a bare number is in, and which others may be written."""
    others = [other for other in units_beside(unit) if other != unit]
    return f"In {unit}, unless you write {' or '.join(others)}." if unit else ""


class AnyChoice(forms.ChoiceField):
    """A choice whose wrong values are judged by the trait, which names the accepted ones."""

    def validate(self, value):
        return None
