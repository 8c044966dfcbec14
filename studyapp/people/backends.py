"""Signing in is allauth's; finding who has signed in is asked by every request, and so made short."""

from allauth.account.auth_backends import AuthenticationBackend

from studyapp.statements import Select

from .models import User

USERS = Select("FROM people_user person WHERE id = %s", person=User)


class Backend(AuthenticationBackend):
    def get_user(self, user_id):
        """The user of this id, unless there is none or the account is switched off."""
        for (user,) in USERS.all(user_id):
            return user if self.user_can_authenticate(user) else None
        return None
