# Rtsne, Barnes-Hut. Its learning rate has no factor 4 in the gradient.
file <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
source(file.path(dirname(file), "common.R"))
peer("Rtsne", function(data, threads, settings) {
  early <- as.integer(settings$early)
  start <- prcomp(data, rank. = 2)$x
  Rtsne::Rtsne(data,
    perplexity = as.numeric(settings$perplexity), max_iter = as.integer(settings$iterations), theta = 0.5,
    stop_lying_iter = early, mom_switch_iter = early, exaggeration_factor = 12, eta = max(200, nrow(data) / 12),
    Y_init = start / sd(start[, 1]) * 1e-4, pca = FALSE, check_duplicates = FALSE, num_threads = threads
  )$Y
})
