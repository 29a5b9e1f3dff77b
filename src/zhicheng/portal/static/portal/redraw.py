"""Draws again, with Python 3.11 alone: `python redraw.py BUNDLE` prints the result; ends with 1 if the bundle differs."""

# fmt: off
# mypy: ignore-errors
# ruff: noqa: B905, E401, E501, E701, E702, I001, SIM115  (short enough to be read in one piece)
import hashlib, json, sys, unicodedata
from fractions import Fraction
def _hashed(*fields): return hashlib.new(kept["hash"], "\x1f".join(fields).encode()).hexdigest()
def _canonical(rows):  # the same for every order of the rows
    rows = sorted([cell.strip() for cell in row] for row in rows)
    return "".join("\t".join(unicodedata.normalize("NFC", cell) for cell in row) + "\n" for row in rows)
def _chances(sizes, n):  # proportional to size; who would exceed 1 is certain, and the rest is shared out anew
    found = {}
    while sizes and n > 0:
        total = sum(sizes.values())
        sure = {unit: Fraction(1) for unit, size in sizes.items() if n * size >= total}
        found |= sure or {unit: n * size / total for unit, size in sizes.items()}
        sizes, n = {unit: size for unit, size in sizes.items() if unit not in found}, n - len(sure)
    return {unit: chance for unit, chance in found.items() if chance > 0}
def _ranked(likely):  # Pareto order sampling, in exact fractions
    u = {unit: 2 * int(_hashed(seed, "E", unit), 16) + 1 for unit in likely}
    q = {unit: Fraction(u[unit], 2**257 - u[unit]) * (1 / one - 1) if one != 1 else -1 for unit, one in likely.items()}
    return sorted(likely, key=lambda unit: (q[unit], unit))
def _free(start):  # makes a place with one of `start`, others moving as they must
    came, queue = dict.fromkeys(start), list(start)
    for who in queue:
        held = [visit for visit in goes if who in goes[visit]]
        if len(held) < left[who]:
            while came[who]: goes[came[who][0]] ^= {who, came[who][1]}; who = came[who][1]
            return {who}
        for visit in held:
            others = fits[visit] - goes[visit] - came.keys()
            came |= dict.fromkeys(others, (visit, who)); queue += others
    return set()
def _assigned(per):  # the lowest lot that leaves all later visits theirs; None if there are not enough inspectors
    for visit in (visit for visit in goes for _ in range(per)):
        if not (found := _free(fits[visit] - goes[visit])): return None
        goes[visit] |= found
    for visit, taken in (out := {visit: [] for visit in goes}).items():
        for _, who in sorted((_hashed(seed, "I", visit, who), who) for who, _ in staff if who in fits[visit]):
            if len(taken) == per or left[who] == 0: continue
            given = {who} & goes[visit] or set(sorted(goes[visit])[:1]); goes[visit] -= given
            if left[who] < 0 or _free([who]): fits[visit] -= {who}; left[who] -= 1; taken.append(who)
            else: goes[visit] |= given
    return out
kept = json.load(open(sys.argv[1], encoding="utf-8")); plan = json.loads(kept["plan"])
hashes = [_hashed(text) for text in (*(_canonical(kept[name]) for name in ("roster", "inspectors", "conflicts")), kept["plan"])]
commitment = _hashed("verifiable-draw-v1" + "-sm3" * (kept["hash"] == "sm3"), *hashes)
seed, tickets = _hashed("seed", commitment, kept["randomness"]["text"].lower()), []
for stratum in sorted(plan["n"]):
    n = plan["n"][stratum]; likely = _chances({row[0]: Fraction(row[2]) for row in kept["roster"] if row[1] == stratum}, n)
    tickets += [{"stratum": stratum, "id": unit, "lam": str(likely[unit]), "u_hex": _hashed(seed, "E", unit), "rank": rank, "selected": rank <= n} for rank, unit in enumerate(_ranked(likely), 1)]
selected, staff = [each["id"] for each in tickets if each["selected"]], [(row[0], int(row[1])) for row in kept["inspectors"]]
left, goes, barred = dict(staff), {visit: set() for visit in selected}, {tuple(row[:2]) for row in kept["conflicts"]}
fits = {visit: {who for who in left if (who, visit) not in barred} for visit in goes}
result = dict(zip([f"{name}_{kept['hash']}" for name in ("frame", "inspectors", "conflicts", "plan")], hashes), commitment=commitment, seed=seed, selected=selected, assignment=_assigned(plan["inspectors_per_visit"]), tickets=tickets)
sys.stdout.buffer.write(json.dumps(result, indent=1, ensure_ascii=False).encode())
sys.exit(json.dumps(result) != json.dumps(kept["result"]))
