# What the R peers share: .npy in and out without a package for it, and the arguments of common.py.
arguments <- commandArgs(trailingOnly = TRUE)

read_npy <- function(path) {
  con <- file(path, "rb")
  on.exit(close(con))
  readBin(con, "raw", 8)
  length <- readBin(con, "integer", 1, size = 2, signed = FALSE, endian = "little")
  header <- rawToChar(readBin(con, "raw", length))
  stopifnot(grepl("'<f4'", header), grepl("'fortran_order': False", header))
  shape <- as.integer(strsplit(gsub(".*\\(([0-9, ]+)\\).*", "\\1", header), ",")[[1]])
  values <- readBin(con, "numeric", prod(shape), size = 4, endian = "little")
  matrix(values, nrow = shape[1], ncol = shape[2], byrow = TRUE)
}

write_npy <- function(path, positions) {
  header <- sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", nrow(positions), ncol(positions))
  header <- paste0(header, strrep(" ", (64 - (10 + nchar(header) + 1) %% 64) %% 64), "\n")
  con <- file(path, "wb")
  on.exit(close(con))
  writeBin(as.raw(c(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0)), con)
  writeBin(nchar(header), con, size = 2, endian = "little")
  writeBin(charToRaw(header), con)
  writeBin(as.vector(t(positions)), con, size = 4, endian = "little")
}

peer <- function(package, run) {
  if (arguments[1] == "--check") {
    cat(package, as.character(packageVersion(package)), "\n")
    return(invisible())
  }
  settings <- list()
  for (argument in arguments[-(1:3)]) {
    parts <- strsplit(argument, "=")[[1]]
    settings[[parts[1]]] <- parts[2]
  }
  write_npy(arguments[2], run(read_npy(arguments[1]), as.integer(arguments[3]), settings))
}
