from django.contrib import admin, messages
from django.utils import timezone

from .actions import let_teach, stop_teaching
from .models import Learner, User


class AsksToTeach(admin.SimpleListFilter):
    title = "teaching"
    parameter_name = "teaching"

    def lookups(self, request, model_admin):
        return [("asks", "Asks to teach"), ("teaches", "Teaches")]

    def queryset(self, request, queryset):
        if self.value() == "asks":
            return queryset.asking_to_teach()
        if self.value() == "teaches":
            return queryset.exclude(teaches_since=None)
        return queryset


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts are made by signing up and erased by their owners; staff says who may teach."""

    list_display = (
        "email",
        "name",
        "asked_to_teach_at",
        "teaches_since",
        "is_staff",
        "is_active",
        "date_joined",
    )
    list_filter = (AsksToTeach, "is_staff", "is_active")
    search_fields = ("email", "name")
    fields = (
        "email",
        "name",
        "asked_to_teach_at",
        "teaches_since",
        "is_active",
        "is_staff",
        "is_superuser",
        "groups",
    )
    # An address is changed by whoever can prove it; teaching by the two actions.
    readonly_fields = ("email", "asked_to_teach_at", "teaches_since")
    actions = ("let_teach", "stop_teaching")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        """Who is staff is for superusers to say: nobody makes themselves one."""
        powers = () if request.user.is_superuser else ("is_staff", "is_superuser", "groups")
        return self.readonly_fields + powers

    def has_change_permission(self, request, obj=None):
        """A superuser is changed by superusers alone: others see the account, and leave it as it is."""
        may = super().has_change_permission(request, obj)
        return may and (request.user.is_superuser or obj is None or not obj.is_superuser)

    def changeable(self, request, queryset):
        """Those of the picked people whom somebody may change."""
        return queryset if request.user.is_superuser else queryset.filter(is_superuser=False)

    @admin.action(description="Let teach", permissions=["change"])
    def let_teach(self, request, queryset):
        done = let_teach(users=self.changeable(request, queryset), now=timezone.now())
        messages.success(request, f"{done} made instructor{'' if done == 1 else 's'}.")

    @admin.action(description="Stop teaching", permissions=["change"])
    def stop_teaching(self, request, queryset):
        done = stop_teaching(users=self.changeable(request, queryset))
        messages.success(request, f"{done} no longer instructor{'' if done == 1 else 's'}.")


@admin.register(Learner)
class LearnerAdmin(admin.ModelAdmin):
    list_display = ("__str__", "created_at", "erased_at")
    # A guest's key opens the guest's work: it is shown to nobody.
    fields = readonly_fields = ("user", "created_at", "erased_at")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
