import pytest

from zhicheng.cases.suggesting.labelled import ColumnUnknown, RowsRefused, read_labelled
from zhicheng.ground.importing.table import TableRefused

HEAD = "编号,主题,内容,分类\n"


@pytest.fixture
def written(tmp_path):
    def write(text: str, encoding: str = "utf-8"):
        path = tmp_path / "texts.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_columns_are_joined(written, encoding):
    path = written(HEAD + "1,漏水,三楼顶板,渗漏\n2,,只有内容,渗漏\n", encoding)
    texts, left_out = read_labelled(path, texts=["主题", "内容"], label="分类")
    assert [(one.text, one.label) for one in texts] == [("漏水\n三楼顶板", "渗漏"), ("只有内容", "渗漏")]
    assert left_out == 0


def test_faulty_rows_are_named_by_row_and_column(written):
    path = written(HEAD + "1,漏水,a,\n2,,,渗漏\n3,好,b,渗漏\n4,好,b," + "长" * 201 + "\n")
    with pytest.raises(RowsRefused) as caught:
        read_labelled(path, texts=["主题", "内容"], label="分类")
    assert [(row, column) for row, column, _ in caught.value.problems] == [
        (2, "D 分类"),
        (3, "B 主题"),
        (5, "D 分类"),
    ]
    texts, left_out = read_labelled(path, texts=["主题", "内容"], label="分类", leave_out=True)
    assert (len(texts), left_out) == (1, 3)


def test_a_file_of_faulty_rows_alone_is_refused(written):
    with pytest.raises(RowsRefused):
        read_labelled(written(HEAD + "1,漏水,a,\n"), texts=["主题"], label="分类", leave_out=True)


@pytest.mark.parametrize(("texts", "label"), [(["正文"], "分类"), (["主题"], "标签")])
def test_an_unknown_column_is_named_with_those_there_are(written, texts, label):
    with pytest.raises(ColumnUnknown, match="编号、主题、内容、分类"):
        read_labelled(written(HEAD + "1,a,b,c\n"), texts=texts, label=label)


def test_a_column_that_is_there_twice_is_refused(written):
    with pytest.raises(ColumnUnknown, match="several"):
        read_labelled(written("文,文,类\n1,2,3\n"), texts=["文"], label="类")


def test_a_file_that_is_no_table_is_refused(written):
    with pytest.raises(TableRefused):
        read_labelled(written(""), texts=["主题"], label="分类")
