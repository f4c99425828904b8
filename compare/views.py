"""The pages that compare, and the table as CSV."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from compare.accuracy import accuracies, issue_figures
from compare.exports import matrix_columns, matrix_records, write_csv
from compare.forms import MatrixForm
from compare.lists import list_items
from compare.matrix import build_matrix, speaking_delegations
from compare.reader import read_parts
from compare.words import words_behind
from corpus.models import Document, GuidingQuestion, Recommendation, Topic
from corpus.release import current_release

#: Elements of the matrix page that HTMX may ask for by themselves: the partial has the same name.
_MATRIX_PARTS = ("view", "cell")


class HtmxHttpRequest(HttpRequest):
    """A request as the HTMX middleware leaves it."""

    htmx: HtmxDetails


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: the matrix."""
    return redirect("matrix")


@require_safe
@vary_on_headers("HX-Target", "HX-Request", "Cookie")
def matrix(request: HtmxHttpRequest) -> HttpResponse:
    """The delegations × issues table of one topic, and the words behind one of its cells."""
    topics = list(Topic.objects.all())
    delegations = speaking_delegations()
    form = MatrixForm(request.GET, topics, delegations)
    context: dict[str, object] = {"form": form, "topics": topics, "delegations": delegations}
    if topics and delegations and form.is_valid():
        selection = form.selection()
        context["selection"] = selection
        target = request.htmx.target
        if target != "cell":
            context["table"] = build_matrix(selection, delegations)
        if selection.cell:
            words = words_behind(selection.cell, selection.show)
            context["words"] = words
            context["figures"] = issue_figures(words.issue) if words else []
    part = request.htmx.target if request.htmx.target in _MATRIX_PARTS else ""
    found = bool(part) or not form.errors  # HTMX swaps in what is answered with 200 only
    template = f"compare/matrix.html{'#' if part else ''}{part}"
    return render(request, template, context, status=200 if found else 404)


@require_safe
def matrix_csv(request: HttpRequest) -> HttpResponse:
    """The table that the same address without `.csv` shows, cell by cell."""
    topics = list(Topic.objects.all())
    delegations = speaking_delegations()
    form = MatrixForm(request.GET, topics, delegations)
    if not (topics and form.is_valid()):
        text = _("This address asks for something that is not in the corpus.")
        return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")
    selection = form.selection()
    table = build_matrix(selection, delegations)
    release = current_release()
    source = request.build_absolute_uri()
    lines = write_csv(matrix_columns(table), matrix_records(table, release, source))
    name = f"plenary-{table.topic.key}-{release.corpus[:12]}.csv"
    return HttpResponse(
        "".join(lines),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def accuracy_page(request: HttpRequest) -> HttpResponse:
    """How well the machine reads, measured on passages coded by hand."""
    return render(request, "compare/accuracy.html", {"accuracies": accuracies()})


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The Chair's guiding questions, with the issues they are about."""
    items = list_items(GuidingQuestion.objects.all())
    return render(request, "compare/list.html", {"items": items, "kind": "questions"})


@require_safe
def recommendations(request: HttpRequest) -> HttpResponse:
    """The Expert Group's recommendations, with the issues and those who take them up."""
    items = list_items(Recommendation.objects.all())
    return render(request, "compare/list.html", {"items": items, "kind": "recommendations"})


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The documents that have been read."""
    rows = Document.objects.with_counts().defer("text")
    return render(request, "compare/documents.html", {"documents": rows})


@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """One document as text; `?issue=` marks the quotes on that issue."""
    row = get_object_or_404(Document.objects.with_counts().defer("text"), slug=slug)
    parts = read_parts(row, marked_issue=request.GET.get("issue", ""))
    return render(request, "compare/document.html", {"document": row, "parts": parts})
