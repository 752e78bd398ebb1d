"""The addresses of the drawing app."""

from django.urls import path

from canvas import views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("gallery/", views.Gallery.as_view(), name="gallery"),
    path("new/", views.start, name="start"),
    path("d/<str:key>/", views.drawing, name="drawing"),
    path("d/<str:key>/finish/", views.finish, name="finish"),
    path("d/<str:key>/reopen/", views.reopen, name="reopen"),
    path("d/<str:key>/share/", views.share, name="share"),
    path("d/<str:key>/picture.png", views.picture, name="picture"),
    path("d/<str:key>/thumbnail.webp", views.thumbnail, name="thumbnail"),
    path("d/<str:key>/log/<int:chunk>", views.log_chunk, name="log_chunk"),
    path("health/", views.health, name="health"),
]
