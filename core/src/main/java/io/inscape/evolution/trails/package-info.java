/// Trails of observations through the steps of a sequence: how long they are, and how they are
/// bundled so that many can be drawn at once.
///
/// Start at [io.inscape.evolution.trails.Bundling].
@NullMarked
package io.inscape.evolution.trails;

import org.jspecify.annotations.NullMarked;
