package io.inscape.study.table;

/// What a table is written as.
public enum TableFormat {
  /// Text as RFC 4180 has it: a header, commas, quotes where needed, a dot before decimals.
  CSV("csv", "text/csv; charset=utf-8; header=present"),
  /// Apache Parquet, with the types of the columns and the provenance as key/value metadata.
  PARQUET("parquet", "application/vnd.apache.parquet"),
  /// One NumPy file for each column: in a folder, or in one archive.
  NPY("npz", "application/zip");

  private final String ending;
  private final String contentType;

  TableFormat(String ending, String contentType) {
    this.ending = ending;
    this.contentType = contentType;
  }

  /// {@return how a file of it ends, where it is one file}
  public String ending() {
    return ending;
  }

  /// {@return what it is called on the web}
  public String contentType() {
    return contentType;
  }
}
