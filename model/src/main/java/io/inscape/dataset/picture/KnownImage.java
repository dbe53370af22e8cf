package io.inscape.dataset.picture;

/// What was found in an image file.
///
/// @param digest SHA-256 of its bytes; not modified
/// @param rows the height in pixels
/// @param cols the width in pixels
/// @param grey whether it is stored in grey
@SuppressWarnings("ArrayRecordComponent") // one per file, compared by nobody
record KnownImage(byte[] digest, int rows, int cols, boolean grey) {
  String words() {
    return rows + " x " + cols + " pixels";
  }
}
