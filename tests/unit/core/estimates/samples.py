"""Small samples that Hypothesis makes: strata of clusters, weights, and values of which some are missing."""

import numpy as np
from hypothesis import strategies as st

from zhicheng.core.designs import Design, Floats

Sample = tuple[Design, Floats]


@st.composite
def samples(draw: st.DrawFn, *, missing: bool = False) -> Sample:
    """A design with two or three clusters in each of two strata, and a value for each row."""
    clusters = [*draw(st.lists(st.sampled_from([0, 1, 2]), max_size=6)), 0, 1]
    strata = draw(st.lists(st.sampled_from("ns"), min_size=len(clusters), max_size=len(clusters)))
    labels = [*zip(strata, clusters, strict=True), ("n", 8), ("n", 9), ("s", 8), ("s", 9)]
    rows = len(labels)
    weights = draw(st.lists(st.floats(0.5, 20), min_size=rows, max_size=rows))
    value = st.one_of(st.floats(-99, 99), st.none()) if missing else st.floats(-99, 99)
    values = [*draw(st.lists(value, min_size=rows - 4, max_size=rows - 4)), 1.0, 2.0, 5.0, 3.0]
    design = Design.clusters(labels, strata=[stratum for stratum, _ in labels], weights=weights)
    return design, np.array(values, dtype=np.float64)
