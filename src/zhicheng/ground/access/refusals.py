"""How access says no: a sentence, and the field of a form that it is about."""

from zhicheng.core.refused import Refused


class AccessRefused(Refused):
    """A change of rights that cannot be made. `field` is the argument that is wrong, empty if none alone is."""

    def __init__(self, message: str, field: str = "", **params: object) -> None:
        super().__init__(message, **params)
        self.field = field
