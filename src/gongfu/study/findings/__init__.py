"""What a study found, as the tables of its result document."""

from gongfu.study.findings.accounts import account_tables
from gongfu.study.findings.convergence import convergence_tables
from gongfu.study.findings.divide import divide_tables
from gongfu.study.findings.explain import explain_tables
from gongfu.study.findings.grouped import grouped_table
from gongfu.study.findings.incidence import incidence_tables
from gongfu.study.findings.index import index_tables
from gongfu.study.findings.inequality import inequality_tables
from gongfu.study.findings.policy import policy_tables
from gongfu.study.findings.prices import price_table
from gongfu.study.findings.provinces import province_table
from gongfu.study.findings.quality import quality_tables
from gongfu.study.findings.space import space_tables

__all__ = [
    "account_tables",
    "convergence_tables",
    "divide_tables",
    "explain_tables",
    "grouped_table",
    "incidence_tables",
    "index_tables",
    "inequality_tables",
    "policy_tables",
    "price_table",
    "province_table",
    "quality_tables",
    "space_tables",
]
