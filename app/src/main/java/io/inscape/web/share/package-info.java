/// What leaves a study over the web: its tables as files.
@NullMarked
package io.inscape.web.share;

import org.jspecify.annotations.NullMarked;
