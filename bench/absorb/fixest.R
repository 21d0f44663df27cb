# SPDX-License-Identifier: Apache-2.0
# One case in fixest, timed in process. Rscript fixest.R FOLDER EFFECTS K THREADS REPETITIONS: FOLDER holds the raw
# columns of bench_absorb, EFFECTS are names separated by commas; R_LIBS_USER names the library with fixest.
# Prints lines "name value ...": version, one "seconds VCOV MEDIAN CPU" a covariance, extra_mb, iterations, b.
suppressMessages(library(fixest))
words <- commandArgs(TRUE)
folder <- words[1]; effects <- strsplit(words[2], ",")[[1]]
k <- as.integer(words[3]); threads <- as.integer(words[4]); repetitions <- as.integer(words[5])
setFixest_notes(FALSE)

rows <- file.size(file.path(folder, "y.f64")) / 8
variable <- function(name) readBin(file.path(folder, paste0(name, ".f64")), "double", rows)
id <- function(name) readBin(file.path(folder, paste0(name, ".i32")), "integer", rows)
regressors <- paste0("x", seq_len(k))
data <- c(lapply(setNames(nm = c("y", regressors)), variable), lapply(setNames(nm = effects), id))
data <- as.data.frame(data)
formula <- as.formula(paste("y ~", paste(regressors, collapse = "+"), "|", paste(effects, collapse = "+")))

megabytes <- function(field) {
  line <- grep(paste0("^", field), readLines("/proc/self/status"), value = TRUE)
  as.numeric(gsub("[^0-9]", "", line)) / 1024
}
estimate <- function(vcov) {
  fit <- feols(formula, data, vcov = vcov, nthreads = threads)
  capture.output(print(fit))
  fit
}

cat("version fixest", as.character(packageVersion("fixest")), "R", as.character(getRversion()), "\n")
invisible(gc(FALSE))
before <- megabytes("VmRSS")
try(cat("5", file = "/proc/self/clear_refs"), silent = TRUE)
first <- system.time(fit <- estimate("iid"))
cat("extra_mb", megabytes("VmHWM") - before, "\n")
slow <- first[["elapsed"]] > 3 # then the one run counts, and what clustering adds to it is left out
for (name in if (slow) "iid" else c("iid", "cluster")) {
  vcov <- if (name == "cluster") ~firm_id else "iid"
  elapsed <- cpu <- numeric(0)
  for (i in seq_len(repetitions)) {
    invisible(gc(FALSE))
    seconds <- if (slow) first else system.time(fit <- estimate(vcov))
    elapsed <- c(elapsed, seconds[["elapsed"]])
    cpu <- c(cpu, seconds[["user.self"]] + seconds[["sys.self"]])
    if (slow || (i >= 2 && seconds[["elapsed"]] > 3)) break
  }
  cat("seconds", name, median(elapsed), median(cpu), "\n")
}
cat("iterations", if (is.null(fit$iterations)) NA else max(unlist(fit$iterations)), "\n")
cat("b", sprintf("%.17g", coef(fit)[regressors]), "\n")
