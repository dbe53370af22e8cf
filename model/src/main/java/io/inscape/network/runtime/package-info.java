/// ONNX Runtime itself: how sessions are opened and its refusals explained. Start at
/// [io.inscape.network.runtime.OnnxSessions].
@NullMarked
package io.inscape.network.runtime;

import org.jspecify.annotations.NullMarked;
