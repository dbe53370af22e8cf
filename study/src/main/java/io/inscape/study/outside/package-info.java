/// Folders of activations that were made elsewhere: one sub-folder per run, in it one file or
/// folder per epoch, in it one array per layer. Start at
/// [OutsideFolder][io.inscape.study.outside.OutsideFolder].
@NullMarked
package io.inscape.study.outside;

import org.jspecify.annotations.NullMarked;
