"""What is kept of suggestions: every model that was trained, and what officers made of what was suggested."""

from django.db import models


class SuggestionModel(models.Model):
    """One model of a city; the newest counts. Rows are only ever added.

    The file lies in the home under its hash. `learned` says from what: counts per category, how good it was.
    """

    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    learned = models.JSONField()
    trained_by = models.CharField(max_length=60)
    trained_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["area", "-id"], name="suggestion_model_latest")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.sha256[:12]}"


class CategoryChoice(models.Model):
    """An officer's answer to a suggestion: the category that was chosen, and what had been suggested.

    `model` is the hash of the model's file, empty where only the categories' own words suggested.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="category_choices")
    suggested = models.JSONField()
    model = models.CharField(max_length=64, blank=True)
    chosen = models.ForeignKey("packs.Term", on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    chosen_by = models.CharField(max_length=60)
    chosen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-id"], name="category_choice_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.chosen_id}"
