"""Personal data: values that are sealed, masked on every screen, and can be deleted without a trace."""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q

from zhicheng.core.masks import mask_address, mask_email, mask_name, mask_phone
from zhicheng.ground.personal.sealing import keyed_hash_of, unseal


@dataclass(frozen=True)
class Masked:
    """What anybody who may see the record may see of the person."""

    name: str
    phone: str
    address: str
    email: str = ""


SEALED_FIELDS = ("name_sealed", "phone_sealed", "address_sealed", "email_sealed")


class Contact(models.Model):
    """A person who can be reached. The values are sealed; `masked` is how they are shown.

    `phone_index` finds a caller's number without opening anything. Somebody who left neither name nor number may
    have left the address alone. `progress_agreed_at` says since when they agree to be told how their matter goes
    on, beyond what they are told in any case. Once `erased_at` is set the values are gone.
    """

    name_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    address_sealed = models.TextField(blank=True)
    email_sealed = models.TextField(blank=True, default="", db_default="")
    phone_index = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    progress_agreed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_index"], name="contact_phone", condition=~Q(phone_index="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(name_sealed="", phone_sealed="", address_sealed="", email_sealed="", phone_index=""),
                name="contact_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(erased_at__gte=F("created_at")),
                name="contact_erased_after_created",
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def is_named(self) -> bool:
        """Whether a name, a number or an e-mail address was left, and is still kept."""
        return bool(self.name_sealed or self.phone_sealed or self.email_sealed)

    @property
    def address(self) -> str:
        """The address in clear, for whoever has to go there; others are shown `masked`. Raises SealBroken."""
        return unseal(self.address_sealed)

    @property
    def masked(self) -> Masked:
        """The values as a screen shows them; empty once erased. Raises SealBroken."""
        return Masked(
            name=mask_name(unseal(self.name_sealed)),
            phone=mask_phone(unseal(self.phone_sealed)),
            address=mask_address(unseal(self.address_sealed)),
            email=mask_email(unseal(self.email_sealed)),
        )


class PersonalText(models.Model):
    """Free text of a record, which may hold personal data: steps and ledger entries keep its `hash` only.

    `key` names the need or field it was entered for. Once erased the text is empty and the hash remains.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="text_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(erased_at__isnull=True) | Q(text=""), name="text_erased_is_empty"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(erased_at__gte=F("created_at")),
                name="text_erased_after_created",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} {self.key}"

    @property
    def is_genuine(self) -> bool:
        """Whether the text is the one that was entered; an erased text cannot be shown to differ."""
        return self.erased_at is not None or keyed_hash_of(self.text) == self.hash
