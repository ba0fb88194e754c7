# Errors of inequality measures under a survey design, by R's survey package.
# Influence values come from two sides: gongfu's own (inequality_influence.csv), and numerical
# derivatives of the measures as written here, so that neither formula is taken on trust.
suppressPackageStartupMessages({
  library(survey)
  library(laeken)
})
say <- function(name, value) cat(sprintf("%s\t%.17g\n", name, as.numeric(value)))
cat("R\t", as.character(getRversion()), "\n", sep = "")
cat("survey\t", as.character(packageVersion("survey")), "\n", sep = "")
cat("laeken\t", as.character(packageVersion("laeken")), "\n", sep = "")

rows <- read.csv("inequality_sample.csv")
theirs <- read.csv("inequality_influence.csv")
clustered <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = rows)
single <- svydesign(ids = ~1, weights = ~weight, data = rows)
total_error <- function(z, design) as.numeric(SE(svytotal(z, design)))

# Measures, written from their definitions.
share_mean <- function(y, w) sum(w * y) / sum(w)
lorenz <- function(y, w, p) {
  o <- order(y); y <- y[o]; w <- w[o]
  approx(c(0, cumsum(w)) / sum(w), c(0, cumsum(w * y)) / sum(w * y), p)$y
}
measures <- list(
  gini = function(y, w) {
    sum(outer(w, w) * abs(outer(y, y, "-"))) / (2 * sum(w)^2 * share_mean(y, w))
  },
  theil = function(y, w) { r <- y / share_mean(y, w); share_mean(r * log(r), w) },
  mld = function(y, w) -share_mean(log(y / share_mean(y, w)), w),
  ge_2 = function(y, w) (share_mean((y / share_mean(y, w))^2, w) - 1) / 2,
  atkinson_05 = function(y, w) 1 - share_mean(sqrt(y / share_mean(y, w)), w)^2,
  atkinson_1 = function(y, w) 1 - exp(share_mean(log(y), w)) / share_mean(y, w),
  hoover = function(y, w) share_mean(abs(y - share_mean(y, w)), w) / (2 * share_mean(y, w)),
  s80_s20 = function(y, w) (1 - lorenz(y, w, 0.8)) / lorenz(y, w, 0.2),
  palma = function(y, w) (1 - lorenz(y, w, 0.9)) / lorenz(y, w, 0.4)
)
measures$ede_sen <- function(y, w) share_mean(y, w) * (1 - measures$gini(y, w))
derivative <- function(measure, y, w) {
  sapply(seq_along(y), function(i) {
    h <- 1e-4 * w[i]
    up <- w; up[i] <- w[i] + h
    down <- w; down[i] <- w[i] - h
    (measure(y, up) - measure(y, down)) / (2 * h)
  })
}

m <- svymean(~income, clustered)
say("mean.value", coef(m)); say("mean.error.clustered", SE(m))
ends <- confint(m, df = degf(clustered))
say("mean.low", ends[1]); say("mean.high", ends[2]); say("df", degf(clustered))
say("mean.error.single", SE(svymean(~income, single)))
by_area <- svyby(~income, ~area, clustered, svymean)
for (a in c("rural", "urban")) {
  say(paste0("mean.", a, ".value"), by_area[a, "income"])
  say(paste0("mean.", a, ".error"), by_area[a, "se"])
  say(paste0("mean.", a, ".df"), degf(subset(clustered, area == a)))
}

for (name in names(theirs)) {
  say(paste0(name, ".error.own_influence.clustered"), total_error(theirs[[name]], clustered))
  say(paste0(name, ".error.own_influence.single"), total_error(theirs[[name]], single))
}
for (name in names(measures)) {
  say(paste0(name, ".value"), measures[[name]](rows$income, rows$weight))
  z <- derivative(measures[[name]], rows$income, rows$weight)
  say(paste0(name, ".error.derivative.clustered"), total_error(z, clustered))
}

# A stratum with a single PSU, centred at the mean of all units.
options(survey.lonely.psu = "adjust")
first <- min(rows$psu[rows$stratum == 1])
few <- rows[rows$stratum != 1 | rows$psu == first, ]
lonely <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = few)
say("mean.error.lonely_adjust", SE(svymean(~income, lonely)))
options(survey.lonely.psu = "certainty")
say("mean.error.lonely_certainty", SE(svymean(~income, lonely)))
options(survey.lonely.psu = "fail")

# Replicate weights: stratified jackknife around the full-sample value.
jackknife <- as.svrepdesign(clustered, type = "JKn", mse = TRUE)
of_gini <- withReplicates(jackknife, function(w, data) measures$gini(data$income, w))
say("gini.error.jkn", SE(of_gini))

# Woodruff intervals of quantiles.
for (p in c(0.1, 0.5, 0.9)) {
  q <- svyquantile(~income, clustered, p, interval.type = "mean")
  say(sprintf("p%g.error.woodruff", 100 * p), SE(q))
}

# laeken: values by its own conventions (per cent), and its naive bootstrap.
say("laeken.gini.value", gini("income", weights = "weight", data = rows)$value / 100)
say("laeken.qsr.value", qsr("income", weights = "weight", data = rows)$value)
set.seed(1)
g <- gini("income", weights = "weight", data = rows)
b <- variance("income", weights = "weight", design = "stratum", cluster = "psu", data = rows,
              indicator = g, R = 2000, bootType = "naive")
say("laeken.gini.error.naive_bootstrap", sqrt(b$var) / 100)
