"""Who: people who sign in, and the bylines that readers see."""

from datetime import timedelta
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do; each role includes those named before it."""

    READER = "reader", _("Reader")
    AUTHOR = "author", _("Author")
    MODERATOR = "moderator", _("Moderator")
    EDITOR = "editor", _("Editor")
    PUBLISHER = "publisher", _("Publisher")


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Store a person under the lower-cased address; without a password they sign in by code."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(email, password, role=Role.PUBLISHER, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with a login; the e-mail address is private and never shown to readers."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.READER)
    is_active = models.BooleanField(_("may sign in"), default=True)
    uses_keys = models.BooleanField(_("single keys at the desk"), default=True)
    wants_digest = models.BooleanField(_("daily mail about what waits"), default=True)
    digest_on = models.DateField(null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    claimed_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text=_("The account that a guest has under another address."),
    )

    objects: ClassVar[PersonManager] = PersonManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="person_has_an_email_of_their_own"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="person_has_a_known_role"
            ),
        )

    def __str__(self) -> str:
        return self.public_name

    @property
    def public_name(self) -> str:
        """The name others may see: never the address."""
        return self.name or str(_("Somebody without a name"))

    @property
    def is_staff(self) -> bool:
        """Django's admin is for the publisher."""
        return self.is_active and self.role == Role.PUBLISHER

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """The publisher may do everything in the admin; nobody else comes in."""
        return self.is_staff or super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff or super().has_module_perms(app_label)

    def get_full_name(self) -> str:
        return self.public_name

    def get_short_name(self) -> str:
        return self.public_name


class ProfileQuerySet(models.QuerySet["Profile"]):
    def of(self, person: Person) -> Self:
        return self.filter(person=person)


class Profile(models.Model):
    """A byline: a name, what stands behind it, and links; it works without a login."""

    person = models.OneToOneField(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="profile",
        verbose_name=_("login"),
    )
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("address"), max_length=110, unique=True)
    credentials = models.CharField(_("letters after the name"), max_length=100, blank=True)
    headline = models.CharField(_("one line"), max_length=200, blank=True)
    bio = models.TextField(_("about"), blank=True)
    website = models.URLField(_("website"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return self.byline

    def get_absolute_url(self) -> str:
        return reverse("blog:author", kwargs={"slug": self.slug})

    @property
    def byline(self) -> str:
        """The name with its letters: "Ana Ruiz, RN"."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    @property
    def gets_mail(self) -> bool:
        """Whether there is a login that mail goes to: a guest has to be told otherwise."""
        return self.person is not None and self.person.is_active


class ProfileLink(models.Model):
    """A place where a byline can be followed."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("label"), max_length=80)
    url = models.URLField(_("address"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.label


class FormerBylineAddress(models.Model):
    """Where a byline was found before it was merged into another: leads there for good."""

    slug = models.SlugField(_("address"), max_length=110, unique=True)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="former_addresses")

    class Meta:
        verbose_name = _("former address of a byline")
        verbose_name_plural = _("former addresses of bylines")

    def __str__(self) -> str:
        return self.slug


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self) -> Self:
        """Letters to try now: neither given up nor in the hands of a process or a mail server."""
        now = timezone.now()
        waiting = self.filter(attempts__lt=len(Letter.WAITS), next_attempt_at__lte=now)
        return waiting.filter(handed_over_at=None)


class Letter(models.Model):
    """A mail on its way. It is stored with what it reports and forgotten once it is delivered.

    `unsubscribe` is an address at which a POST ends mails of this kind, for mail programs to offer.
    `handed_over_at` is set right before the mail server takes it. The answer clears it or ends the
    letter; where it stays, the process died before it heard the answer: most likely the mail was
    delivered, and it is not sent again unless a person says so.
    """

    WAITS: ClassVar = tuple(timedelta(minutes=wait) for wait in (2, 10, 30, 120, 360, 1440))

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    to = models.EmailField(_("to"))
    subject = models.TextField(_("subject"))
    body = models.TextField(_("text"))
    unsubscribe = models.URLField(max_length=500, blank=True, editable=False)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    handed_over_at = models.DateTimeField(_("handed over, no answer heard"), null=True, blank=True)
    failure = models.TextField(_("why it did not arrive"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("written_at",)
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = (models.Index(fields=["next_attempt_at"], name="letters_by_next_attempt"),)

    def __str__(self) -> str:
        return self.subject

    @property
    def is_given_up(self) -> bool:
        return self.attempts >= len(self.WAITS)


class StaffEventKind(models.TextChoices):
    INVITED = "invited", _("Invited")
    INVITATION_ENDED = "ended", _("Invitation ended")
    JOINED = "joined", _("Joined")
    ROLE_CHANGED = "role", _("Role changed")
    CLOSED = "closed", _("Login closed")
    OPENED = "opened", _("Login opened again")
    STEP_TAKEN = "step_taken", _("Second step taken away")


class StaffEvent(models.Model):
    """One line of the log of who may do what: it is only ever added to.

    `about` keeps the name or the address where no person stands behind it, or no longer.
    """

    kind = models.CharField(max_length=10, choices=StaffEventKind)
    actor = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="staff_events"
    )
    about = models.CharField(max_length=254, blank=True)
    from_role = models.CharField(max_length=12, choices=Role, blank=True)
    to_role = models.CharField(max_length=12, choices=Role, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("staff event")
        verbose_name_plural = _("staff events")

    def __str__(self) -> str:
        return f"{self.kind}: {self.about}"


class StaffInvitationQuerySet(models.QuerySet["StaffInvitation"]):
    def open(self) -> Self:
        """What can still be accepted."""
        waiting = self.filter(accepted_at=None, ended_at=None)
        return waiting.filter(expires_at__gt=timezone.now())


class StaffInvitation(models.Model):
    """A role that waits for whoever has an address; accepted once, until a day."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=12, choices=Role)
    invited_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StaffInvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("invitation to the staff")
        verbose_name_plural = _("invitations to the staff")
        constraints = (
            models.UniqueConstraint(
                fields=("email",),
                condition=models.Q(accepted_at__isnull=True, ended_at__isnull=True),
                name="staff_invitation_is_one_for_an_address",
            ),
        )

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        is_waiting = self.accepted_at is None and self.ended_at is None
        return is_waiting and self.expires_at > timezone.now()
