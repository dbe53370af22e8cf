/// A study in one file, to be sent to somebody: [PackWriter] makes it, [PackReader] opens it and
/// trusts nothing in it.
@NullMarked
package io.inscape.study.pack;

import org.jspecify.annotations.NullMarked;
