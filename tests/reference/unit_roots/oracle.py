# SPDX-License-Identifier: Apache-2.0
# python3 oracle.py > statsmodels.csv, in this folder.
import csv

from statsmodels.tsa.stattools import adfuller

with open("../stata_grunfeld_cluster/grunfeld.csv") as file:
    rows = [row for row in csv.DictReader(file) if row["firm"] == "General Motors"]
print("quantity,value")
for variable in ("invest", "value", "capital"):
    series = [float(row[variable]) for row in rows]
    for regression, terms in (("n", "none"), ("c", "constant"), ("ct", "trend")):
        for lags in (0, 1, 2):
            t, p, _, n, critical = adfuller(series, maxlag=lags, autolag=None, regression=regression)[:5]
            name = f"{variable} {terms} {lags}"
            print(f"{name} t,{t:.17g}\n{name} p,{p:.17g}\n{name} rows,{n}")
            for level in ("1%", "5%", "10%"):
                print(f"{name} {level},{critical[level]:.17g}")
    chosen = adfuller(series, maxlag=4, autolag="AIC", regression="c")
    print(f"{variable} aic t,{chosen[0]:.17g}\n{variable} aic lags,{chosen[2]}")
    chosen = adfuller(series, maxlag=4, autolag="BIC", regression="c")
    print(f"{variable} bic t,{chosen[0]:.17g}\n{variable} bic lags,{chosen[2]}")
