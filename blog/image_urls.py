"""Addresses of images: for readers, for those who write, and for the desk."""

from django.urls import path

from blog.views import desk_pictures, images, pictures

urlpatterns = [
    path("images/<str:key>/", images.image, name="image"),
    path("images/<str:key>/<str:name>", images.file, name="image_file"),
    path("desk/pictures/", desk_pictures.pictures, name="desk_pictures"),
    path("desk/pictures/<str:key>/", desk_pictures.picture, name="desk_picture"),
    path("desk/pictures/<str:key>/describe/", desk_pictures.describe, name="desk_describe_picture"),
    path("desk/pictures/<str:key>/replace/", desk_pictures.replace, name="desk_replace_picture"),
    path("desk/pictures/<str:key>/remove/", desk_pictures.remove, name="desk_remove_picture"),
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
