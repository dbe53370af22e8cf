/// The command line.
///
/// Start at [io.inscape.cli.Inscape]. Data go to standard output, everything else to standard
/// error; exit codes are 0 done, 1 our fault, 2 the user's input, 130 interrupted.
@NullMarked
package io.inscape.cli;

import org.jspecify.annotations.NullMarked;
