"""The model of Fay and Herriot on the milk data, against what R's package sae gives for it.

Household expenditure on milk in 43 publication areas of the U.S. Consumer Expenditure Survey 1989: Arora and
Lahiri (1997), table in You and Chapman (2006), data set `milk` of sae (Molina and Marhuenda 2015), whose
example has the four major areas as regressors. The estimates and mean squared errors are those of `mseFH` by
REML, ML and FH.
"""

import numpy as np
import pytest

from zhicheng.core.small_area import Areas, Method, SmallAreaEstimates, fay_herriot

# Direct estimate, its standard error, major area; then estimate and 1000 × mean squared error by REML, ML and FH.
MILK = np.array([
    [1.099, 0.163, 1, 1.02197, 13.4602, 1.01617, 13.5800, 1.01798, 12.7570],
    [1.075, 0.080, 1, 1.04760, 5.3729, 1.04370, 5.5129, 1.04496, 5.3145],
    [1.105, 0.083, 1, 1.06795, 5.7020, 1.06282, 5.8506, 1.06448, 5.6322],
    [0.628, 0.109, 1, 0.76082, 8.5417, 0.77535, 8.7355, 0.77069, 8.3235],
    [0.753, 0.119, 1, 0.84616, 9.5796, 0.85549, 9.7745, 0.85251, 9.2835],
    [0.981, 0.141, 1, 0.97437, 11.6706, 0.97359, 11.8407, 0.97383, 11.1782],
    [1.257, 0.202, 1, 1.05845, 15.9261, 1.04748, 15.9345, 1.05086, 14.8677],
    [1.095, 0.127, 2, 1.09778, 10.5865, 1.09534, 10.8218, 1.09617, 10.2527],
    [1.405, 0.168, 2, 1.22154, 14.1840, 1.20541, 14.3460, 1.21050, 13.4709],
    [1.356, 0.178, 2, 1.19515, 14.9015, 1.18126, 15.0361, 1.18564, 14.0949],
    [0.615, 0.100, 2, 0.78522, 7.6943, 0.80337, 7.9111, 0.79757, 7.5583],
    [1.460, 0.201, 2, 1.21395, 16.3365, 1.19678, 16.4045, 1.20215, 15.3253],
    [1.338, 0.148, 2, 1.20966, 12.5627, 1.19616, 12.7710, 1.20046, 12.0389],
    [0.854, 0.143, 2, 0.98350, 12.1174, 0.99141, 12.3346, 0.98897, 11.6403],
    [1.176, 0.149, 3, 1.18642, 12.0312, 1.18688, 12.1925, 1.18674, 11.4670],
    [1.111, 0.145, 3, 1.15570, 11.7091, 1.15904, 11.8771, 1.15799, 11.1819],
    [1.257, 0.135, 3, 1.22634, 10.8598, 1.22324, 11.0413, 1.22422, 10.4237],
    [1.430, 0.172, 3, 1.28565, 13.6909, 1.27552, 13.8052, 1.27868, 12.9144],
    [1.278, 0.137, 3, 1.23632, 11.0347, 1.23229, 11.2139, 1.23357, 10.5806],
    [1.292, 0.163, 3, 1.23496, 13.0797, 1.23044, 13.2137, 1.23186, 12.3855],
    [1.002, 0.125, 3, 1.09030, 9.9486, 1.09858, 10.1383, 1.09596, 9.6000],
    [1.183, 0.247, 3, 1.19231, 17.2440, 1.19216, 17.1937, 1.19221, 15.8902],
    [1.044, 0.140, 3, 1.12165, 11.2923, 1.12799, 11.4676, 1.12600, 10.8110],
    [1.267, 0.171, 3, 1.22303, 13.6253, 1.21963, 13.7418, 1.22069, 12.8579],
    [1.193, 0.106, 3, 1.19381, 8.0658, 1.19363, 8.2514, 1.19369, 7.8645],
    [0.791, 0.121, 4, 0.76272, 9.2051, 0.75907, 9.3449, 0.76024, 8.8552],
    [0.795, 0.121, 4, 0.76496, 9.2051, 0.76112, 9.3449, 0.76236, 8.8552],
    [0.759, 0.259, 4, 0.73384, 16.4769, 0.73156, 16.3901, 0.73229, 15.0415],
    [0.796, 0.106, 4, 0.76993, 7.8006, 0.76627, 7.9416, 0.76746, 7.5694],
    [0.565, 0.089, 4, 0.61344, 6.0987, 0.61915, 6.2223, 0.61731, 5.9752],
    [0.886, 0.225, 4, 0.76956, 15.4416, 0.76294, 15.4043, 0.76500, 14.2118],
    [0.952, 0.205, 4, 0.79583, 14.6579, 0.78637, 14.6557, 0.78931, 13.5719],
    [0.807, 0.119, 4, 0.77232, 9.0247, 0.76798, 9.1654, 0.76938, 8.6915],
    [0.582, 0.067, 4, 0.61023, 3.8708, 0.61413, 3.9470, 0.61286, 3.8334],
    [0.684, 0.106, 4, 0.70018, 7.8006, 0.70131, 7.9416, 0.70096, 7.5694],
    [0.787, 0.126, 4, 0.75928, 9.6461, 0.75576, 9.7824, 0.75689, 9.2532],
    [0.440, 0.092, 4, 0.52989, 6.4043, 0.54066, 6.5325, 0.53719, 6.2643],
    [0.759, 0.132, 4, 0.74345, 10.1556, 0.74113, 10.2860, 0.74188, 9.7095],
    [0.770, 0.100, 4, 0.75490, 7.2099, 0.75245, 7.3471, 0.75325, 7.0205],
    [0.800, 0.113, 4, 0.77019, 8.4703, 0.76624, 8.6125, 0.76752, 8.1859],
    [0.756, 0.083, 4, 0.74812, 5.4849, 0.74654, 5.5977, 0.74706, 5.3911],
    [0.865, 0.121, 4, 0.80408, 9.2051, 0.79714, 9.3449, 0.79936, 8.8552],
    [0.640, 0.129, 4, 0.68109, 9.9036, 0.68410, 10.0371, 0.68316, 9.4842],
])  # fmt: skip
COLUMNS = {Method.REML: (3, 4), Method.ML: (5, 6), Method.FH: (7, 8)}


def estimates(method: Method) -> SmallAreaEstimates:
    """The example of sae: a constant and an indicator of each major area but the first."""
    majors = MILK[:, 2]
    regressors = np.column_stack([np.ones(43), *(majors == each for each in (2, 3, 4))])
    return fay_herriot(Areas.of(MILK[:, 0], MILK[:, 1] ** 2, regressors), method)


@pytest.mark.parametrize("method", Method)
def test_estimates_are_those_of_sae(method: Method):
    assert estimates(method).values == pytest.approx(MILK[:, COLUMNS[method][0]], abs=2e-5)


@pytest.mark.parametrize("method", Method)
def test_mean_squared_errors_are_those_of_sae(method: Method):
    assert 1000 * estimates(method).mean_squared_errors == pytest.approx(MILK[:, COLUMNS[method][1]], abs=2e-3)


@pytest.mark.parametrize(
    ("method", "coefficients", "errors"),
    [
        (
            Method.REML,
            [0.9681890, 0.1327801, 0.2269462, -0.2413011],
            [0.06936208, 0.10300072, 0.09232981, 0.08161707],
        ),
        (
            Method.ML,
            [0.9677986, 0.1278756, 0.2266909, -0.2425804],
            [0.06590747, 0.09840939, 0.08813973, 0.07753875],
        ),
    ],
)
def test_coefficients_are_those_of_sae(method, coefficients, errors):
    found = estimates(method)
    assert found.coefficients == pytest.approx(coefficients, abs=1e-5)
    assert found.coefficient_errors == pytest.approx(errors, abs=1e-5)


def test_the_model_variance_is_the_published_one():
    """0.01855 by REML in the example of sae."""
    assert estimates(Method.REML).model_variance == pytest.approx(0.01855, abs=5e-6)


def test_borrowing_strength_makes_every_published_error_smaller():
    found = estimates(Method.REML)
    assert np.all(found.mean_squared_errors < MILK[:, 1] ** 2)
