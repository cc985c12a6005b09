from typing import Any, ClassVar, TypeVar

from django.db import models
from django_comments.managers import CommentManager
from django_comments.models import Comment

_T_co = TypeVar("_T_co", bound=models.Model, covariant=True)

class XtdCommentManager(CommentManager[_T_co]): ...

class XtdComment(Comment):
    thread_id = models.IntegerField()
    parent_id = models.IntegerField()
    level = models.SmallIntegerField()
    order = models.IntegerField()
    followup = models.BooleanField()
    nested_count = models.IntegerField()
    objects: ClassVar[XtdCommentManager[Any]] = XtdCommentManager()
    norel_objects = CommentManager()

class BlackListedDomain(models.Model):
    domain = models.CharField()

def publish_or_unpublish_on_pre_save(
    sender: type[models.Model], instance: models.Model, raw: bool, using: str, **kwargs: Any
) -> None: ...
