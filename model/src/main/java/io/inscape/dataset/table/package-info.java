/// Data sets of vectors: tables in CSV and Parquet files, and arrays in NumPy and HDF5 files. Start
/// at [TableSets#open][io.inscape.dataset.table.TableSets#open(io.inscape.dataset.DataRequest)].
/// Files are never trusted: what is wrong with one is said by an
/// [InputException][io.inscape.dataset.InputException], and what is kept was measured before.
@NullMarked
package io.inscape.dataset.table;

import org.jspecify.annotations.NullMarked;
