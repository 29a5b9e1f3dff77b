"""Errors of forms: every one names its field, the limit and what was found, in both languages."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import engines
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from zhicheng.ground.access.sign_in import SignInForm
from zhicheng.ground.ui.form_errors import INCOMPLETE


class Asking(forms.Form):
    """A form of the framework, with one field of every sort that the house asks by."""

    told = forms.CharField(label="具体情况", max_length=10, min_length=4)
    kind = forms.ChoiceField(label="类别", choices=[("a", "A")])
    several = forms.MultipleChoiceField(label="诉求", choices=[("a", "A")], required=False)
    count = forms.IntegerField(label="人数", min_value=2, max_value=4)
    on = forms.DateField(label="日期", required=False)
    paper = forms.FileField(label="附件", required=False)
    own = forms.CharField(label="理由", error_messages={"required": "自己的话"})
    request_key = forms.UUIDField(widget=forms.HiddenInput)


RIGHT = "told=漏水已经&kind=a&count=3&own=x&request_key=6f1b1a34-9d5e-4f0f-8a53-6f0b1e3f7c55"


def errors(name: str, value: str | None, language: str) -> list[str]:
    """What the field says when it holds `value`, everything else being right."""
    data = QueryDict(RIGHT, mutable=True)
    data.pop(name, None)
    if value is not None:
        data[name] = value
    with override(language):
        form = Asking(data)
        return [str(error) for error in form[name].errors]


@pytest.mark.parametrize(
    ("name", "value", "chinese", "english"),
    [
        ("told", "漏" * 11, "“具体情况”有 11 字，最多 10 字。",
         "“具体情况” has 11 characters; at most 10 are allowed."),
        ("told", "漏水", "“具体情况”有 2 字，至少 4 字。", "“具体情况” needs at least 4 characters; it has 2."),
        ("told", None, "请填写“具体情况”。", "“具体情况” is missing."),
        ("kind", None, "请填写“类别”。", "“类别” is missing."),
        ("kind", "b", "“b”不是“类别”的选项。", "“b” is not one of the choices for “类别”."),
        ("several", "b", "“b”不是“诉求”的选项。", "“b” is not one of the choices for “诉求”."),
        ("count", "x", "“人数”应为整数。", "“人数” must be a whole number."),
        ("count", "5", "“人数”为 5，最大 4。", "“人数” is 5; at most 4 is allowed."),
        ("count", "1", "“人数”为 1，最小 2。", "“人数” is 1; at least 2 is needed."),
        ("on", "23", "“日期”应为日期，如 2026-11-23。", "“日期” must be a date such as 2026-11-23."),
        ("told", "漏水\0漏水", "“具体情况”含有无法保存的字符，请删去后重新填写。",
         "“具体情况” holds a character that cannot be kept; write it again without it."),
        ("own", None, "自己的话", "自己的话"),
    ],
)  # fmt: skip
def test_an_error_names_its_field_the_limit_and_what_was_found(
    name: str, value: str | None, chinese: str, english: str
) -> None:
    assert errors(name, value, "zh-hans") == [chinese]
    assert errors(name, value, "en") == [english]


@pytest.mark.parametrize("value", [None, "x"])
def test_what_nobody_types_is_not_called_by_its_name(value: str | None) -> None:
    assert errors("request_key", value, "en") == [INCOMPLETE]
    assert errors("request_key", value, "zh-hans") == ["表单不完整，请重新打开页面；您填写的内容仍在下方。"]


def test_an_empty_file_is_called_one() -> None:
    with override("en"):
        form = Asking(QueryDict(RIGHT), {"paper": SimpleUploadedFile("a.pdf", b"")})
        assert list(form["paper"].errors) == ["“附件” is an empty file."]


def test_the_summary_names_each_field_once_and_leads_to_it() -> None:
    with override("zh-hans"):
        form = Asking(QueryDict(""))
        source = CottonCompiler().process('<c-form-errors :form="form" />')
        text = engines["django"].from_string(source).render({"form": form})
    assert '<a href="#id_told">请填写“具体情况”。</a>' in text
    assert '<a href="#id_own">理由：自己的话</a>' in text
    assert ">表单不完整" in text


def test_the_errors_stay_those_of_the_field() -> None:
    form = Asking(QueryDict(""))
    assert 'id="id_told_error"' in str(form["told"].errors)
    assert form["told"].errors.as_data()[0].code == "required"


def test_signing_in_asks_for_a_login_name() -> None:
    with override("zh-hans"):
        assert list(SignInForm(QueryDict("password=x"))["login"].errors) == ["请填写“登录名”。"]
