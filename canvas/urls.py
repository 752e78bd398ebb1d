"""The addresses of the drawing app."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from canvas.views import (
    checkpoints,
    history,
    images,
    moderation,
    pages,
    pictures,
    sharing,
)


class KeyConverter(StringConverter):
    """What may be a drawing's key; PostgreSQL fails when asked for some of what may not."""

    regex = "[0-9A-Za-z]+"


register_converter(KeyConverter, "key")

urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("gallery/", pages.Gallery.as_view(), name="gallery"),
    path("new/", pages.start, name="start"),
    path("d/import/", history.import_drawing, name="import"),
    path("d/<key:key>/", pages.drawing, name="drawing"),
    path("d/<key:key>/finish/", pages.finish, name="finish"),
    path("d/<key:key>/reopen/", pages.reopen, name="reopen"),
    path("d/<key:key>/share/", pages.share, name="share"),
    path("d/<key:key>/picture.png", pictures.picture, name="picture"),
    path("d/<key:key>/picture/again/", pictures.again, name="picture_again"),
    path("d/<key:key>/thumbnail.webp", pictures.thumbnail, name="thumbnail"),
    path("d/<key:key>/pictures/", pictures.ask, name="pictures"),
    path("d/<key:key>/pictures/<int:number>", pictures.state, name="picture_state"),
    path("d/<key:key>/pictures/<int:number>/file", pictures.file, name="picture_file"),
    path("d/<key:key>/images/", images.send, name="images"),
    path("d/<key:key>/images/<int:number>", images.upload, name="upload"),
    path("d/<key:key>/images/<slug:name>.webp", images.image, name="image"),
    path("d/<key:key>/embed/", sharing.embed, name="embed"),
    path("oembed/", sharing.oembed, name="oembed"),
    path("d/<key:key>/log/<int:chunk>", history.log_chunk, name="log_chunk"),
    path("d/<key:key>/at/<int:seq>/", checkpoints.checkpoint, name="checkpoint"),
    path(
        "d/<key:key>/at/<int:seq>/<int:number>.webp",
        checkpoints.layer,
        name="checkpoint_layer",
    ),
    path("d/<key:key>/log/tail", history.log_tail, name="log_tail"),
    path("d/<key:key>/replay/", history.replay, name="replay"),
    path("d/<key:key>/fork/", history.fork, name="fork"),
    path("d/<key:key>/moderation/", moderation.moderation, name="moderation"),
    path("d/<key:key>/drawing.drawnby", history.drawing_file, name="drawing_file"),
    path("health/", pages.health, name="health"),
]
