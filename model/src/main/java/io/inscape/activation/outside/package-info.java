/// Arrays of activations that were made elsewhere, in NumPy files and archives, `.safetensors` and
/// HDF5 files: found by what the files say of themselves, checked against the files' sizes, and
/// mapped. Start at [OutsideFile][io.inscape.activation.outside.OutsideFile].
@NullMarked
package io.inscape.activation.outside;

import org.jspecify.annotations.NullMarked;
