package io.inscape.study.table;

/// The head of a column.
///
/// @param name in lower case, words joined by `_`; names of classes stay as they are
/// @param type of its cells
public record TableField(String name, TableType type) {}
