package io.inscape.dataset.picture;

/// An image file as a folder lists it.
///
/// @param path inside the data set's folder, with `/` between folders
/// @param label of its class folder or table; empty where there is none
/// @param bytes its size
/// @param modified when it was written, in nanoseconds since 1970
record ListedImage(String path, String label, long bytes, long modified) {
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
