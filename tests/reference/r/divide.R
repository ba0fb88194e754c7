# Gaps between groups and concentration indices with R survey, on inequality_sample.csv.
# Run: Rscript divide.R > divide.out   (R 4.2.2, survey 4.1.1)
# Errors of the concentration indices come from numerical derivatives of indices written here.
suppressPackageStartupMessages(library(survey))
d <- read.csv("inequality_sample.csv")
d$online <- as.integer((d$income * 7919) %% 100 < 40 + 25 * (d$area == "urban"))
design <- svydesign(id = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
means <- svyby(~online, ~area, design, svymean, covmat = TRUE)
say <- function(name, value, error) cat(sprintf("%s\t%.12g\t%.12g\n", name, value, error))
say("online", sum(d$online), nrow(d))
gap <- function(name, e) { v <- svycontrast(means, e); say(name, coef(v), SE(v)) }
gap("difference", quote(urban - rural))
gap("ratio", quote(urban / rural))
gap("log-odds", quote(log(urban / (1 - urban)) - log(rural / (1 - rural))))
relative <- function(h, y, w) {
  rank <- sapply(y, function(t) (sum(w[y < t]) + .5 * sum(w[y == t])) / sum(w))
  2 * sum(w * h * rank) / sum(w * h) - 1
}
index <- function(kind) function(w) {
  c <- relative(d$online, d$income, w)
  m <- sum(w * d$online) / sum(w)
  switch(kind, none = c, generalised = m * c, wagstaff = m / ((1 - m) * m) * c, erreygers = 4 * m * c)
}
for (kind in c("none", "generalised", "wagstaff", "erreygers")) {
  f <- index(kind)
  influence <- sapply(seq_len(nrow(d)), function(i) {
    w <- d$weight
    step <- 1e-4 * w[i]
    w[i] <- w[i] + step
    up <- f(w)
    w[i] <- w[i] - 2 * step
    (up - f(w)) / (2 * step)
  })
  say(kind, f(d$weight), SE(svytotal(influence, design)))
}
