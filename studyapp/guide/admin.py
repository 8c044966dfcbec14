"""The guide's content for staff: each save publishes a new edition; facts are only read here."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect

from .actions import publish_edition
from .files import ContentError
from .models import (
    BoxRow,
    Checkpoint,
    Claim,
    Edition,
    Fact,
    Figure,
    MuddyPoint,
    Objective,
    OutlineItem,
    Pair,
    Profile,
    Section,
    Source,
    Step,
    Subject,
    Term,
    Trait,
    WorkedExample,
)
from .prose import unknown_references


class ContentForm(forms.ModelForm):
    """Refuses text that names a fact or figure which there is not."""

    def clean(self):
        cleaned = super().clean()
        known = {
            "fact": set(Fact.objects.current().values_list("slug", flat=True)),
            "figure": set(Figure.objects.values_list("slug", flat=True)),
        }
        for name, value in list(cleaned.items()):
            unknown = unknown_references(value, known) if isinstance(value, str) else ()
            if unknown:
                self.add_error(name, ValidationError(f"There is no {' and no '.join(unknown)}."))
        return cleaned


class ContentAdmin(admin.ModelAdmin):
    """Publishes what was changed; what the engine cannot read is refused and rolled back."""

    form = ContentForm
    list_display = ("slug", "position", "from_files")
    search_fields = ("slug",)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        republish()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        republish()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        republish()

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ContentError as error:
            self.message_user(request, f"Nothing was saved: {error}", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


def republish():
    """A new edition of the same files: the next load of unchanged files still does nothing."""
    digest = Edition.objects.values_list("files_digest", flat=True).first()
    publish_edition(files_digest=digest or "")


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin):
    """Revisions are appended by load_content alone."""

    list_display = ("slug", "revision", "is_current", "profile", "subject", "trait", "relation")
    list_filter = ("is_current", "profile", "subject", "trait")
    search_fields = ("slug",)


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("number", "loaded_at")
    exclude = ("document",)


@admin.register(Claim)
class ClaimAdmin(ContentAdmin):
    list_display = ("number", "title", "verdict", "group", "from_files")
    list_filter = ("verdict", "group")
    search_fields = ("slug", "title")


@admin.register(Figure)
class FigureAdmin(ContentAdmin):
    list_display = ("slug", "text", "group", "confidence", "from_files")
    list_filter = ("group", "confidence")
    search_fields = ("slug", "label")


@admin.register(Term)
class TermAdmin(ContentAdmin):
    list_display = ("name", "slug", "in_guide", "from_files")
    search_fields = ("slug", "name")


admin.site.register(
    (
        BoxRow,
        Checkpoint,
        MuddyPoint,
        Objective,
        OutlineItem,
        Pair,
        Profile,
        Section,
        Source,
        Step,
        Subject,
        Trait,
        WorkedExample,
    ),
    ContentAdmin,
)
