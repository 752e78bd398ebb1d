"""Who signs in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.urls import reverse

from accounts.people import NAME_LENGTH, new_colour, new_key
from accounts.validators import validate_colour, validate_name


class User(AbstractUser):
    """Somebody with an account; shown by a name and a colour, like a guest."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    name = models.CharField(
        "shown as", max_length=NAME_LENGTH, blank=True, validators=[validate_name]
    )
    colour = models.CharField(
        max_length=7, default=new_colour, validators=[validate_colour]
    )

    def __str__(self):
        return self.name or self.username

    def get_absolute_url(self):
        return reverse("profile", args=[self.username])
