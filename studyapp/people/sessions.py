"""Login sessions in the database that know how long they are still kept."""

from datetime import timedelta
from functools import cache

from django.contrib.sessions.backends import db
from django.utils import timezone

from studyapp.statements import Select

STEP = timedelta(days=1)


@cache
def held_sessions():
    """The statement by which a session is found; a session engine is imported before any model."""
    from django.contrib.sessions.models import Session

    return Select("FROM django_session held WHERE session_key = %s", held=Session)


class SessionStore(db.SessionStore):
    """Renewed by whoever posts, but at most once a day: an answer is no place for another write."""

    expires_at = None

    def _get_session_from_db(self):
        # Asked by every request. Django finds a session that has ended no more than a missing one.
        found = held_sessions().all(self.session_key)
        if not found or found[0][0].expire_date <= timezone.now():
            self._session_key = None
            return None
        return found[0][0]

    def load(self):
        held = self._get_session_from_db()
        if held is None:
            return {}
        self.expires_at = held.expire_date
        return self.decode(held.session_data)

    def renew(self):
        """Keep it, and its cookie, for the whole time again, where a day of that has passed."""
        if self.expires_at is None:
            return
        age = timedelta(seconds=self.get_session_cookie_age())
        if self.expires_at < timezone.now() + age - STEP:
            self.modified = True
