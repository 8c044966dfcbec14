"""Who works here: users who sign in, and learners (a user, a guest, or the trace of an erased one)."""

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from studyapp.moments import zone_named


class UserQuerySet(models.QuerySet):
    def asking_to_teach(self):
        """Those who wait for staff to say whether they may."""
        return self.exclude(asked_to_teach_at=None).filter(teaches_since=None)


class Users(BaseUserManager.from_queryset(UserQuerySet)):
    """Users are known by e-mail; a user name is neither asked for nor kept."""

    use_in_migrations = True

    def create_user(self, email, password=None, **extra):
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **extra):
        """Made by whoever runs the server, who answers for the address: no code proves it again."""
        user = self.create_user(email, password, **extra | {"is_staff": True, "is_superuser": True})
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractUser):
    """Somebody with an account, known by a lower-case e-mail address."""

    username = None
    first_name = None
    last_name = None
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(unique=True)
    # In which an instructor's dates are typed and shown; empty: UTC.
    time_zone = models.CharField(max_length=64, blank=True, default="")
    # Whoever asks to teach is an instructor once staff says so.
    asked_to_teach_at = models.DateTimeField(null=True, blank=True)
    teaches_since = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ()
    objects = Users()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower"),
        ]

    def save(self, *args, **kwargs):
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    @property
    def is_instructor(self):
        """Whether this person may write questions and sets; staff always may."""
        return self.is_staff or self.teaches_since is not None

    @property
    def zone(self):
        return zone_named(self.time_zone)

    def get_full_name(self):
        return self.name or self.email

    def get_short_name(self):
        return self.name or self.email


class Learner(models.Model):
    """The owner of all work: a user, a guest known by a secret key, or an erased learner."""

    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.RESTRICT)
    guest_key = models.CharField(max_length=43, null=True, blank=True, unique=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, guest_key__isnull=True, erased_at__isnull=True)
                | Q(user__isnull=True, guest_key__isnull=False, erased_at__isnull=True)
                | Q(user__isnull=True, guest_key__isnull=True, erased_at__isnull=False),
                name="learner_is_exactly_one",
            )
        ]

    def __str__(self):
        if self.user_id:
            return self.user.get_short_name()
        return "erased learner" if self.erased_at else f"guest {self.pk}"


class ResumeLinkQuerySet(models.QuerySet):
    def usable(self, now):
        """Those that still lead somewhere."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now)


class ResumeLink(models.Model):
    """Lets a guest go on in another browser, once; of the secret in it only a digest is kept.

    `used_by` is the digest of the token of the form that used it: sent again, that form is answered
    as before.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="resume_links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.CharField(max_length=64, blank=True)

    objects = ResumeLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self):
        return f"resume link {self.pk}"

    def is_usable(self, now):
        return self.used_at is None and self.revoked_at is None and now < self.expires_at
