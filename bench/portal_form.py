"""The portal's real form, read as a browser reads it, and written out as the requests that send it."""

import json
import re
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from itertools import cycle, islice

from load import KEY, PHONE

BOUNDARY = "----zhichengbench7MA4YWxkTrZu0gW"
DESCRIPTIONS = (
    "入住后不久主卧窗台下方开始渗水，雨后墙面发霉起皮，物业来看过两次都没有处理，开发商电话打不通。",
    "客厅和次卧墙面用锤子敲有多处空鼓，面积超过一平方米，已经出现裂缝，要求开发商上门维修并给出期限。",
    "顶楼屋面防水失效，每次下大雨天花板都会滴水，家具已经损坏。报修三个月，施工单位一直推脱。",
    "卫生间地面坡度反了，积水流到客厅，木地板已经鼓起来，请主管部门督促整改。",
    "地下车库入口墙体开裂，缝宽约五毫米，担心有安全问题，希望派人检测并把结果告诉业主。",
)
TEMPLATES = 40
Fetch = Callable[[str], tuple[str, str]]
"""Gets a path; gives the page and the cookies that came with it, as a request states them."""


def browser(port: int) -> Fetch:
    """A fetcher for the server on that port of the loopback."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def fetch(path: str) -> tuple[str, str]:
        page = opener.open(f"http://127.0.0.1:{port}{path}").read().decode()
        return page, "; ".join(f"{one.name}={one.value}" for one in jar)

    return fetch


def complaint_requests(fetch: Fetch, city: str) -> list[bytes]:
    """Complete POST requests of the form of `city`: categories, townships and descriptions take turns.

    Each holds `KEY` and `PHONE` where a request key and a telephone number of the same length belong.
    """
    page, cookies = fetch(f"/{city}/complain/")
    token = _hidden(page, "csrfmiddlewaretoken")
    categories = _options(page, "category")
    places = [
        (county, township)
        for county in _options(page, "county")
        for township in list(_children(fetch, county))[:3]
    ]
    turns = islice(zip(cycle(categories), cycle(places), cycle(DESCRIPTIONS)), TEMPLATES)
    return [
        _post(city, cookies, {
            "csrfmiddlewaretoken": token, "request_key": KEY.decode(), "county": county, "township": township,
            "village": "", "site_text": "阳光花园3号楼", "site": "", "place": "2单元1102室", "category": category,
            "description": description, "respondent": "山东某某置业有限公司", "name": "王晓明",
            "phone": PHONE.decode(),
        })
        for category, (county, township), description in turns
    ]  # fmt: skip


def _post(city: str, cookies: str, fields: dict[str, str]) -> bytes:
    """As a browser sends the form: multipart, with an empty part for the photographs nobody chose."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename=""\r\n'
        f"Content-Type: application/octet-stream\r\n\r\n\r\n--{BOUNDARY}--\r\n"
    )
    body = "".join(parts).encode()
    head = (
        f"POST /{city}/complain/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
        "Accept: text/html\r\nAccept-Language: zh-CN,zh;q=0.9\r\nUser-Agent: Mozilla/5.0\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)
    if found is None:
        raise LookupError(f"the form has no field {name}")
    return found[1]


def _options(page: str, name: str) -> list[str]:
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    if select is None:
        raise LookupError(f"the form has no select {name}")
    return [value for value in re.findall(r'<option[^>]*value="([^"]*)"', select[0]) if value]


def _children(fetch: Fetch, parent: str) -> list[str]:
    return [str(area["id"]) for area in json.loads(fetch(f"/places/children/?parent={parent}")[0])]
