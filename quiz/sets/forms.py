"""What an instructor posts about a set, read into plain values."""

from datetime import MAXYEAR, MINYEAR, UTC

from django import forms
from django.utils import timezone

from quiz.engine.kinds import KINDS
from quiz.tokens import TokenField, TokenForm
from studyapp.guide.models import Objective, Profile
from studyapp.moments import zone_named

from .models import LONGEST_FACTOR, Member, QuizSet

MOMENT = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A date with a time of day, in the time zone of whoever types it.

    `kept` is the moment that the page showed: its text, sent back as it was, stands for it to the
    second, also in the hour that comes twice.
    """

    kept = zone = None

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(required=False, input_formats=[MOMENT], widget=widget, **kwargs)

    def to_python(self, value):
        if self.kept and value == self.shown(self.kept):
            return self.kept
        zone = self.zone or timezone.get_current_timezone()
        try:
            with timezone.override(zone):
                found = super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            words = never_or_twice(error.params["datetime"], zone)
            raise forms.ValidationError(words, code=error.code) from None
        # At the ends of the calendar there is no such moment in another zone.
        if found and not MINYEAR < found.year < MAXYEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found and found.astimezone(UTC)

    def has_changed(self, initial, data):
        return (data or "") != self.shown(initial)

    def shown(self, moment):
        return f"{timezone.localtime(moment, self.zone):{MOMENT}}" if moment else ""


def never_or_twice(typed, zone):
    """Why a time that was typed is no moment, or two, in words: the clocks are changed that day."""
    before, after = (typed.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    time = f"{typed:%H:%M}"
    if before > after:
        return f"{time} comes twice that day, because the clocks go back. Choose another time."
    return f"There is no {time} that day, because the clocks go forward. Choose another time."


class WithMoments:
    """A form with dates: says in which time zone they are read, and keeps those that stay.

    Dates are read in the zone that the page named, also where another was chosen since.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone_name = self.data.get("zone") or timezone.get_current_timezone_name()
        zone = zone_named(self.zone_name)
        for name, field in self.fields.items():
            if isinstance(field, MomentField):
                field.kept, field.zone = self.initial.get(name), zone
                field.help_text = f"Time zone: {zone}. {field.help_text}"


class NewSetForm(forms.ModelForm):
    """The name of a new set, and whose facts it asks by."""

    token = TokenField()

    class Meta:
        model = QuizSet
        fields = ("title", "profile")
        labels = {"title": "Title", "profile": "By whose facts"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["profile"].queryset = Profile.objects.order_by("position")
        self.fields["profile"].empty_label = None
        self.fields["profile"].label_from_instance = lambda profile: profile.label


class RulesForm(WithMoments, forms.ModelForm):
    """How a class takes a set."""

    opens_at = MomentField(label="Opens", help_text="Empty: as soon as it is published.")
    closes_at = MomentField(label="Closes", help_text="Empty: it stays open.")

    class Meta:
        model = QuizSet
        fields = (
            "title",
            "intro",
            "feedback",
            "scoring",
            "opens_at",
            "closes_at",
            "minutes",
            "tries",
            "is_shuffled",
            "needs_account",
        )
        labels = {
            "title": "Title",
            "intro": "What learners read before they start",
            "feedback": "Feedback and right answers",
            "scoring": "Scoring",
            "minutes": "Time limit in minutes",
            "tries": "Tries",
            "is_shuffled": "Questions in an order by chance for each learner",
            "needs_account": "Only with an account",
        }
        help_texts = {
            "intro": "Markdown. Optional.",
            "minutes": "Empty: no limit. More time for one person is granted under People.",
            "tries": "Empty: as many as somebody likes.",
            "needs_account": "Otherwise a name is asked for, and a guest can take part.",
        }
        widgets = {"intro": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Tries under way end with the set, so its closing is moved on the board, and noted there.
        if self.instance.was_published:
            del self.fields["opens_at"], self.fields["closes_at"]

    def clean(self):
        cleaned = super().clean()
        if "closes_at" in self.fields:
            self.check_window(cleaned)
        elif cleaned.get("feedback") == QuizSet.Feedback.WINDOW and not self.instance.closes_at:
            self.add_error("feedback", "The set never closes. Say when on the board first.")
        for name in ("minutes", "tries"):
            if cleaned.get(name) == 0:
                self.add_error(name, "At least 1; leave it empty for no limit.")
        return cleaned

    def check_window(self, cleaned):
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "It has to close after it opens.")
        if cleaned.get("feedback") == QuizSet.Feedback.WINDOW and not closes:
            self.add_error(
                "closes_at", "Feedback comes when the set has closed: say when it closes."
            )


class RuleForm(forms.Form):
    """A rule that draws questions for each learner anew."""

    count = forms.IntegerField(label="How many", min_value=1, max_value=100)
    objective = forms.ModelChoiceField(
        Objective.objects.order_by("position"), required=False, empty_label="Any objective"
    )
    difficulty = forms.TypedChoiceField(
        choices=[("", "Any difficulty"), (1, "1, easiest"), (2, "2"), (3, "3, hardest")],
        coerce=int,
        empty_value=None,
        required=False,
    )
    kind = forms.ChoiceField(
        choices=[("", "Any kind"), *((kind.slug, kind.label) for kind in KINDS)], required=False
    )

    def __init__(self, *args, **kwargs):
        # It stands beside the form that searches, whose fields have the same names.
        super().__init__(*args, auto_id="rule-%s", **kwargs)
        self.fields["objective"].label_from_instance = lambda objective: objective.text


class PickerForm(forms.Form):
    """Which questions of the bank are listed to pick from; every field may be empty."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    objective = forms.ModelChoiceField(
        Objective.objects.order_by("position"),
        required=False,
        empty_label="Any",
        to_field_name="slug",
    )
    kind = forms.ChoiceField(
        choices=[("", "Any"), *((kind.slug, kind.label) for kind in KINDS)], required=False
    )
    difficulty = forms.ChoiceField(
        choices=[("", "Any"), ("1", "1, easiest"), ("2", "2"), ("3", "3, hardest")], required=False
    )
    whose = forms.ChoiceField(
        label="From", choices=[("", "The bank and your own"), ("own", "Your own")], required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["objective"].label_from_instance = lambda objective: objective.text

    def narrow(self, versions, user):
        """Those of the versions that fit; what cannot be read narrows nothing."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("q"):
            versions = versions.filter(stem__icontains=wanted["q"])
        if wanted.get("objective"):
            versions = versions.filter(question__objective=wanted["objective"])
        if wanted.get("kind"):
            versions = versions.filter(kind=wanted["kind"])
        if wanted.get("difficulty"):
            versions = versions.filter(question__difficulty=wanted["difficulty"])
        if wanted.get("whose") == "own":
            versions = versions.filter(question__author=user)
        return versions


class GrantForm(forms.ModelForm):
    """More time or more tries for one person."""

    class Meta:
        model = Member
        fields = ("time_factor", "is_untimed", "extra_tries")
        labels = {
            "time_factor": "Times the time limit",
            "is_untimed": "No time limit",
            "extra_tries": "More tries",
        }
        error_messages = {
            "time_factor": {"invalid": f"A number from 1 to {LONGEST_FACTOR}."},
        }

    def clean_time_factor(self):
        factor = self.cleaned_data["time_factor"]
        if not 1 <= factor <= LONGEST_FACTOR:
            raise forms.ValidationError(f"A number from 1 to {LONGEST_FACTOR}.")
        return factor

    def clean_extra_tries(self):
        tries = self.cleaned_data["extra_tries"]
        if tries > 100:
            raise forms.ValidationError("At most 100 more tries.")
        return tries


class CodeForm(forms.Form):
    """The code to join as somebody types it: spaces, dashes and small letters do not matter."""

    code = forms.CharField(
        label="Code", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_code(self):
        return "".join(sign for sign in self.cleaned_data["code"] if sign.isalnum()).upper()


class JoinForm(TokenForm):
    """The name of a guest, as the instructor sees it."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="Your instructor sees it beside your answers.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args, asks_name, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_name:
            del self.fields["name"]
