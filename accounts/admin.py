"""People, bylines and waiting mail, for the publisher."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import mail, people, staff
from accounts.models import Letter, Person, Profile, ProfileLink, Role, StaffEventKind


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """Who there is. A new person gets no password: they sign in by a code sent to them.

    Roles and closed logins are changed on the page of the staff, which logs and tells it.
    """

    list_display = ("email", "name", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("email", "name")
    fields = ("email", "name", "role", "is_active")
    actions = ("take_away_second_step",)

    @admin.action(description=_("Take away the second step and passkeys (a lost phone)"))
    def take_away_second_step(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        if isinstance(request.user, Person):
            for person in queryset:
                people.take_away_second_step(person, by=request.user)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Person | None = None
    ) -> tuple[str, ...]:
        return ("role", "is_active") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """A publisher gets another role before their login is deleted: somebody owns the site."""
        is_owner = obj is not None and obj.role == Role.PUBLISHER
        return super().has_delete_permission(request, obj) and not is_owner

    def save_model(
        self, request: HttpRequest, obj: Person, form: ModelForm[Person], change: bool
    ) -> None:
        obj.email = obj.email.lower()
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change and isinstance(request.user, Person):
            staff.record(StaffEventKind.JOINED, by=request.user, person=obj, to_role=obj.role)
        if "email" in form.changed_data and isinstance(request.user, Person):
            people.vouch_for(obj, by=request.user)


class ProfileLinkInline(admin.TabularInline[ProfileLink, Profile]):
    model = ProfileLink
    extra = 1


@admin.register(Profile)
class ProfileAdmin(admin.ModelAdmin[Profile]):
    list_display = ("name", "credentials", "person")
    search_fields = ("name",)
    inlines = (ProfileLinkInline,)
    autocomplete_fields = ("person",)


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin[Letter]):
    """What waits or could not be delivered; the text stays between us and the reader of it."""

    list_display = fields = readonly_fields = (
        *("to", "subject", "written_at", "attempts", "next_attempt_at"),
        *("handed_over_at", "failure"),
    )
    actions = ("try_again",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Try to deliver the chosen letters again"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Letter]) -> None:
        for letter in queryset:
            mail.try_again(letter)
