/// The options of every projection method, one record each. Start at
/// [io.inscape.projection.params.ProjectionParams].
@NullMarked
package io.inscape.projection.params;

import org.jspecify.annotations.NullMarked;
