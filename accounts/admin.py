"""People in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.html import format_html

from accounts.models import User


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Users, with the name and colour they are shown by."""

    list_display = ["username", "shown_as", "email", "is_staff", "is_active"]
    search_fields = [*UserAdmin.search_fields, "name", "key"]
    readonly_fields = ["key", "last_login", "date_joined"]
    fieldsets = [
        *UserAdmin.fieldsets,
        ("Shown as", {"fields": ["name", "colour", "key"]}),
    ]

    @admin.display(description="shown as", ordering="name")
    def shown_as(self, user):
        dot = '<svg width="10" height="10"><circle cx="5" cy="5" r="5" fill="{}"/></svg> {}'
        return format_html(dot, user.colour, user)
