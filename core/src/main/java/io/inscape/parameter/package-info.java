/// Options described once, as annotated record components; the command line, the JSON and the page
/// follow from them.
///
/// Start at [io.inscape.parameter.Parameters].
@NullMarked
package io.inscape.parameter;

import org.jspecify.annotations.NullMarked;
