# uwot's UMAP.
file <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
source(file.path(dirname(file), "common.R"))
peer("uwot", function(data, threads, settings) {
  set.seed(0)
  uwot::umap(data,
    n_neighbors = as.integer(settings$neighbors), min_dist = 0.1, n_threads = threads, n_sgd_threads = threads
  )
})
