"""The personal link with which a guest writes one post without an account."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Role
from blog.models.post import Post


class GuestLinkQuerySet(models.QuerySet["GuestLink"]):
    def live(self) -> Self:
        """Links that open their post now; the same as `GuestLink.is_live`."""
        return self.filter(
            revoked_at=None,
            expires_at__gt=timezone.now(),
            person__is_active=True,
            person__role=Role.AUTHOR,
            post__author__person=F("person"),
        )

    def with_people(self) -> Self:
        """All that `is_live` and the lists of the desk look at."""
        return self.select_related("person", "post__author", "created_by")


class GuestLink(models.Model):
    """Whoever holds it acts as `person` on the writing pages of `post`, and nowhere else.

    The mailed token carries the id of this row alone. A link that was ended stays as a record.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="guest_links")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guest_links"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("ended"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = GuestLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        constraints = (
            models.UniqueConstraint(
                fields=("post", "person"),
                condition=Q(revoked_at__isnull=True),
                name="guest_has_one_link_to_a_post",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} → {self.post_id}"

    @property
    def is_over(self) -> bool:
        """Whether its time has passed, which its holder may have prolonged."""
        return self.expires_at <= timezone.now()

    @property
    def is_live(self) -> bool:
        """Whether it opens the post now. Needs person and the post's author loaded.

        It never lends more than an author's rights: staff sign in.
        """
        person: Person = self.person
        return (
            self.revoked_at is None
            and not self.is_over
            and person.is_active
            and person.role == Role.AUTHOR
            and self.post.author.person_id == person.pk
        )
