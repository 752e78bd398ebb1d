"""The addresses of the drawing app."""

from django.urls import path

from canvas.views import (
    checkpoints,
    history,
    images,
    moderation,
    pages,
    pictures,
    sharing,
)

urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("gallery/", pages.Gallery.as_view(), name="gallery"),
    path("new/", pages.start, name="start"),
    path("d/import/", history.import_drawing, name="import"),
    path("d/<str:key>/", pages.drawing, name="drawing"),
    path("d/<str:key>/finish/", pages.finish, name="finish"),
    path("d/<str:key>/reopen/", pages.reopen, name="reopen"),
    path("d/<str:key>/share/", pages.share, name="share"),
    path("d/<str:key>/picture.png", pictures.picture, name="picture"),
    path("d/<str:key>/picture/again/", pictures.again, name="picture_again"),
    path("d/<str:key>/thumbnail.webp", pictures.thumbnail, name="thumbnail"),
    path("d/<str:key>/pictures/", pictures.ask, name="pictures"),
    path("d/<str:key>/pictures/<int:number>", pictures.state, name="picture_state"),
    path("d/<str:key>/pictures/<int:number>/file", pictures.file, name="picture_file"),
    path("d/<str:key>/images/", images.send, name="images"),
    path("d/<str:key>/images/<int:number>", images.upload, name="upload"),
    path("d/<str:key>/images/<str:name>.webp", images.image, name="image"),
    path("d/<str:key>/embed/", sharing.embed, name="embed"),
    path("oembed/", sharing.oembed, name="oembed"),
    path("d/<str:key>/log/<int:chunk>", history.log_chunk, name="log_chunk"),
    path("d/<str:key>/at/<int:seq>/", checkpoints.checkpoint, name="checkpoint"),
    path(
        "d/<str:key>/at/<int:seq>/<int:number>.webp",
        checkpoints.layer,
        name="checkpoint_layer",
    ),
    path("d/<str:key>/log/tail", history.log_tail, name="log_tail"),
    path("d/<str:key>/replay/", history.replay, name="replay"),
    path("d/<str:key>/fork/", history.fork, name="fork"),
    path("d/<str:key>/moderation/", moderation.moderation, name="moderation"),
    path("d/<str:key>/drawing.drawnby", history.drawing_file, name="drawing_file"),
    path("health/", pages.health, name="health"),
]
