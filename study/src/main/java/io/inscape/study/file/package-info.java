/// Files that survive a kill and a full disk, the lock of a study folder, JSON and digests. Start
/// at [SafeFiles][io.inscape.study.file.SafeFiles].
@NullMarked
package io.inscape.study.file;

import org.jspecify.annotations.NullMarked;
