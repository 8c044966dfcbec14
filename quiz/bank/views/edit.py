import re

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from studyapp.guide import knowledge
from studyapp.people.access import for_instructors
from studyapp.web import asked_for, render

from ..access import my_questions
from ..actions import shelf_of
from ..authoring import (
    Overtaken,
    Shared,
    bring_back,
    keep_theirs,
    publish_own,
    replace_draft,
    retire,
    save_draft,
    take_up,
)
from ..forms import LEVELS, MOST_ROWS, Editor, title_of
from ..looking import look
from ..models import QuestionDraft
from ..renewing import LOOK_FIRST, current_of, fault, renew, renewed_words
from ..starting import taken_from
from ..ways import ways
from ..written import differences, sort_of

TEMPLATE = "quiz/bank/edit.html"
ROW = re.compile(r"(up|down|remove)-([0-9]{1,2})\Z")
NO_KNOWN_BUTTON = "It is not known what to do with the question. Use one of the buttons."


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, question):
    """Write a question: look at it, keep it, publish it; a GET shows what is kept."""
    mine = my_questions(request).select_related("draft", "objective")
    page = Page(request, get_object_or_404(mine, pk=question))
    if request.method != "POST":
        return page.show(Editor.of(page.draft.written, page.shelf))
    do = request.POST.get("do", "look")
    if do in OF_THE_WHOLE:
        return OF_THE_WHOLE[do](page)
    editor = Editor(sort_of(page.draft.written), page.shelf, request.POST)
    if not editor.is_keepable():
        return page.show(editor, status=422, is_unsaved=True)
    return page.do(do, editor)


class Page:
    """The page of one question in one request: what it shows, and what its buttons do."""

    def __init__(self, request, question):
        self.request, self.question = request, question
        self.held = knowledge.of(request)
        self.shelf = shelf_of(self.held, author_vouches=True)
        self.version = current_of([question.pk]).get(question.pk)
        draft = getattr(question, "draft", None)
        self.draft = draft or self.first_draft()
        self.now = timezone.now()

    def first_draft(self):
        """Of a question that was published without one."""
        if self.version is None:
            raise Http404
        written = taken_from(self.version, self.shelf)
        return QuestionDraft(question=self.question, written=written, revision=0)

    @property
    def names(self):
        return {row["slug"]: row["noun"] for row in self.held.document["traits"]}

    def back(self, anchor=""):
        return redirect(reverse("bank:edit", args=[self.question.pk]) + anchor)

    # What the buttons do

    def do(self, do, editor):
        written = editor.written()
        if do == "look":
            return self.show(editor, written=written, is_unsaved=True)
        changed, anchor = rearranged(do, written, self.held)
        if changed is None and do not in ("save", "mine", "publish"):
            return self.show(editor, written=written, words=[NO_KNOWN_BUTTON], status=422)
        kept = changed or written
        try:
            draft = save_draft(
                question=self.question,
                written=kept,
                revision=revision_in(self.request.POST),
                by=self.request.user,
                now=self.now,
                puts_aside=do == "mine",
            )
        except Overtaken as error:
            return self.overtaken(editor, kept, error.draft)
        if do == "publish":
            return self.publish(editor, kept, draft)
        if asked_for(self.request) == "saved":
            return render(
                self.request, TEMPLATE, {"draft": draft, "is_kept": True}, partial="saved"
            )
        if do in ("save", "mine"):
            messages.success(self.request, "Saved. It is a draft until you publish it.")
        return self.back(anchor)

    def publish(self, editor, written, draft):
        seen = look(written, slug=self.question.slug, shelf=self.shelf)
        self.draft = draft
        if not seen.is_ready:
            words = ["Saved, but not published: look at what is still to do."]
            return self.show(editor, written=written, seen=seen, words=words, status=422)
        try:
            version = publish_own(
                question=self.question,
                entry=seen.entry,
                facts=self.shelf.facts,
                draft=draft,
                by=self.request.user,
            )
        except Shared as error:
            return self.show(editor, written=written, seen=seen, words=[error.words], status=409)
        words = f"Published as version {version.number}: your sets can ask it from now on."
        messages.success(self.request, words)
        return self.back()

    def propose(self):
        """Put the published text into the draft again, where it is read by the facts in force."""
        if self.version is not None:
            written = taken_from(self.version, self.shelf)
            replace_draft(
                question=self.question, written=written, by=self.request.user, now=self.now
            )
            words = (
                "This is the published text, read by the facts of today. Look it over and publish."
            )
            messages.success(self.request, words)
        return self.back()

    def renew(self):
        """Publish the text anew by the facts of today, or say what to look at first."""
        by = self.request.user
        try:
            version = renew(question=self.question, held=self.held, by=by, now=self.now)
        except Shared as error:
            return self.refuse(error)
        if version:
            messages.success(self.request, renewed_words(version))
        else:
            messages.warning(self.request, LOOK_FIRST)
        return self.back()

    def swap(self):
        """Take the text that was set aside, and set aside the other."""
        take_up(question=self.question, by=self.request.user, now=self.now)
        messages.success(self.request, "This is the text that was set aside; the other one is now.")
        return self.back()

    def retire(self):
        try:
            retire(question=self.question, by=self.request.user)
        except Shared as error:
            return self.refuse(error)
        words = "Retired: no set can ask it any more. It can be brought back at any time."
        messages.success(self.request, words)
        return self.back()

    def refuse(self, error):
        return self.show(Editor.of(self.draft.written, self.shelf), words=[error.words], status=409)

    def bring_back(self):
        bring_back(question=self.question, by=self.request.user)
        messages.success(self.request, "It is back, as it was published last.")
        return self.back()

    def theirs(self):
        """Keep what the other window saved, and set aside what was written here."""
        editor = Editor(sort_of(self.draft.written), self.shelf, self.request.POST)
        if not editor.is_keepable():
            return self.show(editor, status=422, is_unsaved=True)
        written, revision = editor.written(), revision_in(self.request.POST)
        try:
            keep_theirs(question=self.question, written=written, revision=revision)
        except Overtaken as error:
            return self.overtaken(editor, written, error.draft)
        messages.success(self.request, "Theirs is kept, and yours is set aside.")
        return self.back()

    # What is shown

    def show(self, editor, *, written=None, seen=None, words=(), status=200, is_unsaved=False):
        if written is None and editor.is_keepable():
            written = editor.written()
        if seen is None and written is not None:
            seen = look(written, slug=self.question.slug, shelf=self.shelf)
        context = {
            "question": self.question,
            "title": title_of(self.question.slug),
            "draft": self.draft,
            "version": self.version,
            "editor": editor,
            "look": seen,
            "errors": list(editor.errors()),
            "words": words,
            "is_unsaved": is_unsaved,
            "revision": self.revision_shown(is_unsaved),
        }
        if asked_for(self.request) not in ("look", "saved"):
            shown = self.held.facts
            context |= {
                "fault": fault(self.version, self.held, self.shelf.claims) if self.version else "",
                "facts": [(s, shown[s]) for s in self.shelf.facts if shown.get(s)],
                "figures": [(s, row.text) for s, row in self.shelf.figures.items()],
                "levels": LEVELS,
                "can_add": editor.rows is not None and len(editor.rows) < MOST_ROWS,
            }
        return render(self.request, TEMPLATE, context, partial="look", status=status)

    def revision_shown(self, is_unsaved):
        """The revision that the form goes on from: where it is posted text, the one it came with."""
        return revision_in(self.request.POST) if is_unsaved else self.draft.revision

    def overtaken(self, editor, written, draft):
        """Both texts side by side, and the choice; whatever is not chosen is set aside, not lost."""
        theirs = draft.written if draft else {}
        context = {
            "question": self.question,
            "title": title_of(self.question.slug),
            "draft": draft,
            "fields": fields_sent(self.request.POST),
            "differences": differences(written, theirs, self.names),
        }
        if asked_for(self.request) == "saved":
            context["is_overtaken"] = True
            return render(self.request, TEMPLATE, context, partial="saved", status=409)
        return render(self.request, "quiz/bank/overtaken.html", context, status=409)


OF_THE_WHOLE = {
    "propose": Page.propose,
    "renew": Page.renew,
    "swap": Page.swap,
    "retire": Page.retire,
    "back": Page.bring_back,
    "theirs": Page.theirs,
}


def revision_in(post):
    text = post.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def fields_sent(post):
    """The fields of a form as they were sent, to be sent once more."""
    apart = ("do", "revision", "csrfmiddlewaretoken")
    return [(name, value) for name, texts in post.lists() for value in texts if name not in apart]


def rearranged(do, written, held):
    """What a button makes of the text that was sent, and where the page goes on; None if nothing."""
    if do == "add" and "options" in written and len(written["options"]) < MOST_ROWS:
        options = [*written["options"], {"text": "", "feedback": {}}]
        return written | {"options": options}, f"#option-{len(options)}"
    row = ROW.match(do)
    if row and 1 <= int(row[2]) <= len(written.get("options") or ()):
        return moved(written, row[1], int(row[2]) - 1)
    if do.startswith("change-") and "workload" in written:
        return changed(written, do.removeprefix("change-"), held)
    return None, ""


def moved(written, verb, index):
    options = list(written["options"])
    option = options.pop(index)
    if verb == "remove":
        return written | {"options": options}, "#options"
    index = max(0, index - 1) if verb == "up" else min(len(options), index + 1)
    options.insert(index, option)
    return written | {"options": options}, f"#option-{index + 1}"


def changed(written, option, held):
    """The workload with the change after which this option is its one answer."""
    for way in ways(written["workload"], held.profiles[written["profile"]]):
        if way.slug == option and way.given:
            return written | {"workload": way.given}, "#workload"
    return None, ""
