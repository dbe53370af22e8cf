/// Networks as ONNX graphs: read, checked, built, written and run. Start at
/// [Network][io.inscape.network.Network]; [Architectures][io.inscape.network.Architectures] builds
/// the papers' networks and [OnnxExecutor][io.inscape.network.OnnxExecutor] runs any network with
/// chosen inner values exposed.
@NullMarked
package io.inscape.network;

import org.jspecify.annotations.NullMarked;
