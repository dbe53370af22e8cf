/// Linear probes: how well a linear classifier reads the classes off a layer's activations.
///
/// Start at [io.inscape.probe.LinearProbe].
@NullMarked
package io.inscape.probe;

import org.jspecify.annotations.NullMarked;
