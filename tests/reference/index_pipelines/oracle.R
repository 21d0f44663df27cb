# SPDX-License-Identifier: Apache-2.0
# Four indices from their metadata, step by step in base R: denominators, group means, treatment, scales, weights, levels.
# Run here: Rscript oracle.R
options(digits = 17)
out <- list()
put <- function(index, quantity, item, value) out[[length(out) + 1]] <<- data.frame(index, quantity, item, value = sprintf("%.17g", value))
skewness <- function(x) { d <- x - mean(x); g <- mean(d^3) / mean(d^2)^1.5; k <- length(x); g * sqrt(k * (k - 1)) / (k - 2) }
kurtosis <- function(x) { d <- x - mean(x); g <- mean(d^4) / mean(d^2)^2 - 3; k <- length(x); ((k + 1) * g + 6) * (k - 1) / ((k - 2) * (k - 3)) }
bad <- function(x) abs(skewness(x)) > 2 && kurtosis(x) > 3.5
treat <- function(x) { y <- x; moved <- 0
  while (bad(y) && moved < 5) { if (skewness(y) > 0) y[y == max(y)] <- max(y[y != max(y)]) else y[y == min(y)] <- min(y[y != min(y)]); moved <- moved + 1 }
  if (!bad(y)) y else if (skewness(x) > 0) log(x - min(x) + (max(x) - min(x)) / 100) else -log(max(x) - x + (max(x) - min(x)) / 100) }
entropy <- function(Z) { P <- sweep(Z, 2, colSums(Z), "/"); e <- -colSums(ifelse(P > 0, P * log(P), 0)) / log(nrow(Z)); (1 - e) / sum(1 - e) }
wmean <- function(M, w) drop(as.matrix(M) %*% (w / sum(w)))

# --- ASEM: 49 indicators, 8 pillars, 2 sub-indices; all weights 1 in their parent --------------------------------------------
d <- read.csv("asem.csv"); l <- read.csv("asem_list.csv", na.strings = ""); ind <- l[l$level == 1, ]
S <- list()
for (r in seq_len(nrow(ind))) { x <- d[[ind$code[r]]]; if (!is.na(ind$denominator[r])) x <- x / d[[ind$denominator[r]]]
  for (i in which(is.na(x))) x[i] <- mean(d[[ind$code[r]]][d$GDP_group == d$GDP_group[i]] / (if (is.na(ind$denominator[r])) 1 else d[[ind$denominator[r]]][d$GDP_group == d$GDP_group[i]]), na.rm = TRUE)
  y <- treat(x); z <- (y - min(y)) / (max(y) - min(y)); if (ind$direction[r] < 0) z <- 1 - z; S[[ind$code[r]]] <- z
  for (i in c(7, 18, 29, 40, 51)) { item <- paste(d$uCode[i], ind$code[r], sep = ":"); put("asem", "imputed", item, x[i]); put("asem", "treated", item, y[i]); put("asem", "normalised", item, z[i]) } }
for (level in 2:4) { nodes <- l[l$level == level, ]; for (r in seq_len(nrow(nodes))) { kids <- l[!is.na(l$parent) & l$parent == nodes$code[r], ]; S[[nodes$code[r]]] <- wmean(do.call(cbind, S[kids$code]), kids$weight)
  for (i in seq_len(nrow(d))) put("asem", nodes$code[r], d$uCode[i], S[[nodes$code[r]]][i]) } }

# --- DESI 2022: fixed goalposts that cap, three levels of weights -----------------------------------------------------------------
d <- read.csv("desi.csv", check.names = FALSE); l <- read.csv("desi_list.csv", na.strings = "", colClasses = c(code = "character", parent = "character")); S <- list()
for (r in which(l$level == 1)) { x <- d[[l$code[r]]]; x[is.na(x)] <- mean(x, na.rm = TRUE); z <- (x - l$min[r]) / (l$max[r] - l$min[r]); S[[l$code[r]]] <- pmin(pmax(z, 0), 1) }
l <- rbind(l, data.frame(code = "DESI", level = 4, parent = NA, direction = NA, weight = NA, min = NA, max = NA, label = NA))
for (level in 2:4) for (node in l$code[l$level == level]) { kids <- l[!is.na(l$parent) & l$parent == node, ]; S[[node]] <- wmean(do.call(cbind, S[kids$code]), kids$weight)
  for (i in seq_len(nrow(d))) put("desi", node, d$country[i], S[[node]][i]) }

# --- Human development: goalposts that cap, logarithm of income, geometric mean of three dimensions -----------------------------------
d <- read.csv("human_development.csv"); part <- function(x, a, b) pmin(pmax((x - a) / (b - a), 0), 1)
health <- part(d$le, 20, 85); education <- (part(d$eys, 0, 18) + part(d$mys, 0, 15)) / 2; income <- part(log(d$gnipc), log(100), log(75000))
for (i in seq_len(nrow(d))) { key <- paste(d$iso3[i], d$year[i]); put("human_development", "education", key, education[i]); put("human_development", "score", key, (health[i] * education[i] * income[i])^(1/3)) }

# --- Transport of invented cities: two levels of entropy weights, renormalised in between ------------------------------------------------
source("simulate.R"); d <- read.csv("transport.csv"); l <- read.csv("transport_list.csv")
Z <- sapply(seq_len(nrow(l)), function(j) { x <- d[[l$code[j]]]; z <- (x - min(x)) / (max(x) - min(x)); if (l$direction[j] == "+") z else 1 - z })
U <- sapply(unique(l$dimension), function(g) { J <- l$dimension == g; s <- drop(Z[, J] %*% entropy(Z[, J])); (s - min(s)) / (max(s) - min(s)) })
w <- entropy(U); for (k in seq_along(w)) put("transport", "weight", colnames(U)[k], w[k])
for (i in seq_len(nrow(d))) put("transport", "score", paste(d$city[i], d$year[i]), drop(U[i, ] %*% w))
write.csv(do.call(rbind, out), "expected.csv", row.names = FALSE, quote = FALSE)
