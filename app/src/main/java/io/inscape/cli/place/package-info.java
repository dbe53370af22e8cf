/// `inscape place`: new observations into kept layouts, from the command line.
@NullMarked
package io.inscape.cli.place;

import org.jspecify.annotations.NullMarked;
