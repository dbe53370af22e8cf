/// The commands by which something leaves a study: tables, the whole study in one file, a page that
/// needs no server.
@NullMarked
package io.inscape.cli.share;

import org.jspecify.annotations.NullMarked;
