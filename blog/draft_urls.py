"""Addresses of what is said beside a draft."""

from django.urls import path

from blog.views import beside

urlpatterns = [
    path("write/<int:pk>/comments/", beside.comments, name="write_comments"),
    *(
        path(
            f"write/<int:pk>/comments/<int:comment>/{name}/",
            beside.act,
            {"name": name},
            name=f"write_comment_{name.replace('-', '_')}",
        )
        for name in beside.ACTS
    ),
]
