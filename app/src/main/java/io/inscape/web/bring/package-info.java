/// Bringing one's own networks and data on the page: files come in to staging areas, are looked at,
/// and become a study or a run of one.
///
/// Start at [io.inscape.web.bring.Imports]. What a network and its data mean is not known here but
/// behind [io.inscape.web.bring.Importer].
@NullMarked
package io.inscape.web.bring;

import org.jspecify.annotations.NullMarked;
