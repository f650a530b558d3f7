from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q

from ccmp.identifiers import new_id
from ccmp.people.enums import Role, Sex
from ccmp.sealed import SealedTextField

if TYPE_CHECKING:
    from ccmp.people.models.posting import Posting


class UserQuerySet(models.QuerySet["User"]):
    def matching(self, words: str) -> Self:
        """People whose name has these words, or of exactly this account."""
        text = words.strip()
        return self.filter(Q(full_name__icontains=text) | Q(username=text)) if text else self

    def in_order(self) -> Self:
        return self.order_by("full_name", "id")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)["User"]):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **facts: Any) -> "User":
        user: User = self.model(username=self.model.normalize_username(username.strip()), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What she may do, and where, is told by her postings alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=60)
    office = models.CharField(max_length=80, blank=True)  # "儿童福利股", printed under the name
    phone = SealedTextField(blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, default="zh-hans")
    large_type = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    email = SealedTextField(blank=True, db_default="")  # where a link for a new password is sent, if she wrote one down
    must_change_password = models.BooleanField(default=False, db_default=False)  # somebody else knows it
    password_until = models.DateTimeField(null=True, blank=True)  # a given password counts until then

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        permissions = [
            ("view_staff", "Can see who serves where"),
            ("post_staff", "Can post people"),
            ("keep_files", "Can keep staff files"),
            ("open_village_doors", "Can open the door again to those who serve in villages and townships"),
            ("open_doors", "Can open the door again to everybody"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(username=""), name="a_user_has_a_username"),
            models.CheckConstraint(condition=~Q(full_name=""), name="a_user_has_a_name"),
            models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_may_do_everything"),
            models.CheckConstraint(
                condition=Q(password_until__isnull=True) | Q(must_change_password=True),
                name="only_a_given_password_expires",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def post(self) -> "Posting | None":
        """The posting that she serves under now (the newest, should there be several), or none."""
        from ccmp.people.models.posting import Posting  # user and posting name each other

        return Posting.objects.of(self).current().with_place().order_by("-starts_at", "-id").first()

    @property
    def role_now(self) -> Role | None:
        return Role(self.post.role) if self.post else None
