/// The person at the terminal: what is said to them, progress bars, Ctrl-C, their browser, and what
/// their machine has.
@NullMarked
package io.inscape.terminal;

import org.jspecify.annotations.NullMarked;
