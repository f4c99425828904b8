"""What a page may be asked for, checked."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compare.matrix import CellKey, Selection
from corpus.models import Delegation, Topic
from submissions.models import Stance


class MatrixForm(forms.Form):
    """The matrix's address, as fields.  What is not given means: all of it."""

    topic = forms.ChoiceField(required=False, label=_("Topic"))
    delegation = forms.MultipleChoiceField(
        required=False, label=_("Delegations"), widget=forms.CheckboxSelectMultiple
    )
    stance = forms.MultipleChoiceField(
        required=False,
        label=_("Stances"),
        choices=Stance.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    show = forms.ChoiceField(
        required=False,
        label=_("Show"),
        choices=[("", _("all, with suggestions")), ("confirmed", _("confirmed only"))],
    )
    cell = forms.RegexField(
        r"^[A-Za-z0-9_]{1,24}\.[a-z0-9_.]{1,80}$", required=False, label=_("Cell")
    )

    def __init__(
        self, data: QueryDict, topics: Sequence[Topic], delegations: Sequence[Delegation]
    ) -> None:
        super().__init__(data)
        self._query = data
        self._first = topics[0].key if topics else ""
        self._choices("topic", [(row.key, row.label) for row in topics])
        self._choices("delegation", [(row.code, row.name) for row in delegations])

    def complaints(self) -> list[str]:
        """What an invalid address asks for that is not there, a sentence each."""
        return [
            gettext("%(field)s: there is no “%(value)s”.")
            % {"field": self.fields[name].label, "value": Truncator(value).chars(60)}
            for name in self.errors
            for value in [", ".join(self._query.getlist(name))]
        ]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def selection(self) -> Selection:
        """The selection that a valid form asks for."""
        cleaned = self.cleaned_data
        return Selection(
            topic=cleaned["topic"] or self._first,
            delegations=tuple(cleaned["delegation"]),
            stances=tuple(cleaned["stance"]),
            show="confirmed" if cleaned["show"] == "confirmed" else "all",
            cell=CellKey.parse(cleaned["cell"]) if cleaned["cell"] else None,
        )
