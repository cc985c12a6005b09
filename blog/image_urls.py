"""Addresses of images: for readers, for those who write, and for the desk."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from blog.views import desk_pictures, images, pictures


class KeyConverter(StringConverter):
    """What `new_key` makes; nothing else is asked of the database."""

    regex = "[A-Za-z0-9_-]{22}"


class FileConverter(StringConverter):
    """What `stored_images.store` makes."""

    regex = r"[0-9a-f]{16}\.[a-z]{3,4}"


register_converter(KeyConverter, "image_key")
register_converter(FileConverter, "image_file")

urlpatterns = [
    path("images/<image_key:key>/", images.image, name="image"),
    path("images/<image_key:key>/<image_file:name>", images.file, name="image_file"),
    path("desk/pictures/", desk_pictures.pictures, name="desk_pictures"),
    path("desk/pictures/<image_key:key>/", desk_pictures.picture, name="desk_picture"),
    path(
        "desk/pictures/<image_key:key>/describe/",
        desk_pictures.describe,
        name="desk_describe_picture",
    ),
    path(
        "desk/pictures/<image_key:key>/replace/", desk_pictures.replace, name="desk_replace_picture"
    ),
    path("desk/pictures/<image_key:key>/remove/", desk_pictures.remove, name="desk_remove_picture"),
    path("write/<int:pk>/pictures/", pictures.panel, name="write_pictures"),
    path("write/<int:pk>/pictures/at-hand/", pictures.at_hand, name="write_pictures_at_hand"),
    path("write/<int:pk>/pictures/upload/", pictures.upload, name="write_upload_picture"),
    path("write/<int:pk>/pictures/<image_key:key>/", pictures.picture, name="write_picture"),
    path(
        "write/<int:pk>/pictures/<image_key:key>/describe/",
        pictures.describe,
        name="write_describe_picture",
    ),
    path(
        "write/<int:pk>/pictures/<image_key:key>/replace/",
        pictures.replace,
        name="write_replace_picture",
    ),
    path(
        "write/<int:pk>/pictures/<image_key:key>/remove/",
        pictures.remove,
        name="write_remove_picture",
    ),
]
