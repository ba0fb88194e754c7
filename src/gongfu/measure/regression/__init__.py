"""Distributions explained by regressors: Fields' split, RIF regression, RIF-Oaxaca split."""

from gongfu.measure.regression.design_matrix import DesignMatrix, Term, design_matrix
from gongfu.measure.regression.fields import FieldsSplit, fields_split
from gongfu.measure.regression.oaxaca import OaxacaPart, OaxacaSplit, rif_oaxaca
from gongfu.measure.regression.rif import RIF_MEASURES, rif_measure, rif_values
from gongfu.measure.regression.rif_regression import RifRegression, rif_regression

__all__ = [
    "RIF_MEASURES",
    "DesignMatrix",
    "FieldsSplit",
    "OaxacaPart",
    "OaxacaSplit",
    "RifRegression",
    "Term",
    "design_matrix",
    "fields_split",
    "rif_measure",
    "rif_oaxaca",
    "rif_regression",
    "rif_values",
]
