#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# compile_tex.sh FILE.tex...: each table is compiled as a user would paste it, with the packages that its own first
# lines name; pdflatex, or xelatex when the table says it holds Chinese.
set -euo pipefail
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
for table in "$@"; do
  engine=pdflatex
  grep -q '^% Chinese' "$table" && engine=xelatex
  {
    echo '\documentclass{article}'
    grep '^%' "$table" | grep -oE '\\usepackage(\[[^]]*\])?\{[^}]*\}'
    printf '\\begin{document}\n'
    cat "$table"
    printf '\\end{document}\n'
  } > "$scratch/page.tex"
  (cd "$scratch" && "$engine" -interaction=nonstopmode -halt-on-error page.tex > page.out) \
    || { tail -n 20 "$scratch/page.out"; echo "FAILED $engine: $table"; exit 1; }
done
echo "$# tables compiled"
