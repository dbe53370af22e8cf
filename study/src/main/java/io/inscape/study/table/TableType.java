package io.inscape.study.table;

/// What the cells of a column are.
public enum TableType {
  /// Whole numbers of 32 bits.
  INT32("INTEGER", "<i4"),
  /// Whole numbers of 64 bits.
  INT64("BIGINT", "<i8"),
  /// Floats of 32 bits.
  FLOAT32("FLOAT", "<f4"),
  /// Floats of 64 bits.
  FLOAT64("DOUBLE", "<f8"),
  /// Words.
  TEXT("VARCHAR", "<U");

  private final String sql;
  private final String numpy;

  TableType(String sql, String numpy) {
    this.sql = sql;
    this.numpy = numpy;
  }

  String sql() {
    return sql;
  }

  /// NumPy's name; of texts the length follows.
  String numpy() {
    return numpy;
  }
}
