/// What layers make of observations: captured from networks in one streamed pass and kept as plain
/// NumPy files. Start at [Capture][io.inscape.activation.Capture] and
/// [ActivationStore][io.inscape.activation.ActivationStore];
/// [NpyFile][io.inscape.activation.NpyFile] reads and writes any NumPy array of numbers.
@NullMarked
package io.inscape.activation;

import org.jspecify.annotations.NullMarked;
