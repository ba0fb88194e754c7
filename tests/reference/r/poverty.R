# Poverty and tail measures of the made-up survey by R packages: convey (errors), ineq, laeken.
suppressPackageStartupMessages({
  library(survey)
  library(laeken)
  library(convey)
})
say <- function(name, value) cat(sprintf("%s\t%.17g\n", name, as.numeric(value)))
for (name in c("survey", "laeken", "convey", "ineq")) {
  cat(name, "\t", as.character(packageVersion(name)), "\n", sep = "")
}

rows <- read.csv("inequality_sample.csv")
design <- convey_prep(svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = rows))
both <- function(name, found) {
  say(paste0(name, ".value"), coef(found))
  say(paste0(name, ".error"), SE(found))
}
for (g in 0:2) {
  name <- paste0("fgt", g)
  both(paste0(name, ".15000"), svyfgt(~income, design, g = g, abs_thresh = 15000))
  both(paste0(name, ".60%median"),
       svyfgt(~income, design, g = g, type_thresh = "relq", percent = 0.6))
  both(paste0(name, ".50%mean"),
       svyfgt(~income, design, g = g, type_thresh = "relm", percent = 0.5))
}
both("watts.15000", svywatts(~income, design, abs_thresh = 15000))
both("watts.60%median", svywatts(~income, design, type_thresh = "relq", percent = 0.6))
both("watts.50%mean", svywatts(~income, design, type_thresh = "relm", percent = 0.5))
both("line.60%median", svyarpt(~income, design, percent = 0.6))

poor <- arpr("income", weights = "weight", data = rows)
say("laeken.arpr", poor$value / 100)
say("laeken.line", poor$threshold)
y <- rows$income
say("ineq.sen", ineq::Sen(y, 15000))
say("ineq.sst", ineq::SST(y, 15000))
say("ineq.watts", ineq::Watts(y, 15000))
say("ineq.severity", ineq::Foster(y, 15000, 3))
say("laeken.hill.weighted", thetaHill(y, x0 = 60000, w = rows$weight))
say("laeken.hill.top30", thetaHill(y, k = 30))
