"""Addresses of images: for readers, for those who write, and for the desk."""

from django.urls import path

from blog.views import images, pictures

urlpatterns = [
    path("images/<str:key>/", images.image, name="image"),
    path("images/<str:key>/<str:name>", images.file, name="image_file"),
    path("write/<int:pk>/pictures/", pictures.panel, name="write_pictures"),
    path("write/<int:pk>/pictures/upload/", pictures.upload, name="write_upload_picture"),
    path("write/<int:pk>/pictures/<str:key>/", pictures.picture, name="write_picture"),
    path(
        "write/<int:pk>/pictures/<str:key>/describe/",
        pictures.describe,
        name="write_describe_picture",
    ),
    path(
        "write/<int:pk>/pictures/<str:key>/replace/",
        pictures.replace,
        name="write_replace_picture",
    ),
    path("write/<int:pk>/pictures/<str:key>/remove/", pictures.remove, name="write_remove_picture"),
]
