/// Measurements: JMH benchmarks of the parts that cost time, and comparisons with other tools on
/// the same data, machine and run. See `bench/README.md` for how to run them.
@NullMarked
package io.inscape.bench;

import org.jspecify.annotations.NullMarked;
