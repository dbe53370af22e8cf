/// What a study knows, as tables with named columns: [StudyTables] makes them, [ResultTables] those
/// of one kept result, [TableFile] writes them as CSV, Parquet or NumPy files, [TableQuery] asks
/// questions about them in SQL.
@NullMarked
package io.inscape.study.table;

import org.jspecify.annotations.NullMarked;
