"""Inequality, industry and political instability of 47 countries: the path model's textbook example (Russett 1964;
Gifi 1990; Sanchez 2013, PLS Path Modeling with R). Weights by the R package plspm, whose tolerance is 1e-6."""

import numpy as np
import pytest

from zhicheng.core.scores import Mode, Scheme, path_model

BELOW_DIAGONAL = [
    0.93764884,
    0.41006492, 0.47675702,
    -0.30010031, -0.37351704, -0.08017060,
    0.25650682, 0.30188297, -0.18725882, -0.81510145,
    0.13786969, 0.11732796, 0.07225822, -0.13918419, 0.24886316,
    0.29374066, 0.35086813, 0.09291491, -0.54727378, 0.49455975, 0.32717112,
    0.42517365, 0.41221564, 0.29738623, -0.51512227, 0.51635648, 0.08356749, 0.62754059,
    0.31974116, 0.39323676, -0.06388487, -0.70318775, 0.77023900, 0.19868252, 0.55498079, 0.57420673,
]  # fmt: skip
"""Correlations of gini, farm, rent; gnpr, labo; inst, ecks, death, demo: row by row."""
BLOCKS = {"agriculture": [0, 1, 2], "industry": [3, 4], "instability": [5, 6, 7, 8]}
LINKS = [("agriculture", "instability"), ("industry", "instability")]
WEIGHTS = {
    Scheme.CENTROID: [0.4494737, 0.4961560, 0.1365605, -0.5153427, 0.5343382,
                      0.1284929, 0.3320609, 0.3752498, 0.4237789],
    Scheme.FACTORIAL: [0.4501126, 0.4985277, 0.1312467, -0.5150692, 0.5346107,
                       0.1271610, 0.3320886, 0.3602669, 0.4389746],
    Scheme.PATH: [0.4506001, 0.5003532, 0.1271366, -0.5148604, 0.5348187,
                  0.1261507, 0.3320563, 0.3487750, 0.4505271],
}  # fmt: skip


@pytest.fixture
def correlation() -> np.ndarray:
    matrix = np.eye(9)
    matrix[np.tril_indices(9, -1)] = BELOW_DIAGONAL
    return matrix + np.tril(matrix, -1).T


@pytest.mark.parametrize("scheme", list(Scheme))
def test_weights_of_every_scheme(correlation: np.ndarray, scheme: Scheme) -> None:
    found = path_model(correlation, BLOCKS, LINKS, scheme=scheme).weights
    assert np.concatenate(list(found.values())) == pytest.approx(WEIGHTS[scheme], abs=2e-5)


def test_paths_loadings_and_r_squared(correlation: np.ndarray) -> None:
    model = path_model(correlation, BLOCKS, LINKS, scheme=Scheme.CENTROID)
    assert list(model.paths.values()) == pytest.approx([0.2256387, 0.6714573], abs=2e-6)
    assert model.r_squared["instability"] == pytest.approx(0.5922581, abs=2e-6)
    assert model.loadings["agriculture"] == pytest.approx([0.9706924, 0.9827106, 0.5574197], abs=2e-6)
    assert model.loadings["instability"] == pytest.approx([0.3526898, 0.8447737, 0.8377060, 0.8490666], abs=2e-6)


def test_r_squared_of_mode_b(correlation: np.ndarray) -> None:
    modes = dict.fromkeys(BLOCKS, Mode.B)
    model = path_model(correlation, BLOCKS, LINKS, modes=modes, scheme=Scheme.CENTROID)
    assert model.r_squared["instability"] == pytest.approx(0.6429161, abs=2e-6)
