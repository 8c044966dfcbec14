"""Login sessions in the database that know how long they are still kept."""

from datetime import timedelta

from django.contrib.sessions.backends import db
from django.utils import timezone

STEP = timedelta(days=1)


class SessionStore(db.SessionStore):
    """Renewed by whoever posts, but at most once a day: an answer is no place for another write."""

    expires_at = None

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
