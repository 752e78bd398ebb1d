"""The admin gallery."""

from django.contrib import admin, messages
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html

from canvas import tasks
from canvas.history import jobs
from canvas.models import Author, Drawing, Picture, Worker


class Careful(admin.ModelAdmin):
    """Rows that others write to while somebody looks at them here."""

    def save_model(self, request, obj, form, change):
        """Save what was changed here, and nothing else."""
        obj.save(update_fields=form.changed_data)


@admin.register(Drawing)
class DrawingAdmin(Careful):
    """Drawings with their pictures."""

    list_display = [
        "small",
        "__str__",
        "owner",
        "drawn_by",
        "visibility",
        "head",
        "drawn_at",
        "finished_at",
        "log",
        "live",
        "look_after",
    ]
    list_display_links = ["small", "__str__"]
    list_filter = [
        "visibility",
        "is_hidden",
        ("finished_at", admin.EmptyFieldListFilter),
        "created_at",
    ]
    search_fields = ["title", "key", "owner__name", "contributors__name"]
    date_hierarchy = "created_at"
    list_per_page = 24
    list_select_related = ["owner"]
    readonly_fields = [
        "large",
        "key",
        "owner",
        "drawn_by",
        "head",
        "picture_seq",
        "created_at",
        "drawn_at",
        "finished_at",
        "log",
        "is_hidden",
        "live",
        "look_after",
    ]
    fields = ["large", "title", "visibility", "live", "look_after"]
    fields += readonly_fields[1:-2]
    actions = ["render_again", "verify_log"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("contributors")

    def has_add_permission(self, request):
        return False

    @admin.display(description="picture")
    def small(self, drawing):
        return shown(drawing, "thumbnail", 160)

    @admin.display(description="picture")
    def large(self, drawing):
        return shown(drawing, "picture", 720)

    @admin.display(description="drawn by")
    def drawn_by(self, drawing):
        return ", ".join(author.name for author in drawing.contributors.all()) or "–"

    @admin.display(description="log")
    def log(self, drawing):
        if drawing.checked_seq is None:
            return "–"
        return drawing.fault or f"whole up to op {drawing.checked_seq}"

    @admin.display(description="drawing")
    def live(self, drawing):
        word = "Look" if drawing.is_finished else "Go there"
        return format_html('<a href="{}">{}</a>', drawing.get_absolute_url(), word)

    @admin.display(description="moderation")
    def look_after(self, drawing):
        address = reverse("moderation", args=[drawing.key])
        return format_html('<a href="{}">Take out, bring back</a>', address)

    @admin.action(description="Render the picture again")
    def render_again(self, request, queryset):
        for drawing in queryset:
            tasks.ask_preview_again(drawing.pk)
        many = f"{queryset.count()} pictures are being rendered again."
        self.message_user(request, many, messages.SUCCESS)

    @admin.action(description="Verify the log")
    def verify_log(self, request, queryset):
        for drawing in queryset:
            jobs.verify_log.enqueue(drawing.pk)
        many = f"{queryset.count()} logs are being verified."
        self.message_user(request, many, messages.SUCCESS)


def shown(drawing, name, width):
    """Return a drawing's picture as HTML, or a dash until it has one."""
    if not drawing.thumbnail:
        return "–"
    address = reverse(name, args=[drawing.key])
    picture = '<img src="{}?{}" width="{}" alt="Picture of {}">'
    return format_html(picture, address, drawing.picture_seq, width, drawing)


class Watched(admin.ModelAdmin):
    """Rows that nobody writes by hand."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class CodeFilter(admin.AllValuesFieldListFilter):
    """The codes there are; having none is no code, and a link to that would have no words."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.lookup_choices = self.lookup_choices.exclude(code="")


@admin.register(Picture)
class PictureAdmin(Watched):
    """What is made of drawings, and what could not be, and why."""

    list_display = [
        "drawing",
        "seq",
        "kind",
        "size",
        "state",
        "progress",
        "tries",
        "code",
        "asked_at",
        "settled_at",
    ]
    list_filter = ["state", "kind", ("code", CodeFilter)]
    list_select_related = ["drawing"]
    search_fields = ["drawing__title", "drawing__key"]
    ordering = ["-asked_at"]


@admin.register(Worker)
class WorkerAdmin(Watched):
    """The workers that live."""

    list_display = ["name", "host", "pid", "seen_at"]


@admin.register(Author)
class AuthorAdmin(Careful):
    """Those who draw."""

    list_display = ["name", "key", "user", "ops_count"]
    search_fields = ["name", "key", "user__username"]
    readonly_fields = ["key", "user"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(ops_count=Count("ops"))

    def has_add_permission(self, request):
        return False

    @admin.display(description="ops", ordering="ops_count")
    def ops_count(self, author):
        return author.ops_count
