/// What a linear reader finds in each layer of a network. Start at
/// [LayerProbes][io.inscape.study.probe.LayerProbes].
@NullMarked
package io.inscape.study.probe;

import org.jspecify.annotations.NullMarked;
