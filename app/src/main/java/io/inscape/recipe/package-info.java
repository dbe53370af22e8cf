/// Whole pieces of work from known steps: the demo, and the papers' figures made again.
///
/// Start at [io.inscape.recipe.Demo] and [io.inscape.recipe.Rauber2017].
@NullMarked
package io.inscape.recipe;

import org.jspecify.annotations.NullMarked;
